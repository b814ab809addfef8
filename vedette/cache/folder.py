"""The folder of entries: written whole, private, sealed, and bounded in size."""

import hmac
import os
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from vedette.errors import StorageError
from vedette.files import alone, remove_file, replacing, used_now
from vedette.files.names import ANSWERS

FOLDER = ANSWERS
MOST = 512 * 2**20
"""The bytes that the entries of a case take at most; those that were not used for longest go."""
ENTRY, LOCK = ".answer", ".lock"
PATIENCE = 900.0
"""The seconds that one process waits at most for another that is making the same answer."""
_SEAL = 32


@dataclass(frozen=True)
class EntryFolder:
    """The entries of the cache of a case, which lies in ``home``; ``secret`` names and seals them."""

    home: Path
    secret: bytes

    def name(self, key: bytes) -> str:
        """The name of the entry with this key."""
        return blake2b(key, key=self.secret, digest_size=20).hexdigest()

    def read(self, name: str) -> bytes | None:
        """The content of an entry; None where there is none, or it is not whole or not this user's."""
        path = self._path(name)
        try:
            whole = path.read_bytes()
        except OSError:
            return None
        seal, content = whole[:_SEAL], whole[_SEAL:]
        if not hmac.compare_digest(seal, self._seal(name, content)):
            return None
        used_now(path)
        return content

    def write(self, name: str, content: bytes) -> None:
        """Writes an entry; a folder that cannot be written is done without."""
        with suppress(StorageError), replacing(self._path(name), home=self.home) as made:
            handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(self._seal(name, content))
                file.write(content)
        shrink(self.home)

    def alone(self, name: str) -> AbstractContextManager[None]:
        """Waits while another process makes the same entry, for a quarter of an hour at most."""
        return alone(self._path(name).with_suffix(LOCK), PATIENCE)

    def _path(self, name: str) -> Path:
        return self.home / FOLDER / f"{name}{ENTRY}"

    def _seal(self, name: str, content: bytes) -> bytes:
        return blake2b(name.encode() + content, key=self.secret, digest_size=_SEAL).digest()


def entries(home: Path) -> list[tuple[Path, os.stat_result]]:
    """The entries of a case, those that were not used for longest first."""
    found = []
    for path in (home / FOLDER).glob(f"*{ENTRY}"):
        with suppress(OSError):
            found.append((path, path.stat()))
    return sorted(found, key=lambda each: (each[1].st_mtime_ns, each[0].name))


def clear(home: Path) -> tuple[int, int]:
    """Removes all entries of a case; gives how many there were, and their bytes.

    Raises:
        StorageError: one cannot be removed.
    """
    found = entries(home)
    for path, _ in found:
        remove_file(path)
    return len(found), sum(state.st_size for _, state in found)


def shrink(home: Path, most: int = MOST) -> None:
    """Removes entries, those that were not used for longest first, until they take at most ``most`` bytes."""
    kept = entries(home)
    size = sum(state.st_size for _, state in kept)
    for path, state in kept:
        if size <= most:
            return
        with suppress(OSError):
            path.unlink()
        size -= state.st_size

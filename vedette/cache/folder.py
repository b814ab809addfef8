"""The folder of entries: written whole, private, sealed, and bounded in size."""

import fcntl
import hmac
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from vedette.errors import StorageError
from vedette.files import remove_file, replacing

FOLDER = ".vedette/answers"
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
        with suppress(OSError):
            os.utime(path)
        return content

    def write(self, name: str, content: bytes) -> None:
        """Writes an entry; a folder that cannot be written is done without."""
        with suppress(StorageError), replacing(self._path(name), home=self.home) as made:
            handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(self._seal(name, content))
                file.write(content)
        shrink(self.home)

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Waits while another process makes the same entry, for a quarter of an hour at most."""
        path = self._path(name).with_suffix(LOCK)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            yield
            return
        try:
            held = _taken(handle, PATIENCE)
            yield
            if held:
                path.unlink(missing_ok=True)
        finally:
            os.close(handle)

    def _path(self, name: str) -> Path:
        return self.home / FOLDER / f"{name}{ENTRY}"

    def _seal(self, name: str, content: bytes) -> bytes:
        return blake2b(name.encode() + content, key=self.secret, digest_size=_SEAL).digest()


def _taken(handle: int, patience: float) -> bool:
    """Takes a lock as soon as it is free; False where that takes too long, or there are no locks."""
    until, pause = time.monotonic() + patience, 0.01
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(pause)
            pause = min(2 * pause, 0.5)
        except OSError:
            return False
        else:
            return True


def entries(home: Path) -> list[tuple[Path, os.stat_result]]:
    """The entries of a case, those that were not used for longest first."""
    found = []
    for path in (home / FOLDER).glob(f"*{ENTRY}"):
        with suppress(OSError):
            found.append((path, path.stat()))
    return sorted(found, key=lambda each: (each[1].st_mtime_ns, each[0].name))


def clear(home: Path) -> None:
    """Removes all entries of a case.

    Raises:
        StorageError: one cannot be removed.
    """
    for path, _ in entries(home):
        remove_file(path)


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

"""Durable bytes: files and folders flushed to the disk, hashes, errors of the disk as messages."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vedette.errors import StorageError

CURE = "Free some space or choose another folder."
_FULL = dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "Free some space and repeat.")
_CURES = {
    **_FULL,
    errno.EACCES: "Allow writing there, or work on a copy in a folder of yours.",
    errno.EPERM: "Allow writing there, or work on a copy in a folder of yours.",
    errno.EROFS: "Work on a copy in a folder that can be written.",
}


@contextmanager
def disk_errors(path: Path, cure: str = "") -> Iterator[None]:
    """Raises a `StorageError` that names ``path`` in place of an error of the operating system.

    ``cure`` is what to do; if empty, one that fits the error. A full disk has the cure of making space too.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        if cure and error.errno in _FULL:
            cure = f"Free some space, or {cure[:1].lower()}{cure[1:]}"
        cure = cure or _CURES.get(error.errno or 0, CURE)
        raise StorageError(f"{path}: cannot be written: {reason}. {cure} Nothing was changed.") from error


def cure_for(error: OSError, otherwise: str) -> str:
    """What to do about an error of the system: free some space where that is short, else ``otherwise``."""
    return _FULL.get(error.errno or 0, otherwise)


def sync(path: Path) -> None:
    """Flushes a file, or a folder with the names in it, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some file systems cannot flush a folder
            raise
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Flushes a folder and everything in it to the disk."""
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)


def hash_of(path: Path) -> str:
    """SHA-256 of a file, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_bytes(content: bytes) -> str:
    """SHA-256 of bytes, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()

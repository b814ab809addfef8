"""Folders of temporary files beside their targets, swept by the next writer once their own writer is gone.

A writer holds a kernel lock on the file ``lock`` in its folder. Whoever gets that lock knows that the writer
is gone, whatever process numbers say. The lock file goes last, so that a stopped sweep can be repeated.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vedette.files.names import SCRATCH

_LOCK = "lock"


@contextmanager
def scratch(parent: Path) -> Iterator[Path]:
    """Makes a folder for temporary files in ``parent`` (made if need be) that only this user may enter.

    Folders that writers who are gone left in ``parent`` are removed; this one is removed at the end.
    """
    parent.mkdir(parents=True, exist_ok=True)
    sweep(parent)
    folder, handle = _claimed(parent)
    try:
        yield folder
    finally:
        with suppress(OSError):
            clear(folder)
        os.close(handle)


def sweep(parent: Path) -> None:
    """Removes the temporary folders in ``parent`` whose writers are gone."""
    for folder in parent.glob(f"{SCRATCH}*"):
        with suppress(OSError):  # another sweeper was faster, or it is not ours to remove
            _sweep(folder)


def clear(folder: Path) -> None:
    """Removes a temporary folder, its lock file last."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != _LOCK:
            path.unlink()
    (folder / _LOCK).unlink(missing_ok=True)
    folder.rmdir()


def _sweep(folder: Path) -> None:
    try:
        handle = os.open(folder / _LOCK, os.O_RDWR)
    except FileNotFoundError:
        folder.rmdir()  # fails, rightly, where a writer has just put something in
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        clear(folder)
    finally:
        os.close(handle)


def _claimed(parent: Path) -> tuple[Path, int]:
    """A fresh folder and an open handle that holds its lock."""
    while True:
        folder = parent / f"{SCRATCH}{secrets.token_hex(6)}"
        folder.mkdir(mode=0o700)
        try:
            handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except FileNotFoundError:  # a sweeper took the empty folder
            continue
        except OSError:
            folder.rmdir()
            raise
        if _held(handle, folder / _LOCK):
            return folder, handle
        os.close(handle)


def _held(handle: int, path: Path) -> bool:
    """Takes the lock; False if a sweeper has it or removed the file."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # no locks here: then nobody can sweep either
    return path.exists() and os.path.samestat(os.fstat(handle), path.stat())

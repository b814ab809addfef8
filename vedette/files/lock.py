"""The lock of a case: one command at a time changes it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vedette.errors import StorageError
from vedette.files.access import limit_access, strictest
from vedette.files.disk import cure_for, disk_errors
from vedette.files.names import LOCK

_PATIENCE = 1.0
"""Seconds after which a waiting command says so."""


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Holds the kernel's lock on a case folder, waiting for whoever has it; after a second it says so.

    The lock goes with the process, however it ends. The lock file stays.

    Raises:
        StorageError: the folder cannot be written, or its file system has no locks.
    """
    from filelock import FileLock, Timeout  # a tenth of a second that reading commands need not pay

    path = home / LOCK
    with disk_errors(path):
        _make(path)
    lock = FileLock(path, fallback_to_soft=False, preserve_lock_file=True)
    try:
        try:
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            print(f"Waiting: another command is changing {home}.", file=sys.stderr, flush=True)
            lock.acquire()
    except OSError as error:
        cure = cure_for(error, "Copy the case to a disk of this machine and work there.")
        raise StorageError(
            f"{path}: cannot be locked: {error.strerror or error}. {cure} Nothing was changed."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _make(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666))
    except FileExistsError:
        return
    limit_access(path, strictest(path.parent))
    path.chmod(path.stat().st_mode | 0o600)

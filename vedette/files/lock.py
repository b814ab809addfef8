"""The lock of a case: one command at a time changes it."""

import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vedette.errors import StorageError
from vedette.files.access import limit_access, strictest
from vedette.files.disk import cure_for, disk_errors
from vedette.files.names import LOCK
from vedette.problems import visible

_PATIENCE = 1.0
"""Seconds after which a waiting command says so."""


_MINE = "Allow reading and writing it, or work on a copy in a folder of yours (cp -r)."
_PLAIN = "Remove it: vedette makes its own."
_CURES = {errno.EACCES: _MINE, errno.EPERM: _MINE, errno.ELOOP: _PLAIN, errno.EISDIR: _PLAIN}
_held = threading.local()


@contextmanager
def locked(home: Path) -> Iterator[Callable[[], None]]:
    """Holds the kernel's lock on a case folder, waiting for whoever has it; after a second it says so.

    The lock goes with the process, however it ends. The lock file stays. Gives a function that raises where
    the file was removed since, so that another command may have taken the lock too.

    Raises:
        StorageError: the folder cannot be written, or its file system has no locks.
        RuntimeError: this thread holds the lock already.
    """
    homes: set[Path] = _held.__dict__.setdefault("homes", set())
    place = home.resolve()
    if place in homes:
        raise RuntimeError(f"{home}: this thread is changing the case already. Make both one change.")
    with _acquired(home) as still_held:
        homes.add(place)
        try:
            yield still_held
        finally:
            homes.discard(place)


@contextmanager
def _acquired(home: Path) -> Iterator[Callable[[], None]]:
    from filelock import FileLock, Timeout  # a tenth of a second that reading commands need not pay

    path = home / LOCK
    with disk_errors(path):
        _make(path)
    lock = FileLock(path, fallback_to_soft=False, preserve_lock_file=True)
    try:
        try:
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            print(visible(f"Waiting: another command is changing {home}."), file=sys.stderr, flush=True)
            lock.acquire()
    except OSError as error:
        cure = _CURES.get(error.errno or 0) or cure_for(
            error, "Copy the case to a disk of this machine and work there."
        )
        raise StorageError(
            f"{path}: cannot be locked: {error.strerror or error}. {cure} Nothing was changed."
        ) from error
    taken = _identity(path)

    def still_held() -> None:
        if taken is None or _identity(path) != taken:
            raise StorageError(
                f"{path}: was removed or replaced while the command ran, so that others may have changed the "
                "case. Leave this file where it is and repeat. Nothing was changed."
            )

    try:
        yield still_held
    finally:
        lock.release()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _make(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666))
    except FileExistsError:
        return
    limit_access(path, strictest(path.parent))
    path.chmod(path.stat().st_mode | 0o600)

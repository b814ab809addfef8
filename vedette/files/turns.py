"""Files that processes take turns with: one at a time for work others can wait for, made once, used last."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vedette.files.temporary import scratch


@contextmanager
def alone(path: Path, patience: float) -> Iterator[None]:
    """Holds the lock ``path``, waiting for who has it, ``patience`` seconds at most; goes on without it then.

    For work that two may do at once without harm, where one can use what the other made: a folder that
    cannot be written, or a file system without locks, stops nobody. The lock file goes with the work.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield
        return
    try:
        held = _taken(handle, patience)
        yield
        if held:
            path.unlink(missing_ok=True)
    finally:
        os.close(handle)


def made_once(path: Path, content: bytes) -> None:
    """Writes a private file whole; where another process was faster, its file stays.

    Raises:
        OSError: it cannot be written.
    """
    with scratch(path.parent) as folder:
        made = folder / path.name
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(made, path)


def used_now(path: Path) -> None:
    """Marks a file as used at this moment; one that cannot be marked stays as it is."""
    with suppress(OSError):
        os.utime(path)


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

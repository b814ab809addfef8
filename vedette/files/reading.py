"""Reading files of a case that others may be changing: as before a change or as after it."""

import fcntl
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from vedette.errors import StorageError, VedetteError
from vedette.files.journal import pending, recover
from vedette.files.lock import locked
from vedette.files.names import JOURNAL, LOCK, LOG
from vedette.problems import visible

_TRIES = 40
_PAUSE = 0.05
_PATIENCE = 1.0
Read = TypeVar("Read")


def steady(home: Path, read: Callable[[], Read]) -> Read:
    """Gives what ``read`` reads of a case, repeated where a change came in between.

    Every change renames the log first and the journal last, so that the two tell whether one came in between.

    Raises:
        StorageError: a change that was stopped cannot be finished, or changes follow each other too fast.
    """
    for _ in range(_TRIES):
        settle(home)
        before = _generation(home)
        try:
            found = read()
        except (OSError, VedetteError):
            if _generation(home) == before:
                raise
        else:
            if _generation(home) == before:
                return found
        time.sleep(_PAUSE)
    raise StorageError(f"{home} is being changed all the time. Repeat when the other commands are done.")


def settle(home: Path) -> None:
    """Waits until no change is being put in place; finishes the one of a writer that is gone.

    A reader who may not write leaves that one alone: `current` gives such a reader the files of the change.

    Raises:
        StorageError: a later version of vedette wrote the journal, or it cannot be read.
    """
    start, told = time.monotonic(), False
    while (home / JOURNAL).exists():
        if os.access(home, os.W_OK) and os.access(home / LOCK, os.R_OK | os.W_OK):
            with locked(home):
                recover(home)
        elif not _is_held(home / LOCK):
            return
        elif not told and time.monotonic() - start > _PATIENCE:
            told = True
            print(visible(f"Waiting: another command is changing {home}."), file=sys.stderr, flush=True)
        time.sleep(_PAUSE)


def current(home: Path, file: str) -> Path:
    """The path at which to read a file of a case, given by its path in the folder.

    That is its place, or where a change that is committed and not finished keeps it.
    """
    if not (home / JOURNAL).exists():
        return home / file
    path = pending(home).get(file, home / file)
    return path or home / JOURNAL / "no such file"


def current_files(home: Path, folder: str) -> dict[str, Path]:
    """The files in a folder of a case by name, and the paths at which to read them; hidden ones left out."""
    place = home / folder
    found = {path.name: path for path in place.iterdir()} if place.is_dir() else {}
    for file, path in pending(home).items():
        parent, _, name = file.rpartition("/")
        if parent == folder:
            found.pop(name, None)
            if path is not None:
                found[name] = path
    return {name: found[name] for name in sorted(found) if not name.startswith(".")}


def _generation(home: Path) -> tuple[object, ...]:
    """What is different once a change has begun to be put in place."""
    return tuple(_mark(home / name) for name in (LOG, JOURNAL))


def _mark(path: Path) -> tuple[int, ...] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _is_held(lock: Path) -> bool:
    """Whether a process holds the lock, as far as a reader can tell."""
    try:
        handle = os.open(lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False

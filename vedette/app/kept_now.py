"""What a file of the user holds now: read anew when it has changed."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

Found = TypeVar("Found")


class KeptNow(Generic[Found]):
    """What a function reads from a file, as the file is now."""

    def __init__(self, file: Path, read: Callable[[], Found]) -> None:
        self._file = file
        self._read = read
        self._stamp: object = None
        self._found: Found | None = None
        self._lock = Lock()

    def now(self) -> Found:
        """Returns what the file holds.

        Raises:
            StorageError: it can be read by others, or cannot be read.
        """
        with self._lock:
            stamp = self._state()
            if self._found is None or stamp != self._stamp:
                self._found, self._stamp = self._read(), stamp
            return self._found

    def _state(self) -> object:
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return ()
        return found.st_ino, found.st_size, found.st_mtime_ns, found.st_mode

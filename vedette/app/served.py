"""What a server serves, and its ledger, read once for all who wait for it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from vedette import commands

if TYPE_CHECKING:
    from vedette.evidence import Ledger

_FILES = ("*", "scenarios/*", "replays/*", "events/*", "issues/*/*/*", "register/*")
"""Where in a case they lie."""
_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Served:
    """A case by name or folder, the edition in which it is served, and the day up to which things are known.

    ``edition`` None is the first edition of the case, ``as_of`` None its present.
    """

    case: str
    edition: str | None = None
    as_of: date | None = None


class Held:
    """The ledger of what is served: in memory, and read anew when a file of the case has changed.

    All requests that come while it is read wait for the one reading.
    """

    def __init__(self, served: Served) -> None:
        self.served = served
        self._lock = Lock()
        self._folders = commands.folders_of(served.case)
        self._stamp: _Stamp = ()
        self._ledger: Ledger | None = None

    def ledger(self) -> "Ledger":
        """Returns the ledger of the case as its files are now.

        Raises:
            CaseError: a file of the case holds mistakes.
            UsageError: the case has no such edition.
        """
        with self._lock:
            stamp = _stamp(self._folders)
            if self._ledger is None or stamp != self._stamp:
                served = self.served
                self._ledger = commands.ledger_of(served.case, served.as_of, edition=served.edition)
                self._stamp = stamp
            return self._ledger

    def stamp(self) -> str:
        """Returns a short name of the state of the files of the case."""
        return hashlib.sha256(repr(_stamp(self._folders)).encode()).hexdigest()


def _stamp(folders: Sequence[Path]) -> _Stamp:
    """The files of a case that answers can depend on, with their sizes and times of change."""
    found = [path for folder in folders for pattern in _FILES for path in folder.glob(pattern)]
    states = ((path.as_posix(), path.stat()) for path in sorted(found) if path.is_file())
    return tuple((name, state.st_size, state.st_mtime_ns) for name, state in states)

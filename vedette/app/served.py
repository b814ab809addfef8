"""What a server serves, and its ledger, read once for all who wait for it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from stat import S_ISREG
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from vedette import commands
from vedette.errors import CaseError

if TYPE_CHECKING:
    from vedette.evidence import Ledger

_FILES = ("*", "scenarios/*", "replays/*", "events/*", "issues/*/*/*", "register/*/*")
"""Where in a case they lie."""
A = TypeVar("A")
_LOG = "changes.log"
_Stamp = tuple[tuple[str, int, int, int, int], ...]


@dataclass(frozen=True)
class Served:
    """A case by name or folder, the edition in which it is served, and the day up to which things are known.

    ``edition`` None is the first edition of the case, ``as_of`` None its present.
    """

    case: str
    edition: str | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class OutsideEdit:
    """Files of a case that were changed without vedette while it was served, and when that was."""

    files: tuple[str, ...]
    when: datetime


class Held:
    """The ledger of what is served: in memory, and read anew when a file of the case has changed.

    All requests that come while it is read wait for the one reading.

    Attributes:
        outside: what was changed on disk without vedette since the last change that the log has.
    """

    def __init__(self, served: Served) -> None:
        self.served = served
        self.outside: OutsideEdit | None = None
        self._lock = Lock()
        self._folders = commands.folders_of(served.case)
        self._stamp: _Stamp = ()
        self._ledger: Ledger | None = None
        self._broken: CaseError | None = None
        self._asking = Lock()
        self._state = ""
        self._answers: dict[str, Any] = {}

    def ledger(self) -> "Ledger":
        """Returns the ledger of the case as its files are now.

        Raises:
            CaseError: a file of the case holds mistakes.
            UsageError: the case has no such edition.
        """
        with self._lock:
            stamp = _stamp(self._folders)
            if stamp != self._stamp or (self._ledger is None and self._broken is None):
                self._read(stamp)
            if self._broken is not None:
                raise CaseError(str(self._broken.args[0]), self._broken.problems)
            assert self._ledger is not None
            return self._ledger

    def last(self) -> "Ledger":
        """Returns the ledger as it is, or as it was before a file of the case got mistakes.

        Raises:
            CaseError: a file holds mistakes, and there was no state without.
        """
        try:
            return self.ledger()
        except CaseError:
            if self._ledger is None:
                raise
            return self._ledger

    def once(self, name: str, make: Callable[[], A]) -> A:
        """Returns what a function answers about the case, asked once for a state of its files.

        ``name`` names the question with all that its answer depends on besides the files. No error is kept.
        """
        with self._asking:
            state = self.stamp()
            if state != self._state:
                self._answers.clear()
                self._state = state
            if name not in self._answers:
                self._answers[name] = make()
            answer: A = self._answers[name]
            return answer

    def counts(self) -> "commands.CountedViolence":
        """Returns what the case counts, as its files are now, with the tables of all months.

        Raises:
            CaseError: a file of the case holds mistakes.
            DataError: the case counts nothing, or nothing is known by its day.
        """
        ledger, day = self.ledger(), self.served.as_of
        return self.once("counts", lambda: commands.counted_violence(ledger, as_of=day).filled())

    def stamp(self) -> str:
        """Returns a short name of the state of the files of the case."""
        return hashlib.sha256(repr(_stamp(self._folders)).encode()).hexdigest()

    def folders(self) -> tuple[Path, ...]:
        """Returns the folders with the files of the case."""
        return self._folders

    def _read(self, stamp: _Stamp) -> None:
        """Reads the ledger, or what is wrong with the case, for a state of its files."""
        served = self.served
        try:
            self._ledger = _guarded(commands.ledger_of(served.case, served.as_of, edition=served.edition))
            self._broken = None
        except CaseError as error:
            self._broken = error
        if self._stamp:
            self.outside = _outside(self._stamp, stamp, self.outside)
        self._stamp = stamp


def _outside(before: _Stamp, now: _Stamp, noted: OutsideEdit | None) -> OutsideEdit | None:
    """What was changed on disk between two states, where the log of the case tells of no change."""
    moved = {Path(state[0]).name for state in {*before} ^ {*now}}
    if _LOG in moved:
        return None
    files = tuple(sorted(name for name in moved if not name.startswith(".")))
    if not files:
        return noted
    times = [state[2] for state in now if Path(state[0]).name in files]
    when = datetime.fromtimestamp(max(times) / 1e9) if times else datetime.now()
    return OutsideEdit(files, when.replace(microsecond=0))


def _guarded(ledger: "Ledger") -> "Ledger":
    """A ledger whose case says that it withholds something wherever its edition does not hold everything."""
    if commands.holds_everything(ledger):
        return ledger
    return replace(ledger, case=replace(ledger.case, withheld=True))


def _stamp(folders: Sequence[Path]) -> _Stamp:
    """The files of a case that answers can depend on: size, times of change, and number on the disk."""
    found = [path for folder in folders for pattern in _FILES for path in folder.glob(pattern)]
    return tuple(state for path in sorted(found) if (state := _state(path)))


def _state(path: Path) -> tuple[str, int, int, int, int] | None:
    """The state of a file; None for a folder, and for what went since it was listed."""
    try:
        status = path.stat()
    except OSError:
        return None
    if not S_ISREG(status.st_mode):
        return None
    return path.as_posix(), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino

"""The tree of user errors: what a person got wrong, where, and what to do about it.

Each kind has its own exit code, so that scripts can tell them apart. Errors become text at one
door: ``vedette.cli``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_ROWS = 3
"""A message on many rows alike names so many of them."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with one input: where it stands, what was wanted, what was found, what to do.

    ``row`` is the row a spreadsheet shows (the header is row 1), in a YAML or Markdown file the line; 0 where
    neither makes sense.
    """

    file: str
    row: int
    column: str
    expected: str
    found: str
    cure: str

    def __str__(self) -> str:
        return self.told([self.row])

    def told(self, rows: Sequence[int]) -> str:
        """The problem as a message, where it stands in several rows alike.

        >>> Problem("claims.csv", 2, "date", "a day", "'x'", "Correct it.").told([2, 3, 4, 5, 9])
        "claims.csv, rows 2, 3, 4 and 2 more, column date: expected a day; found 'x'. Correct it."
        """
        word = "line" if self.file.endswith((".yaml", ".yml", ".md")) else "row"
        place = f", {word}{'s' if len(rows) > 1 else ''} {_listed(rows)}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}{place}{column}: expected {self.expected}; found {self.found}. {self.cure}"


def _listed(rows: Sequence[int]) -> str:
    first, rest = rows[:_ROWS], len(rows) - _ROWS
    return ", ".join(map(str, first)) + (f" and {rest} more" if rest > 0 else "")


def messages(problems: Iterable[Problem]) -> list[str]:
    """Problems as text, one message for those that differ only in the row."""
    rows: dict[Problem, list[int]] = {}
    for problem in problems:
        rows.setdefault(replace(problem, row=min(problem.row, 1)), []).append(problem.row)
    return [problem.told(where) for problem, where in rows.items()]


class VedetteError(Exception):
    """Something the user can mend. The message says who, wanted, got, do."""

    exit_code = 1

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems: Sequence[Problem] = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([str(self.args[0]), *(f"  {line}" for line in messages(self.problems))])


class UsageError(VedetteError):
    """A command was called with words that do not fit."""

    exit_code = 2


class CaseError(VedetteError):
    """A case folder holds mistakes; ``problems`` lists all of them."""

    exit_code = 3


class EventsError(VedetteError):
    """An event file cannot be read as it stands; ``problems`` lists what is wrong with it."""

    exit_code = 4


class StorageError(VedetteError):
    """The disk, a permission or a vanished file stood in the way; nothing was half-written."""

    exit_code = 5


class FetchError(VedetteError):
    """A download did not give the file that was asked for."""

    exit_code = 6


class DataError(VedetteError):
    """The data at hand cannot answer what was asked (too short, no such period, no such place)."""

    exit_code = 7


class ClusterError(VedetteError):
    """The cluster did not answer, has other software, or lost its workers."""

    exit_code = 8


class Remark(UserWarning):
    """A warning: what the user of an answer must know, shown beside it."""

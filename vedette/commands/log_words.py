"""The log of a case in words: what each change did, what takes it back, and who made it."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.case import find_case, workspace_of
from vedette.files import Edit, Line, Log, read_log
from vedette.files.log import FORGET, OUTSIDE
from vedette.files.rows import LoggedRow
from vedette.plurals import counted

_NOTES = (OUTSIDE, FORGET)
_NAMED = 6
"""Rows of a file that are named with a change."""


@dataclass(frozen=True)
class FileWords:
    """What a change did to one file: in words, and the rows by name, at most six."""

    file: str
    words: str
    rows: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class LogWords:
    """A change in words.

    ``undone_by`` is the line that took it back, if it is not in force; ``undoes`` the one that it takes back.
    ``notes``: whether it only notes what was done without vedette.
    """

    line: Line
    files: tuple[FileWords, ...]
    undone_by: Line | None
    undoes: Line | None
    notes: bool


@dataclass(frozen=True)
class LogInWords:
    """The log of a case, the newest change first.

    Attributes:
        changes: the changes that the filters let through.
        seen: the id of the last change, which `undo` takes as ``seen``; empty without one.
        undoable: the last change in force, which can be taken back first; None without one.
        redoable: the last change, if it took another back: taking it back brings that one again.
        people: who made changes.
        commands: the commands that made them.
        unreadable: the numbers of lines that cannot be read.
    """

    changes: tuple[LogWords, ...]
    seen: str
    undoable: LogWords | None
    redoable: LogWords | None
    people: tuple[str, ...]
    commands: tuple[str, ...]
    unreadable: tuple[int, ...]

    def document(self) -> dict[str, Any]:
        """Returns the changes with what each did, as JSON."""
        return {
            "seen": self.seen,
            "changes": [
                {
                    "id": each.line.id,
                    "when": each.line.when,
                    "who": each.line.who,
                    "command": each.line.command,
                    "files": [vars(file) for file in each.files],
                    "undone_by": each.undone_by.id if each.undone_by else None,
                }
                for each in self.changes
            ],
        }


def log_in_words(case: str, *, who: str = "", file: str = "", command: str = "") -> LogInWords:
    """Returns the log of a case in words, of one person, one file or one command, or of all.

    Raises:
        CaseError: there is no such case.
        StorageError: it cannot be read.

    Example:
        ``log_in_words("my-iraq", who="Zahra").changes[0].files[0].words``
    """
    home = workspace_of(find_case(case))
    log = read_log(home)
    told = [_words(home, line, log=log, undone_by=dead) for line, dead in _states(log.lines)]
    done = [each for each in told if not each.notes]
    chosen = [
        each
        for each in told
        if who in ("", each.line.who)
        and command in ("", each.line.command)
        and (not file or file in [one.file for one in each.files])
    ]
    undoable = next((each for each in done if not each.undone_by and not each.undoes), None)
    return LogInWords(
        tuple(chosen),
        done[0].line.id if done else "",
        undoable,
        done[0] if done and done[0].undoes else None,
        tuple(sorted({line.who for line in log.lines})),
        tuple(sorted({line.command for line in log.lines})),
        log.broken,
    )


def _states(lines: Sequence[Line]) -> Iterator[tuple[Line, Line | None]]:
    """The lines, the last first, each with the line in force that took it back."""
    dead: dict[str, Line] = {}
    for line in reversed(lines):
        if line.undoes and line.id not in dead:
            dead[line.undoes] = line
        yield line, dead.get(line.id)


def _words(home: Path, line: Line, *, log: Log, undone_by: Line | None) -> LogWords:
    undoes = next((each for each in log.lines if line.undoes and each.id == line.undoes), None)
    files = tuple(_of_file(home, edit) for edit in line.edits)
    return LogWords(line, files, undone_by, undoes, line.command in _NOTES)


def _of_file(home: Path, edit: Edit) -> FileWords:
    if edit.rows is None or not edit.file.endswith(".csv"):
        words = "added" if edit.before is None else "removed" if edit.after is None else "changed"
        return FileWords(edit.file, words)
    gone, come = edit.rows.changed()
    before, after = {row.name: row for row in gone}, {row.name: row for row in come}
    both = [name for name in after if name in before]
    parts = [
        (len(after) - len(both), "row added", "rows added"),
        (len(both), "changed", "changed"),
        (len(before) - len(both), "removed", "removed"),
    ]
    words = ", ".join(counted(number, one, many) for number, one, many in parts if number)
    if len(after) == len(before) == len(both) == 1:
        (name,) = both
        words = f"changed: {_columns(home, edit.file, before=before[name], after=after[name])}"
    names = [*after, *(name for name in before if name not in after)]
    return FileWords(edit.file, words or "changed", tuple(names[:_NAMED]), max(0, len(names) - _NAMED))


def _columns(home: Path, file: str, *, before: LoggedRow, after: LoggedRow) -> str:
    """The columns in which two states of a row differ, with what stood and stands there where it is short."""
    if before.text is None or after.text is None:
        return "a row that was forgotten"
    header, *rows = csv.reader([_header(home / file), before.text.strip("\r\n"), after.text.strip("\r\n")])
    was, now = ([*cells, *[""] * len(header)] for cells in rows)
    moved = [(name, was[place], now[place]) for place, name in enumerate(header) if was[place] != now[place]]
    if len(moved) == 1 and all(len(cell) < 40 for cell in moved[0][1:]):
        name, old, new = moved[0]
        return f"{name} {old or 'empty'} → {new or 'empty'}"
    return ", ".join(name for name, _, _ in moved) or "only how it is written"


def _header(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return file.readline().strip("\r\n")

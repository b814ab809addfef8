"""Look into the log of a case, take its last change back, lift it to the current layout."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.cache import clear
from vedette.case import find_case, workspace_of
from vedette.case.schema.settings import SCHEMA, schema_of
from vedette.case.writing.changing import changing_case, check_change
from vedette.case.writing.upgrading import upgrade_case
from vedette.files import LOG, Line, changing, own_files, read_log
from vedette.files import act_as as act_as
from vedette.files import forget as forget_in
from vedette.files import undo as undo_in


@dataclass(frozen=True)
class ChangeLog:
    """The changes of a case in their order, and the numbers of the lines that cannot be read."""

    file: Path
    changes: tuple[Line, ...]
    unreadable: tuple[int, ...]

    def document(self) -> Mapping[str, Any]:
        """The log as JSON: ``known`` hashes left out."""
        changes = [
            {key: value for key, value in line.document().items() if key != "known"} for line in self.changes
        ]
        return {"log": str(self.file), "changes": changes, "unreadable_lines": list(self.unreadable)}


@dataclass(frozen=True)
class Undone:
    """The change that was taken back."""

    change: Line

    def document(self) -> Mapping[str, Any]:
        """Id, time, user, command and files of the change."""
        line = self.change
        files = [edit.file for edit in line.edits]
        return {
            "undone": line.id,
            "when": line.when,
            "who": line.who,
            "command": line.command,
            "files": files,
        }


@dataclass(frozen=True)
class Forgotten:
    """A row whose text was removed from the log: how often it stood there, which files still hold it."""

    row: str
    texts: int
    standing: tuple[str, ...]

    def document(self) -> Mapping[str, Any]:
        """The same as JSON."""
        return {"row": self.row, "texts": self.texts, "still_in": list(self.standing)}


@dataclass(frozen=True)
class Upgraded:
    """A case that was lifted: schema before and after, and the files that changed, if any."""

    before: int
    after: int
    files: tuple[str, ...]

    def document(self) -> Mapping[str, Any]:
        """The same as JSON."""
        return {"before": self.before, "after": self.after, "files": list(self.files)}


def log(case: str) -> ChangeLog:
    """The log of a case.

    Raises:
        CaseError: there is no such case.
        StorageError: it cannot be read.
    """
    home = workspace_of(find_case(case))
    found = read_log(home)
    return ChangeLog(home / LOG, found.lines, found.broken)


def forget_row(case: str, row: str) -> Forgotten:
    """Removes the text of a row, by its id, from the log of a case, and all kept answers.

    What git keeps is not touched.

    Raises:
        UsageError: the log holds no text of such a row.
        StorageError: the case cannot be locked or written.
    """
    home = workspace_of(find_case(case))
    clear(home)
    with changing(home, "log --forget") as change:
        texts = forget_in(change, row)
        standing = tuple(file for file in own_files(home) if _holds(home / file, row))
    return Forgotten(row, texts, standing)


def undo(case: str, line: str = "", *, seen: str = "") -> Undone:
    """Takes the last change of a case back, or that of a line of its log. The case is checked as it will be.

    Args:
        case: the case.
        line: the id of the line, as `log` gives it; if empty, the last.
        seen: the id of the last change as the reader of the log saw it; where another came since, nothing is
            taken back.

    Raises:
        UsageError: there is nothing to take back, no such line, or what is needed for it is gone.
        StorageError: a file is not as that change left it (``problems`` names what differs), or another
            change came after ``seen``.
        CaseError: without that change the case would hold mistakes; nothing is written.
    """
    folder = find_case(case)
    home = workspace_of(folder)
    with changing(home, "undo") as change:
        taken = undo_in(change, line, seen)
        if home == folder:
            check_change(change)
    return Undone(taken)


def upgrade(case: str) -> Upgraded:
    """Lifts a case to the layout of this version.

    Raises:
        UsageError: the case comes with vedette.
        CaseError: it holds mistakes, or a later version wrote it; nothing is written.
        StorageError: it cannot be locked or written.
    """
    with changing_case(case, "upgrade") as change:
        before = schema_of(change.home)
        files = upgrade_case(change)
        check_change(change)
    return Upgraded(before, SCHEMA, tuple(files))


def _holds(path: Path, row: str) -> bool:
    """Whether a table has a row of this id."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return path.suffix == ".csv" and any(line.partition(",")[0] == row for line in lines)

"""What the log of a case holds of single rows: who changed what, and what stood there before."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vedette.case import find_case, workspace_of
from vedette.case.writing.editing import WITH_ID
from vedette.commands.row_text import RowText, row_of
from vedette.files import Edit, Line, read_log
from vedette.files.rows import LoggedRow

_IDS = tuple(model.file for model in WITH_ID)


@dataclass(frozen=True)
class RowChange:
    """One change of a row, as the log has it.

    Attributes:
        line: the line of the log.
        was: the cells before that differ from those after; None where the row was added.
        now: the cells after that differ from those before; None where the row went.
        forgotten: whether a text of it was removed from the log.
    """

    line: Line
    was: Mapping[str, str] | None
    now: Mapping[str, str] | None
    forgotten: bool = False

    def document(self) -> dict[str, Any]:
        """Returns who, when, with which command, and the cells before and after."""
        line = self.line
        about = {"change": line.id, "when": line.when, "who": line.who, "command": line.command}
        return {**about, "was": self.was, "now": self.now, "forgotten": self.forgotten}


@dataclass(frozen=True)
class RowHistory:
    """The changes of a row that stands, the newest first, but for edits made outside of vedette."""

    row: RowText
    changes: tuple[RowChange, ...]

    def document(self) -> dict[str, Any]:
        """Returns the row and its changes."""
        return {"row": self.row.document(), "changes": [each.document() for each in self.changes]}


def history_of(case: str, name: str) -> RowHistory:
    """Returns the changes of a row by its id, or file and number, followed through new ids and numbers.

    Cells are told by the columns that the table has now.

    Raises:
        UsageError: there is no such row.
        StorageError: the log cannot be read.

    Example:
        ``history_of("my-iraq", "crs-2020-1").changes[0].line.who``
    """
    home = workspace_of(find_case(case))
    row = row_of(case, name)
    with (home / row.file).open(encoding="utf-8-sig", newline="") as file:
        columns = [cell.strip() for cell in next(csv.reader(file), [])]
    return RowHistory(row, tuple(_walk(read_log(home).lines, row, columns=columns)))


def _walk(lines: Sequence[Line], row: RowText, *, columns: Sequence[str]) -> Iterator[RowChange]:
    """The changes of a row, from the last line of the log back to the one that added it."""
    name, cells = row.name, dict(row.cells)
    for line in reversed(lines):
        edit = next((each for each in line.edits if each.file == row.file and each.rows), None)
        pair = _pair(edit, name, cells=cells, columns=columns) if edit else None
        if pair is None:
            continue
        before, after = pair
        was, now = _cells(before, columns), _cells(after, columns)
        yield _change(line, (before, after), was=was, now=now)
        if before is None:
            return
        name, cells = before.name, was or cells


def _pair(
    edit: Edit, name: str, *, cells: Mapping[str, str], columns: Sequence[str]
) -> tuple[LoggedRow | None, LoggedRow] | None:
    """The row before and after an edit; None where the edit did not touch it."""
    assert edit.rows is not None
    before, after = edit.rows.changed()
    by_id = edit.file in _IDS
    now = next((one for one in after if _is(one, name, cells=cells, columns=columns, by_id=by_id)), None)
    if now is None:
        return None
    was = next((one for one in before if one.name == now.name), None)
    if was is None and len(before) == len(after):  # a row that got another id
        was = before[after.index(now)]
    return was, now


def _is(row: LoggedRow, name: str, *, cells: Mapping[str, str], columns: Sequence[str], by_id: bool) -> bool:
    """Whether a row of the log is the one that is followed: by its id, else by what it holds."""
    return row.name == name if by_id else _cells(row, columns) == cells


def _cells(row: LoggedRow | None, columns: Sequence[str]) -> dict[str, str] | None:
    """The filled cells of a row of the log; None where there is no row, or its text was forgotten."""
    if row is None or row.text is None:
        return None
    cells = next(csv.reader(io.StringIO(row.text, newline="")), [])
    return {name: cell for name, cell in zip(columns, cells, strict=False) if cell and not cell.isspace()}


def _change(
    line: Line,
    pair: tuple[LoggedRow | None, LoggedRow],
    *,
    was: Mapping[str, str] | None,
    now: Mapping[str, str] | None,
) -> RowChange:
    """A change with the cells that differ."""
    before, after = pair
    if was is None or now is None:
        forgotten = after.text is None or (before is not None and before.text is None)
        return RowChange(line, None if before is None else {}, now, forgotten)
    names = [*dict.fromkeys([*was, *now])]
    moved = [name for name in names if was.get(name, "") != now.get(name, "")]
    return RowChange(
        line, {name: was.get(name, "") for name in moved}, {name: now.get(name, "") for name in moved}
    )

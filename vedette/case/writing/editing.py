"""One row of a case found by its id, or by file and number, and changed where it still is what was read."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from vedette.case.schema import (
    Actor,
    Claim,
    Force,
    InterventionRow,
    Moment,
    Posture,
    Retraction,
    Row,
    Site,
    Source,
)
from vedette.case.writing.adding import known_columns
from vedette.case.writing.changing import check_change
from vedette.case.writing.table_text import table_text
from vedette.errors import CaseError, Problem, UsageError
from vedette.files import CaseChange, read_log
from vedette.plurals import counted
from vedette.problems import did_you_mean, shown

WITH_ID: tuple[type[Row], ...] = (Actor, Site, Source, Claim, InterventionRow)
"""The tables whose rows have an id."""
WITHOUT_ID: tuple[type[Row], ...] = (Force, Posture, Moment, Retraction)
"""The tables whose rows are named by file and number."""

Read = Callable[[str], bytes | None]
_NUMBERED = re.compile(r"(?P<file>[a-z]+\.csv):(?P<number>\d+)")


@dataclass(frozen=True)
class FoundRow:
    """A row of a table: its model, its number in a spreadsheet, its filled cells."""

    model: type[Row]
    number: int
    cells: Mapping[str, str]

    @property
    def name(self) -> str:
        """How a command names it: its id, or file and number."""
        return self.cells["id"] if self.model in WITH_ID else f"{self.model.file}:{self.number}"


def find_row(read: Read, name: str) -> FoundRow:
    """The row of an id, or of a file and the number that a spreadsheet shows, like ``forces.csv:12``.

    Args:
        read: gives the content of a file of the case, None where there is none.
        name: how the row is named.

    Raises:
        UsageError: there is no such row, or rows of several tables have the id.
    """
    if numbered := _NUMBERED.fullmatch(name):
        return _numbered(read, numbered["file"], int(numbered["number"]))
    rows = [row for model in WITH_ID for row in rows_in(read, model)]
    named = [row for row in rows if row.cells.get("id") == name]
    if len(named) == 1:
        return named[0]
    if named:
        listed = " or ".join(f"{row.model.file}:{row.number}" for row in named)
        raise UsageError(
            f"{name} is the id of {counted(len(named), 'row')}. Name the one you mean: {listed}."
        )
    cure = did_you_mean(name, [row.cells["id"] for row in rows if "id" in row.cells])
    others = ", ".join(model.file for model in WITHOUT_ID)
    raise UsageError(f"no row has the id {name!r}. {cure} Rows of {others} are named like {Force.file}:2.")


def edit_row(change: CaseChange, row: FoundRow, changes: Mapping[str, str], was: Mapping[str, str]) -> None:
    """Changes cells of a row, as part of a change; the case is checked with it.

    Args:
        change: the change of the case.
        row: the row as it stands.
        changes: the cells to write, by column.
        was: cells as they were read before; a row that holds others now is not changed.

    Raises:
        UsageError: the table cannot have such a column, or the id would change.
        CaseError: somebody changed the row meanwhile, or the case would hold mistakes; nothing is written.
    """
    known_columns(row.model, changes)
    if "id" in changes and changes["id"] != row.cells.get("id", ""):
        cure = f"Others refer to it: vedette rename CASE {row.name} {changes['id'] or 'NEW'}"
        raise UsageError(f"{row.name}: an id is not edited. {cure}")
    if problems := list(_changed_meanwhile(change, row, changes, was)):
        raise CaseError(f"{row.name} was changed meanwhile; nothing was written.", problems)
    file = row.model.file
    change.write(file, table_text(change.read(file), row.model).changed(row.number, changes).content())
    check_change(change)


def _changed_meanwhile(
    change: CaseChange, row: FoundRow, changes: Mapping[str, str], was: Mapping[str, str]
) -> Iterator[Problem]:
    """Problems of cells that are not as they were read: those to change, or all where a row has no id."""
    columns = changes if row.model in WITH_ID else was
    for column in columns:
        found = row.cells.get(column, "")
        if column in was and found not in (was[column], changes.get(column, was[column])):
            yours = f"Yours: {shown(changes[column])}. " if column in changes else ""
            cure = f"{changer(change, row)}{yours}Read the row again, then edit it."
            expected = f"{shown(was[column])}, as it was read"
            yield Problem(row.model.file, row.number, column, expected, shown(found), cure)


def changer(change: CaseChange, row: FoundRow) -> str:
    """Who changed a row last, as the log has it; empty if the log does not say."""
    for line in reversed(read_log(change.home).lines):
        for edit in line.edits:
            rows = edit.rows.after if edit.file == row.model.file and edit.rows else ()
            if any(each.name == row.name for each in rows):
                return f"{line.who} changed it, {line.when} ({line.command}). "
    return ""


def rows_in(read: Read, model: type[Row]) -> Iterator[FoundRow]:
    """The rows of a table in their order; none where there is no file."""
    content = read(model.file)
    if content is not None:
        for number, cells in table_text(content, model).rows():
            yield FoundRow(model, number, cells)


def _numbered(read: Read, file: str, number: int) -> FoundRow:
    tables = {model.file: model for model in (*WITH_ID, *WITHOUT_ID)}
    if file not in tables:
        raise UsageError(f"{file} is no table that is edited by row. Use one of: {', '.join(tables)}.")
    rows = list(rows_in(read, tables[file]))
    row = next((row for row in rows if row.number == number), None)
    if row is None:
        last = max((row.number for row in rows), default=1)
        raise UsageError(f"{file} has no row {number}: its rows are 2 to {last}, as a spreadsheet counts.")
    return row

"""Rows added to tables of a case folder, which is checked with them."""

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from vedette.case.checking.tables import schema
from vedette.case.schema.row import Row
from vedette.case.writing.changing import check_change
from vedette.case.writing.preserved_rows import BOM, line
from vedette.errors import UsageError
from vedette.files import CaseChange
from vedette.problems import did_you_mean

Cells = Mapping[str, str]
Additions = Mapping[type[Row], Sequence[Cells]]
"""Rows to add by table; a cell that is left out is empty."""


def add_rows(change: CaseChange, added: Additions) -> None:
    """Adds rows at the end of tables of a case, as part of a change; what stands before them is not touched.

    The folder is checked with all rows in place.

    Raises:
        UsageError: a table lacks a column that a row fills.
        CaseError: with the rows the folder would hold mistakes; all of them are listed.

    Example:
        ``with changing_case("my-iraq", "add source") as change: add_rows(change, {Source: [{"id": "a"}]})``
    """
    for model, rows in added.items():
        if rows:
            change.write(model.file, _longer(change.home / model.file, model, rows))
    if any(added.values()):
        check_change(change)


def free_id(stem: str, taken: Sequence[str], *, numbered: bool = False) -> str:
    """A short name for a row that nobody has yet: the stem in small letters, with a number if need be.

    ``numbered``: always with a number.

    >>> free_id("Reuters, 2014", ["reuters-2014"])
    'reuters-2014-2'
    """
    short = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:40].strip("-") or "row"
    names = [f"{short}-{number}" for number in range(1, len(taken) + 3)]
    return next(name for name in (names if numbered else [short, *names[1:]]) if name not in taken)


def _longer(path: Path, model: type[Row], rows: Sequence[Cells]) -> bytes:
    """The bytes of a table with rows at its end."""
    names = list(schema(model))
    for row in rows:
        for unknown in set(row) - set(names):
            raise UsageError(f"{model.file} has no column {unknown}. {did_you_mean(unknown, names)}")
    if not path.exists():
        return "".join([line(names), *(line([row.get(name, "") for name in names]) for row in rows)]).encode()
    before = path.read_bytes()
    columns = _header(path)
    for row in rows:
        missing = [name for name, cell in row.items() if cell and name not in columns]
        if missing:
            cure = "Add it to the header (to every row an empty cell), then add the row again."
            raise UsageError(f"{path} has no column {missing[0]}. {cure}")
    ending = "\r\n" if b"\r\n" in before else "\n"
    gap = "" if before.endswith(b"\n") else ending
    new = "".join(line([row.get(name, "") for name in columns]) for row in rows)
    return before + (gap + new.replace("\n", ending)).encode("utf-8")


def _header(path: Path) -> list[str]:
    """The columns of a table that was checked."""
    first = path.read_text(encoding="utf-8").removeprefix(BOM).splitlines()[0]
    columns = [cell.strip() for cell in next(csv.reader([first]))]
    while columns and not columns[-1]:
        columns.pop()
    return columns

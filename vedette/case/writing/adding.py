"""Rows added to tables of a case folder, which is checked with them."""

import re
from collections.abc import Iterable, Mapping, Sequence

from vedette.case.checking.tables import schema
from vedette.case.schema.row import Row
from vedette.case.writing.changing import check_change
from vedette.case.writing.table_text import table_text
from vedette.errors import UsageError
from vedette.files import CaseChange
from vedette.problems import did_you_mean

Cells = Mapping[str, str]
Additions = Mapping[type[Row], Sequence[Cells]]
"""Rows to add by table; a cell that is left out is empty."""


def add_rows(change: CaseChange, added: Additions) -> None:
    """Adds rows at the end of tables of a case, as part of a change; what stands before them is not touched.

    A column that a row fills and the file lacks is added to its header. The folder is checked with all rows
    in place.

    Raises:
        UsageError: a row has a column that the table cannot have.
        CaseError: with the rows the folder would hold mistakes; all of them are listed.

    Example:
        ``with changing_case("my-iraq", "add source") as change: add_rows(change, {Source: [{"id": "a"}]})``
    """
    for model, rows in added.items():
        if rows:
            change.write(model.file, _longer(change.read(model.file), model, rows))
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


def _longer(content: bytes | None, model: type[Row], rows: Sequence[Cells]) -> bytes:
    """The bytes of a table with rows at its end."""
    for row in rows:
        known_columns(model, row)
    return table_text(content, model).longer(rows).content()


def known_columns(model: type[Row], names: Iterable[str]) -> None:
    """Raises where a table cannot have a column of some name.

    Raises:
        UsageError: it cannot; the message has the nearest name that it can have.
    """
    columns = list(schema(model))
    for name in names:
        if name not in columns:
            raise UsageError(f"{model.file} has no column {name}. {did_you_mean(name, columns)}")

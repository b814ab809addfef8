"""Converts the raw table of a file into rows of the common table, reporting mistakes.

There is no loop over rows in Python: each kind of mistake is a SQL condition. One query counts the rows of
all conditions, and examples are queried only for those that occur.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from vedette.case import Country
from vedette.errors import Problem
from vedette.events.formats.country import country_sql
from vedette.events.formats.head import FileHead
from vedette.events.formats.layout import Field, cell
from vedette.events.formats.malformed import SHOWN
from vedette.events.formats.table import COLUMNS, listed, literal, quoted
from vedette.plurals import counted

EARLIEST = date(1946, 1, 1)
_LONGEST_SHOWN = 60
_MAY_BE_EMPTY = {
    *("place_name", "district_name", "latitude", "longitude", "headline", "source_name", "source_date"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
}
_CENTURY = (
    "The century is lost, as where a spreadsheet or script wrote 21 for 2021. Take the file from the "
    "publisher again, and load it as it is."
)
_TAKE_AGAIN = "Correct the cell, or take the file from the publisher again."


@dataclass(frozen=True)
class Raw:
    """The raw table of a file, with what is needed to convert it.

    Attributes:
        table: the name of the raw table.
        file: the file's name.
        head: its head.
        day: SQL that turns the text ``{}`` of a date cell into a date.
        blank: whether there are blank rows, which are ignored.
    """

    table: str
    file: str
    head: FileHead
    day: str
    blank: bool

    @property
    def rows(self) -> str:
        """The part of a SQL statement that selects the rows of events."""
        filled = f" AND coalesce({listed(self.head.columns)}) IS NOT NULL" if self.blank else ""
        return f"FROM {quoted(self.table)} WHERE rowid >= {int(self.head.tags)}{filled}"

    @property
    def row(self) -> str:
        """SQL for the row number in a spreadsheet."""
        return f"CAST(rowid + {1 + self.head.header} AS INTEGER)"

    def sql(self, column: str) -> str | None:
        """SQL for a column of the common table; None if the file does not have it."""
        layout = self.head.layout
        if column in layout.derived:
            return layout.derived[column]
        field = layout.fields.get(column)
        if field is None or field.column not in self.head.columns:
            return None
        return f"coalesce({self.value(field)}, {field.empty})" if field.empty != "NULL" else self.value(field)

    def value(self, field: Field) -> str:
        """SQL for the value of a field."""
        return field.kind.sql.replace("{day}", self.day).replace("{}", cell(field.column))


@dataclass(frozen=True)
class Mistake:
    """A SQL condition that no row may meet, and the parts of the message for rows that do."""

    condition: str
    column: str
    shown: str
    expected: str
    cure: str


def insert_statement(raw: Raw, dataset: str, release: str, number: int, country: Country, copies: str) -> str:
    """The SQL that adds the events of a file to the common table.

    Args:
        raw: the file.
        dataset: the data set it belongs to.
        release: its release, empty if not known.
        number: the number of the file in the store.
        country: the country of the case; events in it get its name in the case.
        copies: the name of the table of rows that repeat an earlier row.
    """
    parts = {
        "dataset": literal(dataset),
        "release": literal(release),
        "file": literal(raw.file),
        "row": raw.row,
        "country": country_sql(raw.head.columns, raw.sql("country") or "''", country),
    }
    values = [f"{parts.get(name) or _filled(raw, name)} AS {quoted(name)}" for name in COLUMNS]
    return (
        f"INSERT INTO events SELECT {', '.join(values)}, {number}, true, NULL, NULL, NULL {raw.rows} "
        f"AND rowid NOT IN (SELECT rowid_ FROM {quoted(copies)})"
    )


def problems(connection: duckdb.DuckDBPyConnection, raw: Raw, today: date) -> list[Problem]:
    """Problems of cells that do not fit their column: twenty of each kind, and a count of the rest."""
    mistakes = list(_mistakes(raw, today))
    counts = connection.execute(
        "SELECT " + ", ".join(f"count(*) FILTER ({mistake.condition})" for mistake in mistakes) + raw.rows
    ).fetchone()
    assert counts is not None
    reported: list[Problem] = []
    for mistake, count in zip(mistakes, counts, strict=True):
        if count:
            reported += _examples(connection, raw, mistake, count)
    return reported


def _examples(
    connection: duckdb.DuckDBPyConnection, raw: Raw, mistake: Mistake, count: int
) -> Iterator[Problem]:
    rows = connection.execute(
        f"SELECT {raw.row}, {mistake.shown} {raw.rows} AND ({mistake.condition}) ORDER BY rowid LIMIT {SHOWN}"
    ).fetchall()
    for row, text in rows:
        yield Problem(raw.file, row, mistake.column, mistake.expected, shown(text), mistake.cure)
    if count > SHOWN:
        rest = counted(count - SHOWN, "more such row")
        yield Problem(raw.file, 0, mistake.column, mistake.expected, rest, mistake.cure)


def shown(text: str | None) -> str:
    """The text of a cell for a message, on one line and shortened."""
    if text is None:
        return "an empty cell"
    line = " ".join(text.split())
    return repr(line if len(line) <= _LONGEST_SHOWN else line[:_LONGEST_SHOWN] + "...")


def _mistakes(raw: Raw, today: date) -> Iterator[Mistake]:
    fields = [field for field in raw.head.layout.fields.values() if field.column in raw.head.columns]
    for field in dict.fromkeys(fields):
        text, kind = cell(field.column), field.kind
        if kind.cure:
            bad = f"{text} IS NOT NULL AND {raw.value(field)} IS NULL"
            yield Mistake(bad, field.column, text, kind.expected, kind.cure)
        if field.needed:
            written = f"nullif(trim({quoted(field.column)}), '')"
            yield Mistake(f"{text} IS NULL", field.column, written, kind.expected, _TAKE_AGAIN)
    yield from _date_mistakes(raw, today + timedelta(days=365))


def _date_mistakes(raw: Raw, latest: date) -> Iterator[Mistake]:
    start, end = raw.head.layout.fields["date_start"], raw.head.layout.fields["date_end"]
    expected = f"a date from {EARLIEST} to {latest}"
    for field in dict.fromkeys((start, end)):
        day, ancient = raw.value(field), f"{raw.value(field)} < DATE '0100-01-01'"
        yield Mistake(ancient, field.column, cell(field.column), "a year of four digits", _CENTURY)
        outside = f"NOT ({ancient}) AND {day} NOT BETWEEN DATE '{EARLIEST}' AND DATE '{latest}'"
        yield Mistake(outside, field.column, cell(field.column), expected, _TAKE_AGAIN)
    if start.column != end.column:
        both = f"{cell(end.column)} || ' (start ' || {cell(start.column)} || ')'"
        backwards = f"{raw.value(end)} < {raw.value(start)}"
        yield Mistake(backwards, end.column, both, "an end not before the start", _TAKE_AGAIN)


def _filled(raw: Raw, column: str) -> str:
    kind = COLUMNS[column][0]
    value = raw.sql(column) or f"CAST(NULL AS {kind})"
    return value if column in _MAY_BE_EMPTY or kind != "VARCHAR" else f"coalesce({value}, '')"

"""Dates that a spreadsheet changed: day numbers, which can be read, and what has no day any more."""

import re
from collections.abc import Sequence

import duckdb

from vedette.counts import refused
from vedette.events.formats.layout import cell
from vedette.events.formats.table import literal, quoted

_AGAIN = "Take the file from the publisher again, and load it without opening and saving it in a spreadsheet."
_AS_DAYS = (
    "Give the column the format YYYY-MM-DD in the spreadsheet, or take the file again and load it as it is."
)
_LOST = (
    (
        r"\d{1,2}:\d{2}(:\d{2})?(\.\d+)?",
        "times such as {}: a spreadsheet has destroyed the dates, only minutes and seconds are left",
        _AGAIN,
    ),
    (
        r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}( .*)?",
        "years of two digits, such as {}: a spreadsheet has cut them",
        _AS_DAYS,
    ),
    (r"#+", "{}: the column was too narrow when the sheet was saved, and the dates are gone", _AGAIN),
    (r"[A-Za-z]{3,9}[- ]\d{2,4}", "months without a day, such as {}", _AGAIN),
    (r"\d\.\d+E\+\d+", "numbers such as {}: a spreadsheet has rounded them", _AGAIN),
)
_SERIAL = r"[1-6]\d{4}(\.0+)?"
_FROM = "CAST(DATE '1899-12-30' + CAST(try_cast({} AS DOUBLE) AS INTEGER) AS DATE)"


def refuse_lost_dates(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], first_rowid: int, file: str
) -> None:
    """Refuses a column of dates none of which has its day any more.

    Raises:
        EventsError: all cells are times, two-digit years or the like; says which.
    """
    for column in columns:
        for pattern, found, cure in _LOST:
            if (example := _all_match(connection, table, column, first_rowid, pattern)) is not None:
                raise refused(file, f"dates in column {column}", found.format(repr(example)), cure)
        if _all_match(connection, table, column, first_rowid, _SERIAL) is not None:
            _refuse_unproven(connection, table, column, first_rowid, file)


def serial_days(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], first_rowid: int
) -> str | None:
    """SQL that turns day numbers of a spreadsheet (1 is 1900-01-01) into dates; None if cells hold others."""
    numbers = [_all_match(connection, table, column, first_rowid, _SERIAL) for column in columns]
    return _FROM if None not in numbers else None


def _all_match(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, first_rowid: int, pattern: str
) -> str | None:
    """The first cell of a column, if all cells that are not empty match a pattern."""
    text = cell(column)
    first = connection.execute(
        f"SELECT {text} FROM {quoted(table)} WHERE rowid >= {first_rowid} AND {text} IS NOT NULL LIMIT 1"
    ).fetchone()
    if first is None or not re.fullmatch(pattern, first[0]):
        return None
    row = connection.execute(
        f"SELECT bool_and(regexp_full_match({text}, {literal(pattern)})), arg_min({text}, rowid) "
        f"FROM {quoted(table)} WHERE rowid >= {first_rowid} AND {text} IS NOT NULL"
    ).fetchone()
    return str(row[1]) if row and row[0] else None


def _refuse_unproven(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, first_rowid: int, file: str
) -> None:
    """Refuses day numbers unless years in the file prove that they count from 1900 (some do from 1904)."""
    text = cell(column)
    rows = f"FROM {quoted(table)} WHERE rowid >= {first_rowid} AND {text} IS NOT NULL"
    columns = connection.execute(f"SELECT name FROM pragma_table_info({literal(table)})").fetchall()
    proven = f"year({_FROM.replace('{}', text)}) = try_cast({cell('year')} AS INTEGER)"
    agrees = f"bool_and(coalesce({proven}, false))" if ("year",) in columns else "false"
    row = connection.execute(f"SELECT {agrees}, arg_min({text}, rowid) {rows}").fetchone()
    if row and not row[0]:
        found = f"day numbers such as {row[1]!r}, as spreadsheets count, that no year in the file confirms"
        raise refused(file, f"dates in column {column}", found, _AS_DAYS)

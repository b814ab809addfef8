"""Determines the date format of a file: one for all its cells, found by trying each format on every cell.

``03/04/2015`` may be in March or in April. The order is known if some date fits one order only
(``25/04/2015``), or if one order puts an end before its start; otherwise the user must give it.
"""

from collections.abc import Sequence
from enum import StrEnum

import duckdb

from vedette.errors import EventsError, Problem
from vedette.events.formats.layout import cell
from vedette.events.formats.lost_dates import refuse_lost_dates, serial_days
from vedette.events.formats.table import literal, quoted


class DateOrder(StrEnum):
    """The order of day and month in dates where both are numbers."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


_SLASHED = "regexp_replace(split_part({}, ' ', 1), '[-.]', '/', 'g')"
_WORDS = ", ".join(literal(form) for form in ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%B %d, %Y", "%b %d, %Y"))
_ORDERS = {
    DateOrder.DAY_FIRST: f"CAST(try_strptime({_SLASHED}, '%d/%m/%Y') AS DATE)",
    DateOrder.MONTH_FIRST: f"CAST(try_strptime({_SLASHED}, '%m/%d/%Y') AS DATE)",
}
_ISO = "try_cast({} AS DATE)"
_SHORT = (
    "CAST(CASE WHEN regexp_full_match({}, '\\d{1,2}-[A-Za-z]{3}-\\d{2}') "
    "THEN try_strptime({}, '%d-%b-%y') END AS DATE)"
)
_PLAIN = (
    _ISO,
    _SHORT,
    "CAST(try_strptime({}, '%Y%m%d') AS DATE)",
    f"CAST(try_strptime({{}}, [{_WORDS}]) AS DATE)",
)


def way_of_dates(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    first_rowid: int,
    file: str,
    order: DateOrder | None,
) -> str:
    """The SQL that turns a cell (``{}``) of a file's date columns into a date.

    Args:
        connection: the database with the raw table.
        table: the raw table.
        columns: its date columns, the start first and the end last.
        first_rowid: the first row with an event.
        file: the file's name, for messages.
        order: the order given by the user; None to infer it.

    Raises:
        EventsError: the order of day and month cannot be inferred.
    """
    source = f"FROM {quoted(table)} WHERE rowid >= {first_rowid}"
    cells = [cell(column) for column in columns]
    refuse_lost_dates(connection, table, columns, first_rowid, file)
    if _count(connection, [_ISO], cells, source) == _count(connection, ["{}"], cells, source):
        return _ISO
    if order is not None:
        return _ORDERS[order]
    ways = (*_PLAIN, *_ORDERS.values())
    read = {way: _count(connection, [way], cells, source)[0] for way in ways}
    best = max(read.values())
    if best == 0:
        return serial_days(connection, table, columns, first_rowid) or _ISO
    likely = [way for way in ways if read[way] == best]
    if likely == list(_ORDERS.values()):
        return _told_apart(connection, cells, source, file, columns)
    return likely[0]


def _of(way: str, text: str) -> str:
    """The SQL of a format for the SQL of a cell."""
    return way.replace("{}", text)


def _count(
    connection: duckdb.DuckDBPyConnection, ways: Sequence[str], cells: Sequence[str], source: str
) -> list[int]:
    """The number of cells that each format can read."""
    counts = (" + ".join(f"count({_of(way, text)})" for text in cells) for way in ways)
    row = connection.execute(f"SELECT {', '.join(counts)} {source}").fetchone()
    return [int(count) for count in row or ()]


def _told_apart(
    connection: duckdb.DuckDBPyConnection,
    cells: Sequence[str],
    source: str,
    file: str,
    columns: Sequence[str],
) -> str:
    """The one of the two orders that puts no end before its start."""
    day, month = _ORDERS.values()
    counts = (f"count(*) FILTER ({_of(way, cells[-1])} < {_of(way, cells[0])})" for way in (day, month))
    differ = f"{_of(day, cells[0])} <> {_of(month, cells[0])}"
    row = connection.execute(
        f"SELECT {', '.join(counts)}, arg_min({cells[0]}, rowid) FILTER ({differ}) {source}"
    ).fetchone()
    assert row is not None
    by_day, by_month, example = row
    if example is None or (by_day == 0 and by_month > 0):
        return day
    if by_month == 0 and by_day > 0:
        return month
    problem = Problem(
        file,
        0,
        columns[0],
        "dates whose day and month can be told apart",
        f"dates such as {example} that all read both ways",
        "Say which with --dates day-first or --dates month-first, or write them as YYYY-MM-DD.",
    )
    raise EventsError(f"{file} cannot be read", [problem])

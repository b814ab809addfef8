"""Finds rows with the id of an earlier row: copies are counted once, different content is an error."""

import duckdb

from vedette.errors import Problem
from vedette.events.formats.convert import Raw, shown
from vedette.events.formats.layout import cell
from vedette.events.formats.malformed import SHOWN
from vedette.events.formats.table import listed, quoted
from vedette.plurals import counted

_ONE_EACH = "one event for each id"


def find_copies(connection: duckdb.DuckDBPyConnection, raw: Raw, copies: str) -> tuple[int, list[Problem]]:
    """Writes the rows that repeat an earlier row to a new table ``copies`` (column ``rowid_``).

    Returns:
        The number of such rows, and a problem for each row with the id of an earlier row but different
        content. Columns without a name (row counters) are ignored. Where the order of the actors has no
        meaning, rows with the actors exchanged are copies: so does ACLED's actor-based export.
    """
    field = raw.head.layout.fields["source_id"]
    content = _content(raw)
    identity = raw.value(field)
    connection.execute(
        f"CREATE TEMP TABLE {quoted(copies)} AS "
        f"WITH repeated AS (SELECT {identity} AS id_ {raw.rows} GROUP BY id_ HAVING count(*) > 1), "
        f"same AS (SELECT rowid AS rowid_, {cell(field.column)} AS text_, hash({content}) AS content_, "
        f"{identity} AS id_ {raw.rows} AND {identity} IN (FROM repeated)) "
        "SELECT rowid_, text_, content_ <> arg_min(content_, rowid_) OVER (PARTITION BY id_) AS other_, "
        "min(rowid_) OVER (PARTITION BY id_) AS first_ FROM same QUALIFY rowid_ > first_"
    )
    counts = connection.execute(f"SELECT count(*), count(*) FILTER (other_) FROM {quoted(copies)}").fetchone()
    assert counts is not None
    repeated, contradicting = counts
    return repeated, _contradictions(connection, raw, copies, contradicting) if contradicting else []


def _content(raw: Raw) -> str:
    """SQL for the content of a row, the same whichever actor comes first."""
    named = [column for column in raw.head.columns if not column.startswith("column_")]
    sides = [[column for column in side if column in named] for side in raw.head.layout.sides]
    if not sides:
        return listed(named)
    one, other = (f"concat_ws(chr(31), {', '.join(map(_text, side))})" for side in sides)
    plain = [column for column in named if column not in (*sides[0], *sides[1])]
    return f"{listed(plain)}, least({one}, {other}), greatest({one}, {other})"


def _text(column: str) -> str:
    return f"coalesce({quoted(column)}, '')"


def _contradictions(
    connection: duckdb.DuckDBPyConnection, raw: Raw, copies: str, count: int
) -> list[Problem]:
    offset = 1 + raw.head.header
    column = raw.head.layout.fields["source_id"].column
    rows = connection.execute(
        f"SELECT rowid_ + {offset}, text_, first_ + {offset} FROM {quoted(copies)} WHERE other_ "
        f"ORDER BY rowid_ LIMIT {SHOWN}"
    ).fetchall()
    cure = "Keep the row that is right and remove the other."
    if raw.head.layout.sides:
        cure = f"Take the event-based export if this one has a row for each actor; else: {cure}"
    problems = [
        Problem(raw.file, row, column, _ONE_EACH, f"{shown(text)} again, unlike row {first}", cure)
        for row, text, first in rows
    ]
    if count > SHOWN:
        rest = counted(count - SHOWN, "more such row")
        problems.append(Problem(raw.file, 0, column, _ONE_EACH, rest, cure))
    return problems

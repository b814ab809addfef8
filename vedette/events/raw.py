"""The raw table of a file: every row as it was, every cell as text, read by DuckDB.

A raw table is never deleted from, so the row number that DuckDB keeps counts the rows of the file.
"""

import csv
from pathlib import Path

import duckdb

from vedette.errors import EventsError, Problem
from vedette.events.head import Head
from vedette.events.table import literal, quoted
from vedette.events.text import TAKE_AGAIN, bad_byte, refused

LONGEST_LINE = 2_000_000
"""The longest row, in bytes, that is taken for one."""

SHOWN = 20
"""How many mistakes of a kind are reported one by one."""

_UNREADABLE = (duckdb.InvalidInputException, duckdb.NotImplementedException, duckdb.ConversionException)
_ENDLESS = "LINE SIZE OVER MAXIMUM"
_SHAPES = {
    "MISSING COLUMNS": ("fewer cells", f"The row may be cut short. {TAKE_AGAIN}"),
    "TOO MANY COLUMNS": ("more cells", "Put text that holds the delimiter between double quotes."),
    "UNQUOTED VALUE": (
        "a double quote that does not close, or text after it",
        "Close the quote, and write a quote within text twice. The file may be cut short.",
    ),
    _ENDLESS: (
        f"a row longer than {LONGEST_LINE // 1_000_000} MB",
        "A quote may not close, or the line ends are missing. Take the file again.",
    ),
}


def read_raw(connection: duckdb.DuckDBPyConnection, path: Path, head: Head, table: str) -> None:
    """Reads a file into a new table of text columns, in the order of the file.

    Raises:
        EventsError: the file is not well-formed; lists the rows that are not.
    """
    _refuse_endless_lines(path)
    try:
        connection.execute(_statement(path, head, table))
    except (
        duckdb.InvalidInputException,
        duckdb.NotImplementedException,
        duckdb.ConversionException,
    ) as error:
        problems = _encoding(path) or _shapes(connection, path, head) or _fallback(path, head)
        raise EventsError(f"{path.name} cannot be read", problems) from error


def _statement(path: Path, head: Head, table: str, lenient: bool = False) -> str:
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in head.columns)
    options = {
        "auto_detect": "false",
        "header": str(head.header).lower(),
        "delim": literal(head.delimiter),
        "quote": literal(head.layout.quote),
        "escape": literal(head.layout.quote),
        "columns": f"{{{columns}}}",
        "max_line_size": str(LONGEST_LINE),
        "null_padding": str(len(head.layout.widths) > 1).lower(),
        "strict_mode": "true",
    }
    if lenient:
        options |= {"store_rejects": "true", "rejects_limit": str(20 * SHOWN)}
    written = ", ".join(f"{name} = {value}" for name, value in options.items())
    return f"CREATE TABLE {quoted(table)} AS SELECT * FROM read_csv({literal(_plain(path))}, {written})"


def _plain(path: Path) -> str:
    """A path in which no sign stands for other files."""
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in str(path))


def _refuse_endless_lines(path: Path) -> None:
    with path.open("rb") as file:
        while chunk := file.read(4 * LONGEST_LINE):
            if len(chunk) == 4 * LONGEST_LINE and b"\n" not in chunk and b"\r" not in chunk:
                raise refused(path.name, "rows that end", *_SHAPES[_ENDLESS])


def _encoding(path: Path) -> list[Problem]:
    try:
        return [bad_byte(path)]
    except ValueError:
        return []


def _shapes(connection: duckdb.DuckDBPyConnection, path: Path, head: Head) -> list[Problem]:
    """The rows that DuckDB rejects, found by reading again."""
    scratch = connection.cursor()
    try:
        scratch.execute(_statement(path, head, "rejected", lenient=True).replace("CREATE", "CREATE TEMP", 1))
        found = scratch.execute(
            "SELECT DISTINCT line, error_type::VARCHAR FROM reject_errors ORDER BY ALL LIMIT ?", [SHOWN]
        ).fetchall()
    except duckdb.Error:
        return []
    finally:
        scratch.close()
    return [_shape(path, head, row, kind) for row, kind in found]


def _shape(path: Path, head: Head, row: int, kind: str) -> Problem:
    found, cure = _SHAPES.get(kind, (kind.lower(), TAKE_AGAIN))
    return Problem(path.name, row, "", f"{len(head.columns)} cells", found, cure)


def _fallback(path: Path, head: Head) -> list[Problem]:
    """The first row that a plain reader cannot take, where DuckDB does not say."""
    row = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            for row, _ in enumerate(csv.reader(file, delimiter=head.delimiter, strict=True), 1):  # noqa: B007
                pass
        except csv.Error:
            return [_shape(path, head, row + 1, "UNQUOTED VALUE")]
    return [Problem(path.name, 0, "", "well-formed CSV", "something else", TAKE_AGAIN)]

"""Reads a file with DuckDB into its raw table: all rows, unchanged, with all cells as text.

No row of a raw table is ever deleted, so DuckDB's ``rowid`` is the row number in the file.
"""

from pathlib import Path

import duckdb

from vedette.errors import EventsError
from vedette.events.formats.head import FileHead
from vedette.events.formats.malformed import LONGEST_LINE, broken_rows, refuse_endless_line
from vedette.events.formats.table import literal, quoted

_UNREADABLE = (duckdb.InvalidInputException, duckdb.NotImplementedException, duckdb.ConversionException)


def read_raw(connection: duckdb.DuckDBPyConnection, path: Path, head: FileHead, table: str) -> None:
    """Reads a file into a new table of text columns, in the order of the file.

    Raises:
        EventsError: the file is malformed; ``problems`` lists the malformed rows.
    """
    if not head.source:
        refuse_endless_line(path)
    try:
        connection.execute(_statement(path, head, table))
    except _UNREADABLE as error:
        raise EventsError(f"{path.name} cannot be read", broken_rows(path, head)) from error


def _statement(path: Path, head: FileHead, table: str) -> str:
    if head.source:
        names = ", ".join(quoted(name) for name in head.columns)
        return f"CREATE TABLE {quoted(table)} AS SELECT * FROM ({head.source}) AS rows({names})"
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in head.columns)
    options = {
        "auto_detect": "false",
        "header": str(head.header).lower(),
        "delim": literal(head.delimiter),
        "quote": literal(head.quote),
        "escape": literal(head.quote),
        "columns": f"{{{columns}}}",
        "max_line_size": str(LONGEST_LINE),
        "null_padding": str(len(head.layout.widths) > 1 and not head.header).lower(),
        "strict_mode": "true",
    }
    written = ", ".join(f"{name} = {value}" for name, value in options.items())
    return f"CREATE TABLE {quoted(table)} AS SELECT * FROM read_csv({literal(_plain(path))}, {written})"


def _plain(path: Path) -> str:
    """Escapes glob characters in a path."""
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in str(path))

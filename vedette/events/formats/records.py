"""Tables in JSON and Parquet: the columns of one, and the SQL that reads its rows with all cells as text.

JSON is a list of rows: alone, under ``Result`` (UCDP's API) or ``data`` (ACLED's API), the features of a
GeoJSON file (their properties, with the coordinates of a point), or one row a line.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
from polars.exceptions import PolarsError

from vedette.counts import TAKE_AGAIN, refused
from vedette.events.formats.table import literal, quoted

LARGEST = 1_000_000_000
"""The size of the largest JSON file that is read, in bytes."""

_LISTS = ("Result", "data", "results", "features")
_EXPORT = "Export the table as CSV from where you took it."
_POINT = {"longitude": 0, "latitude": 1}


@dataclass(frozen=True)
class Records:
    """A table that is no CSV.

    Attributes:
        columns: its columns, as written.
        source: SQL for its rows in the order of the file, with all cells as text under ``columns``.
        header: whether the first row of the file counts as a header in messages.
        pages: the number of pages of which this is one.
    """

    columns: tuple[str, ...]
    source: str
    header: bool
    pages: int = 1


def parquet_records(path: Path) -> Records:
    """The table of a Parquet file.

    Raises:
        EventsError: it cannot be read.
    """
    try:
        columns = tuple(pl.read_parquet_schema(path))
    except PolarsError as error:
        raise refused(path.name, "a Parquet file", str(error).splitlines()[0], TAKE_AGAIN) from error
    cells = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in columns)
    return Records(columns, f"SELECT {cells} FROM read_parquet({literal(str(path))})", header=True)


def json_records(path: Path) -> Records:
    """The table of a JSON file.

    Raises:
        EventsError: it is no JSON, too large, or holds no list of rows.
    """
    if path.stat().st_size > LARGEST:
        raise refused(path.name, f"at most {LARGEST:,} bytes of JSON", f"{path.stat().st_size:,}", _EXPORT)
    try:
        with duckdb.connect() as connection:
            return _json_records(connection, path)
    except duckdb.Error as error:
        found = str(error).splitlines()[0].partition("Input:")[0].strip()
        cure = f"The file may be cut short. {TAKE_AGAIN}"
        raise refused(path.name, "sound JSON", found[:120], cure) from error


def _json_records(connection: duckdb.DuckDBPyConnection, path: Path) -> Records:
    text = f"(SELECT ltrim(content, chr(65279)) AS whole FROM read_text({literal(str(path))}))"
    split = f"SELECT unnest(string_split(whole, chr(10))) AS row FROM {text}"
    lines = f"SELECT row FROM ({split}) WHERE trim(row) <> ''"
    if not _valid(connection, f"SELECT json_valid(whole) FROM {text}") and _valid(
        connection, f"SELECT json_valid(row) FROM ({lines}) LIMIT 1"
    ):
        return _rows(connection, path, f"SELECT CAST(row AS JSON) AS row FROM ({lines})")
    kind = connection.execute(f"SELECT json_type(whole) FROM {text}").fetchone()
    if kind == ("ARRAY",):
        return _rows(connection, path, f"SELECT unnest(json_extract(whole, '$[*]')) AS row FROM {text}")
    keys = [key for (key,) in connection.execute(f"SELECT unnest(json_keys(whole)) FROM {text}").fetchall()]
    name = next((key for key in _LISTS if key in keys), None)
    if name is None:
        found = f"JSON with {', '.join(keys[:8]) or 'nothing'}"
        raise refused(path.name, "a list of events (under Result, data or features)", found, _EXPORT)
    pages = connection.execute(
        f"SELECT try_cast(json_extract_string(whole, '$.TotalPages') AS INTEGER) FROM {text}"
    ).fetchone()
    rows = f"SELECT unnest(json_extract(whole, '$.{name}[*]')) AS row FROM {text}"
    return _rows(connection, path, rows, pages[0] if pages and pages[0] else 1)


def _valid(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    return connection.execute(query).fetchone() == (True,)


def _rows(connection: duckdb.DuckDBPyConnection, path: Path, rows: str, pages: int = 1) -> Records:
    first = connection.execute(f"SELECT json_type(row), row FROM ({rows}) LIMIT 1").fetchone()
    if first is None:
        raise refused(path.name, "events", "an empty list", TAKE_AGAIN)
    if first[0] != "OBJECT":
        raise refused(path.name, "a list of events", "a list of something else", _EXPORT)
    sample = json.loads(first[1])
    if isinstance(sample.get("properties"), dict) and "schema" in sample:
        cure = "Import them into the ledger: vedette import followthemoney CASE FILE"
        raise refused(path.name, "events", "entities of FollowTheMoney", cure)
    drawn = isinstance(sample.get("properties"), dict)
    start = "$.properties" if drawn else "$"
    names = list(_names(connection, rows, start, sample["properties"] if drawn else sample))
    cells = [f"json_extract_string(row, {_path(start, name)})" for name in names]
    if drawn and not {name.lower() for name in names} & set(_POINT):
        names += list(_POINT)
        cells += [f"json_extract_string(row, '$.geometry.coordinates[{at}]')" for at in _POINT.values()]
    return Records(tuple(names), f"SELECT {', '.join(cells)} FROM ({rows})", header=False, pages=pages)


def _names(
    connection: duckdb.DuckDBPyConnection, rows: str, start: str, sample: Sequence[str]
) -> Iterator[str]:
    """The names of the columns: those of the first row, then what other rows have besides."""
    yield from sample
    others = connection.execute(
        f"SELECT DISTINCT unnest(json_keys(row, {literal(start)})) AS name FROM ({rows}) ORDER BY name"
    ).fetchall()
    yield from (name for (name,) in others if name not in sample)


def _path(start: str, name: str) -> str:
    return literal(f'{start}."{name}"')

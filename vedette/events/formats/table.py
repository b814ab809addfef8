"""The common table of events that every data set is read into.

A row is one event as its publisher recorded it, including the precision of date, place and deaths.
"""

from collections.abc import Sequence

import polars as pl

COLUMNS: dict[str, tuple[str, pl.DataType]] = {
    "dataset": ("VARCHAR", pl.String()),
    "release": ("VARCHAR", pl.String()),
    "source_id": ("VARCHAR", pl.String()),
    "date_start": ("DATE", pl.Date()),
    "date_end": ("DATE", pl.Date()),
    "date_precision": ("TINYINT", pl.Int8()),
    "place_name": ("VARCHAR", pl.String()),
    "district_name": ("VARCHAR", pl.String()),
    "place_precision": ("TINYINT", pl.Int8()),
    "latitude": ("DOUBLE", pl.Float64()),
    "longitude": ("DOUBLE", pl.Float64()),
    "country": ("VARCHAR", pl.String()),
    "type": ("VARCHAR", pl.String()),
    "subtype": ("VARCHAR", pl.String()),
    "dyad_id": ("VARCHAR", pl.String()),
    "dyad": ("VARCHAR", pl.String()),
    "side_a_id": ("VARCHAR", pl.String()),
    "side_a": ("VARCHAR", pl.String()),
    "side_b_id": ("VARCHAR", pl.String()),
    "side_b": ("VARCHAR", pl.String()),
    "deaths_a": ("INTEGER", pl.Int32()),
    "deaths_b": ("INTEGER", pl.Int32()),
    "deaths_civilians": ("INTEGER", pl.Int32()),
    "deaths_unknown": ("INTEGER", pl.Int32()),
    "low": ("INTEGER", pl.Int32()),
    "best": ("INTEGER", pl.Int32()),
    "high": ("INTEGER", pl.Int32()),
    "headline": ("VARCHAR", pl.String()),
    "source_name": ("VARCHAR", pl.String()),
    "source_date": ("VARCHAR", pl.String()),
    "file": ("VARCHAR", pl.String()),
    "row": ("INTEGER", pl.Int32()),
}
"""Name, DuckDB type and Polars type of each column, in order.

``place_name`` is the province, ``district_name`` the district that the publisher names.

``date_precision``: 1 day, 2 two to six days, 3 week, 4 month, 5 longer. ``place_precision``: 1 exact,
2 within about 25 km, 3 district, 4 province, 5 larger than a province or along a line, 6 country,
7 international waters (the scales of UCDP). ``type`` and
``subtype``: kinds of events as the data set names them, in small letters. ``low``, ``best``, ``high``: deaths
of the event, all sides. ``row``: the row number in a spreadsheet (a header is row 1).
"""

SCHEMA = pl.Schema({name: kind for name, (_, kind) in COLUMNS.items()})

PROVENANCE = ("release", "file", "row")
CONTENT = tuple(name for name in COLUMNS if name not in PROVENANCE)
"""The columns about the event itself, without those about the file."""


def quoted(name: str) -> str:
    """A name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def listed(names: Sequence[str], prefix: str = "") -> str:
    """Names as a SQL list, with a prefix such as ``old.`` before each."""
    return ", ".join(prefix + quoted(name) for name in names)

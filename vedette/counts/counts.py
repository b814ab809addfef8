"""Reads a table of counts by period and unit: long or wide, CSV or Parquet."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.counts.columns import UNIT_COLUMNS, CountRows, rows_of
from vedette.counts.count_checks import deaths_alone, no_counts, refuse_gaps, repeated
from vedette.counts.counters import with_months, without_counters
from vedette.counts.countries import countries_of
from vedette.counts.measured import COUNT
from vedette.counts.notation import Notation
from vedette.counts.plain import Plain, empty_cells, read_plain, refuse
from vedette.counts.recognition import read_periods
from vedette.counts.totals import total_rows, total_units
from vedette.periods import Span, Step

Counts = npt.NDArray[np.int64]
Missing = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class CountTable:
    """Counts of a table, checked to have a value for every unit in every period.

    ``counts`` int (T, U): T periods, those of ``span``, and U units in the order of ``units``. ``deaths`` int
    (T, U), or None if the table has no such column. ``places`` and ``strata`` are the place and stratum of
    each unit; without strata the places are the units and ``strata`` is None. ``unit_column`` is the name of
    the column of units in the file, ``unit`` for a wide table. ``missing`` bool (T, U): True where the
    file has no row and the count was filled with 0. ``measure`` is what is to be forecast: ``deaths``,
    ``events``, or ``count`` where nothing says which; ``column`` the name of its column, empty for a wide
    table. ``countries`` is what a column named ``country_column`` calls the country of each unit, empty for
    one that it does not name; without such a column both are empty.
    """

    file: str
    counts: Counts
    deaths: Counts | None
    units: tuple[str, ...]
    places: tuple[str, ...]
    strata: tuple[str, ...] | None
    span: Span
    notation: Notation
    missing: Missing
    unit_column: str = "unit"
    measure: str = COUNT
    column: str = ""
    countries: tuple[str, ...] = ()
    country_column: str = ""


def read_counts(
    path: Path,
    step: Step | None = None,
    *,
    fill_zeros: bool = False,
    measure: str | None = None,
    column: str | None = None,
) -> CountTable:
    """Reads a table of counts.

    A long table has the columns ``period``, ``unit``, ``count`` and may have ``stratum`` and ``deaths``;
    others are ignored. The names in VIEWS files are accepted too: ``month_id``, ``country_id`` or
    ``priogrid_gid``, ``outcome``. In a wide table the first column is the period, whatever its name, and
    every other column is a unit. Units keep the order of the file; the name of a unit with a stratum is
    ``unit / stratum``. Beside ``country_id`` a column of codes (``isoab``), Gleditsch-Ward numbers
    (``gwcode``) or names (``name``) says which country each unit is. A long table without a column ``unit``
    may have one column of words, which is then the unit. Without a column ``count`` it may have one other
    column, which is then the count, or one whose name says that it counts deaths or events, see
    `vedette.counts.measure_named`. A first column that only counts rows (of R, pandas, a spreadsheet) is left
    out, and a column ``year`` beside a column ``month`` becomes the period. A unit that is the sum of all
    others, or is called total, is refused.

    Args:
        path: the file; ``.parquet`` is read as Parquet, anything else as CSV in UTF-8.
        step: the length of a period, if it does not follow from the dates; by default running numbers are
            months.
        fill_zeros: count missing rows as 0. Without it a gap is a mistake.
        measure: ``deaths`` or ``events``, where the names of columns leave it open.
        column: the column that is counted, where a long table has several.

    Raises:
        StorageError: the file cannot be opened.
        DataError: the table has mistakes; ``problems`` lists the first twenty.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "counts.csv"
    >>> _ = path.write_text("month,Anbar,Basra\\n2014-05,3,0\\n2014-06,41,2\\n")
    >>> table = read_counts(path)
    >>> table.units, table.span.labels(), table.counts.tolist()
    (('Anbar', 'Basra'), ['2014-05', '2014-06'], [[3, 0], [41, 2]])
    """
    plain = with_months(without_counters(read_plain(path)))
    found = rows_of(plain, measure, column)
    rows, measures = found.table, found.measures
    if totals := list(total_rows(plain.file, rows)):
        raise refuse(plain.file, totals)
    problems = [
        *empty_cells(plain.file, rows, ("period", "unit", "stratum")),
        *no_counts(plain.file, rows, measures),
        *deaths_alone(plain.file, rows),
    ]
    notation, periods, wrong = read_periods(plain.file, rows, step)
    problems += wrong
    if notation is None or problems:
        raise refuse(plain.file, problems)
    known = rows.with_columns(pl.col("period").replace_strict(periods, return_dtype=pl.Int64))
    if twice := repeated(plain.file, known, notation):
        raise refuse(plain.file, twice)
    return _table(plain, replace(found, table=known), notation, fill_zeros)


def _table(plain: Plain, found: CountRows, notation: Notation, fill_zeros: bool) -> CountTable:
    rows, measures = found.table, found.measures
    parts = ["unit", "stratum"] if "stratum" in rows.columns else ["unit"]
    units = rows.select(parts).unique(maintain_order=True).with_row_index("at")
    placed = rows.join(units, on=parts, how="left", maintain_order="left")
    first, last = (
        int(edge) for edge in placed.select(a=pl.col("period").min(), b=pl.col("period").max()).row(0)
    )
    names = tuple(" / ".join(row) for row in units.select(parts).iter_rows())
    span = Span(first, last, notation.step)
    at = (placed["period"].to_numpy() - first, placed["at"].to_numpy())
    grid = np.full((len(span), len(names)), -1, dtype=np.int64)
    grids = {name: _spread(grid, at, placed[name]) for name in measures}
    if not fill_zeros:
        refuse_gaps(plain.file, grids["count"], names, span, notation)
    filled = {name: np.maximum(cells, 0) for name, cells in grids.items()}
    if "stratum" not in parts and (totals := list(total_units(plain.file, filled["count"], names))):
        raise refuse(plain.file, totals)
    return CountTable(
        plain.file,
        filled["count"],
        filled.get("deaths"),
        names,
        tuple(units["unit"]),
        tuple(units["stratum"]) if "stratum" in parts else None,
        span,
        notation,
        grids["count"] < 0,
        next((name.lower() for name in plain.columns if name.lower() in UNIT_COLUMNS), "unit"),
        found.measure,
        found.column,
        countries_of(placed, len(names)),
        found.country_column,
    )


def _spread(grid: Counts, at: tuple[npt.NDArray[np.generic], ...], cells: pl.Series) -> Counts:
    filled = grid.copy()
    filled[at] = cells.cast(pl.Float64).to_numpy().astype(np.int64)
    return filled

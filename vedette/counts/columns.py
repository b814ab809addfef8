"""Finds the columns of a table of counts, and turns a wide table into a long one."""

import polars as pl

from vedette.counts.plain import ROW, Plain, as_text, refuse
from vedette.errors import Problem
from vedette.missing import is_missing

PERIOD_COLUMNS = ("period", "month_id", "date", "month", "week", "day")
UNIT_COLUMNS = ("unit", "country_id", "priogrid_gid", "priogrid_id", "pg_id")
COUNT_COLUMNS = ("count", "outcome")
LAYOUT = (
    "A long table has the columns period, unit and count; in a wide one the first holds the periods and "
    "every other is a unit."
)


def rows_of(plain: Plain) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows of a table with columns period, unit, stratum, count and deaths, and the measures among them.

    For each measure a column such as ``count:cell`` has the position of its cells in the file.

    Raises:
        DataError: the table lacks a column.
    """
    return _long(plain) or _wide(plain)


def _long(plain: Plain) -> tuple[pl.DataFrame, tuple[str, ...]] | None:
    """The rows of a long table with columns period, unit, stratum, count, deaths; None if it is wide."""
    names = {name.lower(): name for name in plain.columns}
    unit, count = (
        next((names[n] for n in known if n in names), None) for known in (UNIT_COLUMNS, COUNT_COLUMNS)
    )
    period = next((names[n] for n in PERIOD_COLUMNS if n in names), None)
    if unit is None and period is not None:
        words = _words(plain, period)
        unit = words[0] if len(words) == 1 < len(plain.columns) - 1 else None
    if unit is None and (count is None or period is None):
        return None
    if count is None and unit is not None and period is not None:
        rest = [name for name in plain.columns if name not in (unit, period) and name.lower() != "stratum"]
        count = rest[0] if len(rest) == 1 else None
    if missing := [n for n, c in (("period", period), ("unit", unit), ("count", count)) if c is None]:
        found = ", ".join(plain.columns)
        raise refuse(
            plain.file,
            [Problem(plain.file, 1, name, "this column", f"the columns {found}", LAYOUT) for name in missing],
        )
    also = {name: names[name] for name in ("stratum", "deaths") if name in names and names[name] != count}
    chosen = {"period": str(period), "unit": str(unit), "count": str(count)} | also
    rows = plain.table.select(ROW, *(pl.col(column).alias(name) for name, column in chosen.items()))
    texts = [pl.col(name).pipe(as_text) for name in ("period", "unit", "stratum") if name in chosen]
    measures = ("count", "deaths") if "deaths" in also else ("count",)
    return rows.with_columns(texts, **{f"{name}:cell": pl.lit(name) for name in measures}), measures


def _words(plain: Plain, period: str) -> list[str]:
    """The columns beside the period in which no cell is a number."""
    cells = plain.table.select(pl.exclude(ROW, period).pipe(as_text))
    return [
        cell.name
        for cell in cells
        if (filled := cell.drop_nulls()).len() and filled.cast(pl.Float64, strict=False).is_null().all()
    ]


def _wide(plain: Plain) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows of a wide table in the form of a long one."""
    period, *units = plain.columns
    if not units:
        found = f"one column, {period!r}"
        raise refuse(
            plain.file, [Problem(plain.file, 1, "", "a period and at least one unit", found, LAYOUT)]
        )
    if nameless := [at for at, name in enumerate(units) if is_missing(name)]:
        at, name = nameless[0] + 2, units[nameless[0]]
        raise refuse(
            plain.file, [Problem(plain.file, 1, str(at), "the name of a unit", name or "nothing", "Name it.")]
        )
    if misplaced := [name for name in units if name.lower() in PERIOD_COLUMNS]:
        cure = "Put the period first and take out columns that are neither the period nor a unit."
        found = f"{period!r} first"
        raise refuse(
            plain.file,
            [
                Problem(plain.file, 1, name, "one column of periods, the first", found, cure)
                for name in misplaced
            ],
        )
    if words := _words(plain, period):
        like = {name: plain.table[name].drop_nulls()[0] for name in words}
        raise refuse(
            plain.file,
            [Problem(plain.file, 1, name, "counts", f"words, like {like[name]!r}", LAYOUT) for name in words],
        )
    rows = plain.table.rename({period: "period"}).unpivot(
        units, index=[ROW, "period"], variable_name="unit", value_name="count"
    )
    return rows.with_columns(pl.col("period").pipe(as_text), pl.col("unit").alias("count:cell")), ("count",)

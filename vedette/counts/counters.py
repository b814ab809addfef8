"""Columns that are no data: row counters of R, pandas and spreadsheets; and years beside months."""

import re

import polars as pl

from vedette.counts.plain import ROW, Plain

_COUNTERS = re.compile(
    r"|x|\.\.\.1|unnamed: ?\d+|row_?names?|row\.names|index|level_0|_?row_?id|no\.?|#", re.IGNORECASE
)
_PERIODS = frozenset(
    ["period", "month_id", "date", "month", "week", "day", "time", "year", "epiweek", "quarter", "yearmonth"]
)
_DATES = r"^\d{4}-\d{2}(-\d{2})?$|^\d{4}-W\d{2}$|^(19|20)\d{4}$"
_YEARS, _MONTHS = r"^(18|19|20|21)\d{2}$", r"^0?[1-9]$|^1[0-2]$"
MONTH_OF_YEAR = "year and month"
"""The name of the column that is made of a column of years and one of months."""


def without_counters(plain: Plain) -> Plain:
    """A table without a first column that only counts its rows; another column then holds the periods.

    A first column is a counter if its name is one that programs give (none, ``X``, ``Unnamed: 0``), its cells
    are whole numbers that never repeat, and the table has periods elsewhere.
    """
    first, *others = plain.columns
    if not others or not _COUNTERS.fullmatch(first) or not _running(plain.table[first]):
        return plain
    named = {name.lower() for name in others} & _PERIODS
    if not named and not _all_match(plain.table[others[0]], _DATES):
        return plain
    return Plain(plain.file, tuple(others), plain.table.drop(first))


def with_months(plain: Plain) -> Plain:
    """A table with one column of months such as 2014-05 in place of a column of years and one of months."""
    names = {name.lower(): name for name in plain.columns}
    year, month = names.get("year"), names.get("month")
    if year is None or month is None or "period" in names or "month_id" in names:
        return plain
    years, months = plain.table[year], plain.table[month]
    if not (_all_match(years, _YEARS) and _all_match(months, _MONTHS)):
        return plain
    made = pl.concat_str(_whole(year), pl.lit("-"), _whole(month).str.zfill(2)).alias("period")
    rest = [name for name in plain.columns if name not in (year, month)]
    return Plain(plain.file, ("period", *rest), plain.table.select(ROW, made, *rest))


def _whole(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).str.replace(r"\.0+$", "")


def _running(cells: pl.Series) -> bool:
    numbers = cells.cast(pl.String).cast(pl.Float64, strict=False)
    return (
        not numbers.is_null().any() and bool((numbers == numbers.floor()).all()) and numbers.is_unique().all()
    )


def _all_match(cells: pl.Series, pattern: str) -> bool:
    text = cells.cast(pl.String).str.replace(r"\.0+$", "")
    return not text.is_null().any() and bool(text.str.contains(pattern).all())

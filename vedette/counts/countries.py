"""The column of a table that says which country each unit is."""

from collections.abc import Sequence

import polars as pl

COUNTRY_ID = "country_id"
CODES = ("isocode", "isoab", "iso3", "iso_a3", "country_iso3", "country_iso", "country_code", "iso")
NUMBERS = ("gwcode", "gwno", "gw_code", "gw")
NAMES = ("country", "country_name", "name")


def country_column(unit: str, columns: Sequence[str]) -> str | None:
    """The column that names the country of each unit: that of the units, or the first beside ``country_id``.

    Codes are looked for first, then Gleditsch-Ward numbers, then names.

    >>> country_column("country_id", ["month_id", "country_id", "name", "gwcode"])
    'gwcode'
    >>> country_column("country", ["period", "country"]), country_column("unit", ["unit", "country"])
    ('country', None)
    """
    usual = (*CODES, *NUMBERS, *NAMES)
    if unit.lower() in usual:
        return unit
    by_name = {column.lower(): column for column in columns}
    beside = (by_name[name] for name in usual if name in by_name)
    return next(beside, None) if unit.lower() == COUNTRY_ID else None


def countries_of(rows: pl.DataFrame, units: int) -> tuple[str, ...]:
    """What rows call the country of each unit, by its number in the column ``at``.

    Empty where a unit has no country or several. There is none at all if the rows have no column ``country``.
    """
    if "country" not in rows.columns:
        return ()
    named = rows.drop_nulls("country").group_by("at").agg(pl.col("country").unique())
    only = {at: names[0] for at, names in named.iter_rows() if len(names) == 1}
    return tuple(only.get(at, "") for at in range(units))

"""The index of arms by year, with how it is covered and which years may be compared."""

from datetime import date

import numpy as np
import polars as pl

from vedette.evidence import Ledger
from vedette.network.armed_forces import ARMED, Monopoly
from vedette.network.arms_monopoly import index_of
from vedette.network.headcounts import counted

_LISTS = ("counted", "carried", "assumed", "missing")
_BY_YEAR: dict[str, type[pl.DataType]] = {
    **{"at": pl.Date, "low": pl.Float64, "middle": pl.Float64, "high": pl.Float64, "withheld": pl.String},
    **{"assumed_width": pl.Float64, **dict.fromkeys(ARMED, pl.Float64), "coverage": pl.String},
    **dict.fromkeys(_LISTS, pl.String),
}


def by_year(ledger: Ledger, years: range, draws: int, seed: int) -> pl.DataFrame:
    """The index at the end of each year, or on the as-of day in its year.

    Columns: ``at, low, middle, high`` (see `Monopoly.quantiles`; empty where the index is withheld),
    ``withheld`` (why), ``assumed_width``, ``state, hybrid, non-state`` (median shares of armed strength by
    status; empty where withheld), ``coverage`` (in words), ``counted, carried, assumed, missing`` (forces,
    joined by ;), ``comparable`` (the years whose index is printed over the same forces).
    """
    headcounts = counted(ledger)
    days = [min(date(year, 12, 31), ledger.as_of or date.max) for year in years]
    rows = [_year(at, index_of(ledger, headcounts, at, draws, seed)) for at in days]
    return _comparable(pl.DataFrame(rows, schema=_BY_YEAR, orient="row"))


def _year(at: date, index: Monopoly | None) -> dict[str, object]:
    """A row of `by_year`, without the years that it is comparable with."""
    if index is None:
        return {
            "at": at,
            "withheld": "no main force has a headcount",
            "coverage": "",
            **dict.fromkeys(_LISTS, ""),
        }
    row: dict[str, object] = {
        "at": at,
        "withheld": index.withheld,
        "coverage": index.coverage,
        "counted": ";".join(index.on_basis("counted")),
        "carried": ";".join(index.on_basis("carried")),
        "assumed": ";".join(index.on_basis("assumed")),
        "missing": ";".join(index.missing),
    }
    if index.withheld:
        return row
    shares = {status: float(np.median(index.of_status(status))) for status in ARMED}
    ends = dict(zip(("low", "middle", "high"), index.quantiles, strict=True))
    return {**row, **ends, "assumed_width": index.assumed_width, **shares}


def _comparable(table: pl.DataFrame) -> pl.DataFrame:
    """The table with the years, as runs of them, whose index is printed over the same forces."""
    forces = [
        tuple(sorted(filter(None, ";".join(row[name] for name in _LISTS[:3]).split(";"))))
        if row["withheld"] == ""
        else None
        for row in table.iter_rows(named=True)
    ]
    years = [at.year for at in table["at"]]
    same = {
        key: [year for year, other in zip(years, forces, strict=True) if other == key]
        for key in forces
        if key
    }
    words = [_runs(same[key]) if key else "" for key in forces]
    return table.with_columns(comparable=pl.Series(words, dtype=pl.String))


def _runs(years: list[int]) -> str:
    """Years as runs.

    >>> _runs([2004, 2005, 2006, 2010])
    '2004-2006, 2010'
    """
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return ", ".join(f"{a}-{b}" if a < b else str(a) for a, b in zip(starts, ends, strict=True))

"""The headcount of a force on a day, as draws from the claims about it.

Each draw selects one claim of a headcount, with a weight that is higher the nearer in time and the better
graded the claim is; draws a number between its low and high; and adds a random drift for the years between.

    weight(claim)  proportional to  ratio * exp(-years)
    log(number)    =  uniform(log low, log high) + normal(0, DRIFT^2 * years)
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.evidence import Ledger

Floats = npt.NDArray[np.float64]
REACH = 8.0
"""The largest distance in years of a headcount from the day it is used for."""
DRIFT = 0.15
"""Standard deviation of the drift of log numbers in a year (an assumption)."""
_YEAR = 365.25


@dataclass(frozen=True, eq=False)
class Headcount:
    """A force, its strength (draws,), the ids of the claims, and the years to the nearest of them."""

    force: str
    draws: Floats
    claims: tuple[str, ...]
    years: float


def headcount(ledger: Ledger, force: str, at: date, draws: int, rng: np.random.Generator) -> Headcount | None:
    """The strength of a force on a day; None if no graded claim lies within eight years.

    A claim without an interval applies to the day on which it was said.
    """
    claims = _claims(ledger, force, at)
    if claims.is_empty():
        return None
    years = claims["years"].to_numpy()
    weight = claims["ratio"].to_numpy() * np.exp(-years)
    chosen = rng.choice(len(years), draws, p=weight / weight.sum())
    low, high = np.log(claims["low"].to_numpy()[chosen]), np.log(claims["high"].to_numpy()[chosen])
    drift = DRIFT * np.sqrt(years[chosen]) * rng.standard_normal(draws)
    size = np.exp(low + (high - low) * rng.random(draws) + drift)
    return Headcount(force, size, tuple(claims["id"]), float(years.min()))


def counted(ledger: Ledger) -> pl.DataFrame:
    """The claims of headcounts that draws can use: graded, in persons, above 0."""
    return ledger.claims.filter(
        pl.col("relation") == "strength",
        pl.col("polarity") == "+",
        pl.col("unit") == "persons",
        pl.col("ratio") > 0,
        pl.col("low") > 0,
    )


def _claims(ledger: Ledger, force: str, at: date) -> pl.DataFrame:
    strengths = counted(ledger).filter(pl.col("subject") == force)
    first = pl.when(pl.col("from") == "").then(pl.col("known_on")).otherwise(pl.col("first"))
    last = pl.when(pl.col("to") == "").then(first).otherwise(pl.col("last"))
    early, late = (first - pl.lit(at)).dt.total_days(), (pl.lit(at) - last).dt.total_days()
    away = pl.max_horizontal(early, late, pl.lit(0)) / _YEAR
    return strengths.with_columns(years=away).filter(pl.col("years") <= REACH).sort("id")

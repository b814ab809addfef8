"""The headcount of a force on a day, as draws from the claims about it.

Each draw selects one claim of a headcount of the time before and one of the time after, with a weight that is
higher the nearer in time and the better graded the claim is, and draws a number between the low and high of
each. Between them the number goes from one to the other in even steps of its logarithm, with a drift. With
claims on one side alone, the number of that side is carried, and drifts the further.

    weight(claim)  proportional to  ratio * exp(-years)
    log(number)    =  (b * log(before) + a * log(after)) / (a + b)  +  normal(0, DRIFT^2 * a * b / (a + b))
    log(number)    =  log(before) + normal(0, DRIFT^2 * a)          with nothing after

with a years since the one and b years to the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.case.schema import UNTIED
from vedette.evidence import Ledger

Floats = npt.NDArray[np.float64]
CARRIED = 8.0
"""The most years between a day and a headcount of the time before, or of the time after if there are both."""
CARRIED_BACK = 4.0
"""The most years for which a headcount is carried back, to days before any other."""
FRESH = 1.0
"""A headcount at most so many years off counts as one of the day; one further off is carried."""
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


def counted(ledger: Ledger) -> Mapping[str, pl.DataFrame]:
    """The claims of headcounts that draws can use, by force: graded, in persons, not planned.

    Columns: ``id, low, high, ratio``, and ``first`` and ``last``, the days for which the number is given: the
    stated interval, else the day on which it was said.
    """
    first = pl.when(pl.col("from") == "").then(pl.col("known_on")).otherwise(pl.col("first"))
    last = pl.when(pl.col("to") == "").then(first).otherwise(pl.col("last"))
    claims = ledger.claims.filter(
        pl.col("relation") == "strength",
        pl.col("polarity") == "+",
        pl.col("unit") == "persons",
        pl.col("ratio") > 0,
        pl.col("low") > 0,
        ~pl.col("hedge").is_in(UNTIED),
    ).select("subject", "id", "low", "high", "ratio", first=first, last=last)
    parts = claims.sort("id").partition_by("subject", as_dict=True, include_key=False)
    return {str(force): of_one for (force,), of_one in parts.items()}


def headcount(
    force: str, claims: pl.DataFrame | None, at: date, draws: int, rng: np.random.Generator
) -> Headcount | None:
    """The strength of a force on a day; None if no claim lies within reach.

    Args:
        force: its id.
        claims: its claims, as `counted` gives them; None for none.
        at: the day.
        draws: the number of draws.
        rng: the stream of random numbers of this force.
    """
    if claims is None:
        return None
    before, after = _sides(claims, at)
    if before.is_empty() and after.is_empty():
        return None
    (ago, early), (ahead, late) = (_picked(side, draws, rng) for side in (before, after))
    if before.is_empty() or after.is_empty():
        middle, spread = (late, ahead) if before.is_empty() else (early, ago)
    else:
        gap = np.maximum(ago + ahead, 1e-9)
        middle, spread = (ahead * early + ago * late) / gap, ago * ahead / gap
        middle = np.where(ago + ahead > 0, middle, early)
    size = np.exp(middle + DRIFT * np.sqrt(spread) * rng.standard_normal(draws))
    both = pl.concat([before, after])
    years = both["years"].min()
    assert isinstance(years, float)
    return Headcount(force, size, tuple(both["id"].unique().sort()), years)


def _sides(claims: pl.DataFrame, at: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The claims of the time before and of the time after, with the years between; on the day in both."""
    ago = (pl.lit(at) - pl.col("last")).dt.total_days() / _YEAR
    ahead = (pl.col("first") - pl.lit(at)).dt.total_days() / _YEAR
    before = claims.with_columns(years=ago.clip(lower_bound=0.0)).filter(ahead <= 0, ago <= CARRIED)
    reach = CARRIED_BACK if before.is_empty() else CARRIED
    after = claims.with_columns(years=ahead.clip(lower_bound=0.0)).filter(ago <= 0, ahead <= reach)
    return before, after


def _picked(side: pl.DataFrame, draws: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """The years to a claim and the log of a number of it in each draw, (draws,) each; none without claims."""
    if side.is_empty():
        return np.zeros(0), np.zeros(0)
    years = side["years"].to_numpy()
    weight = side["ratio"].to_numpy() * np.exp(-years)
    chosen = rng.choice(len(years), draws, p=weight / weight.sum())
    low, high = np.log(side["low"].to_numpy()[chosen]), np.log(side["high"].to_numpy()[chosen])
    return years[chosen], low + (high - low) * rng.random(draws)

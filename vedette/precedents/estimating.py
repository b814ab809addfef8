"""Estimates a factor on deaths by year from precedents, with its uncertainty, for scenarios."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from vedette.plurals import counted
from vedette.precedents.answering import Answer
from vedette.precedents.asking import read_like
from vedette.precedents.comparison import answer
from vedette.precedents.ucdp_record import SOURCE, read_record
from vedette.precedents.violence import Floats
from vedette.precedents.wording import WHICH
from vedette.randomness import rng_stream

YEARS = 3
DRAWS = 400
SEED = 20030320
ROWS = 1000
"""How many equally likely paths stand for the weighted draws of all precedents."""


@dataclass(frozen=True, eq=False)
class Factor:
    """The factor on deaths in each year after troops leave, instead of staying.

    Attributes:
        rows: equally likely paths of factors, each from one draw of one precedent, (rows, years).
        low, middle, high: the 5, 50 and 95 % quantiles of the level of a path, its geometric mean.
        wars: the effective number of wars that it rests on.
        estimated: whether these are enough for an estimate.
        fit, source: the estimate and its data in words.
    """

    rows: tuple[tuple[float, ...], ...]
    low: float
    middle: float
    high: float
    wars: float
    estimated: bool
    fit: str
    source: str


@lru_cache(maxsize=32)
def factor_of(
    like: str, as_of: date, years: int = YEARS, others: str = "any", role: str | None = None
) -> Factor:
    """The factor on deaths after departures like the one asked about, from what was known on a day.

    A precedent is drawn by its weight, and then one draw of its compared change in all years together. A year
    that has not passed since a departure has the factor of the last one that has.

    Args:
        like: the departure, such as "United States leaves Iraq".
        as_of: the as-of day; later publications of UCDP are not used.
        years: the number of years after the departure, 1 to 5.
        others: ``any`` departures, those after which others were ``gone``, or some ``stayed``.
        role: of the backer that leaves: main, co-backer or contributor; as coded if left out.

    Raises:
        UsageError: there is no such backer, government or spell.
        DataError: no precedent is known on that day.

    Example:
        >>> factor = factor_of("United States leaves Iraq", date(2020, 9, 30))
        >>> factor.low < factor.middle < factor.high, len(factor.rows[0])
        (True, 3)
    """
    record = read_record().known(as_of)
    found = answer(record, read_like(record, like, role), years, DRAWS, SEED, others=others)
    logs = paths(found, ROWS, SEED)
    low, middle, high = (_rounded(each) for each in np.exp(np.quantile(logs.mean(axis=1), (0.05, 0.5, 0.95))))
    rows = tuple(tuple(_rounded(each) for each in row) for row in np.exp(logs).tolist())
    return Factor(rows, low, middle, high, found.effective, found.estimated, _description(found), SOURCE)


def paths(found: Answer, rows: int, seed: int) -> Floats:
    """Equally likely log paths, (rows, years): precedents by weight, each path whole from one draw.

    Precedents are taken by systematic sampling, so that each has within one row of its share.
    """
    rng = rng_stream(seed, "precedents", "paths")
    places = np.searchsorted(np.cumsum(found.weights), (np.arange(rows) + rng.random()) / rows * (1 - 1e-9))
    chosen = found.path[rng.integers(len(found.path), size=rows), places]
    for year in range(1, found.years):
        missing = np.isnan(chosen[:, year])
        chosen[missing, year] = chosen[missing, year - 1]
    return np.asarray(chosen)


def _description(found: Answer) -> str:
    medians = ", ".join(f"{np.exp(found.by_year(year, (0.5,))[0]):.2f}" for year in range(1, found.years + 1))
    middles = [middle for middle, _ in found.over_grid().values()]
    low, high = (f"{np.exp(end):.2f}" for end in (min(middles), max(middles)))
    wars = len({found.wars[place] for place in found.used})
    return (
        f"precedents: {found.like}. {counted(len(found.used), 'departure')}{WHICH[found.others]} in "
        f"{counted(wars, 'war')}, worth {found.effective:.1f} wars by likeness, known by {found.last}; "
        f"deaths against the three years before, less years of staying; median by year after {medians}, "
        f"over the grid of weights {low} to {high} in all years together"
    )


def _rounded(value: float) -> float:
    """A number rounded to three significant digits."""
    return float(f"{value:.3g}")

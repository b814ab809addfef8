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
from vedette.precedents.wording import WHICH, on_average, times

YEARS = 3
DRAWS = 400
SEED = 20030320


@dataclass(frozen=True, eq=False)
class Factor:
    """The factor on deaths in each year after troops leave, against like years in which nobody left.

    It is that of an average over wars, so it can multiply a forecast, whose spread holds what single wars do.

    Attributes:
        rows: equally likely paths of the factor, (rows, years).
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

    See `vedette.precedents.averages` for what is averaged, and for the doubt on it. A year that has not come
    yet after a departure counts as the last one that has.

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
    factors = found.average_factors
    levels = np.exp(np.log(factors).mean(axis=1))
    low, middle, high = (_rounded(each) for each in np.quantile(levels, (0.05, 0.5, 0.95)))
    rows = tuple(tuple(_rounded(each) for each in row) for row in factors.tolist())
    return Factor(rows, low, middle, high, found.effective, found.estimated, _description(found), SOURCE)


def _description(found: Answer) -> str:
    wars = len({found.wars[place] for place in found.used})
    low, high = (times(end) for end in found.average_over_grid())
    return (
        f"precedents: {found.like}. {counted(len(found.used), 'departure')}{WHICH[found.others]} in "
        f"{counted(wars, 'war')}, worth {found.effective:.1f} wars by likeness, known by {found.last}: "
        f"{on_average(found)}; over the grid of weights the factor is {low} to {high} in all years together"
    )


def _rounded(value: float) -> float:
    """A number rounded to three significant digits."""
    return float(f"{value:.3g}")

"""Estimates a factor on deaths from precedents, with its uncertainty, for scenarios."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from vedette.plurals import counted, plural
from vedette.precedents.asking import read_like
from vedette.precedents.comparison import Answer, answer
from vedette.precedents.ucdp_record import SOURCE, read_record

YEARS = 3
DRAWS = 1000
SEED = 20030320


@dataclass(frozen=True, eq=False)
class Factor:
    """The factor on deaths if troops leave instead of staying, lognormal.

    ``low``, ``middle`` and ``high`` are its 5, 50 and 95 % quantiles; ``fit`` and ``source`` describe the
    estimate and its data.
    """

    low: float
    middle: float
    high: float
    fit: str
    source: str
    wars: int
    """The number of governments whose wars the precedents are from."""


@lru_cache(maxsize=32)
def factor_of(like: str, as_of: date, years: int = YEARS, alone: bool = False) -> Factor:
    """The factor on deaths after departures like the one asked about, from what was known on a day.

    The lognormal has the median and the standard deviation of the logarithms of the compared changes, over
    draws and precedents.

    Args:
        like: the departure, such as "United States leaves Iraq".
        as_of: the as-of day; later publications of UCDP are not used.
        years: the number of years after the departure, 1 to 5.
        alone: only departures after which no foreign troops stayed.

    Raises:
        UsageError: there is no such backer, government or spell.
        DataError: too few precedents are known on that day.

    Example:
        >>> factor = factor_of("United States leaves Iraq", date(2020, 9, 30))
        >>> factor.low < factor.middle < 1 < factor.high
        True
    """
    record = read_record().known(as_of)
    answer_ = answer(record, read_like(record, like), years, DRAWS, SEED, alone=alone)
    spread = float(answer_.compared.std())
    low, middle, high = (
        _rounded(np.exp(answer_.middle + side * ndtri(0.95) * spread)) for side in (-1, 0, 1)
    )
    wars = len({match.departure.government for match in answer_.matches})
    return Factor(low, middle, high, _description(answer_, record.last, spread), SOURCE, wars)


def _description(answer: Answer, last: int, spread: float) -> str:
    looks = answer.like.looks
    return (
        f"precedents: {answer.like}. The {counted(len(answer.matches), 'departure')} most like it (intensity "
        f"{looks.intensity:.2f}, trend {looks.trend:+.0f}, {counted(looks.length, 'year')}) of "
        f"{answer.known} known by {last}; deaths in the "
        f"{plural(answer.years, 'year', f'{answer.years} years')} after against the three before, less years "
        f"of staying; median {_rounded(np.exp(answer.middle)):g}, standard deviation of the logarithm "
        f"{spread:.2f}"
    )


def _rounded(value: float) -> float:
    """A number rounded to three significant digits."""
    return float(f"{value:.3g}")

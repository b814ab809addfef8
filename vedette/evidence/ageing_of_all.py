"""The belief in many ties on a day at once: `vedette.evidence.ageing` for whole columns."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Sides(NamedTuple):
    """What each side of each origin says of a tie on a day.

    Attributes:
        tie: the number of the tie, (sides,).
        away: days since it held, below 0 until it does, (sides,).
        ratio: its log likelihood ratio, (sides,).
    """

    tie: Ints
    away: Ints
    ratio: Floats


def log_odds_by_tie(sides: Sides, start: Floats, half_life: Floats) -> Floats:
    """The log-odds of each tie, (ties,).

    Args:
        sides: one row for each origin that speaks for a tie, and one for each that speaks against it.
        start: the log-odds of the prior of each tie, (ties,).
        half_life: in days, (ties,).
    """
    tie, days, ratio = sides
    sums = start + np.bincount(tie[days == 0], ratio[days == 0], minlength=len(start))
    for side in (days > 0, days < 0):
        walked = _walked(tie[side], np.abs(days[side]), ratio[side], start=start, half_life=half_life)
        sums += walked - start
    return np.asarray(sums)


def _walked(tie: Ints, away: Ints, ratio: Floats, *, start: Floats, half_life: Floats) -> Floats:
    """Log-odds of each tie on the day, from claims ``away`` days from it, the farthest first."""
    order = np.lexsort((ratio, -away, tie))
    tie, away, ratio = tie[order], away[order], ratio[order]
    log_odds, reached = start.copy(), np.zeros(len(start))
    place = np.arange(len(tie)) - np.searchsorted(tie, tie)
    for number in range(int(place.max(initial=-1)) + 1):
        now = place == number
        of, days = tie[now], away[now]
        passed = np.where(number == 0, 0.0, reached[of] - days)
        log_odds[of] = _faded(log_odds[of], start[of], passed, half_life[of]) + ratio[now]
        reached[of] = days
    return _faded(log_odds, start, reached, half_life)


def _faded(log_odds: Floats, start: Floats, days: Floats, half_life: Floats) -> Floats:
    left = np.exp2(-days / half_life)
    with np.errstate(divide="ignore", invalid="ignore"):
        belief = _chance(start) * (1 - left) + _chance(log_odds) * left
        other = _chance(-start) * (1 - left) + _chance(-log_odds) * left
        moved = np.log(belief) - np.log(other)
    return np.where((days <= 0) | (log_odds == start), log_odds, moved)


def _chance(log_odds: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-log_odds)))

"""Whether governments stood after foreign troops left: each departure by hand, then counted by war."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

from vedette.precedents.coded import Coded
from vedette.precedents.departure import Departure
from vedette.precedents.weighing import Floats, effective

Bools = npt.NDArray[np.bool_]
UNTOLD = "unknown"


@dataclass(frozen=True)
class Survival:
    """How often the government fell within some years, over wars.

    Attributes:
        fell: the number of wars in which it fell, after a departure that has any weight.
        wars: the number of wars of which it is known; a war with both outcomes counts in parts.
        share: the weighted share that fell, 0 to 1; not a number if nothing is known.
        low, high: the 90 % interval of that share.
        known: the share of all weight that rests on known outcomes.
        where: the wars in which it fell, the heaviest first.
        before: the wars in which the government fell before the troops had left: they say nothing of leaving.
        untold: the wars of which nothing is known, or of which too little time has passed.
    """

    fell: float
    wars: int
    share: float
    low: float
    high: float
    known: float
    where: tuple[str, ...]
    before: tuple[str, ...]
    untold: tuple[str, ...]


def outcome_after(one: Departure, years: int, known_by: date) -> str:
    """``stood`` or ``fell`` within so many years of leaving, ``before`` leaving, or ``unknown``.

    A day that is known by its month or year alone counts as its last for a fall, as its first for standing.
    What happened after ``known_by`` is not used.
    """
    coded = one.coded
    if coded is None or coded.day is None:
        return UNTOLD
    left = left_on(one, coded)
    horizon = _later(left, years)
    first, last = coded.day
    if coded.outcome == "fell" and last <= known_by:
        if last < left:
            return "before"
        if last <= horizon:
            return "fell"
    stood_until = first if coded.outcome == "stood" else last
    return "stood" if horizon <= min(stood_until, known_by) else UNTOLD


def left_on(one: Departure, coded: Coded) -> date:
    """The day by which the troops had left: by a page, else the end of the last year with them."""
    return coded.left[1] if coded.left else date(one.year, 12, 31)


def years_until_fall(one: Departure, known_by: date) -> float | None:
    """Years from leaving to the fall of the government; None if it is not known to have fallen."""
    coded = one.coded
    if coded is None or coded.day is None or coded.outcome != "fell" or coded.day[1] > known_by:
        return None
    return (coded.day[1] - left_on(one, coded)).days / 365.25


def standing(departures: Sequence[Departure], weights: Floats, years: int, known_by: date) -> Survival:
    """Counts over wars, with the weights that `by_war` gave, and the interval of the share that fell.

    The interval is that of a beta distribution with half a fall and half a standing added (Jeffreys), and the
    effective number of wars as its count.
    """
    outcomes = [outcome_after(one, years, known_by) for one in departures]
    names = [one.war for one in departures]
    told = np.array([outcome in ("stood", "fell") for outcome in outcomes]) & (weights > 0)
    fell = np.array([outcome == "fell" for outcome in outcomes]) & told
    wars = list(dict.fromkeys(name for name, use in zip(names, told, strict=True) if use))
    total, known = float(weights.sum()), float(weights[told].sum())
    share = float(weights[fell].sum()) / known if known else float("nan")
    count = effective(weights[told], [name for name, use in zip(names, told, strict=True) if use])
    low, high = (
        beta.ppf((0.05, 0.95), 0.5 + count * share, 0.5 + count * (1 - share)) if known else (0.0, 1.0)
    )
    parts = [_part(war, names, weights, told, fell) for war in wars]
    rest = [name for name, weight in zip(names, weights, strict=True) if weight > 0 and name not in wars]
    before = {name for name, outcome in zip(names, outcomes, strict=True) if outcome == "before"}
    return Survival(
        fell=sum(parts),
        wars=len(wars),
        share=share,
        low=float(low),
        high=float(high),
        known=known / total if total else 0.0,
        where=tuple(dict.fromkeys(names[place] for place in np.argsort(-weights) if fell[place])),
        before=tuple(dict.fromkeys(name for name in rest if name in before)),
        untold=tuple(dict.fromkeys(name for name in rest if name not in before)),
    )


def _part(war: str, names: Sequence[str], weights: Floats, told: Bools, fell: Bools) -> float:
    """The part of a war's known weight after which the government fell."""
    own = np.array([name == war for name in names])
    return float(weights[own & fell].sum() / weights[own & told].sum())


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)

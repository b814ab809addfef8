"""How a log-level moves: quiet steps, rare jumps, a pull toward where the unit usually is."""

from dataclasses import dataclass, replace

import numpy as np

from vedette.model.history import FloatArray, IntArray
from vedette.periods import Step

WIDEST = 0.25
FINENESS = 2.0
LOWEST = 0.01
TIMES, LEAST = 4.0, 50.0
"""No level is above four times the highest count, or four times 50."""
HOMES = 0.75

MONTHS = {Step.MONTH: 1.0, Step.WEEK: 12 / 52, Step.DAY: 12 / 365}


@dataclass(frozen=True)
class Motion:
    """The step of a log-level x from one period to the next.

        x[t] = x[t-1] + pull (home - x[t-1]) + step
        step ~ normal(0, size^2), with probability ``jumps`` normal(0, (reach size)^2)

    ``home`` is the logarithm of the unit's own discounted mean count, old counts losing the share
    ``forget`` of their weight each period, plus ``floor`` so that it exists for a unit without events.
    """

    pull: float
    size: float
    reach: float
    jumps: float
    forget: float
    floor: float

    def per(self, step: Step) -> "Motion":
        """The same movement in shorter periods; the numbers of a `Motion` are those of a month.

        Jumps are rarer in a shorter period, but no smaller. The floor is a count a period, so smaller.

        >>> Motion(0.12, 0.1, 5.0, 0.08, 0.012, 0.2).per(Step.WEEK).jumps
        0.018461538461538463
        """
        share = MONTHS[step]
        return replace(
            self,
            pull=1.0 - (1.0 - self.pull) ** share,
            size=self.size * share**0.5,
            reach=self.reach / share**0.5,
            jumps=self.jumps * share,
            forget=1.0 - (1.0 - self.forget) ** share,
            floor=self.floor * share,
        )


def spacing(motion: Motion) -> float:
    """The distance between two log-levels of the grid: .25, or two quiet steps where these are small.

    A wider grid would hold the level still, since hardly any step would reach the next point.
    """
    return min(WIDEST, FINENESS * motion.size)


def log_levels(highest: float, motion: Motion) -> FloatArray:
    """The grid of log-levels (G,), from .01 counts a period to four times the highest count seen."""
    top, apart = np.log(TIMES * max(highest, LEAST)), spacing(motion)
    return np.arange(np.log(LOWEST), top + apart, apart)


def homes(counts: FloatArray, motion: Motion) -> FloatArray:
    """Where each unit is pulled to after each period, (T + 1, U) log-levels; row t knows counts before t.

    ``counts`` (T, U); no count weighs as more than four times the highest one before it (200 at least), so
    that a single monstrous one does not move the home. With no count known the home is the floor.

    >>> homes(np.array([[2.0], [4.0]]), Motion(0, 1, 1, 0, 0.5, 0.0001)).round(2).ravel().tolist()
    [-9.21, 0.69, 1.2]
    """
    keep = 1.0 - motion.forget
    total, weight = np.zeros(counts.shape[1]), 0.0
    totals, weights = [total], [1.0]
    for new in motion.forget * _tamed(counts):
        total, weight = keep * total + new, keep * weight + motion.forget
        totals.append(total)
        weights.append(weight)
    return np.asarray(np.log(np.stack(totals) / np.array(weights)[:, None] + motion.floor))


def _tamed(counts: FloatArray) -> FloatArray:
    """Counts, none above the top of the grid of those before it; the first is as it is."""
    before = np.maximum.accumulate(np.concatenate([counts[:1], counts[:-1]]))
    return np.asarray(np.minimum(counts, TIMES * np.maximum(before, np.maximum(counts[:1], LEAST))))


def transitions(levels: FloatArray, motion: Motion) -> FloatArray:
    """Chance of each log-level after each, for homes about .75 apart: (M, G, G), rows sum to 1."""
    home = levels[:: pulls(motion), None, None]
    centre = levels[:, None] + motion.pull * (home - levels[:, None])
    away = levels - centre
    chance = (1.0 - motion.jumps) * _bell(away, motion.size)
    chance += motion.jumps * _bell(away, motion.reach * motion.size)
    return np.asarray(chance / chance.sum(axis=2, keepdims=True))


def pulls(motion: Motion) -> int:
    """How many points of the grid lie between two homes of `transitions`."""
    return round(HOMES / spacing(motion))


def nearest_home(home: FloatArray, levels: FloatArray, motion: Motion) -> IntArray:
    """Index into the first axis of `transitions` for each home."""
    every = pulls(motion)
    place = (home - levels[0]) / (spacing(motion) * every)
    return np.asarray(np.clip(np.rint(place), 0, len(levels[::every]) - 1), dtype=np.int64)


def _bell(away: FloatArray, size: float) -> FloatArray:
    return np.asarray(np.exp(-0.5 * (away / size) ** 2) / size)

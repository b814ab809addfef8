"""Spikes: counts far above their level that leave it where it was."""

from dataclasses import dataclass, replace

import numpy as np

from vedette.model.history import BoolArray, FloatArray, IntArray
from vedette.model.level.motion import MONTHS
from vedette.periods import Step

POWER, TWICE = 0.85, 2.0
"""Spikes grow with this power of the level, less than it does, but are at least twice the level."""


@dataclass(frozen=True)
class Spike:
    """With probability ``chance`` a count does not scatter around its level but is a spike above it.

        P(count >= c) = (least / c)^tail  for c above least,  least = max(ratio level^.85, 2 level)

    The size of a spike follows a power law: with a thinner tail the filter would take the most monstrous
    counts of all for a new level.
    """

    chance: float
    ratio: float
    tail: float

    def per(self, step: Step) -> "Spike":
        """The same spikes in shorter periods; the numbers of a `Spike` are those of a month.

        They are rarer in a shorter period but no smaller as counts, so that they stand further above the
        level, which is a count a period.

        >>> Spike(0.013, 6.0, 1.5).per(Step.WEEK).chance
        0.003
        """
        share = MONTHS[step]
        return replace(self, chance=self.chance * share, ratio=self.ratio / share**POWER)

    def least(self, mean: FloatArray) -> FloatArray:
        """The smallest spike at each level.

        >>> Spike(0.013, 6.0, 1.5).least(np.array([1.0, 100.0, 1e6])).round().tolist()
        [6.0, 301.0, 2000000.0]
        """
        return np.asarray(np.maximum(self.ratio * mean**POWER, TWICE * mean))

    def chances(self, counts: IntArray, mean: FloatArray) -> FloatArray:
        """Chance of each count if it is a spike, at each level, (counts, levels).

        >>> Spike(0.01, 10.0, 1.0).chances(np.array([9, 10, 19]), np.array([1.0])).ravel().round(4).tolist()
        [0.0, 0.0909, 0.0263]
        """
        above = self._exceeded(counts, mean)
        return above - self._exceeded(counts + 1, mean)

    def _exceeded(self, counts: IntArray, mean: FloatArray) -> FloatArray:
        reached = self.least(mean) / np.maximum(counts, 1)[:, None]
        return np.where(counts[:, None] > 0, np.minimum(reached, 1.0) ** self.tail, 1.0)

    def strike(self, counts: IntArray, mean: FloatArray, top: float, rng: np.random.Generator) -> IntArray:
        """Counts with spikes among them at the chance of a spike, none above ``top``."""
        struck: BoolArray = rng.random(counts.shape) < self.chance
        size = self.least(mean[struck]) * (1.0 - rng.random(int(struck.sum()))) ** (-1.0 / self.tail)
        found = counts.copy()
        found[struck] = np.minimum(size, top).astype(np.int64)
        return found

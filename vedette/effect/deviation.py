"""How far counts in a window lie from a counterfactual, on a log scale."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vedette.effect.profiles import Patterns, profiles
from vedette.model import FloatArray, IntArray

HALF, NARROWEST, RIDGE = 0.5, 0.05, 1e-3


@dataclass(frozen=True, eq=False)
class Deviation:
    """Counts of one unit in a window, beside the log counterfactual.

    ``observed`` (D, H): draws of the observed counts. ``middle`` (H,) and ``spread`` (H, H): the mean and
    covariance of log(counterfactual counts + 1/2), with the covariance of the observed ones added.
    ``total_middle`` and ``total_spread`` (K,): mean and standard deviation of the logarithm of counterfactual
    totals in which each period counts as each profile says.
    """

    observed: IntArray
    middle: FloatArray
    spread: FloatArray
    total_middle: FloatArray
    total_spread: FloatArray

    @classmethod
    def of(cls, observed: IntArray, simulated: IntArray) -> "Deviation":
        """From counts (D, H) and draws (S, H) without an effect."""
        without = np.log(simulated + HALF)
        spread = np.atleast_2d(np.cov(without, rowvar=False))
        if len(observed) > 1:
            spread = spread + np.atleast_2d(np.cov(np.log(observed + HALF), rowvar=False))
        usual = float(np.trace(spread)) / len(spread)
        ridge = max(usual * max(RIDGE, 1.0 / len(without)), NARROWEST**2 - usual)
        spread = spread + ridge * np.eye(len(spread))
        totals = np.log(simulated @ profiles(len(spread)).values.T + HALF)
        scale = np.maximum(totals.std(axis=0), NARROWEST)
        return cls(observed, without.mean(axis=0), spread, totals.mean(axis=0), scale)

    @cached_property
    def patterns(self) -> Patterns:
        """The profiles of an effect, divided by this uncertainty."""
        return Patterns.of(self.spread)

    @property
    def divided(self) -> FloatArray:
        """The mean deviation over draws of the observed counts, divided by the uncertainty, (H,)."""
        return np.asarray(self.divided_of(self.observed).mean(axis=0))

    def divided_of(self, counts: IntArray | FloatArray) -> FloatArray:
        """The same for other counts (..., H)."""
        return self.patterns.divided(np.log(counts + HALF) - self.middle)

    def surprises(self, counts: IntArray | FloatArray) -> FloatArray:
        """How far weighted totals of counts (..., H) lie from the counterfactual ones, (..., K).

            (log(y + 1/2) - mean log(x + 1/2)) / sd log(x + 1/2)

        The scale makes windows with twenty and with two thousand deaths comparable.
        """
        totals = np.log(counts @ self.patterns.profiles.values.T + HALF)
        return np.asarray((totals - self.total_middle) / self.total_spread)

    @cached_property
    def score(self) -> float:
        """How far off the total is, either way, weighted by the profile that explains the counts best."""
        surprises = self.surprises(self.observed).mean(axis=0)
        return float(np.abs(surprises[int(self.patterns.best(self.divided))]))

"""EWMA negative binomial: the strongest of the simple baselines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import gammaln

from vedette.model.history import FloatArray, History, IntArray, middle, panel_draws

SIZES: FloatArray = np.exp(np.linspace(np.log(0.03), np.log(30.0), 30))
LEARN, WARM_UP = 60, 36


@dataclass(frozen=True)
class EwmaNegBin:
    """Negative binomial around an exponentially weighted mean, the same mean at every horizon.

        m[t] = (1 - alpha) m[t-1] + alpha y[t]        mean = m[origin] + offset
        var  = mean + mean^2 / size[h]

    ``m`` starts at the mean of the first three of the last 96 periods. ``size[h]``, one for all units,
    maximises over 30 values from .03 to 30 the log-likelihood of the h-step-ahead forecasts of the last 60
    periods minus .5 log(size)^2. With too short a history for any such forecast the penalty alone decides
    (size near 1). Units are independent given their means, so the sum over units is too narrow:
    forecast the total as a unit of its own.

    ``offset`` keeps the mean of a quiet unit above 0: .05 suits places, .5 a country. ``sizes``, one
    for each horizon, are given where they were found before.
    """

    alpha: float = 0.3
    offset: float = 0.05
    name: str = "ewma-negbin"
    sizes: tuple[float, ...] | None = None

    def divided(self, history: History, horizons: int, blocks: Sequence[IntArray]) -> "Sequence[EwmaNegBin]":
        """The same for every block of units, with the sizes that all of them teach."""
        return [replace(self, sizes=tuple(self._sizes(history, horizons).tolist()))] * len(blocks)

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U). Each panel draw has its own level; the sizes come from the middle panel draw."""
        recent = history.values[:, -(LEARN + WARM_UP) :]
        size = self._sizes(history, horizons)[:, None] if self.sizes is None else np.array([self.sizes]).T
        mean = levels(recent, self.alpha)[:, None, -1] + self.offset
        share = (size / (size + mean))[panel_draws(history, draws)]
        return rng.negative_binomial(size, share)

    def _sizes(self, history: History, horizons: int) -> FloatArray:
        """The size at each horizon, (H,), that the units of a history teach."""
        typical = middle(history.values[:, -(LEARN + WARM_UP) :])
        return best_sizes(typical, levels(typical[None], self.alpha)[0] + self.offset, horizons)


def levels(counts: IntArray, alpha: float) -> FloatArray:
    """Exponentially weighted mean after each period, (D, T, U).

    >>> levels(np.array([[[2], [4], [6], [0]]]), alpha=0.5).ravel().tolist()
    [3.0, 3.5, 4.75, 2.375]
    """
    level = counts[:, :3].mean(axis=1)
    smooth = np.empty(counts.shape)
    for period in range(counts.shape[1]):
        level = (1.0 - alpha) * level + alpha * counts[:, period]
        smooth[:, period] = level
    return smooth


def best_sizes(counts: IntArray, means: FloatArray, horizons: int) -> FloatArray:
    """The size of the negative binomial at each horizon, (H,); see `EwmaNegBin`.

    ``counts`` (T, U); ``means`` (T, U) is what was expected of all later periods after each period. Terms
    of the log-likelihood that do not depend on the size are left out.
    """
    size = SIZES[:, None, None]
    by_count = gammaln(counts[-LEARN:] + size) - gammaln(size) + size * np.log(size)
    penalty = 0.5 * np.log(SIZES) ** 2
    best = np.empty(horizons)
    for horizon in range(1, horizons + 1):
        first = max(horizon, len(counts) - LEARN)
        counted, expected = counts[first:], means[first - horizon : max(0, len(counts) - horizon)]
        own = by_count[:, by_count.shape[1] - len(counted) :]
        fit = (own - (counted + size) * np.log(size + expected)).sum(axis=(1, 2)) - penalty
        best[horizon - 1] = SIZES[fit.argmax()]
    return best

"""The factor on deaths of leaving: the average over wars that were left, over years without.

    factor in year k = sum_i w[i] r[i, k] / sum_j v[j] s[j, k]
    r, s = (1 + deaths of year k after) / (1 + mean yearly deaths in the three years before)

``i``: departures; ``j``: years in which nobody left; weights ``w`` and ``v`` by the likeness of the war.
Deaths of a war move for many reasons: ``r`` is the effect of leaving times such chance, ``s`` chance alone.
So the ratio of their averages is the effect without the chance. What is left in its draws is the doubt on
averages of few wars: weights of wars are drawn from a Dirichlet distribution (Rubin 1981, Annals of
Statistics 9, 130-134), so wide that the average of normal points varies as Student's t with one degree of
freedom less than there are effective wars.

So few wars of so uneven deaths cannot tell a factor of 3 from one of 30. That leaving multiplies deaths on
average by more than 5, or by less than 1/5, is held to be as unlikely as one in ten: a lognormal prior around
1. With mean m and standard deviation s of the draws of a log factor, and standard deviation p of the prior:

    keep = p^2 / (p^2 + s^2)
    log factor = keep * m + sqrt(keep) * (draw - m)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vedette.precedents.departure import Departure, Looks
from vedette.precedents.matching import distance
from vedette.precedents.violence import Floats
from vedette.precedents.weighing import Weighting, by_war, effective, kernel
from vedette.randomness import rng_stream

ROWS = 1000
"""How many equally likely paths stand for the doubt on a factor."""
PRIOR = float(np.log(5) / 1.6449)
"""Standard deviation of the log factor before any war is looked at: 90 % from 1/5 to 5, an assumption."""
_AT_ONCE = 100
"""Rows that are averaged at once, so that memory stays small."""


@dataclass(frozen=True, eq=False)
class WarAverages:
    """Deaths after against deaths before: in wars that were left, and in wars in which nobody left.

    ``left`` (draws, n, years) of the n departures; ``quiet`` (draws, m, years) of the m years in which nobody
    left. ``distances`` (m,) from the war asked about; ``wars`` (m,) names the war of each.
    """

    left: Floats
    quiet: Floats
    distances: Floats
    wars: tuple[str, ...]
    seed: int

    def quiet_weights(self, weighting: Weighting) -> Floats:
        """The weights of the years in which nobody left, with a war as one cluster, (m,)."""
        weights = by_war(kernel(self.distances, weighting), self.wars)
        return weights / (weights.sum() or 1.0)

    def effective(self, weighting: Weighting) -> float:
        """The effective number of wars in which nobody left."""
        return effective(self.quiet_weights(weighting), self.wars)

    def means(self, weights: Floats, weighting: Weighting) -> tuple[Floats, Floats]:
        """The averages after departures with weights (n,), and where nobody left, by year, (years,) each."""
        left = np.einsum("n,dny->y", weights, self.left) / len(self.left)
        return left, np.einsum("m,dmy->y", self.quiet_weights(weighting), self.quiet) / len(self.quiet)

    def factors(self, weights: Floats, wars: Sequence[str], weighting: Weighting) -> Floats:
        """Equally likely paths of the factor, (rows, years); the departures have ``weights`` and ``wars``."""
        quiet = self._drawn("quiet", self.quiet, self.quiet_weights(weighting), self.wars)
        return np.exp(with_prior(np.log(self._drawn("left", self.left, weights, wars) / quiet)))

    def _drawn(self, side: str, values: Floats, weights: Floats, wars: Sequence[str]) -> Floats:
        rng = rng_stream(self.seed, "precedents", "weights", side)
        return averages(values, drawn_weights(weights, wars, ROWS, rng))


def war_averages(
    left: Floats, quiet: Floats, asked: Looks, years: Sequence[Departure], seed: int
) -> WarAverages:
    """The averages from log ratios by year, (draws, n, years) and (draws, m, years).

    A year that has not passed since counts as the last one that has. ``years``: those in which nobody left.
    """
    distances = np.array([distance(asked, one.looks) for one in years])
    return WarAverages(_ratios(left), _ratios(quiet), distances, tuple(one.war for one in years), seed)


def drawn_weights(weights: Floats, wars: Sequence[str], rows: int, rng: np.random.Generator) -> Floats:
    """Weights of n wars or parts of wars, (rows, n), around those given (n,): Dirichlet by war.

    With an effective number of wars e the parameters sum to e - 4, at least 1: the variance of Student's t
    with e - 1 degrees of freedom. Parts of one war share its weight as given. Rows sum to 1.

    >>> drawn = drawn_weights(np.array([0.5, 0.25, 0.25]), ["A", "B", "B"], 4000, np.random.default_rng(1))
    >>> drawn.mean(axis=0).round(1).tolist(), bool((drawn[:, 1] == drawn[:, 2]).all())
    ([0.5, 0.3, 0.3], True)
    """
    names, place = np.unique(np.array(wars), return_inverse=True)
    totals = np.bincount(place, weights, minlength=len(names))
    shape = totals * max(effective(weights, wars) - 4.0, 1.0)
    drawn = rng.gamma(np.broadcast_to(shape, (rows, len(names))))
    drawn /= drawn.sum(axis=1, keepdims=True)
    share = np.divide(weights, totals[place], out=np.zeros_like(weights), where=totals[place] > 0)
    return np.asarray(drawn[:, place] * share)


def with_prior(logs: Floats) -> Floats:
    """Draws of log factors by year, (rows, years), drawn towards 0 as the prior says; see above.

    >>> with_prior(np.array([[-PRIOR], [PRIOR]]) + 1.0).round(2).tolist()
    [[-0.19], [1.19]]
    """
    mean, spread = logs.mean(axis=0), logs.std(axis=0)
    keep = PRIOR**2 / (PRIOR**2 + spread**2)
    return np.asarray(keep * mean + np.sqrt(keep) * (logs - mean))


def averages(values: Floats, weights: Floats) -> Floats:
    """Weighted means over wars, (rows, years): values (draws, n, years), a draw a row, weights (rows, n)."""
    parts = []
    for start in range(0, len(weights), _AT_ONCE):
        rows = np.arange(start, min(start + _AT_ONCE, len(weights)))
        parts.append(np.einsum("rn,rny->ry", weights[rows], values[rows % len(values)]))
    return np.concatenate(parts)


def _ratios(logs: Floats) -> Floats:
    whole = logs.copy()
    for year in range(1, whole.shape[2]):
        missing = np.isnan(whole[:, :, year])
        whole[:, :, year][missing] = whole[:, :, year - 1][missing]
    return np.asarray(np.exp(whole))

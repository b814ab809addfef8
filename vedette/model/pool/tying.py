"""Ties between the ranks of draws, along a path and across units, by reordering draws alone.

Draws lie on the last axis: S draws, H horizons, U units.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from vedette.model.history import FloatArray, IntArray


@dataclass(frozen=True)
class Ties:
    """How strongly ranks are tied: ``along`` a path, and ``across`` units.

    Above 0 they are tied more than the members of the pool tie them, below 0 less; 0 leaves draws alone.
    """

    along: float = 0.0
    across: float = 0.0


@dataclass(frozen=True, eq=False)
class Ranked:
    """Draws (..., S) from low to high, and ``order``, which draw stands at each rank, of the same shape."""

    ordered: IntArray
    order: IntArray

    @classmethod
    def of(cls, draws: IntArray, rng: np.random.Generator) -> "Ranked":
        """Ranks draws (..., S); equal ones by chance."""
        order = np.argsort(draws + rng.random(draws.shape), axis=-1)
        return cls(np.take_along_axis(draws, order, axis=-1), order)

    def draws(self) -> IntArray:
        """The draws in their order, (..., S)."""
        draws = np.empty_like(self.ordered)
        np.put_along_axis(draws, self.order, self.ordered, axis=-1)
        return draws

    def scores(self) -> FloatArray:
        """The normal score of each draw's rank, (..., S)."""
        size = self.order.shape[-1]
        by_rank = ndtri((np.arange(size) + 0.5) / size)
        score = np.empty(self.order.shape)
        np.put_along_axis(score, self.order, np.broadcast_to(by_rank, self.order.shape), axis=-1)
        return score


def tie_along(ranked: Ranked, strength: float, rng: np.random.Generator) -> Ranked:
    """Draws (..., H, S) reordered at each horizon, so that high ranks follow high ranks along a path.

        z[h,s] = normal score of the rank of draw s among its S draws
        w[s]   = mean over h of z[h,s], brought to variance 1 over s
        new order of the draws at h: that of z + strength w         (strength below 0: z + |strength| noise)

    The ranks that the draws have are the template; a path that tends to be high becomes more so. An empirical
    copula (Schefzik, Thorarinsdottir and Gneiting 2013, Statistical Science 28, 616-640). With one horizon
    there is nothing to tie.

    >>> rng = np.random.default_rng(1)
    >>> tied = tie_along(Ranked.of(np.array([[0, 5, 9], [9, 0, 5]]), rng), 9.0, rng).draws()
    >>> sorted(tied.sum(axis=0).tolist())
    [0, 10, 18]
    >>> np.sort(tied).tolist()
    [[0, 5, 9], [0, 5, 9]]
    """
    if strength == 0.0 or ranked.order.shape[-2] == 1:
        return ranked
    score = ranked.scores()
    path = standardised(score.mean(axis=-2, keepdims=True))
    return Ranked(ranked.ordered, np.argsort(pushed(score, path, strength, rng), axis=-1))


def tie_across(sums: IntArray, strength: float, rng: np.random.Generator) -> IntArray:
    """Which path of each unit each draw takes, (U, S), so that high paths meet high paths.

        w[u,s] = normal score of the rank of ``sums`` (U, S), the sum over horizons of path s of unit u
        v[s]   = mean over u of w, brought to variance 1
        new order of the paths of u: that of w + strength v         (strength below 0: w + |strength| noise)

    Each unit keeps its paths, so also its sums over horizons. With one unit there is nothing to tie.

    >>> sums = np.array([[0, 5, 9], [9, 0, 5]])
    >>> source = tie_across(sums, 9.0, np.random.default_rng(1))
    >>> sorted(np.take_along_axis(sums, source, axis=1).sum(axis=0).tolist())
    [0, 10, 18]
    """
    if strength == 0.0 or len(sums) == 1:
        return np.broadcast_to(np.arange(sums.shape[-1]), sums.shape)
    ranked = Ranked.of(sums, rng)
    score = ranked.scores()
    whole = standardised(score.mean(axis=0, keepdims=True))
    return Ranked(ranked.order, np.argsort(pushed(score, whole, strength, rng), axis=-1)).draws()


def standardised(score: FloatArray) -> FloatArray:
    """Scores (..., S) of mean 0, divided by their standard deviation over draws."""
    return np.asarray(score / np.maximum(score.std(axis=-1, keepdims=True), 1e-12))


def pushed(score: FloatArray, shared: FloatArray, strength: float, rng: np.random.Generator) -> FloatArray:
    """Scores moved towards what they share; with a strength below 0, away from it by chance."""
    return (
        score + strength * shared if strength > 0.0 else score - strength * rng.standard_normal(score.shape)
    )

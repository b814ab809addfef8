"""Ties between the ranks of draws, along a path and across units, by reordering draws alone."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from vedette.model.history import FloatArray, IntArray

BLOCK = 128
"""Units that are tied along their paths at once: bounds the memory."""


@dataclass(frozen=True)
class Ties:
    """How strongly ranks are tied: ``along`` a path, and ``across`` units.

    Above 0 they are tied more than the members of the pool tie them, below 0 less; 0 leaves draws alone.
    """

    along: float = 0.0
    across: float = 0.0


def tie(draws: IntArray, ties: Ties, rng: np.random.Generator) -> IntArray:
    """Draws (S, H, U) tied along their paths, and then whole paths across units.

    Each unit's draws at each horizon stay what they are, to the last one; see `tie_along` and `tie_across`.
    """
    return tie_across(tie_along(draws, ties.along, rng), ties.across, rng)


def tie_along(draws: IntArray, strength: float, rng: np.random.Generator) -> IntArray:
    """Draws (S, H, U), reordered at each horizon and in each unit so that high ranks follow high ranks.

        z[s,h,u] = normal score of the rank of draw s among its S draws
        w[s,u]   = mean over h of z[s,h,u], brought to variance 1 over s
        new order of the draws at h, u: that of z + strength w      (strength below 0: z + |strength| noise)

    The ranks that the draws have are the template; a path that tends to be high becomes more so. An empirical
    copula (Schefzik, Thorarinsdottir and Gneiting 2013, Statistical Science 28, 616-640). Equal draws are
    ranked by chance. With one horizon there is nothing to tie.

    >>> draws = np.array([[[0], [9]], [[5], [0]], [[9], [5]]])
    >>> tied = tie_along(draws, 9.0, np.random.default_rng(1))
    >>> sorted(tied.sum(axis=1).ravel().tolist())
    [0, 10, 18]
    >>> bool((np.sort(tied, axis=0) == np.sort(draws, axis=0)).all())
    True
    """
    if strength == 0.0 or draws.shape[1] == 1:
        return draws
    tied = np.empty_like(draws)
    for first in range(0, draws.shape[2], BLOCK):
        units = slice(first, first + BLOCK)
        order = random_order(draws[:, :, units], rng)
        score = scores(order)
        path = standardised(score.mean(axis=1))[:, None]
        moved = np.argsort(pushed(score, path, strength, rng), axis=0)
        ordered = np.take_along_axis(draws[:, :, units], order, axis=0)
        np.put_along_axis(tied[:, :, units], moved, ordered, axis=0)
    return tied


def tie_across(draws: IntArray, strength: float, rng: np.random.Generator) -> IntArray:
    """Draws (S, H, U), the whole paths of each unit reordered so that high paths meet high paths.

        w[s,u] = normal score of the rank of the sum over h of draw s,    v[s] = mean over u of w, variance 1
        new order of the paths of u: that of w + strength v         (strength below 0: w + |strength| noise)

    Each unit keeps its paths, so also its sums over horizons. With one unit there is nothing to tie.
    """
    if strength == 0.0 or draws.shape[2] == 1:
        return draws
    order = random_order(draws.sum(axis=1), rng)
    score = scores(order)
    whole = standardised(score.mean(axis=1))[:, None]
    moved = np.argsort(pushed(score, whole, strength, rng), axis=0)
    source = np.empty_like(order)
    np.put_along_axis(source, moved, order, axis=0)
    return np.take_along_axis(draws, source[:, None], axis=0)


def random_order(draws: IntArray, rng: np.random.Generator) -> IntArray:
    """Indices of the draws from low to high along the first axis, equal ones by chance; as ``draws``."""
    return np.asarray(np.argsort(draws + rng.random(draws.shape), axis=0))


def scores(order: IntArray) -> FloatArray:
    """The normal score of each draw's rank, the draws from low to high being ``order`` (S, ...)."""
    size = len(order)
    by_rank = ndtri((np.arange(size) + 0.5) / size).reshape(-1, *(1,) * (order.ndim - 1))
    score = np.empty(order.shape)
    np.put_along_axis(score, order, np.broadcast_to(by_rank, order.shape), axis=0)
    return score


def standardised(score: FloatArray) -> FloatArray:
    """Scores (S, ...) of mean 0, divided by their standard deviation over draws."""
    return np.asarray(score / np.maximum(score.std(axis=0), 1e-12))


def pushed(score: FloatArray, shared: FloatArray, strength: float, rng: np.random.Generator) -> FloatArray:
    """Scores moved towards what they share; with a strength below 0, away from it by chance."""
    return (
        score + strength * shared if strength > 0.0 else score - strength * rng.standard_normal(score.shape)
    )

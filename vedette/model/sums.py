"""Draws whose sums agree: ordering, scaling, fitting and rounding of one period's draws.

Draws lie on the last axis. S draws, P places, K strata.
"""

import numpy as np

from vedette.model.history import FloatArray, IntArray
from vedette.model.pool.tying import Ranked

ROUNDS = 20
USUAL = 0.05
NEVER = 0.001


def each_in_order_of(leader: IntArray, draws: IntArray, ties: FloatArray) -> IntArray:
    """Draws (U, K, S) put into the order of ``leader`` (U, S), each unit by itself.

    The K parts of a unit move together, ranked by their sum: the draw whose sum is r-th goes where the
    leader's r-th is. Only the order changes, so each margin stays what it was and the draws take over the
    dependence of the leader: an empirical copula (Schefzik, Thorarinsdottir and Gneiting 2013, Statistical
    Science 28, 616-640). ``ties`` (2, U, S), even between 0 and 1, breaks ties of the leader and of the
    draws, for by index all units that tie would rise together.

    >>> each_in_order_of(np.array([[5, 1]]), np.array([[[0, 3], [1, 0]]]), np.zeros((2, 1, 2))).tolist()
    [[[3, 0], [0, 1]]]
    """
    rank = np.argsort(np.argsort(leader + ties[0], axis=1), axis=1)
    order = np.argsort(draws.sum(axis=1) + ties[1], axis=1)
    return np.take_along_axis(draws, np.take_along_axis(order, rank, axis=1)[:, None], axis=2)


def in_step(paths: IntArray, total: IntArray, strength: float, rng: np.random.Generator) -> IntArray:
    """Draws (U, H, S), each unit's reordered at each horizon towards the order of ``total`` (H, S).

        new order of the draws of u at h: that of z[u,h,s] + strength c[h,s]

    with z and c the normal scores of the ranks of the draws and of the total. Each unit keeps its draws at
    each horizon to the last one.
    """
    leader = Ranked.of(total, rng).scores()
    moved = np.empty_like(paths)
    for unit, path in enumerate(paths):
        ranked = Ranked.of(path, rng)
        order = np.argsort(ranked.scores() + strength * leader, axis=-1)
        moved[unit] = Ranked(ranked.ordered, order).draws()
    return moved


def share_moved(paths: IntArray, total: IntArray) -> float:
    """How far draws (U, H, S) have to be moved to add up to ``total`` (H, S), as a share of all they hold.

        sum |total - sum over units| / sum of the draws

    >>> share_moved(np.array([[[1, 4]], [[1, 4]]]), np.array([[3, 8]]))
    0.1
    """
    sums = paths.sum(axis=0)
    return float(np.abs(total - sums).sum() / max(sums.sum(), 1))


def scaled(draws: IntArray, total: IntArray) -> FloatArray:
    """Draws (U, S) scaled to add up to ``total`` (S,).

        x[u] = N draws[u] / sum draws

    Where a draw is 0 throughout, N goes by the units' shares in the mean of all draws, or evenly where
    these are all 0.
    """
    mean = draws.mean(axis=1, keepdims=True)
    usual = mean / mean.sum() if mean.any() else np.full_like(mean, 1.0 / len(draws))
    sums = draws.sum(axis=0)
    return np.asarray(np.where(sums > 0, draws * (total / np.maximum(sums, 1)), usual * total))


def rounded(table: FloatArray, total: IntArray, most: IntArray, start: FloatArray) -> IntArray:
    """Whole numbers (U, S) near ``table`` (U, S) that add up to ``total`` (S,), none above ``most`` (U, S).

        f = table - floor(table),  F[u] = f[0] + ... + f[u]
        n[u] = floor(table[u]) + floor(F[u] + start) - floor(F[u-1] + start)

    Systematic rounding: with ``start`` (S,) even between 0 and 1, the expectation of n is the table, and
    no unit is ever off by 1 or more. What the table lacks because it exceeds ``most`` or misses the total
    goes to the first units with room. ``most`` must hold the total.

    >>> half = np.array([[0.5], [0.5], [2.0]])
    >>> rounded(half, np.array([3]), np.full((3, 1), 3), np.array([0.6])).ravel().tolist()
    [1, 0, 2]
    """
    wanted = np.minimum(table, most)
    whole = np.floor(wanted)
    missing = total - whole.sum(axis=0)
    steps = np.minimum(np.floor(np.cumsum(wanted - whole, axis=0) + start), missing)
    floors = (whole + np.diff(steps, axis=0, prepend=0.0)).astype(np.int64)
    room = most - floors
    before = room.cumsum(axis=0) - room
    return np.asarray(floors + np.clip(total - floors.sum(axis=0) - before, 0, room))


def seed(cells: IntArray, places: IntArray, strata: IntArray) -> FloatArray:
    """Start values of iterative proportional fitting, (P, K, S): each draw's own shares plus a little.

        z = c / sum c + 0.05 m / sum m + 0.001 p s / N^2

    c is the draw of the cells (P, K, S), m their mean over draws, p (P, S) and s (K, S) the margins, N
    their sum. The second term lets a pair that this draw holds empty take what the margins ask for, the
    last one a pair that no draw ever saw.
    """
    mean = cells.mean(axis=2, keepdims=True)
    total = np.maximum(places.sum(axis=0), 1)
    apart = (places / total)[:, None] * (strata / total)[None]
    own = cells / np.maximum(cells.sum(axis=(0, 1)), 1)
    return np.asarray(own + USUAL * mean / np.maximum(mean.sum(), 1e-300) + NEVER * apart)


def fitted(table: FloatArray, places: IntArray, strata: IntArray) -> FloatArray:
    """A table (P, K, S) scaled by turns to both margins, 20 times, strata last.

        z[i, k] <- z[i, k] p[i] / sum_k z[i, k],   then   z[i, k] <- z[i, k] s[k] / sum_i z[i, k]

    Iterative proportional fitting (Deming and Stephan 1940, Annals of Mathematical Statistics 11,
    427-444): of all tables with these margins the one nearest to the first in Kullback-Leibler distance.
    """
    cells = table.copy()
    for _ in range(ROUNDS):
        cells *= _ratio(places, cells.sum(axis=1))[:, None]
        cells *= _ratio(strata, cells.sum(axis=0))[None]
    return cells


def filled(cells: IntArray, places: IntArray, strata: IntArray, start: FloatArray) -> IntArray:
    """Cells (P, K, S) with exactly the margins ``places`` (P, S) and ``strata`` (K, S), near the draws given.

    Stratum by stratum: the strata left are fitted to what is left of both margins, and the first of them is
    rounded so that no place gets more than it has left; the last stratum takes what remains, which is what
    it must be because both margins have the same sum. ``start`` (K - 1, S) is the chance in the rounding.
    """
    table, left = seed(cells, places, strata), places.copy()
    table_of = np.empty_like(cells)
    for stratum in range(len(strata) - 1):
        table = fitted(table, left, strata[stratum:])
        table_of[:, stratum] = rounded(table[:, 0], strata[stratum], left, start[stratum])
        left = left - table_of[:, stratum]
        table = table[:, 1:]
    table_of[:, -1] = left
    return table_of


def _ratio(wanted: IntArray, had: FloatArray) -> FloatArray:
    return np.divide(wanted, had, out=np.zeros_like(had), where=had > 0)

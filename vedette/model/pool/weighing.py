"""Weights of a pool, learned from what its members would have scored."""

import numpy as np

from vedette.model.history import FloatArray

STEPS, SETTLED = 300, 1e-12


def best_weights(error: FloatArray, gap: FloatArray, start: FloatArray, shrink: float) -> FloatArray:
    """The weights (K,) with the lowest CRPS of the pool, drawn toward ``start``; they are 0 or more, sum 1.

        minimise  error . w - w . gap . w / 2 + shrink |w - start|^2      over the simplex

    ``error`` (K,) and ``gap`` (K, K) as in `crps_of_pool`, averaged over past cells. Convex, since the
    energy distance is; solved by projected gradients.

    >>> even = np.array([0.5, 0.5])
    >>> best_weights(np.array([1.0, 3.0]), np.zeros((2, 2)), even, shrink=1e9).round(3).tolist()
    [0.5, 0.5]
    >>> best_weights(np.array([1.0, 3.0]), np.zeros((2, 2)), even, shrink=0.0).tolist()
    [1.0, 0.0]
    """
    bend = 2.0 * shrink * np.eye(len(start)) - gap
    slope = error - 2.0 * shrink * start
    pace = 1.0 / max(float(np.abs(np.linalg.eigvalsh(bend)).max()), 1e-9)
    weights = start
    for _ in range(STEPS):
        before, weights = weights, onto_simplex(weights - pace * (bend @ weights + slope))
        if np.abs(weights - before).max() < SETTLED:
            break
    return weights


def onto_simplex(point: FloatArray) -> FloatArray:
    """The nearest point (K,) with no negative part and sum 1 (Held, Wolfe and Crowder 1974).

    >>> onto_simplex(np.array([0.5, 1.5, -1.0])).tolist()
    [0.0, 1.0, 0.0]
    """
    ordered = np.sort(point)[::-1]
    surplus = (np.cumsum(ordered) - 1.0) / np.arange(1, len(point) + 1)
    last = np.flatnonzero(ordered > surplus)[-1]
    return np.asarray(np.maximum(point - surplus[last], 0.0))

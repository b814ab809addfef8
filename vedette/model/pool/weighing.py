"""Optimal weights of a pool, given past errors and distances of its members."""

import numpy as np

from vedette.model.history import FloatArray

STEPS, SETTLED = 300, 1e-12


def best_weights(
    error: FloatArray, gap: FloatArray, start: FloatArray, shrink: float | FloatArray
) -> FloatArray:
    """The weights (..., K) with the lowest CRPS of each pool, drawn toward ``start``; 0 or more, sum 1.

        minimise  error . w - w . gap . w / 2 + shrink |w - start|^2      over the simplex

    ``error`` (..., K) and ``gap`` (..., K, K) as in `crps_of_pool`, averaged over past cells; ``start`` (K,);
    ``shrink`` one number, or one for each pool (...). Convex, since the energy distance is; solved by
    projected gradients, all pools at once.

    >>> even = np.array([0.5, 0.5])
    >>> best_weights(np.array([1.0, 3.0]), np.zeros((2, 2)), even, shrink=1e9).round(3).tolist()
    [0.5, 0.5]
    >>> best_weights(np.array([1.0, 3.0]), np.zeros((2, 2)), even, shrink=0.0).tolist()
    [1.0, 0.0]
    """
    pull = 2.0 * np.asarray(shrink)[..., None]
    bend = pull[..., None] * np.eye(len(start)) - gap
    slope = error - pull * start
    pace = 1.0 / np.maximum(np.abs(np.linalg.eigvalsh(bend)).max(axis=-1, keepdims=True), 1e-9)
    weights = np.broadcast_to(start, error.shape)
    for _ in range(STEPS):
        steep = (bend @ weights[..., None])[..., 0] + slope
        before, weights = weights, onto_simplex(weights - pace * steep)
        if np.abs(weights - before).max() < SETTLED:
            break
    return weights


def onto_simplex(point: FloatArray) -> FloatArray:
    """The nearest point (..., K) with no negative part and sum 1 (Held, Wolfe and Crowder 1974).

    >>> onto_simplex(np.array([0.5, 1.5, -1.0])).tolist()
    [0.0, 1.0, 0.0]
    """
    ordered = np.sort(point, axis=-1)[..., ::-1]
    surplus = (np.cumsum(ordered, axis=-1) - 1.0) / np.arange(1, point.shape[-1] + 1)
    return np.asarray(np.maximum(point - surplus.max(axis=-1, keepdims=True), 0.0))

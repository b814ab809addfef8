"""The CRPS of a linear pool, which is quadratic in its weights."""

import numpy as np

from vedette.model.history import FloatArray, IntArray


def errors(members: IntArray, truth: IntArray) -> FloatArray:
    """Mean distance of each member's draws to the truth: (K, S, H, U) and (H, U) to (K, H, U)."""
    return np.asarray(np.abs(members - truth).mean(axis=1))


def pairwise_distances(members: IntArray) -> FloatArray:
    """Mean distance between a draw of one member and a draw of another, (K, K, H, U).

    Within a member over different draws, S (S - 1) pairs, so that the pool's score is fair. ``members``
    (K, S, H, U).

        sum |x - y| over all pairs of two samples = spread(both) - spread(one) - spread(other)
    """
    kinds, draws = members.shape[:2]
    ordered = np.sort(members, axis=1)
    own = np.stack([_spread(sample) for sample in ordered])
    distances = np.empty((kinds, kinds, *members.shape[2:]))
    for one in range(kinds):
        distances[one, one] = 2.0 * own[one] / (draws * (draws - 1))
        for other in range(one):
            both = np.sort(np.concatenate([ordered[one], ordered[other]]), axis=0)
            between = (_spread(both) - own[one] - own[other]) / draws**2
            distances[one, other] = distances[other, one] = between
    return distances


def crps_of_pool(weights: FloatArray, error: FloatArray, gap: FloatArray) -> FloatArray:
    """CRPS of the linear pool, (...): weights (K,), error (K, ...), gap (K, K, ...).

        crps = sum_k w[k] E|X[k] - y|  -  1/2 sum_kl w[k] w[l] E|X[k] - X[l]|

    Gneiting and Raftery 2007, Journal of the American Statistical Association 102, eq. 21.
    """
    return np.asarray(
        np.tensordot(weights, error, 1) - 0.5 * np.einsum("k,kl...,l->...", weights, gap, weights)
    )


def _spread(ordered: IntArray) -> FloatArray:
    """Sum of |x - y| over the unordered pairs of a sorted sample (S, ...)."""
    size = len(ordered)
    rank = 2.0 * np.arange(size) - size + 1.0
    return np.asarray(np.tensordot(rank, ordered.astype(np.float64), 1))

"""How many independent points a series is worth, and means of points with their uncertainty."""

import numpy as np

from vedette.model import FloatArray, IntArray

_PAIRS = 6
"""Neighbouring periods below which no correlation between them is computed."""


def neighbours(values: FloatArray, at: IntArray) -> float:
    """The correlation of a series with itself one period later, from 0 to .95; 0 with fewer than 6 pairs.

    >>> neighbours(np.arange(20.0), np.arange(20))
    0.95
    """
    following = np.flatnonzero(np.diff(at) == 1)
    if len(following) < _PAIRS:
        return 0.0
    early, late = values[following], values[following + 1]
    if early.std() == 0 or late.std() == 0:
        return 0.0
    return float(np.clip(np.corrcoef(early, late)[0, 1], 0.0, 0.95))


def effective(n: int, correlation: float) -> float:
    """The number of independent points that n correlated ones are worth (Bartlett 1935).

    >>> effective(30, 0.5)
    10.0
    """
    return n * (1 - correlation) / (1 + correlation)


def spaced(months: IntArray, apart: int) -> int:
    """How many points lie at least so many months apart, counted from the first on.

    >>> spaced(np.array([0, 5, 6, 16, 18, 36]), 6)
    4
    """
    kept: list[int] = []
    for month in months.tolist():
        if not kept or month - kept[-1] >= apart:
            kept.append(month)
    return len(kept)


def weights(n: int, worth: float, draws: int, rng: np.random.Generator) -> FloatArray:
    """Random weights of n points, (draws, n), each draw adding up to 1 (Bayesian bootstrap, Rubin 1981).

    The Dirichlet is wider than with n equal parameters, so that the mean of normal points varies as Student's
    t of ``worth`` - 1 degrees of freedom does, and correlated points count as fewer.
    """
    return rng.dirichlet(np.full(n, max(worth - 4.0, 1.0) / n), draws)


def means(values: FloatArray, weight: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Weighted means, (draws,), each of one draw of the inputs, (S, n)."""
    rows = rng.integers(0, len(values), len(weight))
    return np.asarray((values[rows] * weight).sum(axis=1))

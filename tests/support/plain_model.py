"""The endemic-epidemic model written out slowly, cell by cell, for comparison."""

import math
from collections.abc import Sequence

import numpy as np

from vedette.model import FloatArray, IntArray


def plain_means(
    counts: IntArray,
    rates: tuple[FloatArray, FloatArray, FloatArray],
    table: FloatArray,
    lags: Sequence[float],
) -> FloatArray:
    """mu (T - D, U); ``rates`` are those of ar, ne and end, (T, U); ``table`` source by target."""
    periods, units = counts.shape
    mean = np.zeros((periods, units))
    for t in range(len(lags), periods):
        past = [sum(u * counts[t - 1 - d, i] for d, u in enumerate(lags)) for i in range(units)]
        for i in range(units):
            spill = sum(table[j, i] * past[j] for j in range(units))
            mean[t, i] = rates[0][t, i] * past[i] + rates[1][t, i] * spill + rates[2][t, i]
    return mean[len(lags) :]


def plain_log_likelihood(
    y: IntArray, mean: FloatArray, psi: Sequence[float], weight: Sequence[float]
) -> float:
    """The weighted sum over cells; psi of each unit, 0 for the Poisson."""
    total = 0.0
    for t in range(len(y)):
        for i in range(y.shape[1]):
            total += weight[t] * plain_term(int(y[t, i]), float(mean[t, i]), psi[i])
    return total


def plain_term(y: int, mu: float, psi: float) -> float:
    if psi == 0:
        return y * math.log(mu) - mu - math.lgamma(y + 1)
    r = 1 / psi
    gammas = math.lgamma(y + r) - math.lgamma(r) - math.lgamma(y + 1)
    return gammas + r * math.log(r / (r + mu)) + y * math.log(mu / (r + mu))


def simulated(
    rng: np.random.Generator,
    periods: int,
    nu: FloatArray,
    own: float,
    spill: float,
    table: FloatArray,
    psi: float,
) -> IntArray:
    """Counts (T, U) from a known truth, one lag, after a hundred periods to settle."""
    y = np.zeros((periods + 100, len(nu)), dtype=np.int64)
    for t in range(1, len(y)):
        mean = nu + own * y[t - 1] + spill * (table.T @ y[t - 1])
        y[t] = rng.poisson(mean * rng.gamma(1 / psi, psi, len(nu))) if psi else rng.poisson(mean)
    return y[100:]


def ring(units: int) -> FloatArray:
    """Units in a circle, each touching two."""
    near = np.abs(np.subtract.outer(np.arange(units), np.arange(units)))
    return np.asarray((near == 1) | (near == units - 1), dtype=np.float64)

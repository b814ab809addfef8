"""Monte Carlo standard errors of means, shares, quantiles and means of the worst twentieth.

Draws that take the same future of the forecast are not independent, so errors are clustered by future.
Quantities are stratified, which makes the true errors somewhat smaller than these.
"""

import numpy as np

from vedette.model import BoolArray, FloatArray, IntArray

WORST = 0.05
"""The share of draws that make the worst twentieth."""


def error_of_mean(values: FloatArray | BoolArray, clusters: IntArray) -> float:
    """Standard error of the mean of values (D,), with clusters (D,) of draws that are not independent.

        sqrt(C / (C - 1) * sum over clusters of (sum of value - mean)^2) / D

    of C clusters (Liang and Zeger 1986, Biometrika 73, 13-22). One cluster alone, which is no sample of
    futures, counts as none.

    >>> alone, together = np.arange(4), np.array([0, 0, 1, 1])
    >>> values = np.array([1.0, 1.0, 3.0, 3.0])
    >>> round(error_of_mean(values, alone), 3), round(error_of_mean(values, together), 3)
    (0.577, 1.0)
    """
    apart = np.asarray(values, dtype=np.float64) - np.mean(values)
    sums = np.bincount(clusters, weights=apart)[np.bincount(clusters) > 0]
    if len(sums) < 2:
        sums = apart
    count = len(sums)
    return float(np.sqrt(count / max(count - 1, 1) * np.sum(sums**2)) / len(apart))


def error_of_quantile(values: FloatArray, level: float, clusters: IntArray) -> float:
    """Standard error of a quantile of values (D,): half the distance of those one error of the level apart.

    Woodruff 1952, Journal of the American Statistical Association 47, 635-646.
    """
    apart = error_of_mean(values <= np.quantile(values, level), clusters)
    low, high = np.quantile(values, np.clip([level - apart, level + apart], 0, 1))
    return float(high - low) / 2


def worst_mean(losses: FloatArray) -> float:
    """The mean of the highest twentieth of losses (D,), of one draw at least.

    >>> worst_mean(np.arange(40.0))
    38.5
    """
    count = max(1, round(WORST * len(losses)))
    return float(np.partition(losses, len(losses) - count)[-count:].mean())


def error_of_worst_mean(losses: FloatArray, clusters: IntArray) -> float:
    """Standard error of `worst_mean`, by its influence function.

    Chen 2008, Journal of Financial Econometrics 6, 87-107.
    """
    beyond = np.maximum(losses - np.quantile(losses, 1 - WORST), 0)
    return error_of_mean(beyond, clusters) / WORST

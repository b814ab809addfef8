"""Log-likelihood of single cells with its first and second derivatives by mean and dispersion, in numpy."""

from typing import NamedTuple

import numpy as np

from vedette.model.endemic.likelihood import TABLE, Arrays
from vedette.model.history import FloatArray

LEAST = 1e-150
_STIRLING = ((1, 1 / 12), (3, -1 / 360), (5, 1 / 1260), (7, -1 / 1680))


class Cells(NamedTuple):
    """log f(y) of each cell, (n, U), up to what `rising` adds: ``value``; by the mean ``first`` and
    ``second``; by s = -log psi ``size_first`` and ``size_second``; by both ``mixed``. The last three are
    empty for the Poisson."""

    value: FloatArray
    first: FloatArray
    second: FloatArray
    mixed: FloatArray
    size_first: FloatArray
    size_second: FloatArray


def poisson_cells(y: FloatArray, mu: FloatArray) -> Cells:
    """y log mu - mu.

    >>> cells = poisson_cells(np.array([[3.0]]), np.array([[2.0]]))
    >>> cells.first.item(), cells.second.item()
    (0.5, -0.75)
    """
    mu = np.maximum(mu, LEAST)
    ratio = y / mu
    none = np.zeros((0, 0))
    return Cells(y * np.log(mu) - mu, ratio - 1, -ratio / mu, none, none, none)


def negbin_cells(y: FloatArray, mu: FloatArray, r: FloatArray) -> Cells:
    """y log mu - (y + r) log(1 + mu / r), size r = 1 / psi = exp(s), (1,) or (U,).

        first = y / mu - (y + r) / (mu + r)              mixed = r (y - mu) / (mu + r)^2
        second = (y + r) / (mu + r)^2 - y / mu^2

    >>> cells = negbin_cells(np.array([[3.0]]), np.array([[2.0]]), np.array([1.0]))
    >>> round(cells.first.item(), 6), round(cells.second.item(), 6), round(cells.mixed.item(), 6)
    (0.166667, -0.305556, 0.111111)
    """
    mu = np.maximum(mu, LEAST)
    inverse = 1 / (r + mu)
    ratio = y / mu
    weight = (y + r) * inverse
    log = np.log1p(mu / r)
    pull = mu * weight
    size_first = pull - r * log
    share = mu * inverse
    return Cells(
        y * np.log(mu) - (y + r) * log,
        ratio - weight,
        weight * inverse - ratio / mu,
        r * (y - mu) * inverse * inverse,
        size_first,
        size_first + r * share * 2 - pull * (1 + r * inverse),
    )


def rising(r: FloatArray, arrays: Arrays) -> tuple[float, FloatArray, FloatArray]:
    """sum over cells of sum_{k<y} log(1 + k / r) with its derivatives by s = log r, each like ``r``.

    As in `vedette.model.endemic.likelihood`: up to 64 term by term, beyond by Stirling's series.
    """
    exceed, k = np.asarray(arrays.exceed), np.arange(TABLE)[:, None]
    value = float((exceed * np.log1p(k / r)).sum())
    first = -(exceed * k / (r + k)).sum(axis=0)
    second = (exceed * k * r / (r + k) ** 2).sum(axis=0)
    weight, unit = np.asarray(arrays.high_weight), np.asarray(arrays.high_unit)
    if not weight.any():
        return value, first, second
    own, far = r[unit], np.asarray(arrays.high)
    high = [up - low for up, low in zip(_log_rising(own, far), _log_rising(own, TABLE), strict=True)]
    slope, bend = own * high[1], own * high[1] + own**2 * high[2]
    value += float((weight * high[0]).sum())
    first = first + np.bincount(unit, weight * slope, len(r))
    return value, first, second + np.bincount(unit, weight * bend, len(r))


def _log_rising(r: FloatArray, y: FloatArray | float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """log Gamma(r + y) - y log r up to terms of r alone, with its derivatives by r."""
    x = r + y
    value = x * np.log1p(y / r) - 0.5 * np.log(x / r) - y
    first = np.log1p(y / r) - y / r - 0.5 / x
    second = y**2 / (r**2 * x) + 0.5 / x**2
    for power, term in _STIRLING:
        value = value + term / x**power
        first = first - power * term / x ** (power + 1)
        second = second + power * (power + 1) * term / x ** (power + 2)
    return value, first, second

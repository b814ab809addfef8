"""The long-run growth factor of self-exciting counts, and a cap on it."""

from dataclasses import replace

import numpy as np
from scipy.optimize import brentq
from scipy.sparse import csr_array

from vedette.model.endemic.forward import Process, Rate, layers
from vedette.model.history import FloatArray

STEPS, CLOSE = 500, 1e-7


def growth(process: Process) -> FloatArray:
    """Factor by which expected counts grow each period in the long run, for each draw, (S,) or (1,).

    The largest z > 0 with  rho sum_d lags[d] z^-d = 1,  rho the spectral radius of the matrix that turns
    the weighted past into the next mean,

        A[i,j] = own[i] 1{i=j} + spill[i] weights[j,i]

    which is the spectral radius of the companion matrix of all lags. Below 1 counts settle at a level,
    above 1 they explode. Where rates change over time each is taken at its largest, so that growth is
    never understated; nor is it by the power iteration behind ``rho``, which closes in from above.

    >>> two = csr_array(np.array([[0.0, 1.0], [1.0, 0.0]]))
    >>> growth(Process(1.0, 0.5, 0.4, 0.0, np.ones(1), two)).round(6).tolist()
    [0.9]
    """
    rho = radius(process)
    lags = np.atleast_2d(process.lags)
    count = max(len(rho), len(lags))
    return np.array([_root(rho[s % len(rho)] * lags[s % len(lags)]) for s in range(count)])


def capped(process: Process, cap: float = 1.0) -> Process:
    """The same process with ``own`` and ``spill`` of a draw scaled down until growth is at most ``cap``.

    The factor is min(1, 1 / (rho sum_d lags[d] cap^-d)); a draw that grows no faster is left as it is.

    >>> wild = Process(1.0, np.array([2.0, 0.1]), 0.0, 0.0, np.ones(1))
    >>> capped(wild, cap=0.98).own.round(6).tolist()
    [0.98, 0.049]
    """
    lags = np.atleast_2d(process.lags)
    pull = (lags * cap ** -np.arange(1.0, lags.shape[1] + 1)).sum(axis=1)
    factor = 1.0 / np.maximum(radius(process) * pull, 1.0)
    if len(factor) == 1:
        return replace(process, own=process.own * factor[0], spill=process.spill * factor[0])
    scale = factor[:, None, None]
    return replace(process, own=process.own * scale, spill=process.spill * scale)


def radius(process: Process) -> FloatArray:
    """Spectral radius of A in `growth`, (S,) or (1,), by power iteration on all draws at once.

    The bound max_i (A x)_i / x_i of Collatz and Wielandt lies above the radius for every positive x and
    falls from step to step; it is taken when it has stopped falling. A shift keeps the iteration from going
    back and forth on maps that fall into two sides.
    """
    own, spill = _largest(process.own), _largest(process.spill)
    units = 1 if process.weights is None else process.weights.shape[0]
    draws = max(own.shape[1], spill.shape[1])
    x = np.ones((max(units, len(own), len(spill)), draws))
    target = None if process.weights is None else csr_array(process.weights.T)

    def once(x: FloatArray) -> FloatArray:
        return np.asarray(own * x if target is None else own * x + spill * (target @ x))

    bound: FloatArray = once(x).max(axis=0)
    shift = bound / 2
    for step in range(STEPS):
        x = once(x) + shift * x
        x = np.where(bound > 0, x / np.where(bound > 0, x.max(axis=0), 1.0), 1.0)
        before, bound = bound, np.minimum(bound, (once(x) / x).max(axis=0))
        if step >= 20 and np.all(before - bound <= CLOSE * bound):
            break
    return bound


def _largest(rate: Rate) -> FloatArray:
    """The largest rate of each draw over time, draws last: (U or 1, S or 1)."""
    return np.asarray(layers(rate).max(axis=1).T)


def _root(terms: FloatArray) -> float:
    """The z > 0 at which sum_d terms[d] z^-d is 1; 0 where all terms are 0."""
    total = float(terms.sum())
    if total == 0:
        return 0.0
    ages = np.arange(1.0, len(terms) + 1)
    ends = sorted((total, total ** (1 / len(terms))))
    return float(brentq(lambda z: (terms * z**-ages).sum() - 1, 0.99 * ends[0], 1.01 * ends[1], xtol=1e-12))

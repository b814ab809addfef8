"""Futures of endemic-epidemic counts, all draws and units at once."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from vedette.model.history import FloatArray, IntArray

CEILING = 1e9
CELLS = 2**18

Rate = float | FloatArray


@dataclass(frozen=True, eq=False)
class Process:
    """Rates, weights and dispersion of the counts of H periods ahead in U units.

        mu[t,i]  = endemic[t,i] + own[t,i] sum_d lags[d] Y[t-d,i]
                                + spill[t,i] sum_j weights[j,i] sum_d lags[d] Y[t-d,j]
        var[t,i] = mu[t,i] + dispersion[i] mu[t,i]^2

    ``endemic`` (nu), ``own`` (lambda), ``spill`` (phi) and ``dispersion`` (psi) are at least 0; each is a
    number or an array that numpy stretches to (S, H, U): (U,) for each unit, (H, U) where it changes over
    time, (S, 1, U) or (S, H, U) where every draw has its own. ``dispersion`` 0 is Poisson, exactly.
    ``lags`` (D,), or (S, D) for each draw, with lag 1 first. ``weights`` (U, U), sparse, from source j (row)
    to target i (column); None where nothing spills over. Counts and rates are events per period.
    """

    endemic: Rate
    own: Rate
    spill: Rate
    dispersion: Rate
    lags: FloatArray
    weights: csr_array | None = None


def simulate_forward(
    process: Process, recent: npt.ArrayLike, horizons: int, draws: int, rng: np.random.Generator
) -> IntArray:
    """Draws (S, H, U) of the H periods after ``recent``; see `Process` for the model.

    ``recent`` (P, T, U): the last T >= D periods, oldest first, of P panel draws; draw s continues panel
    draw s modulo P. Where a mean passes a billion events a period it is held there, so that a process that
    explodes still gives numbers. Memory: 8 bytes a draw of a cell; `futures` gives the same numbers piece
    by piece. Endemic-epidemic model: Held, Höhle and Hofmann (2005), Statistical Modelling 5, 187-199.

    >>> chain = csr_array(np.array([[0.0, 1.0], [0.0, 0.0]]))
    >>> process = Process(endemic=0.0, own=0.0, spill=50.0, dispersion=0.0, lags=np.ones(1), weights=chain)
    >>> ahead = simulate_forward(process, [[[20, 7]]], horizons=2, draws=400, rng=np.random.default_rng(1))
    >>> ahead.shape, ahead[:, 0].mean(axis=0).round(-1).tolist(), int(ahead[:, 1].max())
    ((400, 2, 2), [0.0, 1000.0], 0)
    """
    cells = np.asarray(recent)
    out = np.empty((draws, horizons, cells.shape[-1]), dtype=np.int64)
    start = 0
    for block in futures(process, cells, horizons, draws, rng):
        out[start : start + len(block)] = block
        start += len(block)
    return out


def futures(
    process: Process, recent: npt.ArrayLike, horizons: int, draws: int, rng: np.random.Generator
) -> Iterator[IntArray]:
    """The draws of `simulate_forward` in blocks (B, H, U), in order, for more than memory holds at once.

    B depends on the number of units alone (about 262,144 cells a period) and every block has a stream of its
    own, drawn once from ``rng``: no number depends on what is done with the blocks before it.

    >>> process = Process(0.3, 0.5, 0.0, 0.8, np.array([0.7, 0.3]))
    >>> blocks = futures(process, np.ones((1, 2, 40_000)), 3, 10, np.random.default_rng(1))
    >>> [block.shape for block in blocks]
    [(6, 3, 40000), (4, 3, 40000)]
    """
    cells = np.asarray(recent)
    size = max(1, CELLS // cells.shape[-1])
    words = rng.integers(0, 2**32, 4, dtype=np.uint32).tolist()
    for number, start in enumerate(range(0, draws, size)):
        seeds = np.random.SeedSequence(words, spawn_key=(number,))
        own = np.random.Generator(np.random.PCG64DXSM(seeds))
        yield _block(process, cells, horizons, np.arange(start, min(start + size, draws)), own)


def _block(
    process: Process,
    recent: npt.NDArray[np.generic],
    horizons: int,
    which: IntArray,
    rng: np.random.Generator,
) -> IntArray:
    """One block (B, H, U). Inside, draws run along the last axis: the sparse product wants them there."""
    units = recent.shape[-1]
    lags = _of(process.lags, which).T
    past = recent[which % len(recent), -len(lags) :].transpose(1, 2, 0).astype(np.float64, order="C")
    newest = len(lags) - 1
    target = None if process.weights is None else csr_array(process.weights.T)
    out = np.empty((len(which), horizons, units), dtype=np.int64)
    for horizon in range(horizons):
        endemic, own, spill, dispersion = (
            _at(rate, which, horizon)
            for rate in (process.endemic, process.own, process.spill, process.dispersion)
        )
        felt = _lagged(past, newest, lags)
        mean = np.broadcast_to(endemic, felt.shape) + own * felt
        if target is not None and np.any(spill):
            mean += spill * (target @ felt)
        counts = negative_binomial(mean, dispersion, rng)
        out[:, horizon] = counts.T
        newest = (newest + 1) % len(past)
        past[newest] = counts
    return out


def negative_binomial(mean: FloatArray, dispersion: FloatArray, rng: np.random.Generator) -> IntArray:
    """Counts with ``mean`` and variance mean + dispersion mean^2, of the shape of ``mean``, which is used up.

    A Poisson around a gamma; ``dispersion`` stretches to the shape of ``mean``. Where it is 0 there is no
    gamma and the count is Poisson. Means are held at a billion.

    >>> rng = np.random.default_rng(1)
    >>> counts = negative_binomial(np.full((2, 90_000), 3.0), np.array([[0.0], [2.0]]), rng)
    >>> counts.mean(axis=1).round(1).tolist(), counts.var(axis=1).round().tolist()
    ([3.0, 3.0], [3.0, 21.0])
    """
    if dispersion.size == 1:
        if dispersion.item() > 0:
            mean *= rng.standard_gamma(1 / dispersion.item(), mean.shape) * dispersion
    elif np.all(dispersion > 0):
        mean *= rng.standard_gamma(1 / dispersion, mean.shape) * dispersion
    else:
        spread = np.broadcast_to(dispersion, mean.shape)
        over = spread > 0
        mean[over] *= rng.standard_gamma(1 / spread[over]) * spread[over]
    return rng.poisson(np.minimum(mean, CEILING, out=mean))


def _lagged(past: FloatArray, newest: int, lags: FloatArray) -> FloatArray:
    """The weighted sum over lags, (U, B), of ``past`` (D, U, B), a ring whose lag 1 stands at ``newest``."""
    felt: FloatArray = past[newest] * lags[0]
    for lag in range(1, len(lags)):
        felt += past[(newest - lag) % len(past)] * lags[lag]
    return felt


def _at(rate: Rate, which: IntArray, horizon: int) -> FloatArray:
    """The values for these draws in one period, draws last: (U or 1, B or 1)."""
    given = layers(rate)
    own = given[which] if len(given) > 1 else given
    return np.asarray(own[:, horizon if own.shape[1] > 1 else 0].T)


def layers(rate: Rate) -> FloatArray:
    """A rate with all three of its axes, draws, horizons and units, each of length 1 where it is the same.

    >>> layers(0.5).shape, layers(np.ones((12, 18))).shape
    ((1, 1, 1), (1, 12, 18))
    """
    given = np.asarray(rate, dtype=np.float64)
    return np.asarray(given.reshape((1,) * (3 - given.ndim) + given.shape))


def _of(lags: FloatArray, which: IntArray) -> FloatArray:
    """The lag weights of these draws, (B or 1, D)."""
    return lags[which] if lags.ndim == 2 else lags[None]

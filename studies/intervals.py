"""Estimates with bootstrap intervals over countries, over blocks of the calendar, or over both."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vedette.model import BoolArray, FloatArray
from vedette.randomness import rng_stream
from vedette.score import blocks

RESAMPLES, LEVEL = 1000, 0.9
Estimate = tuple[float, float, float]
"""A value with the ends of its 90 % interval."""


@dataclass(frozen=True, eq=False)
class Resampled:
    """How often each origin (B, O) and each unit (B, U) counts in B bootstrap samples."""

    origins: FloatArray
    units: FloatArray


def resample(origins: int, units: int, block: int | None, seed: int = 1) -> Resampled:
    """Bootstrap samples of units with replacement, and of blocks of origins that stay together.

    ``block`` is how many origins in a row a block holds; None leaves the origins as they are. A single
    unit is left as it is.
    """
    rng = rng_stream(seed, "resample", origins, units, block or 0)
    times = np.ones((RESAMPLES, origins))
    if block is not None:
        chosen = blocks(origins, min(block, origins), RESAMPLES, rng)
        times = np.stack([np.bincount(row, minlength=origins) for row in chosen]).astype(np.float64)
    each = np.ones((RESAMPLES, units))
    if units > 1:
        each = rng.multinomial(units, np.full(units, 1 / units), RESAMPLES).astype(np.float64)
    return Resampled(times, each)


def ratio(ours: FloatArray, base: FloatArray, samples: Resampled) -> Estimate:
    """The mean of one score over that of another, (O, U) each."""

    def compute(times: FloatArray, each: FloatArray) -> FloatArray:
        return np.asarray(_total(ours, times, each) / np.maximum(_total(base, times, each), 1e-300))

    return _estimate(compute, samples)


def geometric(ours: FloatArray, base: FloatArray, samples: Resampled) -> Estimate:
    """The geometric mean over units of the ratio of their mean scores, (O, U) each.

    Units of which one of the two scores 0 throughout have no ratio and are left out.
    """
    kept = (ours.sum(axis=0) > 0) & (base.sum(axis=0) > 0)

    def compute(times: FloatArray, each: FloatArray) -> FloatArray:
        above, below = times @ ours[:, kept], times @ base[:, kept]
        known = (above > 0) & (below > 0)
        logs = np.log(np.where(known, above, 1.0) / np.where(known, below, 1.0))
        weight = each[:, kept] * known
        return np.asarray(np.exp((logs * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-300)))

    return _estimate(compute, samples)


def share(held: BoolArray, counted: BoolArray, samples: Resampled) -> tuple[Estimate, float | None]:
    """The share of the cells counted, (O, U), in which something held, and the effective number of cells.

    The effective number is that of independent cells that would leave the share as uncertain:

        n = p (1 - p) / var(p over bootstrap samples)

    None where the share is the same in every sample.
    """
    yes, all_ = (held & counted).astype(np.float64), counted.astype(np.float64)

    def compute(times: FloatArray, each: FloatArray) -> FloatArray:
        return np.asarray(_total(yes, times, each) / np.maximum(_total(all_, times, each), 1e-300))

    value, low, high = _estimate(compute, samples)
    variance = float(compute(samples.origins, samples.units).var())
    return (value, low, high), value * (1 - value) / variance if variance > 0 else None


def _total(cells: FloatArray, times: FloatArray, each: FloatArray) -> FloatArray:
    return np.asarray(((times @ cells) * each).sum(axis=1))


def _estimate(compute: Callable[[FloatArray, FloatArray], FloatArray], samples: Resampled) -> Estimate:
    once = np.ones((1, samples.origins.shape[1])), np.ones((1, samples.units.shape[1]))
    low, high = np.quantile(compute(samples.origins, samples.units), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(compute(*once)[0]), float(low), float(high)

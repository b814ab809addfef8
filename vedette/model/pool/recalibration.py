"""Recalibration with a symmetric beta distribution of the PIT."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import betaincinv

from vedette.model.history import FloatArray, IntArray

DOUBT = 60.0
EVEN_VARIANCE = 1.0 / 12.0


@dataclass(frozen=True)
class BetaMap:
    """A symmetric beta distribution of the ranks of the truth among past draws; ``shape`` 1 if uniform.

    Below 1 the draws were too narrow, above 1 too wide. Beta-transformed linear pool (Ranjan and Gneiting
    2010, Journal of the Royal Statistical Society B 72) without a shift of the middle.
    """

    shape: float = 1.0


def ranks(draws: IntArray, truth: IntArray) -> FloatArray:
    """Share of each member's draws below the truth, and below or at it: (K, S, H, U) to (2, K, H, U)."""
    return np.stack([(draws < truth).mean(axis=1), (draws <= truth).mean(axis=1)])


def fit_beta_map(rank: FloatArray, weight: FloatArray) -> BetaMap:
    """Fits the beta map of past ranks (2, N) to their variance around a half, with 60 uniform origins added.

        variance = 1 / (8 shape + 4)

    A rank that ties leave open lies anywhere between the two given, with equal chance. ``weight`` (N,) sums
    to the number of origins behind the ranks.

    >>> fit_beta_map(np.array([[0.0, 0.95], [0.05, 1.0]]), np.array([500.0, 500.0])).shape < 1
    True
    >>> fit_beta_map(np.array([[0.0], [1.0]]), np.array([500.0])).shape
    1.0
    """
    total = weight.sum() + DOUBT
    variance = (weight @ _mean_square(*(rank - 0.5)) + DOUBT * EVEN_VARIANCE) / total
    return BetaMap(float(0.125 / variance - 0.5))


def _mean_square(low: FloatArray, high: FloatArray) -> FloatArray:
    """Mean square of a number evenly spread from ``low`` to ``high``."""
    return np.asarray((low**2 + low * high + high**2) / 3.0)


def recalibrate(ordered: IntArray, bends: tuple[BetaMap, ...]) -> IntArray:
    """Recalibrated draws (..., H, S) from low to high, of draws from low to high.

    Rank u then holds the quantile that the truth took with chance u. Each horizon by itself and in order, so
    that draws that went together stay together. Nothing is drawn that no draw held.
    """
    moved = ordered.copy()
    for horizon, bend in enumerate(bends):
        if bend.shape != 1.0:
            moved[..., horizon, :] = ordered[..., horizon, _places(bend, ordered.shape[-1])]
    return moved


@lru_cache(maxsize=256)
def _places(bend: BetaMap, size: int) -> IntArray:
    """To which rank of ``size`` draws each is moved; the upper half mirrors the lower."""
    lower = (np.arange((size + 1) // 2) + 0.5) / size
    place = (betaincinv(bend.shape, bend.shape, lower) * size).astype(np.int64)
    return np.concatenate([place, size - 1 - place[: size // 2][::-1]])

"""The p value of a rank among overlapping windows."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from vedette.model import IntArray
from vedette.randomness import rng_stream

REPETITIONS, BLOCK = 40_000, 500
"""The number of repetitions of white noise, and of those in memory at once."""


def rank_p_value(larger: int, first: Sequence[int], periods: int) -> float:
    """The p value of the rank of a window among overlapping placebo windows, by simulation.

    The scores of overlapping windows are correlated, so a rank among 199 of them is weaker evidence than a
    rank among 199 separate windows. The null distribution of the rank is simulated: white noise is summed
    over the same windows, and over one more window that overlaps with none; p is the share of repetitions in
    which at most ``larger`` windows have an absolute sum as large as the additional window:

        p = (1 + repetitions with at most ``larger`` such windows) / (1 + repetitions)

    Only ranks are compared, so the variance of the noise does not matter. For windows without overlap
    p = (1 + larger) / (1 + windows) without simulation, which is `vedette.effect.p_value`.

    Args:
        larger: the number of placebo windows with at least the absolute score of the intervention.
        first: the first period of each placebo window, ascending, at least one.
        periods: the length of each window.

    >>> rank_p_value(0, [0, 12, 24, 36], periods=12)
    0.2
    >>> rank_p_value(0, range(37), periods=12) > 1 / 38
    True
    """
    if all(later - earlier >= periods for earlier, later in pairwise(first)):
        return (1 + larger) / (1 + len(first))
    ranks = _ranks(tuple(start - first[0] for start in first), periods)
    return (1 + int(np.sum(ranks <= larger))) / (1 + REPETITIONS)


@lru_cache(maxsize=32)
def _ranks(starts: tuple[int, ...], periods: int) -> IntArray:
    """The number of windows with an absolute sum as large as that of a separate window, by repetition, (R,).

    Cached, since the same windows occur repeatedly.
    """
    rng = rng_stream(0, "windows that overlap", periods, *starts)
    blocks = [_block(np.array(starts), periods, rng) for _ in range(REPETITIONS // BLOCK)]
    return np.concatenate(blocks)


def _block(starts: IntArray, periods: int, rng: np.random.Generator) -> IntArray:
    months = rng.standard_normal((BLOCK, int(starts[-1]) + periods))
    sums = np.pad(months.cumsum(axis=1), ((0, 0), (1, 0)))
    windows = np.abs(sums[:, starts + periods] - sums[:, starts])
    apart = np.sqrt(periods) * np.abs(rng.standard_normal((BLOCK, 1)))
    return np.asarray((windows >= apart).sum(axis=1))

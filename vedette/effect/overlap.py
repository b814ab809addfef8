"""The p value of a rank among overlapping windows."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from vedette.model import IntArray
from vedette.randomness import rng_stream

REPETITIONS, BLOCK = 40_000, 500
"""Repetitions of white noise, and how many are in memory at once."""


def rank_p_value(larger: int, first: Sequence[int], periods: int) -> float:
    """The probability that a separate window ranks as high among overlapping ones by chance.

    Windows that share months are far off together, or not at all: a rank among 199 of them is not worth one
    among 199 windows apart. So it is read against ranks of which the truth is known. Months of white noise
    are summed over the same windows, and over one more that shares no month with them; p is the share of
    repetitions in which as few of the windows, or fewer, lie as far from nothing as the one more:

        p = (1 + repetitions with at most ``larger`` windows as far off) / (1 + repetitions)

    Only ranks are compared, so the size of the noise does not matter. Windows that share nothing need no
    noise: there p = (1 + larger) / (1 + windows), which is `vedette.effect.p_value`.

    Args:
        larger: how many windows lie at least as far off as the one in question.
        first: the first period of each window, ascending, at least one.
        periods: how long each is.

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
    """In each repetition, how many windows lie at least as far from nothing as one that is apart, (R,).

    Remembered, since the same windows are asked about again.
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

"""The p value of a rank among overlapping windows."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from vedette.effect.profiles import Patterns
from vedette.model import FloatArray
from vedette.randomness import rng_stream

REPETITIONS, BLOCK, APART = 750, 250, 10_000
"""The number of repetitions of white noise, of those in memory at once, and of windows apart from them."""


def rank_p_value(larger: int, first: Sequence[int], patterns: Patterns) -> float:
    """The p value of the rank of a window among overlapping placebo windows, by simulation.

    The scores of overlapping windows are correlated, so a rank among 199 of them is weaker evidence than a
    rank among 199 separate windows. The null distribution of the rank is simulated: the same windows are
    scored on white noise, the best shape chosen in each; p is the probability that in such a repetition at
    most ``larger`` of them score at least as much as one more window, which overlaps with none:

        p = mean over repetitions of P(score of a window apart > the (larger + 1)-th largest score)

    For windows without overlap p = (1 + larger) / (1 + windows) without simulation, which is
    `vedette.effect.p_value`.

    Args:
        larger: the number of placebo windows that score at least as much as the intervention.
        first: the first period of each placebo window, ascending, at least one.
        patterns: the profiles by which the window of the intervention is scored.

    >>> patterns = Patterns.of(np.eye(12))
    >>> rank_p_value(0, [0, 12, 24, 36], patterns)
    0.2
    >>> rank_p_value(0, range(37), patterns) > 1 / 38
    True
    """
    periods = len(patterns.factor)
    if all(later - earlier >= periods for earlier, later in pairwise(first)):
        return (1 + larger) / (1 + len(first))
    if larger >= len(first):
        return 1.0
    starts = tuple(start - first[0] for start in first)
    return float(_by_rank(starts, periods, patterns.factor.tobytes())[larger])


@lru_cache(maxsize=32)
def _by_rank(starts: tuple[int, ...], periods: int, factor: bytes) -> FloatArray:
    """The p value of each rank, (windows,).

    Cached, since the same windows occur repeatedly.
    """
    patterns = Patterns(np.frombuffer(factor).reshape(periods, periods))
    rng = rng_stream(0, "windows that overlap", periods, *starts)
    apart = np.sort(_scores(patterns, rng.standard_normal((APART, periods))))
    blocks = [_block(starts, patterns, rng) for _ in range(REPETITIONS // BLOCK)]
    largest_first = np.sort(np.concatenate(blocks), axis=1)[:, ::-1]
    beaten = np.searchsorted(apart, largest_first, side="right")
    return np.asarray((1 + APART - beaten).mean(axis=0) / (1 + APART))


def _block(starts: Sequence[int], patterns: Patterns, rng: np.random.Generator) -> FloatArray:
    """The scores of the windows on white noise, (BLOCK, windows)."""
    periods = len(patterns.factor)
    noise = rng.standard_normal((BLOCK, starts[-1] + periods))
    windows = np.lib.stride_tricks.sliding_window_view(noise, periods, axis=1)
    return _scores(patterns, windows[:, list(starts)])


def _scores(patterns: Patterns, noise: FloatArray) -> FloatArray:
    """How far weighted totals lie from 0, of windows of noise (..., H)."""
    best = patterns.best(noise)
    return np.asarray(np.abs((noise * patterns.totals[best]).sum(axis=-1)))

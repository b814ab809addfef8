"""What a rank among windows is worth when they share months: even where nothing was done."""

import numpy as np
import pytest

from vedette.effect import Patterns, p_value, rank_p_value
from vedette.model import FloatArray, IntArray
from vedette.randomness import rng_stream

PERIODS, WORLDS = 12, 1500
EVERY_MONTH = np.arange(80)
HOLES = np.concatenate([np.arange(50), np.arange(67, 110), [130, 135]])
WHITE = Patterns.of(np.eye(PERIODS))
WANDERING = Patterns.of(np.minimum.outer(np.arange(PERIODS), np.arange(PERIODS)) + 1.0)
"""The level moves like a random walk, so that months far ahead are far off together."""


def larger(starts: IntArray, noise: FloatArray, patterns: Patterns) -> IntArray:
    """In each world of monthly noise (W, T), the windows that score at least as much as the last one."""
    windows = np.stack(
        [noise[:, start : start + PERIODS] for start in [*starts, noise.shape[1] - PERIODS]], 1
    )
    best = patterns.best(windows)
    scores = np.abs(np.einsum("wsh,wsh->ws", windows, patterns.totals[best]))
    return np.asarray((scores[:, :-1] >= scores[:, -1:]).sum(axis=1))


@pytest.mark.parametrize("starts", [EVERY_MONTH, HOLES], ids=["every month", "with holes"])
@pytest.mark.parametrize("tail", ["thin", "fat"])
@pytest.mark.parametrize("patterns", [WHITE, WANDERING], ids=["white", "wandering"])
def test_without_an_effect_p_is_even(starts: IntArray, tail: str, patterns: Patterns) -> None:
    rng, months = rng_stream(1, "overlap", tail), (WORLDS, int(starts[-1]) + 2 * PERIODS)
    noise = rng.standard_normal(months) if tail == "thin" else rng.standard_t(5, months) * np.sqrt(3 / 5)
    ranks = larger(starts, noise, patterns)
    for rank in (1, 4, 12, 40):
        p = rank_p_value(rank, starts.tolist(), patterns)
        assert np.mean(ranks <= rank) == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / WORLDS))


def test_the_plain_rank_is_too_small_too_often() -> None:
    noise = rng_stream(1, "plain").standard_normal((WORLDS, 80 + 2 * PERIODS))
    plain = (1 + larger(EVERY_MONTH, noise, WHITE)) / (1 + len(EVERY_MONTH))
    assert np.mean(plain <= 0.0125) > 0.02


@pytest.mark.parametrize("first", [[0, 12, 24, 36], [5, 40, 41 + 12], [7]])
def test_windows_apart_need_no_allowance(first: list[int]) -> None:
    for rank in range(len(first) + 1):
        scores = [2.0] * rank + [0.0] * (len(first) - rank)
        assert rank_p_value(rank, first, WHITE) == p_value(1.0, scores)


def test_p_grows_with_the_rank_to_one() -> None:
    p = [rank_p_value(rank, range(40), WHITE) for rank in range(41)]
    assert p == sorted(p)
    assert p[0] > 1 / 41
    assert p[-1] == 1.0


def test_when_the_windows_lie_does_not_matter() -> None:
    assert rank_p_value(2, range(40), WHITE) == rank_p_value(2, range(24161, 24201), WHITE)

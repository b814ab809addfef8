"""What a rank among windows is worth when they share months: even where nothing was done."""

import numpy as np
import pytest

from vedette.effect import p_value, rank_p_value
from vedette.model import FloatArray, IntArray
from vedette.randomness import rng_stream

PERIODS, WORLDS = 12, 2000
EVERY_MONTH = np.arange(100)
HOLES = np.concatenate([np.arange(60), np.arange(77, 130), [150, 155]])


def larger(starts: IntArray, noise: FloatArray) -> IntArray:
    """In each world of monthly noise (W, T), the windows at least as far from nothing as the last one."""
    sums = np.pad(noise.cumsum(axis=1), ((0, 0), (1, 0)))
    windows = np.abs(sums[:, starts + PERIODS] - sums[:, starts])
    return np.asarray((windows >= np.abs(noise[:, -PERIODS:].sum(axis=1))[:, None]).sum(axis=1))


@pytest.mark.parametrize("starts", [EVERY_MONTH, HOLES], ids=["every month", "with holes"])
@pytest.mark.parametrize("tail", ["thin", "fat"])
def test_without_an_effect_p_is_even(starts: IntArray, tail: str) -> None:
    rng, months = rng_stream(1, "overlap", tail), (WORLDS, int(starts[-1]) + 2 * PERIODS)
    noise = rng.standard_normal(months) if tail == "thin" else rng.standard_t(3, months)
    ranks = larger(starts, noise)
    worth = {int(rank): rank_p_value(int(rank), starts.tolist(), PERIODS) for rank in np.unique(ranks)}
    p = np.array([worth[int(rank)] for rank in ranks])
    plain = (1 + ranks) / (1 + len(starts))
    assert 0.03 <= np.mean(p <= 0.05) <= 0.07
    assert np.mean(p <= 0.1) == pytest.approx(0.1, abs=0.025)
    assert np.mean(p <= 0.5) == pytest.approx(0.5, abs=0.05)
    assert np.mean(plain <= 0.01) > 0.02


@pytest.mark.parametrize("first", [[0, 12, 24, 36], [5, 40, 41 + 12], [7]])
def test_windows_apart_need_no_allowance(first: list[int]) -> None:
    for rank in range(len(first) + 1):
        scores = [2.0] * rank + [0.0] * (len(first) - rank)
        assert rank_p_value(rank, first, PERIODS) == p_value(1.0, scores)


def test_p_grows_with_the_rank_to_one() -> None:
    p = [rank_p_value(rank, range(40), PERIODS) for rank in range(41)]
    assert p == sorted(p)
    assert p[0] > 1 / 41
    assert p[-1] == 1.0


def test_when_the_windows_lie_does_not_matter() -> None:
    assert rank_p_value(2, range(40), PERIODS) == rank_p_value(2, range(24161, 24201), PERIODS)

"""The EWMA negative binomial against a slow plain version, and against known truth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from vedette.model import EwmaNegBin, FloatArray, History, IntArray, forecast
from vedette.model.ewma import SIZES, best_sizes, levels
from vedette.periods import Step


def plain_levels(counts: IntArray, alpha: float) -> list[float]:
    level = counts[:3].mean()
    found = []
    for count in counts:
        level = (1 - alpha) * level + alpha * count
        found.append(float(level))
    return found


def plain_size(counts: IntArray, means: FloatArray, horizon: int) -> float:
    """One term at a time: every count of the last 60 periods against what was expected h before."""
    fits = []
    for size in SIZES:
        fit = -0.5 * np.log(size) ** 2
        for period in range(max(horizon, len(counts) - 60), len(counts)):
            for unit in range(counts.shape[1]):
                mean = means[period - horizon, unit]
                fit += nbinom.logpmf(counts[period, unit], size, size / (size + mean))
        fits.append(fit)
    return float(SIZES[int(np.argmax(fits))])


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), periods=st.integers(1, 75), units=st.integers(1, 3))
def test_levels_and_sizes_equal_the_slow_plain_version(seed: int, periods: int, units: int) -> None:
    counts = np.random.default_rng(seed).negative_binomial(0.7, 0.1, (periods, units))
    means = levels(counts[None], 0.3)[0]
    assert means == pytest.approx(np.array([plain_levels(column, 0.3) for column in counts.T]).T)
    sizes = best_sizes(counts, means + 0.05, 3)
    assert sizes == pytest.approx([plain_size(counts, means + 0.05, h) for h in (1, 2, 3)])


def test_known_size_and_mean_are_recovered() -> None:
    size, mean = SIZES[14], 8.0
    counts = np.random.default_rng(3).negative_binomial(size, size / (size + mean), (96, 200))
    sizes = best_sizes(counts, np.full(counts.shape, mean), 12)
    assert sizes == pytest.approx([size] * 12)


def test_draws_have_the_mean_of_the_last_level() -> None:
    past = History.of(np.full((96, 2), [20, 0]), ["a", "b"], 0, Step.MONTH)
    draws = forecast(EwmaNegBin(), past, 95, 2, 20_000, seed=1).draws
    assert draws[..., 0].mean() == pytest.approx(20.05, rel=0.02)
    assert draws[..., 1].mean() == pytest.approx(0.05, rel=0.1)


def test_each_panel_draw_has_its_own_level() -> None:
    values = np.repeat([[[2]], [[200]]], 40, axis=1)
    draws = forecast(EwmaNegBin(), History.of(values, ["a"], 0, Step.MONTH), 39, 1, 4000, seed=1).draws
    assert draws[::2].mean() == pytest.approx(2.05, rel=0.1)
    assert draws[1::2].mean() == pytest.approx(200.05, rel=0.1)


@pytest.mark.parametrize("periods", [1, 2, 40, 300])
def test_any_length_and_far_horizons_give_counts(periods: int) -> None:
    past = History.of(np.zeros((periods, 3), int), ["a", "b", "c"], 0, Step.MONTH)
    draws = forecast(EwmaNegBin(), past, periods - 1, 48, 5, seed=1).draws
    assert draws.shape == (5, 48, 3)
    assert draws.min() >= 0


def test_without_any_error_to_learn_from_the_penalty_decides() -> None:
    assert abs(np.log(best_sizes(np.array([[3]]), np.array([[3.0]]), 1)[0])) == np.abs(np.log(SIZES)).min()

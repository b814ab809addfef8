"""Scores of single cells against their definitions, written out the slow way."""

import numpy as np
import pytest
import scoringrules as sr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.signal import resample as fourier

from vedette.errors import DataError, UsageError
from vedette.model import FloatArray, IntArray
from vedette.score import (
    covered,
    crps,
    crps_fair,
    crps_tail,
    ignorance,
    interval,
    log_zero,
    pit,
)
from vedette.score.rules import fair_crps, plain_from_fair

counts = st.integers(0, 2000)
cells = st.tuples(st.integers(2, 30), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(
        arrays(np.int64, shape, elements=counts), arrays(np.int64, shape[1], elements=counts)
    )
)


def double_sum(draws: IntArray, truth: IntArray, pairs: int) -> FloatArray:
    """CRPS by its definition, with ``pairs`` in the place of S^2 or S(S - 1)."""
    spread = np.abs(draws[:, None] - draws[None]).sum(axis=(0, 1)) / (2 * pairs)
    return np.asarray(np.abs(draws - truth).mean(axis=0) - spread)


@given(cells)
def test_crps_is_its_double_sum(case: tuple[IntArray, IntArray]) -> None:
    draws, truth = case
    size = len(draws)
    assert crps(draws, truth) == pytest.approx(double_sum(draws, truth, size**2), abs=1e-8)
    assert crps_fair(draws, truth) == pytest.approx(double_sum(draws, truth, size * (size - 1)), abs=1e-8)
    assert crps(draws, truth) == pytest.approx(
        sr.crps_ensemble(truth, draws, m_axis=0, estimator="nrg"), abs=1e-8
    )
    assert crps_fair(draws, truth) == pytest.approx(
        sr.crps_ensemble(truth, draws, m_axis=0, estimator="fair"), abs=1e-8
    )


@given(cells)
def test_the_plain_form_follows_from_the_fair_one(case: tuple[IntArray, IntArray]) -> None:
    draws, truth = case
    x, y = np.sort(draws.T, axis=-1).astype(float), truth.astype(float)
    assert plain_from_fair(x, y, fair_crps(x, y)) == pytest.approx(crps(draws, truth), abs=1e-8)


@given(cells, counts)
def test_tail_crps_is_the_crps_of_what_rises_above(case: tuple[IntArray, IntArray], threshold: int) -> None:
    draws, truth = (np.maximum(part, threshold) for part in case)
    pairs = len(draws) * (len(draws) - 1)
    assert crps_tail(*case, threshold) == pytest.approx(double_sum(draws, truth, pairs), abs=1e-8)


def test_fair_crps_does_not_depend_on_the_number_of_draws() -> None:
    """Its mean over all pairs of draws is its value for all draws (a U-statistic)."""
    draws = np.array([0, 0, 3, 7, 40])
    pairs = [crps_fair([[draws[i]], [draws[j]]], [5]) for i in range(5) for j in range(5) if i != j]
    assert np.mean(pairs) == pytest.approx(crps_fair(draws[:, None], [5])[0])


@pytest.mark.parametrize(
    ("truth", "class_of"),
    [
        *[
            (0, [0, 0]),
            (1, [1, 2]),
            (5, [3, 5]),
            (6, [6, 10]),
            (25, [11, 25]),
            (50, [26, 50]),
            (51, [51, 100]),
        ],
        *[(250, [101, 250]), (500, [251, 500]), (1000, [501, 1000]), (1001, [1001, 90_000])],
    ],
)
def test_ignorance_counts_draws_in_the_class_of_the_truth(truth: int, class_of: list[int]) -> None:
    low, high = class_of
    draws = np.array([low, high, high + 1, max(low - 1, 0) if low else high + 1])
    same = 3 if low > 1000 else 2
    assert ignorance(draws[:, None], [truth])[0] == pytest.approx(-np.log2((same + 1) / (4 + 11)))


def test_ignorance_of_a_sure_and_right_forecast_is_its_floor() -> None:
    assert ignorance(np.zeros((1000, 1)), [0])[0] == pytest.approx(np.log2(1011 / 1001))
    assert ignorance(np.zeros((12, 1)), [0])[0] == pytest.approx(np.log2(23 / 13))
    assert ignorance(np.zeros((12, 1)), [0], resample=1000)[0] == pytest.approx(np.log2(1011 / 1001))


def test_resampling_is_that_of_the_challenge_and_leaves_the_right_number_alone() -> None:
    draws, truth = np.random.default_rng(1).negative_binomial(0.3, 0.02, (12, 30)), np.arange(30)
    thousand = np.maximum(fourier(draws, 1000, axis=0), 0)
    assert ignorance(draws, truth, resample=1000) == pytest.approx(ignorance(thousand, truth))
    assert ignorance(draws, truth, resample=12) == pytest.approx(ignorance(draws, truth))


@given(cells, st.floats(0.05, 0.99))
def test_interval_score_is_width_and_penalty(case: tuple[IntArray, IntArray], level: float) -> None:
    draws, truth = case
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0)
    miss = np.where(truth < low, low - truth, np.where(truth > high, truth - high, 0))
    assert interval(draws, truth, level) == pytest.approx(
        high - low + 2 / (1 - level) * miss, rel=1e-6, abs=1e-6
    )


def test_an_interval_that_ends_on_a_draw_holds_it() -> None:
    draws = np.arange(1001)[:, None]
    assert [covered(draws, [end], [0.9]).item() for end in (49, 50, 950, 951)] == [False, True, True, False]


def test_log_zero_by_hand() -> None:
    draws = np.array([[0, 0], [0, 0], [4, 4]])
    assert log_zero(draws, [0, 7]) == pytest.approx([-np.log(3 / 5), -np.log(2 / 5)])


@pytest.mark.parametrize("size", [2, 9, 100])
def test_pit_is_uniform_where_truth_is_one_more_draw(size: int) -> None:
    rng = np.random.default_rng(5)
    draws, truth = rng.poisson(0.8, (size, 40_000)), rng.poisson(0.8, 40_000)
    shares = np.histogram(pit(draws, truth, rng), bins=10, range=(0, 1))[0] / 40_000
    assert shares == pytest.approx([0.1] * 10, abs=0.006)


def test_pit_of_forecasts_too_low_heaps_at_one() -> None:
    assert pit(np.zeros((99, 50)), np.full(50, 3), np.random.default_rng(1)).min() >= 0.99


@pytest.mark.parametrize(
    ("draws", "truth", "message"),
    [
        (np.zeros((5, 3)), np.zeros(4), r"found \(5, 3\) and \(4,\)"),
        (3, 3, r"found \(\) and \(\)"),
        (np.zeros((1, 3)), np.zeros(3), "at least 2 draws; found 1"),
        (np.full((4, 1), np.nan), [1], "found NaN or infinity"),
        (np.ones((4, 1)), [np.inf], "found NaN or infinity"),
    ],
)
def test_draws_and_truth_that_do_not_fit_are_refused(draws: object, truth: object, message: str) -> None:
    for score in (crps, crps_fair, log_zero, ignorance, interval):
        with pytest.raises(DataError, match=message):
            score(np.asarray(draws), np.asarray(truth))


def test_numbers_out_of_range_are_refused() -> None:
    draws, truth = np.zeros((4, 1)), [0]
    with pytest.raises(UsageError, match="level: expected numbers between 0 and 1"):
        interval(draws, truth, level=90)
    with pytest.raises(UsageError, match="levels: expected numbers between 0 and 1"):
        covered(draws, truth, levels=[])
    with pytest.raises(UsageError, match="resample: expected at least 1; found 0"):
        ignorance(draws, truth, resample=0)
    with pytest.raises(UsageError, match="counts of at least 0; found a negative one"):
        ignorance(draws - 1, truth)

"""Baselines of sums against values computed by hand, and against known truth."""

import numpy as np
import pytest
from scipy.stats import nbinom

from vedette.errors import DataError, UsageError
from vedette.model import (
    EwmaSum,
    History,
    PastSums,
    RatioSums,
    SumBaseline,
    forecast_sum,
    running_sums,
    sum_baselines,
)
from vedette.model.arrangement import unit_order
from vedette.model.ewma import SIZES
from vedette.periods import Step
from vedette.randomness import rng_stream

FIRST = 24161


def history(columns: list[list[int]]) -> History:
    return History.of(np.array(columns).T, [f"u{n}" for n in range(len(columns))], FIRST, Step.MONTH)


def drawn(baseline: SumBaseline, past: History, periods: int, draws: int = 3000) -> list[set[int]]:
    """The different values drawn for each unit."""
    found = forecast_sum(baseline, past, past.span.last, periods, draws, seed=1)
    return [set(column.tolist()) for column in found.T]


def test_past_sums_are_those_of_the_windows_that_ended_lately() -> None:
    past = history([[100, 1, 2, 4, 8]])
    assert drawn(PastSums(2), past, 2) == [{6, 12}]
    assert drawn(PastSums(3), past, 2) == [{3, 6, 12}]
    assert drawn(PastSums(99), past, 2) == [{101, 3, 6, 12}]


def test_one_draw_takes_the_same_window_for_all_units() -> None:
    past = history([[1, 2, 3, 4, 5], [10, 20, 30, 40, 50]])
    found = forecast_sum(PastSums(12), past, past.span.last, 2, 500, seed=1)
    assert (found[:, 1] == 10 * found[:, 0]).all()


def test_ratios_are_those_of_all_units_whose_former_sum_is_of_the_same_class() -> None:
    # sums of one period; pairs from 25 up: 100 to 50, 50 to 100; 40 to 80, 80 to 40; below: none
    past = history([[100, 50, 100], [40, 80, 40]])
    assert drawn(RatioSums(), past, 1) == [{50, 200}, {20, 80}]


def test_silent_units_take_what_followed_silence_elsewhere_and_few_deaths_are_a_class_apart() -> None:
    past = history([[0, 0, 0], [0, 7, 14], [25, 50, 25]])
    silent, few, many = drawn(RatioSums(), past, 1)
    assert silent == {0, 7}
    assert few == {28}
    assert many == {50, 12, 13}


def test_ratios_without_a_pair_repeat_the_last_sum() -> None:
    assert drawn(RatioSums(), history([[3, 4]]), 2) == [{7}]


def test_the_ewma_of_a_sum_equals_the_slow_plain_version() -> None:
    counts, n = np.random.default_rng(5).negative_binomial(0.8, 0.1, (90, 2)), 6
    past = History.of(counts, ["a", "b"], FIRST, Step.MONTH)
    level, means = counts[:3].mean(axis=0), []
    for row in counts:
        level = 0.7 * level + 0.3 * row
        means.append(n * (level + 0.5))
    fits = [
        sum(
            nbinom.logpmf(counts[t - n + 1 : t + 1].sum(axis=0), size, size / (size + means[t - n])).sum()
            for t in range(30, 90)
        )
        - 0.5 * np.log(size) ** 2
        for size in SIZES
    ]
    size = SIZES[int(np.argmax(fits))]
    rng = rng_stream(1, "ewma-sum", "events", past.span.last, n)
    order = unit_order(past)
    wanted = rng.negative_binomial(size, size / (size + means[-1][order]), (40, 2))
    found = forecast_sum(EwmaSum(offset=0.5), past, past.span.last, n, 40, 1)
    assert found[:, order].tolist() == wanted.tolist()


def test_a_history_shorter_than_the_sum_counts_in_proportion() -> None:
    past = history([[2, 4]])
    assert drawn(PastSums(12), past, 12) == [{36}]
    assert drawn(RatioSums(), past, 12) == [{36}]
    assert min(drawn(EwmaSum(), past, 12)[0]) >= 0


@pytest.mark.parametrize("baseline", sum_baselines(), ids=lambda each: each.name)
@pytest.mark.parametrize("counts", [[0] * 30, [5], [0] * 29 + [120_000]], ids=["zeros", "one month", "spike"])
def test_odd_histories_give_whole_numbers_of_at_least_0(baseline: SumBaseline, counts: list[int]) -> None:
    past = history([counts])
    found = forecast_sum(baseline, past, past.span.last, 12, 200, seed=1)
    assert found.shape == (200, 1)
    assert found.dtype == np.int64
    assert found.min() >= 0


@pytest.mark.parametrize("baseline", sum_baselines(), ids=lambda each: each.name)
def test_a_later_month_changed_moves_nothing(baseline: SumBaseline) -> None:
    counts = np.random.default_rng(1).poisson(20, (40, 3))
    planted = counts.copy()
    planted[30:] = 9999
    told = [
        forecast_sum(
            baseline, History.of(table, ["a", "b", "c"], FIRST, Step.MONTH), FIRST + 29, 12, 100, 1
        ).tolist()
        for table in (counts, planted)
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("baseline", sum_baselines(), ids=lambda each: each.name)
def test_the_order_of_units_and_their_names_move_no_draw(baseline: SumBaseline) -> None:
    counts = np.random.default_rng(1).poisson([3, 30, 300], (40, 3))
    one = History.of(counts, ["a", "b", "c"], FIRST, Step.MONTH)
    other = History.of(counts[:, ::-1], ["z", "y", "x"], FIRST, Step.MONTH)
    told = forecast_sum(baseline, one, FIRST + 39, 12, 50, 1)
    assert told.tolist() == forecast_sum(baseline, other, FIRST + 39, 12, 50, 1)[:, ::-1].tolist()


def test_running_sums_equal_the_slow_way() -> None:
    counts = np.random.default_rng(2).poisson(5, (20, 2))
    slow = [counts[row : row + 7].sum(axis=0).tolist() for row in range(14)]
    assert running_sums(counts, 7).tolist() == slow


def test_wrong_numbers_are_refused() -> None:
    past = history([[1, 2, 3]])
    with pytest.raises(UsageError, match="expected at least 1 period and 2 draws; found 0 and 9"):
        forecast_sum(PastSums(), past, past.span.last, 0, 9, seed=1)
    with pytest.raises(DataError, match="expected an origin from"):
        forecast_sum(PastSums(), past, past.span.last + 1, 12, 9, seed=1)

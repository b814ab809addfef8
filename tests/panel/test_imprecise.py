import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.panel.imprecise import parts_by_draw, pattern, periods_by_draw, single_events
from vedette.periods import Step


def test_the_pattern_looks_back_a_year_and_not_ahead() -> None:
    precise = np.zeros((30, 2, 1), dtype=np.int64)
    precise[5, 0] = 10
    weights = pattern(precise, Step.MONTH)
    assert weights[4, 0, 0] == weights[4, 1, 0]
    assert weights[5, 0, 0] > 10
    assert weights[16, 0, 0] > 10
    assert weights[17, 0, 0] == weights[17, 1, 0]
    assert (weights > 0).all()


def test_periods_follow_the_weights_of_their_stratum_within_the_window() -> None:
    weights = np.ones((4, 2))
    weights[2, 1] = 6.0
    chance = np.random.default_rng(3).random((3, 8000))
    windows, strata = np.array([[1, 2], [1, 2], [3, 3]]), np.array([1, 0, 1])
    drawn = periods_by_draw(weights, windows, strata, chance)
    assert [set(row.tolist()) for row in drawn] == [{1, 2}, {1, 2}, {3}]
    assert (drawn[0] == 2).mean() == pytest.approx(6 / 7, abs=0.02)
    assert (drawn[1] == 2).mean() == pytest.approx(1 / 2, abs=0.02)


def test_parts_follow_the_weights_of_the_period_among_the_candidates() -> None:
    weights = np.ones((4, 3, 2))
    weights[2, 1, 1] = 6.0
    chance = np.random.default_rng(3).random((4, 8000))
    periods = np.array([[1], [2], [2], [2]]).repeat(8000, axis=1)
    candidates = [(0, 1), (0, 1), (0, 1, 2), (2,)]
    drawn = parts_by_draw(weights, periods, candidates, np.array([1, 1, 0, 1]), chance)
    assert [set(row.tolist()) for row in drawn] == [{0, 1}, {0, 1}, {0, 1, 2}, {2}]
    shares = [(row == 1).mean() for row in drawn[:3]]
    assert shares == pytest.approx([1 / 2, 6 / 7, 1 / 3], abs=0.02)


@given(seed=st.integers(0, 999), parts=st.integers(1, 4))
def test_placing_by_draw_agrees_with_a_plain_loop(seed: int, parts: int) -> None:
    rng = np.random.default_rng(seed)
    weights = rng.random((5, parts, 2)) + 0.01
    first = rng.integers(0, 5, 6)
    windows = np.stack([first, np.minimum(first + rng.integers(0, 3, 6), 4)], axis=1)
    strata, chance = rng.integers(0, 2, 6), rng.random((2, 6, 7))
    candidates = [tuple(sorted(rng.permutation(parts)[: rng.integers(1, parts + 1)])) for _ in range(6)]
    periods = periods_by_draw(weights.sum(axis=1), windows, strata, chance[0])
    drawn = parts_by_draw(weights, periods, candidates, strata, chance[1])
    for event, draw in np.ndindex(6, 7):
        begin, end = windows[event]
        line = np.cumsum(weights.sum(axis=1)[begin : end + 1, strata[event]])
        assert periods[event, draw] == begin + int((line <= chance[0, event, draw] * line[-1]).sum())
        possible = list(candidates[event])
        line = np.cumsum(weights[periods[event, draw], possible, strata[event]])
        assert drawn[event, draw] == possible[int((line <= chance[1, event, draw] * line[-1]).sum())]


def test_a_cell_of_several_events_comes_apart_into_nearly_equal_ones() -> None:
    cell = pl.DataFrame({"events": [3], "low": [4], "best": [10], "high": [11], "dyad": ["a"]})
    apart = single_events(cell)
    assert apart["events"].to_list() == [1, 1, 1]
    assert apart["best"].to_list() == [4, 3, 3]
    assert apart.select("low", "high").sum().row(0) == (4, 11)
    assert apart["dyad"].to_list() == ["a", "a", "a"]

import numpy as np
import polars as pl

from vedette.panel.imprecise import pattern, place_by_draw, single_events
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


def test_draws_follow_the_weights_within_window_and_candidates() -> None:
    weights = np.ones((4, 3, 2))
    weights[2, 1, 1] = 6.0
    placed = place_by_draw(
        weights, np.array([[1, 2]]), [np.array([0, 1])], np.array([1]), 8000, np.random.default_rng(3)
    )
    period, part, stratum = np.unravel_index(placed[0], weights.shape)
    assert set(period.tolist()) == {1, 2}
    assert set(part.tolist()) == {0, 1}
    assert set(stratum.tolist()) == {1}
    assert abs(((period == 2) & (part == 1)).mean() - 6 / 9) < 0.02


def test_a_cell_of_several_events_comes_apart_into_nearly_equal_ones() -> None:
    cell = pl.DataFrame({"events": [3], "low": [4], "best": [10], "high": [11], "dyad": ["a"]})
    apart = single_events(cell)
    assert apart["events"].to_list() == [1, 1, 1]
    assert apart["best"].to_list() == [4, 3, 3]
    assert apart.select("low", "high").sum().row(0) == (4, 11)
    assert apart["dyad"].to_list() == ["a", "a", "a"]

"""Windows that several interventions share are judged once, and never taken for one another."""

from dataclasses import dataclass, field
from unittest import mock

import numpy as np
import pytest
from polars.testing import assert_frame_equal

from vedette.effect import judging
from vedette.model import Conflictology, History, IntArray, Model, forecast
from vedette.periods import Step

FIRST, ORIGIN, PERIODS = 1000, 1080, 3


def history(planted: dict[int, int] | None = None) -> History:
    values = np.random.default_rng(3).poisson(6.0, (96, 2))
    for period, count in (planted or {}).items():
        values[period - FIRST, 0] = count
    return History.of(values, ["a", "b"], FIRST, Step.MONTH, measure="deaths")


@dataclass
class Counting:
    """A model whose content cannot be read off, since it holds what it was asked."""

    name: str = "counting"
    asked: list[int] = field(default_factory=list)

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        self.asked.append(history.span.last)
        return Conflictology(12).simulate(history, horizons, draws, rng)


def judged(past: History, columns: tuple[int, ...] = (0, 1)) -> judging.WindowScores:
    return judging.judge(past, Conflictology(12), ORIGIN, PERIODS, columns, 40, 1)


def row(past: History, model: Model | None = None, seed: int = 1) -> dict[str, object]:
    found = judging.judge(past, model or Conflictology(12), ORIGIN, PERIODS, (0, 1), 40, seed)
    return found.table.row(0, named=True)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    judging._kept.cache_clear()


def test_a_window_is_forecast_once_whatever_comes_after_it() -> None:
    with mock.patch.object(judging, "forecast", wraps=forecast) as made:
        known = judged(history())
        later = judging.judge(
            history({ORIGIN + PERIODS + 1: 900}), Conflictology(12), ORIGIN, PERIODS, (0, 1), 40, 1
        )
        assert made.call_count == 1
    assert_frame_equal(known.table, later.table)
    judging._kept.cache_clear()
    assert_frame_equal(known.table, judged(history()).table)


def test_a_window_of_the_same_past_in_which_something_else_came_is_another() -> None:
    usual, planted = row(history()), row(history({ORIGIN + PERIODS: 900}))
    assert usual["simulated"] == planted["simulated"]
    assert (usual["outside"], planted["outside"]) == (False, True)


def test_another_past_model_or_seed_is_another() -> None:
    usual = row(history())
    assert row(history({ORIGIN: 900}))["score"] != usual["score"]
    assert row(history(), Conflictology(24))["score"] != usual["score"]
    assert row(history(), seed=2)["score"] != usual["score"]


def test_a_model_whose_content_cannot_be_read_off_is_asked_each_time() -> None:
    model = Counting()
    assert row(history(), model) == row(history(), model)
    assert model.asked == [ORIGIN, ORIGIN]


def test_the_score_is_of_the_first_unit_whichever_it_is() -> None:
    both = judged(history(), (1, 0))
    assert both.table["unit"].to_list() == ["b", "a"]
    assert both.table["score"][0] == both.deviation.score
    assert both.table.row(1) == judging.judge(
        history(), Conflictology(12), ORIGIN, PERIODS, (0,), 40, 1
    ).table.row(0)

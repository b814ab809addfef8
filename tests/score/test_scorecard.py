"""What a scorecard adds up to, by hand."""

import polars as pl
import pytest

from vedette.errors import UsageError
from vedette.score import Scorecard, Terms
from vedette.score.scorecard import SCORES

TERMS = Terms(
    draws=100, seed=1, mis_level=0.9, levels=(0.5, 0.9), tail=10.0, resample=None, active_periods=12
)


def card(crps: dict[str, list[float]], truth: tuple[int, ...] = (0, 4, 20, 11)) -> Scorecard:
    """Two origins of two horizons for each model; all scores are the CRPS given."""
    rows = []
    for model, values in crps.items():
        for number, value in enumerate(values):
            rows.append(
                {
                    "model": model,
                    "unit": "a",
                    "origin": 1000 + number // 2,
                    "horizon": 1 + number % 2,
                    "period": 1001 + number // 2 + number % 2,
                    "truth": truth[number],
                    "active": number >= 2,
                    **dict.fromkeys(SCORES, value),
                    "pit": number / 4,
                    "inside_50": number == 0,
                    "inside_90": number != 3,
                }
            )
    return Scorecard(pl.DataFrame(rows), "deaths", TERMS)


TWO = card({"mine": [1.0, 2.0, 3.0, 4.0], "base": [2.0, 2.0, 2.0, 8.0]})


def test_means_by_model_and_by_axes() -> None:
    assert TWO.means().select("model", "cells", "crps").rows() == [("mine", 4, 2.5), ("base", 4, 3.5)]
    by_horizon = TWO.means("model", "horizon").select("model", "horizon", "mis").rows()
    assert by_horizon == [("mine", 1, 2.0), ("mine", 2, 3.0), ("base", 1, 2.0), ("base", 2, 5.0)]


def test_skill_against_a_baseline() -> None:
    assert TWO.skill("base", score="crps").rows() == [
        ("mine", 2.5, pytest.approx(1 - 2.5 / 3.5)),
        ("base", 3.5, 0.0),
    ]
    by_horizon = TWO.skill("base", "horizon").select("model", "horizon", "skill").rows()
    assert by_horizon == [
        ("mine", 1, 0.0),
        ("mine", 2, pytest.approx(0.4)),
        ("base", 1, 0.0),
        ("base", 2, 0.0),
    ]


def test_skill_against_a_perfect_baseline_is_not_a_number_that_misleads() -> None:
    perfect = card({"mine": [1.0] * 4, "base": [0.0] * 4})
    assert perfect.skill("base")["skill"].to_list() == [None, None]


def test_active_and_tail_keep_their_cells() -> None:
    assert TWO.active().means()["crps"].to_list() == [3.5, 5.0]
    assert TWO.tail().table["truth"].to_list() == [20, 11, 20, 11]


def test_coverage_stands_beside_its_level() -> None:
    assert TWO.coverage().filter(model="mine").rows() == [("mine", 0.5, 0.25, 4), ("mine", 0.9, 0.75, 4)]
    last = TWO.coverage("horizon").filter(horizon=2, level=0.9)
    assert last.row(0) == (2, 0.9, 0.5, 4)


def test_pit_histogram_has_every_bin_and_adds_up() -> None:
    found = TWO.pit_histogram(5)
    assert found.filter(model="mine").rows() == [
        ("mine", 0.0, 0.2, 0.25),
        ("mine", 0.2, 0.4, 0.25),
        ("mine", 0.4, 0.6, 0.25),
        ("mine", 0.6, 0.8, 0.25),
        ("mine", 0.8, 1.0, 0.0),
    ]


def test_names_that_are_not_there_are_refused() -> None:
    with pytest.raises(UsageError, match="'best' was not scored: choose one of mine, base"):
        TWO.skill("best")
    with pytest.raises(UsageError, match="place: no axis of a scorecard; choose from model, unit"):
        TWO.means("place")
    with pytest.raises(UsageError, match="'rmse' is no score: choose one of crps"):
        TWO.skill("base", score="rmse")
    with pytest.raises(UsageError, match="bins: expected at least 1; found 0"):
        TWO.pit_histogram(0)

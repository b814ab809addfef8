"""Many units are simulated in blocks: what they share, what each has of its own, and one answer."""

import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from vedette.model import By, History, Pool, blocks, forecast, forecast_blocks, methods
from vedette.model.level import Level, LevelMarks
from vedette.periods import Step

UNITS, MONTHS = 14, 40
DIVISIBLE = ("pool", "level", "level-marks", "fading-3", "conflictology-12", "bootstrap-240", "ewma-negbin")


@pytest.fixture
def history() -> History:
    rng = np.random.default_rng(5)
    events = rng.negative_binomial(0.5, np.linspace(0.05, 0.6, UNITS), (MONTHS, UNITS))
    names = [f"cell {number}" for number in rng.permutation(UNITS)]
    return History.of(
        events * rng.integers(1, 5, events.shape), names, 24000, Step.MONTH, measure="deaths", events=events
    )


@pytest.mark.parametrize("name", DIVISIBLE)
def test_blocks_are_the_forecast_in_parts(
    name: str, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "UNITS", 4)
    model = methods(By.PLACE, Step.MONTH)[name]
    whole = forecast(model, history, 24039, 3, 30, seed=1)
    parts = list(forecast_blocks(model, history, 24039, 3, 30, seed=1))
    assert [len(part.units) for part in parts] == [4, 4, 4, 2]
    assert sorted(unit for part in parts for unit in part.units) == sorted(history.units)
    for part in parts:
        order = [whole.units.index(unit) for unit in part.units]
        assert part.draws.tobytes() == np.ascontiguousarray(whole.draws[:, :, order]).tobytes()


@pytest.mark.parametrize("name", ["fading-3", "conflictology-12", "bootstrap-240"])
def test_the_past_as_a_sample_is_the_same_with_and_without_blocks(
    name: str, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = methods(By.PLACE, Step.MONTH)[name]
    whole = forecast(model, history, 24039, 3, 30, seed=1).draws
    monkeypatch.setattr(blocks, "UNITS", 4)
    assert forecast(model, history, 24039, 3, 30, seed=1).draws.tobytes() == whole.tobytes()


def test_a_block_carries_all_that_it_needs(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "UNITS", 4)

    def elsewhere(work: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
        done = [work(pickle.loads(pickle.dumps(item))) for item in reversed(items)]
        return done[::-1]

    here, there = (
        [part.draws.tobytes() for part in forecast_blocks(Pool(), history, 24039, 3, 30, 1, mapper)]
        for mapper in (map, elsewhere)
    )
    assert here == there


def twins() -> History:
    """Eight units that were alike in size, so that what they share is seen in their draws."""
    cells = np.random.default_rng(2).poisson(50.0, (MONTHS, 8))
    return History.of(cells, list("abcdefgh"), 24000, Step.MONTH, measure="deaths")


@pytest.mark.parametrize("size", [2, 8])
def test_units_of_different_blocks_share_their_shocks(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "UNITS", size)
    logs = np.log1p(forecast(Level(shared=0.6), twins(), 24039, 6, 3000, seed=1).draws[:, -1])
    away = np.corrcoef(logs.T)[np.triu_indices(8, 1)]
    assert 0.08 < away.mean() < 0.6
    assert away.max() - away.min() < 0.15
    alone = np.log1p(forecast(Level(shared=0.0), twins(), 24039, 6, 3000, seed=1).draws[:, -1])
    assert abs(np.corrcoef(alone.T)[np.triu_indices(8, 1)]).max() < 0.1


def test_the_pool_learns_once_from_all_units(history: History) -> None:
    parts = [np.arange(7), np.arange(7, 14)]
    pools = Pool().divided(history, 3, parts)
    assert pools is not None
    expected = Pool().learn(history, 3)
    for pool in pools:
        assert isinstance(pool, Pool) and pool.learned is not None
        assert pool.learned.weights.tobytes() == expected.weights.tobytes()


def test_severity_is_that_of_all_units(history: History) -> None:
    some = np.array([3, 5])
    [part] = LevelMarks().divided(history, 3, [some]) or []
    assert part.severity is not None
    [whole] = LevelMarks().divided(history, 3, [np.arange(UNITS)]) or []
    assert whole.severity is not None
    assert part.severity.mean.tolist() == whole.severity.mean[some].tolist()


def test_a_model_of_neighbours_is_not_divided(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "UNITS", 4)
    touching = replace(history, neighbours=1.0 - np.eye(UNITS))
    model = methods(By.PLACE, Step.MONTH)["endemic-epidemic"]
    [whole] = forecast_blocks(model, touching, 24039, 1, 10, seed=1)
    assert sorted(whole.units) == sorted(history.units)

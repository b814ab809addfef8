"""The forecast and the key of its chance."""

import numpy as np
import pytest

from vedette.errors import DataError, UsageError
from vedette.model import Conflictology, Forecast, History, IntArray, LastPoisson, forecast
from vedette.periods import Step
from vedette.randomness import rng_stream


@pytest.fixture
def small() -> Forecast:
    draws = np.arange(12).reshape(2, 3, 2)
    return Forecast(draws, 1000, Step.MONTH, (1, 2, 3), ("a", "b"), "events", "counting", 1)


def test_table_is_long_and_in_order(small: Forecast) -> None:
    table = small.to_table()
    assert table.columns == ["period", "unit", "draw", "outcome"]
    assert table.rows()[:5] == [
        (1001, "a", 0, 0),
        (1001, "a", 1, 6),
        (1001, "b", 0, 1),
        (1001, "b", 1, 7),
        (1002, "a", 0, 2),
    ]
    assert len(table) == 12


def test_summaries(small: Forecast) -> None:
    assert small.mean().tolist() == [[3, 4], [5, 6], [7, 8]]
    assert small.quantiles([0.0, 0.5])[:, 0].tolist() == [[0, 1], [3, 4]]
    assert small.probability(at_least=6).tolist() == [[0.5, 0.5]] * 3
    assert small.total("all").draws.tolist() == [[[1], [5], [9]], [[13], [17], [21]]]


def test_ahead_keeps_the_horizons_asked_for(small: Forecast) -> None:
    later = small.ahead(2, 3)
    assert later.periods == (1002, 1003)
    assert later.draws.tolist() == small.draws[:, 1:].tolist()
    with pytest.raises(UsageError, match="horizons 3 to 4: expected horizons from 1 to 3"):
        small.ahead(3, 4)


def test_same_seed_gives_the_same_bytes_whatever_else_ran() -> None:
    past = History.of(np.arange(30)[:, None], ["a"], 1000, Step.MONTH)
    alone = forecast(Conflictology(6), past, 1020, 3, 100, seed=7).draws.tobytes()
    forecast(LastPoisson(), past, 1020, 3, 100, seed=7)
    forecast(Conflictology(6), past, 1019, 3, 100, seed=7)
    assert forecast(Conflictology(6), past, 1020, 3, 100, seed=7).draws.tobytes() == alone
    assert forecast(Conflictology(6), past, 1020, 3, 100, seed=8).draws.tobytes() != alone


def first(*names: str | int) -> int:
    return int(rng_stream(20, *names).bit_generator.random_raw())


def test_names_do_not_run_into_each_other() -> None:
    assert len({first("a", "bc"), first("ab", "c"), first("a", 1), first("a", "1")}) == 4


def test_an_enumerated_word_counts_by_what_it_says() -> None:
    assert first(Step.MONTH, 5) == first("month", 5)


def test_keys_are_the_same_on_every_machine() -> None:
    assert first("zero", "deaths", 24249) == 1120094570187579831


def test_too_little_to_forecast_is_refused() -> None:
    past = History.of([[1], [2]], ["a"], 1000, Step.MONTH)
    with pytest.raises(UsageError, match="at least 1 period and 2 draws; found 0 and 2"):
        forecast(Conflictology(1), past, 1001, 0, 2, seed=1)


class Broken:
    name = "broken"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return np.zeros((draws, horizons, 9), dtype=np.int64)


def test_a_model_that_gives_the_wrong_shape_is_named() -> None:
    with pytest.raises(DataError, match=r"broken: gave draws of shape \(2, 1, 9\)"):
        forecast(Broken(), History.of([[1]], ["a"], 1000, Step.MONTH), 1000, 1, 2, seed=1)

"""Scores of forecasts from files: the numbers of the formulas, and cells that do not match."""

import numpy as np
import polars as pl
import pytest

from vedette.errors import DataError, UsageError
from vedette.model import Conflictology, Forecast, History, Last, Zero, forecast
from vedette.periods import Step
from vedette.score import backtest, crps, crps_fair, ignorance, interval, score_forecasts, unit_bands

MONTHS, UNITS = 40, ("A", "B", "C")
ORIGIN = 24161 + 29


@pytest.fixture
def history() -> History:
    counts = np.random.default_rng(3).negative_binomial(0.5, 0.05, (MONTHS, len(UNITS)))
    return History.of(counts, UNITS, 24161, Step.MONTH)


def made(history: History, draws: int = 60) -> Forecast:
    return forecast(Conflictology(12), history, ORIGIN, 6, draws, seed=1)


def truth(history: History) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return history.truth[30:36]


def test_the_scores_are_those_of_the_formulas(history: History) -> None:
    one, came = made(history), truth(history)
    [row] = score_forecasts([one], history).means("model").to_dicts()
    assert row["crps"] == pytest.approx(crps(one.draws, came).mean())
    assert row["crps_fair"] == pytest.approx(crps_fair(one.draws, came).mean())
    assert row["ign"] == pytest.approx(ignorance(one.draws, came, resample=1000).mean())
    assert row["mis"] == pytest.approx(interval(one.draws, came, 0.9).mean())


def test_a_forecast_from_a_file_scores_as_in_the_backtest(history: History) -> None:
    rolling = backtest(history, [Conflictology(12)], [ORIGIN], 6, draws=60, resample=1000)
    whole = score_forecasts([made(history)], history)
    assert whole.table.equals(rolling.table)
    assert whole.seed_noise().equals(rolling.seed_noise())


def test_units_may_stand_in_another_order(history: History) -> None:
    one, order = made(history), [2, 0, 1]
    turned = History.of(history.values[0][:, order], [UNITS[at] for at in order], 24161, Step.MONTH)
    assert score_forecasts([one], turned).table.equals(score_forecasts([one], history).table)


def test_two_forecasts_are_compared_cell_by_cell(history: History) -> None:
    last = forecast(Last(), history, ORIGIN, 6, 60, seed=1)
    swapped = Forecast(
        last.draws[:, :, ::-1], ORIGIN - 1, Step.MONTH, tuple(range(2, 8)), UNITS[::-1], "x", "last", 1
    )
    card = score_forecasts([made(history)], history, [swapped])
    direct = score_forecasts([made(history)], history, [last])
    assert card.models == ("conflictology-12", "last")
    assert card.means("model").equals(direct.means("model"))


def test_a_forecast_against_itself_gets_another_name_and_no_skill(history: History) -> None:
    card = score_forecasts([made(history)], history, [made(history)])
    assert card.models == ("conflictology-12", "conflictology-12 (against)")
    assert unit_bands(card, baseline=card.models[1])["skill"].to_list() == [0.0, None]


def test_nobody_is_called_active_where_the_past_is_not_at_hand(history: History) -> None:
    later = History.of(history.values[0][30:], UNITS, 24161 + 30, Step.MONTH)
    card = score_forecasts([made(history)], later)
    assert card.table["active"].is_null().all()
    assert card.active().table.is_empty()
    assert score_forecasts([made(history)], history).table["active"].any()


def test_cells_that_do_not_match_are_told(history: History) -> None:
    one = made(history)
    short = History.of(history.values[0][:33], UNITS, 24161, Step.MONTH)
    with pytest.raises(DataError, match="2016-03: expected a count for every period forecast"):
        score_forecasts([one], short)
    fewer = History.of(history.values[0][:, :2], UNITS[:2], 24161, Step.MONTH)
    with pytest.raises(DataError, match="the actuals, column C: expected every unit that is forecast"):
        score_forecasts([one], fewer)
    more = History.of(np.ones((40, 4), int), (*UNITS, "D"), 24161, Step.MONTH)
    with pytest.raises(DataError, match="forecast, column D: expected every unit of the actuals"):
        score_forecasts([one], more)
    weeks = History.of(np.ones((40, 3), int), UNITS, 24161, Step.WEEK)
    with pytest.raises(DataError, match="the forecast counts months, the actuals weeks"):
        score_forecasts([one], weeks)
    with pytest.raises(DataError, match="two forecasts of the same periods"):
        score_forecasts([one], history, [one.ahead(2, 6)])
    with pytest.raises(UsageError, match="at least one forecast"):
        score_forecasts([], history)


def test_unit_bands_against_a_plain_bootstrap(history: History) -> None:
    other = forecast(Zero(), history, ORIGIN, 6, 60, seed=1)
    card = score_forecasts([made(history)], history, [other])
    found = unit_bands(card, "crps", "zero").row(0, named=True)
    each = np.stack(
        [
            card.table.filter(pl.col("model") == name)
            .group_by("unit", maintain_order=True)
            .agg("crps")["crps"]
            .list.mean()
            .to_numpy()
            for name in card.models
        ]
    )
    rng = np.random.default_rng(11)
    plain = np.array([each[:, rng.integers(0, 3, 3)].mean(axis=1) for _ in range(4000)])
    assert found["crps"] == pytest.approx(each[0].mean())
    assert [found["low"], found["high"]] == pytest.approx(np.quantile(plain[:, 0], [0.05, 0.95]), rel=0.1)
    assert found["skill"] == pytest.approx(1 - each[0].mean() / each[1].mean())
    assert found["skill_low"] <= found["skill"] <= found["skill_high"]


def test_one_unit_has_no_band() -> None:
    history = History.of([[1], [2], [3]], ["A"], 24161, Step.MONTH)
    card = score_forecasts([forecast(Last(), history, 24162, 1, 10, seed=1)], history)
    assert unit_bands(card).select("low", "high", "skill").row(0) == (None, None, None)

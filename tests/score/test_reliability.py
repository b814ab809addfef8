"""Reliability: calibrated forecasts lie on the diagonal, narrow ones below; bins and bands by hand."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from vedette.errors import UsageError
from vedette.model import Conflictology, FloatArray, History, IntArray, Last
from vedette.periods import Step
from vedette.randomness import rng_stream
from vedette.score import Scorecard, backtest, bands, event_reliability, interval_reliability
from vedette.score.reliability import LEVELS
from vedette.score.resample import blocks, mean_bands

FIRST = 1000


class Truthful:
    """Draws from the distribution that made the history."""

    name = "truthful"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return rng.negative_binomial(0.5, 0.05, (draws, horizons, len(history.units)))


class Narrow:
    """Draws from a distribution of the same mean that is too sure."""

    name = "narrow"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return rng.poisson(9.5, (draws, horizons, len(history.units)))


@pytest.fixture(scope="module")
def card() -> Scorecard:
    values = np.random.default_rng(5).negative_binomial(0.5, 0.05, (130, 12))
    past = History.of(values, [f"u{unit}" for unit in range(12)], FIRST, Step.MONTH, measure="deaths")
    return backtest(past, [Truthful(), Narrow()], range(1020, 1120), 3, draws=1000, thresholds=[1, 25])


def test_calibrated_intervals_hold_what_they_say(card: Scorecard) -> None:
    found = interval_reliability(card).filter(model="truthful")
    assert found["nominal"].to_list() == list(LEVELS)
    assert found["observed"].to_numpy() == pytest.approx(found["nominal"].to_numpy(), abs=0.03)
    narrow = interval_reliability(card, levels=[0.5, 0.9]).filter(model="narrow")
    assert (narrow["observed"] < narrow["nominal"] - 0.2).all()
    assert (narrow["high"] < narrow["nominal"]).all()


def test_intervals_share_ties_out_where_covered_does_not() -> None:
    quiet = History.of(np.zeros((60, 20), int), [f"u{n}" for n in range(20)], FIRST, Step.MONTH)
    card = backtest(quiet, [Last()], range(1020, 1050), 2, draws=50)
    assert card.coverage("model").filter(level=0.5)["share"].to_list() == [1.0]
    assert interval_reliability(card, levels=[0.5])["observed"][0] == pytest.approx(0.5, abs=0.05)


def test_chances_of_events_lie_on_the_diagonal(card: Scorecard) -> None:
    found = event_reliability(card).filter(pl.col("cells") > 500)
    own = found.filter(model="truthful")
    assert own.height >= 2
    assert own["observed"].to_numpy() == pytest.approx(own["forecast"].to_numpy(), abs=0.03)
    assert ((own["low"] <= own["observed"]) & (own["observed"] <= own["high"])).all()
    sure = found.filter(model="narrow", threshold=1)
    assert (sure["observed"] < sure["forecast"] - 0.1).all()


def test_bins_of_events_equal_a_loop_over_cells(card: Scorecard) -> None:
    found = event_reliability(card, bins=4).filter(model="truthful", threshold=25)
    rows = card.table.filter(model="truthful").select("at_least_25", "truth").rows()
    for number, cells, forecast, observed in found.select("bin", "cells", "forecast", "observed").rows():
        own = [(said, came) for said, came in rows if min(3, int(said * 4)) == number]
        assert cells == len(own)
        assert forecast == pytest.approx(np.mean([said for said, _ in own]))
        assert observed == pytest.approx(np.mean([came >= 25 for _, came in own]))
    assert found["cells"].to_numpy().sum() == len(rows)


def test_share_of_draws_is_kept_for_each_threshold(card: Scorecard) -> None:
    past = History.of([[3], [9], [4], [0], [2]], ["a"], FIRST, Step.MONTH)
    kept = backtest(past, [Conflictology(3)], [1002], 2, draws=400, seed=2, thresholds=[1, 4, 9, 10]).table
    drawn = Conflictology(3).simulate(
        past.until(1002), 2, 400, rng_stream(2, "conflictology-3", "events", 1002)
    )
    for count in (1, 4, 9, 10):
        assert kept[f"at_least_{count}"].to_list() == (drawn >= count).mean(axis=(0, 2)).tolist()


def plain_bands(
    sums: FloatArray, cells: FloatArray, length: int, rng: np.random.Generator
) -> tuple[list[float], list[float]]:
    """The band of each mean, one resample and one mean at a time."""
    means = []
    for chosen in blocks(len(sums), length, 2000, rng):
        total, number = np.zeros(sums.shape[1]), np.zeros(sums.shape[1])
        for origin in chosen:
            total, number = total + sums[origin], number + cells[origin]
        means.append(total / number)
    low, high = np.quantile(means, [0.05, 0.95], axis=0)
    return low.tolist(), high.tolist()


def test_bands_equal_a_plain_loop() -> None:
    rng = np.random.default_rng(6)
    sums, cells = rng.random((30, 4)), rng.integers(1, 9, (30, 4)).astype(float)
    fast = mean_bands(sums, cells, 5, 0.9, np.random.default_rng(7))
    for mine, other in zip(fast, plain_bands(sums, cells, 5, np.random.default_rng(7)), strict=True):
        assert mine == pytest.approx(other)


def test_bands_go_with_the_means_of_the_card(card: Scorecard) -> None:
    found = bands(card, "crps_fair", "horizon")
    means = card.means("model", "horizon")
    assert (
        found.select("model", "horizon", "cells").rows() == means.select("model", "horizon", "cells").rows()
    )
    assert found["crps_fair"].to_numpy() == pytest.approx(means["crps_fair"].to_numpy())
    assert ((found["low"] < found["crps_fair"]) & (found["crps_fair"] < found["high"])).all()


def test_too_few_origins_give_no_band_and_no_error(card: Scorecard) -> None:
    few = replace(card, table=card.table.filter(pl.col("origin") < 1024))
    for found in (bands(few, "mis", "unit"), interval_reliability(few), event_reliability(few)):
        assert found["low"].is_null().all()
        assert found["high"].is_null().all()


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda card: interval_reliability(card, levels=[90]), "levels: expected numbers between 0 and 1"),
        (lambda card: event_reliability(card, bins=0), "bins: expected at least 1; found 0"),
        (lambda card: bands(card, "luck"), "'luck' is no score"),
        (lambda card: bands(card, "crps", "planet"), "planet: no axis of a scorecard"),
        (lambda card: bands(card, "crps", block=-1), "block: expected at least 1; found -1"),
    ],
)
def test_what_makes_no_sense_is_refused(card: Scorecard, ask: object, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        ask(card)  # type: ignore[operator]

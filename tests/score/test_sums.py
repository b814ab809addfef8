"""Scores of sums: what is scored, from which draws, and what is left out."""

import numpy as np
import polars as pl
import pytest

from vedette.errors import DataError, UsageError
from vedette.model import Conflictology, History, Last, PastSums, forecast, forecast_sum, sum_baselines
from vedette.periods import Step
from vedette.score import backtest_sums, covered, crps_fair, score_sums

FIRST = 24161


def history(periods: int = 60, units: int = 2, seed: int = 1) -> History:
    counts = np.random.default_rng(seed).negative_binomial(1.0, 0.1, (periods, units))
    return History.of(counts, [f"u{n}" for n in range(units)], FIRST, Step.MONTH)


def test_scores_of_a_sum_are_those_of_its_draws() -> None:
    draws = np.random.default_rng(1).poisson(9, (200, 4))
    truth = np.array([3, 9, 20, 0])
    found = score_sums(draws, truth)
    assert found.crps.tolist() == crps_fair(draws, truth).tolist()
    assert found.inside.tolist() == covered(draws, truth, [0.9])[0].tolist()
    assert found.low == pytest.approx(np.quantile(draws, 0.05, axis=0))
    assert found.high == pytest.approx(np.quantile(draws, 0.95, axis=0))


def test_the_sum_of_a_model_is_that_of_its_paths() -> None:
    past, origin = history(), FIRST + 40
    found = backtest_sums(past, [Conflictology(6)], [], [origin], [3, 6], draws=50, seed=4)
    paths = forecast(Conflictology(6), past, origin, 6, 50, 4).draws
    for length in (3, 6):
        truth = past.truth[41 : 41 + length].sum(axis=0)
        rows = found.filter(periods=length)
        assert rows["truth"].to_list() == truth.tolist()
        assert rows["crps_fair"].to_list() == crps_fair(paths[:, :length].sum(axis=1), truth).tolist()


def test_the_sum_of_a_baseline_is_what_it_draws() -> None:
    past, origin = history(), FIRST + 40
    found = backtest_sums(past, [], [PastSums(12)], [origin], [12], draws=50, seed=4)
    draws = forecast_sum(PastSums(12), past, origin, 12, 50, 4)
    assert found["crps_fair"].to_list() == crps_fair(draws, past.truth[41:53].sum(axis=0)).tolist()


def test_only_sums_that_are_observed_whole_are_scored() -> None:
    counts = history(40).truth
    seen = np.ones(40, bool)
    seen[30] = False
    past = History.of(counts, ["u0", "u1"], FIRST, Step.MONTH, observed=seen)
    origins = range(FIRST + 20, FIRST + 40)
    found = backtest_sums(past, [Last()], [], origins, [6], draws=10)
    assert sorted(set(found["origin"].to_list())) == [FIRST + 20 + n for n in (0, 1, 2, 3, 10, 11, 12, 13)]


def test_independent_months_make_yearly_intervals_too_narrow_and_past_sums_do_not() -> None:
    """A world whose level moves from year to year: what the scores are for."""
    rng = np.random.default_rng(7)
    level = 40 * np.exp(rng.normal(0, 1, (40, 60)))
    past = History.of(
        rng.poisson(np.repeat(level, 12, axis=0)), [f"u{n}" for n in range(60)], FIRST, Step.MONTH
    )
    origins = [FIRST + 12 * year - 1 for year in (30, 33, 36, 39)]
    found = backtest_sums(past, [Conflictology(60)], [PastSums(360)], origins, [12], draws=300)
    inside = dict(found.group_by("model").agg(pl.col("inside").mean()).iter_rows())
    assert inside["conflictology-60"] < 0.4
    assert inside["past-sums-360"] > 0.7


def test_what_cannot_be_scored_is_said() -> None:
    past = history(20)
    with pytest.raises(DataError, match="no sum after the origins is observed whole"):
        backtest_sums(past, [Last()], [], [FIRST + 15], [12])
    with pytest.raises(UsageError, match="lengths"):
        backtest_sums(past, [Last()], [], [FIRST + 3], [0])
    with pytest.raises(UsageError, match="level"):
        score_sums([[1], [2]], [1], level=1.0)


def test_progress_counts_forecasts() -> None:
    told: list[tuple[int, int]] = []
    past = history(40)
    backtest_sums(
        past, [Last()], sum_baselines(), [FIRST + 20, FIRST + 21], progress=lambda *n: told.append(n)
    )
    assert told == [(done, 10) for done in range(1, 11)]

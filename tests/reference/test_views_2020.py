"""The VIEWS prediction challenge: our baselines and scores against the published table, digit by digit."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from panels import FIRST_MONTH, JANUARY, views

from vedette.model import History, IntArray, LastPoisson, Model, PastAsSample, PooledBootstrap, Zero, forecast
from vedette.periods import from_views_month
from vedette.score import crps, ignorance, interval

YEARS = (2018, 2019, 2020)
LEVEL, DRAWS = 0.9, 1000

Scores = dict[str, float]


@pytest.fixture(scope="module")
def published(shared: Path) -> dict[tuple[str, int], Scores]:
    """The published scores by benchmark and test year."""
    table = pl.read_csv(shared / "data/views/published_benchmark_scores.csv")
    return {(row["benchmark"], row["window"]): row for row in table.to_dicts()}


@pytest.fixture(scope="module")
def panel(shared: Path) -> History:
    return views(shared)


def draws_of(model: Model, panel: History, year: int, draws: int) -> IntArray:
    """Draws (S, 12, 191) for a calendar year, from what was known in October before it."""
    origin = from_views_month(JANUARY[year] - 3)
    return forecast(model, panel, origin, horizons=14, draws=draws, seed=1).ahead(3, 14).draws


def actuals(panel: History, year: int) -> IntArray:
    first = JANUARY[year] - FIRST_MONTH
    return panel.truth[first : first + 12]


def scores(draws: IntArray, truth: IntArray) -> Scores:
    return {
        "crps": float(crps(draws, truth).mean()),
        "ign": float(ignorance(draws, truth, resample=1000).mean()),
        "mis": float(interval(draws, truth, level=LEVEL).mean()),
    }


def test_conflictology_2020_scores_21_3393(panel: History) -> None:
    draws = draws_of(PastAsSample(12), panel, 2020, draws=12)
    assert round(float(crps(draws, actuals(panel, 2020)).mean()), 4) == 21.3393


@pytest.mark.parametrize(
    ("benchmark", "year"), [("conflictology", 2020), *(("zero", year) for year in YEARS)]
)
def test_published_scores_are_met_to_twelve_digits(
    panel: History, published: dict[tuple[str, int], Scores], benchmark: str, year: int
) -> None:
    model, draws = (Zero(), DRAWS) if benchmark == "zero" else (PastAsSample(12), 12)
    found = scores(draws_of(model, panel, year, draws), actuals(panel, year))
    for score, value in found.items():
        assert value == pytest.approx(published[benchmark, year][score], rel=1e-12), score


@pytest.mark.parametrize(("year", "expected"), [(2018, 13.57), (2019, 9.02)])
def test_conflictology_on_the_other_release_scores_what_that_release_gives(
    panel: History, published: dict[tuple[str, int], Scores], year: int, expected: float
) -> None:
    draws = draws_of(PastAsSample(12), panel, year, draws=12)
    found = scores(draws, actuals(panel, year))
    assert found["crps"] == pytest.approx(expected, abs=0.005)
    assert found["ign"] == pytest.approx(published["conflictology", year]["ign"], rel=0.03)


@pytest.mark.parametrize(
    ("benchmark", "model"), [("last_historical_poisson", LastPoisson()), ("boot_240", PooledBootstrap(240))]
)
def test_random_benchmarks_land_within_chance(
    panel: History, published: dict[tuple[str, int], Scores], benchmark: str, model: Model
) -> None:
    found = scores(draws_of(model, panel, 2020, DRAWS), actuals(panel, 2020))
    for score, value in found.items():
        assert value == pytest.approx(published[benchmark, 2020][score], rel=0.01), score


def test_without_resampling_twelve_draws_cannot_score_below_their_floor(panel: History) -> None:
    draws, truth = draws_of(PastAsSample(12), panel, 2020, draws=12), actuals(panel, 2020)
    bare = ignorance(draws, truth)
    assert bare.min() == pytest.approx(np.log2(23 / 13))
    assert bare.mean() > ignorance(draws, truth, resample=1000).mean() + 0.5

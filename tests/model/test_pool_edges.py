"""Histories that are short, empty, wild or fine-grained: the pool says something sensible about each."""

from pathlib import Path

import numpy as np
import pytest
from support.running import Run

from vedette.errors import DataError
from vedette.model import FloatArray, History, IntArray, Pool, forecast
from vedette.periods import Step
from vedette.randomness import rng_stream

FIRST = {Step.MONTH: 24120, Step.WEEK: 104_000, Step.DAY: 735_000}


def ragged(*shape: int, mean: float = 5.0) -> IntArray:
    return rng_stream(1, "edges", *shape).negative_binomial(0.3, 0.3 / (0.3 + mean), shape)


def burst(periods: int) -> IntArray:
    """Nothing for years, then a million."""
    counts = np.zeros((periods, 2), dtype=np.int64)
    counts[-1, 0] = 10**6
    return counts


def swings(periods: int) -> IntArray:
    """Nothing and a million in turn."""
    return 10**6 * (np.arange(2 * periods).reshape(periods, 2) % 2)


EDGES: dict[str, IntArray] = {
    "one unit": ragged(60, 1),
    "one period": ragged(1, 4),
    "one unit and period, nothing in it": np.zeros((1, 1), dtype=np.int64),
    "two periods": ragged(2, 2),
    "all zeros": np.zeros((60, 3), dtype=np.int64),
    "one event ever": np.eye(60, 3, -20, dtype=np.int64),
    "a million always": np.full((60, 2), 10**6),
    "a million at the end": burst(60),
    "from nothing to a million and back": swings(60),
    "wild and large": ragged(60, 3, mean=50_000.0),
    "panel draws": ragged(12, 60, 2),
    "panel draws that differ by their scale": ragged(3, 40, 2) * np.array([1, 100, 10_000])[:, None, None],
    "more than the 240 periods that are read": ragged(300, 2),
}


def checked(history: History, horizons: int, draws: int) -> IntArray:
    """Draws of the right shape, whole and not below nothing."""
    found = forecast(Pool(), history, history.span.last, horizons, draws, seed=1)
    assert found.draws.shape == (draws, horizons, len(history.units))
    assert found.draws.dtype == np.int64
    assert found.draws.min() >= 0
    assert np.isfinite(found.mean()).all()
    return found.draws


def history(
    values: IntArray,
    step: Step = Step.MONTH,
    events: IntArray | None = None,
    neighbours: FloatArray | None = None,
) -> History:
    units = [f"u{n}" for n in range(values.shape[-1])]
    return History.of(
        values, units, FIRST[step], step, measure="deaths", events=events, neighbours=neighbours
    )


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("name", EDGES)
def test_counts_alone(name: str) -> None:
    checked(history(EDGES[name]), 6, 40)


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("name", EDGES)
def test_deaths_behind_events(name: str) -> None:
    checked(history(EDGES[name], events=(EDGES[name] + 2) // 3), 6, 40)


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("step", list(Step))
def test_every_step(step: Step) -> None:
    checked(history(ragged(90, 2), step, events=(ragged(90, 2) + 2) // 3), 8, 30)


@pytest.mark.parametrize(("horizons", "draws"), [(36, 20), (1, 2), (12, 2), (2, 501)])
def test_any_reach_and_number_of_draws(horizons: int, draws: int) -> None:
    checked(history(ragged(60, 2)), horizons, draws)
    checked(history(ragged(12, 40, 2)), horizons, draws)


def test_places_that_touch_nothing() -> None:
    alone = np.zeros((4, 4))
    checked(history(ragged(60, 4), neighbours=alone), 6, 40)


def test_quiet_stays_quiet_and_a_million_stays_large() -> None:
    assert checked(history(EDGES["all zeros"]), 12, 500).mean() < 0.2
    assert np.median(checked(history(EDGES["a million always"]), 12, 500)) == pytest.approx(1e6, rel=0.3)


def test_deaths_without_the_events_behind_them() -> None:
    """A contradiction in the data is no reason to fail: deaths in cells of no event."""
    checked(history(ragged(60, 2), events=np.zeros((60, 2), dtype=np.int64)), 6, 40)


def test_an_as_of_before_the_data_is_told_to_whoever_asks(run: Run, tmp_path: Path) -> None:
    done = run("forecast", "iraq", "--as-of", "1980-01-01", "--draws", 20, home=tmp_path)
    assert done.returncode == DataError.exit_code
    assert "no month can be counted as of 1980-01-01: the case counts from 1989-01" in done.stderr
    assert "Choose a later --as-of" in done.stderr


def test_an_origin_before_the_panel_is_told_to_whoever_asks(run: Run, tmp_path: Path) -> None:
    panel = tmp_path / "panel.csv"
    panel.write_text("period,unit,count\n2014-01,a,3\n2014-02,a,0\n", encoding="utf-8")
    done = run("counts", "forecast", panel, "--origin", "2013-12", "--draws", 20, home=tmp_path)
    assert done.returncode == DataError.exit_code
    assert "expected an origin from 2014-01 to 2014-02; found 2013-12. Choose one." in done.stderr

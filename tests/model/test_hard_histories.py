"""Hard histories: every model gives counts or says what it lacks; never a crash or a monstrous count."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.errors import DataError
from vedette.model import By, FloatArray, History, IntArray, Kind, forecast, methods
from vedette.periods import Step, parse

FIRST = parse("2012-01", Step.MONTH)
MODELS = tuple(name for name in methods(By.PLACE, Step.MONTH) if not name.endswith("-bayes"))
MONSTROUS = 10**12
"""A million times what any month of any war counted."""


def steady(periods: int, value: int, units: int = 2) -> IntArray:
    return np.full((periods, units), value, dtype=np.int64)


def spiked(every: int) -> IntArray:
    cells = steady(60, 0)
    cells[::every] = 90_000
    return cells


HARD = {
    "one month": steady(1, 7),
    "one silent month": steady(1, 0),
    "two months": np.array([[0, 3], [4, 0]]),
    "all zeros": steady(60, 0),
    "all zeros but the first": np.vstack([steady(1, 500), steady(60, 0)]),
    "all zeros but the last": np.vstack([steady(60, 0), steady(1, 124_427)]),
    "a spike every other month": spiked(2),
    "a spike now and then": spiked(13),
    "ten million a month": steady(40, 10**7),
    "up to ten million": np.vstack([10 ** np.arange(8)] * 2).T.astype(np.int64),
    "down from ten million": np.vstack([10 ** np.arange(8)[::-1]] * 2).T.astype(np.int64),
    "eleven months": steady(11, 3),
    "one unit that never was": np.column_stack([steady(40, 4), steady(40, 0)]),
}


def history(cells: IntArray, step: Step = Step.MONTH, measure: str = "deaths") -> History:
    units = [f"unit {number}" for number in range(cells.shape[-1])]
    first = {Step.MONTH: FIRST, Step.WEEK: 2200, Step.DAY: 734_000}[step]
    return History.of(
        cells,
        units,
        first,
        step,
        measure=measure,
        events=(cells + 2) // 3 if measure == "deaths" else None,
        neighbours=neighbours(len(units)),
        kind=Kind.PLACE,
    )


def neighbours(units: int) -> FloatArray:
    return np.asarray(1.0 - np.eye(units))


def must_be_counts(name: str, past: History) -> None:
    """Forecasts, and holds the draws or what is said in place of them against the promise."""
    model = methods(By.PLACE, past.span.step)[name]
    try:
        ahead = forecast(model, past, past.span.last, 14, 24, seed=1)
    except DataError as error:
        assert name in ("level-marks", "analogues"), str(error)
        assert str(error).startswith(f"{name}: expected ")
        assert "; found " in str(error) and "hoose" in str(error)
        return
    assert ahead.draws.dtype == np.int64
    assert ahead.draws.min() >= 0 and ahead.draws.max() < MONSTROUS, name
    assert np.isfinite(ahead.mean()).all() and np.isfinite(ahead.quantiles([0.05, 0.95])).all()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("cells", HARD.values(), ids=HARD)
@pytest.mark.parametrize("name", MODELS)
def test_hard_histories_are_forecast_or_refused_in_words(name: str, cells: IntArray) -> None:
    must_be_counts(name, history(cells))


@pytest.mark.parametrize("step", [Step.WEEK, Step.DAY])
@pytest.mark.parametrize("name", [name for name in MODELS if "-" not in name or name == "level-marks"])
def test_weeks_and_days_may_be_as_short_and_as_silent(name: str, step: Step) -> None:
    for key in ("one silent month", "all zeros", "all zeros but the last", "a spike now and then"):
        must_be_counts(name, history(HARD[key], step))


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_whatever_the_counts(data: st.DataObject) -> None:
    draws, periods, units = data.draw(st.sampled_from([(1, 1, 2), (2, 13, 2), (1, 30, 2)]))
    some = st.sampled_from([0, 0, 0, 1, 2, 30, 5_000, 10**7])
    size = draws * periods * units
    cells = np.array(data.draw(st.lists(some, min_size=size, max_size=size))).reshape(draws, periods, units)
    measure = data.draw(st.sampled_from(["deaths", "events", "count"]))
    for name in MODELS:
        must_be_counts(name, history(cells, measure=measure))


@pytest.mark.parametrize("wrong", [-1, 0.5, np.nan, np.inf])
def test_no_model_is_given_what_is_no_count(wrong: float) -> None:
    cells = steady(5, 1).astype(np.float64)
    cells[2, 1] = wrong
    with pytest.raises(DataError, match=r"unit 1 in 2012-03: expected a whole number of at least 0; found"):
        History.of(cells, ["unit 0", "unit 1"], FIRST, Step.MONTH)


@pytest.mark.parametrize("name", ["pool", "level", "level-marks", "fading-3", "ewma-negbin"])
def test_ten_million_a_month_stays_ten_million(name: str) -> None:
    past = history(HARD["ten million a month"])
    middle = np.median(
        forecast(methods(By.PLACE, Step.MONTH)[name], past, past.span.last, 3, 200, seed=1).draws
    )
    assert 5e6 < middle < 2e7

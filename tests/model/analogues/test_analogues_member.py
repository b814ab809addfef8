"""Analogues as a model: whole paths, nothing of its own country, and where it does not speak."""

from dataclasses import replace

import numpy as np
import pytest

from vedette.errors import DataError
from vedette.model import Analogues, History, IntArray, forecast
from vedette.model.analogues.playing import HIGHEST
from vedette.model.analogues.prior import forest_known
from vedette.model.history import Kind
from vedette.periods import Step, parse
from vedette.randomness import rng_stream

LAST = parse("2016-12", Step.MONTH)


def history(values: IntArray, kind: Kind | None = Kind.COUNTRY, last: int = LAST) -> History:
    cells = values if values.ndim > 1 else values[:, None]
    units = [f"u{number}" for number in range(cells.shape[-1])]
    first = last - cells.shape[-2] + 1
    return History.of(cells, units, first, Step.MONTH, measure="deaths", kind=kind, countries=units)


def war(months: int = 72, units: int = 1, size: int = 20) -> IntArray:
    return rng_stream(1, "war", months, units).poisson(size, (months, units))


def draws_of(past: History, horizons: int = 12, draws: int = 200, model: Analogues | None = None) -> IntArray:
    return forecast(model or Analogues(), past, past.span.last, horizons, draws, seed=1).draws


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("horizons", [1, 12, 14, 39, 75])
def test_draws_have_their_shape_and_go_on(kind: Kind, horizons: int) -> None:
    draws = draws_of(history(war(units=3), kind), horizons)
    assert draws.shape == (200, horizons, 3)
    assert (draws >= 0).all()
    assert draws[:, -1].any()


def test_a_path_is_a_path_of_a_row_times_its_base() -> None:
    past = history(np.zeros(60, dtype=np.int64))
    forest = forest_known(Kind.COUNTRY, LAST)
    assert forest is not None
    paths = {tuple(np.rint(path * 0.6).astype(int)) for path in forest.rows.paths}
    draws = draws_of(past, draws=500)[:, :, 0]
    near = [
        any(np.abs(draw - np.array(path)).max() <= 1 for path in paths) for draw in draws[draws.any(axis=1)]
    ]
    assert all(near)


def test_months_of_a_path_belong_together() -> None:
    draws = np.log1p(draws_of(history(war()), draws=2000)[:, :, 0])
    assert np.corrcoef(draws[:, 10], draws[:, 11])[0, 1] > 0.3


def test_a_short_forecast_is_the_beginning_of_a_long_one() -> None:
    past = history(war())
    assert np.array_equal(draws_of(past, 12), draws_of(past, 30)[:, :12])


def test_its_own_country_is_left_out() -> None:
    past = history(war())
    named = replace(past, countries=("SYR",))
    assert np.array_equal(draws_of(named), draws_of(past, model=Analogues(without=("SYR",))))
    assert not np.array_equal(draws_of(named), draws_of(past))


def test_the_past_decides_and_not_later_months() -> None:
    longer = history(war(84), last=LAST + 12)
    cut = longer.until(LAST)
    one = forecast(Analogues(), longer, LAST, 12, 100, seed=1).draws
    assert np.array_equal(one, forecast(Analogues(), cut, LAST, 12, 100, seed=1).draws)


def test_draws_continue_their_own_panel_draw() -> None:
    values = np.stack([np.zeros((36, 1), dtype=np.int64), np.full((36, 1), 500)])
    draws = draws_of(history(values), 1, draws=400)[:, 0, 0]
    assert np.median(draws[::2]) <= 1
    assert np.median(draws[1::2]) > 100


@pytest.mark.parametrize(
    ("values", "most"),
    [
        (np.zeros(12, dtype=np.int64), 1e5),
        (np.full(12, 10_000_000_000), HIGHEST),
        (np.append(np.zeros(59, dtype=np.int64), 10_000_000_000), HIGHEST),
    ],
    ids=["zeros", "huge", "one huge month"],
)
def test_extremes_have_answers(values: IntArray, most: float) -> None:
    draws = draws_of(history(values), 39)
    assert draws.min() >= 0
    assert draws.max() <= most


@pytest.mark.parametrize(
    ("past", "reason"),
    [
        (history(war(11)), "expected a history of 12 months or more; found 11"),
        (history(war(1)), "expected a history of 12 months or more; found 1"),
        (history(war(), None), "expected units known to be countries or first-level areas; found others"),
        (replace(history(war()), measure="events"), "the only measure with analogues; found events"),
        (
            history(war(), last=parse("2009-06", Step.MONTH)),
            "200 past months of 10 other countries to choose from; found 0 of 0 known by then",
        ),
    ],
)
def test_where_it_does_not_speak_it_says_why(past: History, reason: str) -> None:
    assert reason in Analogues().absent(past)
    with pytest.raises(DataError, match=r"analogues: expected .*\. Choose another model"):
        draws_of(past)


@pytest.mark.parametrize("step", [Step.WEEK, Step.DAY])
def test_weeks_and_days_have_none(step: Step) -> None:
    past = History.of(war(), ["u0"], 3000, step, measure="deaths", kind=Kind.COUNTRY, countries=["IRQ"])
    assert Analogues().absent(past) == (
        f"expected months, the only periods with analogues; found {step.value}s"
    )

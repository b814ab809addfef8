"""Fading memory: by hand, stratified, and with units that add up."""

import numpy as np
import pytest

from vedette.model import Fading, History, IntArray, forecast
from vedette.periods import Step
from vedette.randomness import rng_stream


def history(values: IntArray, step: Step = Step.MONTH) -> History:
    return History.of(values, [f"u{n}" for n in range(values.shape[-1])], 24161, step)


def shares(draws: IntArray, values: int) -> list[float]:
    return [float((draws == value).mean()) for value in range(values)]


def test_three_months_by_hand() -> None:
    past = history(np.array([[0], [1], [2]]))
    draws = forecast(Fading(1.0), past, past.span.last, 2, 4000, seed=1).draws
    for horizon in range(2):
        assert shares(draws[:, horizon], 3) == pytest.approx([1 / 7, 2 / 7, 4 / 7], abs=0.001)


def test_a_half_life_is_in_months_whatever_the_step() -> None:
    past = history(np.arange(60)[:, None], Step.WEEK)
    draws = forecast(Fading(6.0), past, past.span.last, 1, 8000, seed=1).draws
    found = shares(draws, 60)
    assert found[59 - 26] == pytest.approx(found[59] / 2, abs=2e-4)
    assert found[59] > found[58] > found[30] > found[0] > 0


def test_few_draws_are_spread_over_the_past() -> None:
    past = history(np.arange(100)[:, None])
    draws = forecast(Fading(12.0), past, past.span.last, 3, 20, seed=1).draws
    weight = 0.5 ** (np.arange(100)[::-1] / 12.0)
    edges = np.searchsorted(weight.cumsum() / weight.sum(), np.arange(21) / 20)
    for horizon in range(3):
        ordered = np.sort(draws[:, horizon, 0])
        assert ((edges[:-1] <= ordered) & (ordered <= edges[1:])).all()


def test_a_draw_is_a_whole_past_period_of_one_panel_draw() -> None:
    values = rng_stream(1, "fading").poisson(50.0, (3, 40, 4))
    past = history(values)
    draws = forecast(Fading(6.0), past, past.span.last, 5, 30, seed=1).draws
    for number, draw in enumerate(draws):
        rows = {tuple(row) for row in values[number % 3].tolist()}
        assert {tuple(row) for row in draw.tolist()} <= rows


@pytest.mark.parametrize(
    ("stay", "step"), [(1.0, Step.MONTH), (0.9, Step.MONTH), (0.9, Step.WEEK), (0.0, Step.MONTH)]
)
def test_a_draw_keeps_its_past_period_with_the_chance_of_a_month(stay: float, step: Step) -> None:
    past = history(np.arange(100)[:, None], step)
    draws = forecast(Fading(3.0, stay), past, past.span.last, 12, 4000, seed=1).draws[:, :, 0]
    kept = (draws[:, 1:] == draws[:, :-1]).mean()
    again = sum(((draws[:, 0] == count).mean()) ** 2 for count in range(100))
    chance = stay if step is Step.MONTH else stay ** (12 / 52)
    assert kept == pytest.approx(chance + (1 - chance) * again, abs=0.01)


def test_each_horizon_holds_the_same_past_periods() -> None:
    past = history(rng_stream(2, "fading").poisson(9.0, (60, 3)))
    draws = np.sort(forecast(Fading(), past, past.span.last, 12, 500, seed=1).draws, axis=0)
    assert (draws == draws[:, :1]).all()


def test_what_lies_more_than_240_periods_back_is_never_drawn() -> None:
    past = history(np.arange(300)[:, None])
    assert forecast(Fading(1e6), past, past.span.last, 1, 5000, seed=1).draws.min() == 60


def test_one_period_is_drawn_again_and_again() -> None:
    past = history(np.array([[7, 0]]))
    assert (forecast(Fading(), past, past.span.last, 4, 10, seed=1).draws == [7, 0]).all()


def test_the_name_tells_the_half_life() -> None:
    assert [Fading(6.0).name, Fading(2.5).name] == ["fading-6", "fading-2.5"]

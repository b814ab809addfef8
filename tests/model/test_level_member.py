"""The latent level as a model: what it needs, what it learns of panels with draws, what adds up."""

import numpy as np
import pytest

from vedette.errors import DataError
from vedette.model import History, IntArray, Level, LevelMarks, forecast
from vedette.model.level import member
from vedette.periods import Step, parse
from vedette.randomness import rng_stream

FIRST = parse("2005-01", Step.MONTH)


def panel(seed: int, periods: int = 60, units: int = 3) -> IntArray:
    mean = np.array([2.0, 20.0, 200.0])[:units]
    return rng_stream(seed, "panel").negative_binomial(2.0, 2.0 / (2.0 + mean), (periods, units))


def deaths_of(events: IntArray, measure: str = "deaths") -> History:
    names = [f"unit-{number}" for number in range(events.shape[-1])]
    return History.of(4 * events, names, FIRST, Step.MONTH, measure=measure, events=events)


def test_draws_are_near_what_keeps_happening() -> None:
    past = History.of(panel(1), ["a", "b", "c"], FIRST, Step.MONTH)
    draws = forecast(Level(), past, past.span.last, 6, 4000, seed=1).draws
    assert np.median(draws[:, 0], axis=0) == pytest.approx([1.5, 17.0, 170.0], rel=0.5)
    assert draws[:, 5].std(axis=0).tolist() > draws[:, 0].std(axis=0).tolist()


def test_marks_are_deaths_behind_events() -> None:
    events = panel(2)[:, [1, 1]]
    past, behind = deaths_of(events), History.of(events, ["a", "b"], FIRST, Step.MONTH)
    deaths, counted = (
        forecast(model, each, past.span.last, 3, 4000, seed=1).mean()
        for model, each in ((LevelMarks(), past), (Level(), behind))
    )
    assert deaths / counted == pytest.approx(4.2, rel=0.1)


def test_marks_without_events_say_what_to_give() -> None:
    past = History.of(panel(3), ["a", "b", "c"], FIRST, Step.MONTH, measure="deaths")
    with pytest.raises(DataError, match=r"level-marks: .* found deaths alone. Give a column of events"):
        forecast(LevelMarks(), past, past.span.last, 3, 10, seed=1)


def test_marks_without_a_single_event_are_all_zero_or_few() -> None:
    past = deaths_of(np.zeros((40, 2), dtype=np.int64))
    draws = forecast(LevelMarks(), past, past.span.last, 12, 500, seed=1).draws
    assert draws.mean() < 1.0


def test_each_panel_draw_goes_on_from_its_own_past() -> None:
    values = np.stack([panel(4), 50 * panel(4)])
    past = History.of(values, ["a", "b", "c"], FIRST, Step.MONTH)
    draws = forecast(Level(), past, past.span.last, 1, 400, seed=1).draws[:, 0]
    low, high = np.median(draws[::2], axis=0), np.median(draws[1::2], axis=0)
    assert (high > 20 * low).all()


def test_the_first_ten_panel_draws_stand_for_all() -> None:
    values = np.stack([panel(5) + draw for draw in range(10)] + [900 * panel(5)] * 5)
    past = History.of(values, ["a", "b", "c"], FIRST, Step.MONTH)
    alone = History.of(values[:10], ["a", "b", "c"], FIRST, Step.MONTH)
    both = [forecast(Level(), each, past.span.last, 2, 40, seed=1).draws for each in (past, alone)]
    assert (both[0] == both[1]).all()


def test_what_lies_more_than_240_periods_back_is_forgotten() -> None:
    old = panel(6, periods=300)
    other = old.copy()
    other[:60] += 7
    both = [
        forecast(Level(), History.of(each, ["a", "b", "c"], FIRST, Step.MONTH), FIRST + 299, 2, 50, 1).draws
        for each in (old, other)
    ]
    assert (both[0] == both[1]).all()


def test_a_sum_is_wider_when_more_is_shared() -> None:
    past = History.of(np.repeat(panel(7)[:, [2]], 8, axis=1), list("abcdefgh"), FIRST, Step.MONTH)
    spread = [
        forecast(Level(shared=shared), past, past.span.last, 12, 3000, seed=1).total("all").draws[:, 11].std()
        for shared in (0.0, 0.3, 1.0)
    ]
    assert spread[0] < spread[1] < spread[2]


def test_draws_reach_the_order_of_the_units() -> None:
    past = History.of(panel(8), ["a", "b", "c"], FIRST, Step.MONTH)
    turned = History.of(panel(8)[:, ::-1], ["c", "b", "a"], FIRST, Step.MONTH)
    here, there = (
        forecast(Level(), each, past.span.last, 1, 3000, seed=1).mean()[0] for each in (past, turned)
    )
    assert here[::-1] == pytest.approx(there, rel=0.15)


def test_a_past_that_was_filtered_before_gives_the_same_draws() -> None:
    deaths, events = (
        History.of(panel(9), ["a", "b", "c"], FIRST, Step.MONTH, measure=measure)
        for measure in ("deaths", "events")
    )

    def drawn(past: History) -> bytes:
        return forecast(Level(), past, past.span.last, 3, 50, seed=1).draws.tobytes()

    member._kept_filtered.cache_clear()
    first, other, again = drawn(deaths), drawn(events), drawn(deaths)
    assert member._kept_filtered.cache_info()[:2] == (1, 2)
    member._kept_filtered.cache_clear()
    assert first == again == drawn(deaths)
    assert first != other


def test_of_large_pasts_few_are_kept_and_of_the_largest_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(member, "WIDE", 1100)
    monkeypatch.setattr(member, "LARGE", 1300)
    for kept in (member._kept_filtered, member._kept_wide, member._kept_large):
        kept.cache_clear()
    for units in (20, 22):
        names = [f"unit-{number}" for number in range(units)]
        past = History.of(np.arange(60 * units).reshape(60, units), names, FIRST, Step.MONTH)
        for horizons in (1, 2):
            forecast(Level(), past, past.span.last, horizons, 10, seed=1)
    assert member._kept_filtered.cache_info().currsize == member._kept_wide.cache_info().currsize == 0
    assert member._kept_large.cache_info()[:2] == (1, 1)

"""Spikes: chances, draws, and that what follows decides whether a jump was one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model import FloatArray, History, IntArray, Level, LevelMarks, forecast, prior_known
from vedette.model.level.filtering import filter_levels
from vedette.model.level.futures import futures, kinds
from vedette.model.level.prior import LevelPrior
from vedette.model.level.spikes import Spike
from vedette.periods import Span, Step, parse
from vedette.randomness import rng_stream

EVERYWHERE = Spike(1.0, 5.0, 1.5)
PERIODS, PLANTED, FOLD = 64, 60, 20


def prior(known: str, measure: str = "deaths") -> LevelPrior:
    last = parse(known, Step.MONTH)
    return prior_known(measure, Span(last - 9, last, Step.MONTH))


@given(tail=st.floats(1.0, 4.0), ratio=st.floats(2.0, 30.0), mean=st.floats(0.01, 1e4))
def test_chances_of_all_counts_sum_to_one(tail: float, ratio: float, mean: float) -> None:
    spike, counts, level = Spike(0.01, ratio, tail), np.arange(500), np.array([mean])
    found, least = spike.chances(counts, level)[:, 0], float(spike.least(level)[0])
    beyond = 1.0 if least >= 500 else (least / 500) ** tail
    assert (found >= 0).all()
    assert found.sum() + beyond == pytest.approx(1.0)


def test_chances_by_hand() -> None:
    least_half = 0.05 ** (1 / 0.85)
    found = Spike(0.01, 10.0, 2.0).chances(np.array([0, 4, 9, 10, 20, 10**7]), np.array([1.0, least_half]))
    assert found[:, 0] == pytest.approx([0, 0, 0, 1 - 100 / 121, 0.25 - 100 / 441, 0], abs=1e-9)
    assert found[:, 1] == pytest.approx(
        [0.75, 1 / 64 - 1 / 100, 1 / 324 - 1 / 400, 1 / 400 - 1 / 484, 0, 0], abs=1e-4
    )


def test_the_least_spike_is_above_any_level() -> None:
    levels = np.array([0.01, 1.0, 100.0, 1e4, 1e7])
    assert (Spike(0.01, 5.0, 1.5).least(levels) >= 2.0 * levels).all()
    assert Spike(0.01, 8.0, 1.5).least(np.array([100.0]))[0] == pytest.approx(8.0 * 100.0**0.85)


def test_spikes_are_drawn_as_often_and_as_large_as_said() -> None:
    spike, before = Spike(0.02, 5.0, 1.5), np.full(400_000, 7)
    drawn = spike.strike(before, np.full(before.shape, 100.0), 1e9, rng_stream(1, "strike"))
    struck, least = drawn[drawn != 7], 5.0 * 100.0**0.85
    assert len(struck) / len(drawn) == pytest.approx(0.02, rel=0.05)
    assert struck.min() >= int(least)
    assert np.mean(struck >= 4 * least) == pytest.approx(4.0**-1.5, rel=0.1)
    assert (before == 7).all()


def test_no_spike_is_above_the_top() -> None:
    drawn = EVERYWHERE.strike(np.zeros(9999, int), np.full(9999, 1e6), 4e6, rng_stream(1, "top"))
    assert drawn.max() == 4_000_000


@pytest.mark.parametrize("step", [Step.WEEK, Step.DAY])
def test_in_a_year_there_are_as_many_and_as_large_ones_whatever_the_step(step: Step) -> None:
    months, shorter = Spike(0.012, 5.0, 1.5), Spike(0.012, 5.0, 1.5).per(step)
    periods, levels = {Step.WEEK: 52, Step.DAY: 365}[step], np.array([0.1, 30.0])
    assert periods * shorter.chance == pytest.approx(12 * months.chance)
    assert shorter.least(12 * levels / periods) == pytest.approx(months.least(levels))
    assert shorter.tail == months.tail


def steady(level: float, units: int = 24) -> IntArray:
    rng = rng_stream(3, "steady", str(level))
    return rng.poisson(level * rng.gamma(6.0, 1 / 6.0, (PERIODS, units)))


def onset(level: float) -> IntArray:
    """A steady level that is twenty times as high from a month on."""
    counts = steady(level)
    counts[PLANTED:] = steady(FOLD * level)[PLANTED:]
    return counts


def spiked(level: float, size: float) -> IntArray:
    """A steady level with one month so many times as high."""
    counts = steady(level)
    counts[PLANTED] = round(size * level)
    return counts


def medians(counts: IntArray, last: int, known: LevelPrior) -> FloatArray:
    """The median of each unit in the month after, (U,)."""
    found = filter_levels(counts, known.motion, known.noises, known.spike, {last})
    return np.asarray(
        np.median(futures(found, last, known, 1, 1000, 0.0, rng_stream(1, "ahead"))[:, 0], axis=0)
    )


@pytest.mark.parametrize("known", ["2009-12", "2013-12", "2020-12"])
@pytest.mark.parametrize("level", [10.0, 30.0, 300.0])
def test_an_onset_that_lasts_is_followed_within_two_months(known: str, level: float) -> None:
    found = medians(onset(level), PLANTED + 1, prior(known))
    assert np.median(found) > 0.5 * FOLD * level


@pytest.mark.parametrize("known", ["2009-12", "2013-12", "2020-12"])
@pytest.mark.parametrize("level", [10.0, 30.0, 300.0])
def test_a_spike_leaves_no_trace_after_three_months(known: str, level: float) -> None:
    then, without = (
        np.median(medians(counts, PLANTED + 3, prior(known)))
        for counts in (spiked(level, FOLD), steady(level))
    )
    assert then + 0.5 < 1.25 * (without + 0.5)


@pytest.mark.parametrize("known", ["2009-12", "2013-12", "2020-12"])
def test_a_war_out_of_silence_is_followed_within_three_months(known: str) -> None:
    """After five silent years: nobody knows after one month, and after three it is a war."""
    counts = np.where(np.arange(PERIODS)[:, None] < PLANTED, 0, steady(300.0))
    after_one, after_three = (np.median(medians(counts, PLANTED + n, prior(known))) for n in (0, 2))
    assert after_one < 30.0
    assert after_three > 100.0


def test_after_one_month_both_readings_are_held() -> None:
    known, counts = prior("2013-12"), onset(30.0)
    found = filter_levels(counts, known.motion, known.noises, known.spike, {PLANTED, PLANTED + 1})
    for period, least, most in ((PLANTED, 0.01, 0.7), (PLANTED + 1, 0.6, 1.0)):
        belief = np.einsum("uk,ukg->ug", kinds(found, period, known), found.belief[period])
        high = belief[:, found.levels > np.log(30.0 * FOLD**0.5)].sum(axis=1)
        assert least < np.median(high) < most


@pytest.mark.parametrize("level", [5.0, 100.0, 1000.0])
def test_one_monstrous_month_does_not_ruin_a_year(level: float) -> None:
    """A hundred and twenty-four thousand deaths in the last month that is known."""
    first = parse("2019-01", Step.MONTH)
    with_it, without = (
        forecast(
            Level(),
            History.of(
                counts[: PLANTED + 1], [str(u) for u in range(24)], first, Step.MONTH, measure="deaths"
            ),
            first + PLANTED,
            12,
            400,
            seed=1,
        ).draws
        for counts in (spiked(level, 124_427 / level), steady(level))
    )
    usual = np.median(without) + 1.0
    assert np.median(with_it) < 1.5 * usual
    assert np.mean(with_it > 20 * usual) < 0.1


@pytest.mark.parametrize("size", [20.0, 1000.0])
def test_a_spike_hardly_moves_the_belief_about_scatter(size: float) -> None:
    known = prior("2013-12")
    belief = []
    for counts in (spiked(100.0, size), steady(100.0)):
        found = filter_levels(counts, known.motion, known.noises, known.spike, {PLANTED})
        belief.append(kinds(found, PLANTED, known))
    spread = np.array([noise.spread for noise in known.noises])
    assert np.median(belief[0] @ spread / (belief[1] @ spread)) < 1.3


def test_futures_hold_spikes_that_leave_their_path_where_it_was() -> None:
    known, counts = prior("2013-12"), steady(200.0)
    last = len(counts) - 1
    found = filter_levels(counts, known.motion, known.noises, known.spike, {last})
    draws = futures(found, last, known, 3, 8000, 0.0, rng_stream(2, "spiky"))
    high = draws[:, 0] > 1.5 * known.spike.least(np.array([200.0]))[0]
    assert np.mean(high) == pytest.approx(known.spike.chance * 1.5**-known.spike.tail, rel=0.5)
    assert np.median(draws[:, 1][high]) < 2.0 * np.median(draws[:, 1])


def test_events_that_spike_leave_their_level_too() -> None:
    first = parse("2015-01", Step.MONTH)
    found = []
    for counts in (spiked(20.0, 100.0), steady(20.0)):
        past = History.of(
            5 * counts, [str(u) for u in range(24)], first, Step.MONTH, measure="deaths", events=counts
        )
        draws = forecast(LevelMarks(), past, past.span.last, 1, 400, seed=1).draws
        found.append(np.median(draws))
    assert found[0] < 1.5 * found[1]


WILD = {
    "all spikes": np.where(np.arange(60)[:, None] % 7 == 3, 10**6, 0),
    "nothing but spikes": np.where(np.arange(60)[:, None] % 2 == 1, 10**7, 10),
    "all zeros": np.zeros((60, 1), int),
    "one month": np.array([[7]]),
    "one monstrous month": np.array([[10**7]]),
    "ten millions": np.full((60, 1), 10**7),
}


@pytest.mark.parametrize("counts", WILD.values(), ids=WILD.keys())
@pytest.mark.parametrize("step", [Step.MONTH, Step.WEEK])
def test_whatever_the_counts_the_draws_are_counts(counts: IntArray, step: Step) -> None:
    first = {Step.MONTH: 24120, Step.WEEK: 104_000}[step]
    past = History.of(counts, ["a"], first, step, measure="deaths")
    draws = forecast(Level(), past, past.span.last, 12, 300, seed=1).draws
    assert draws.min() >= 0
    assert draws.max() <= 100 * max(200, counts.max())
    assert np.isfinite(draws.mean())

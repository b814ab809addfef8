"""How log-levels move: chances that add up, shorter periods, homes that know no future."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model import FloatArray
from vedette.model.level.futures import paths
from vedette.model.level.motion import (
    Motion,
    homes,
    log_levels,
    nearest_home,
    pulls,
    spacing,
    transitions,
)
from vedette.periods import Step
from vedette.randomness import rng_stream

MOTION = Motion(pull=0.03, size=0.125, reach=5.0, jumps=0.08, forget=0.015, floor=0.2)
motions = st.builds(
    Motion,
    pull=st.floats(0.0, 0.5),
    size=st.floats(0.05, 1.0),
    reach=st.floats(1.0, 10.0),
    jumps=st.floats(0.0, 0.3),
    forget=st.floats(0.001, 0.5),
    floor=st.floats(0.01, 2.0),
)


def step_variance(motion: Motion) -> float:
    return motion.size**2 * (1.0 - motion.jumps + motion.jumps * motion.reach**2)


@pytest.mark.parametrize("highest", [0.0, 50.0, 1234.0, 1e6])
def test_the_grid_reaches_from_a_hundredth_to_four_times_the_highest(highest: float) -> None:
    levels = log_levels(highest, MOTION)
    assert np.exp(levels[0]) == pytest.approx(0.01)
    assert np.diff(levels) == pytest.approx(spacing(MOTION))
    assert 0.0 <= levels[-1] - np.log(4.0 * max(highest, 50.0)) <= spacing(MOTION)


@given(motion=motions)
def test_chances_of_moves_sum_to_one(motion: Motion) -> None:
    levels = log_levels(50.0, motion)
    move = transitions(levels, motion)
    assert move.shape == (len(levels[:: pulls(motion)]), len(levels), len(levels))
    assert (move >= 0.0).all()
    assert move.sum(axis=2) == pytest.approx(1.0)


def test_a_month_on_the_grid_moves_as_the_equation_says() -> None:
    levels = log_levels(5000.0, MOTION)
    home, start = 8, 36
    move = transitions(levels, MOTION)[home, start]
    mean = move @ levels
    drift = MOTION.pull * (levels[pulls(MOTION) * home] - levels[start])
    assert mean - levels[start] == pytest.approx(drift, rel=0.15)
    assert move @ (levels - mean) ** 2 == pytest.approx(step_variance(MOTION), rel=0.1)


@pytest.mark.parametrize(("step", "periods"), [(Step.WEEK, 52), (Step.DAY, 365)])
def test_a_year_of_short_periods_is_a_year_of_months(step: Step, periods: int) -> None:
    short = MOTION.per(step)
    assert periods * short.size**2 == pytest.approx(12 * MOTION.size**2)
    assert periods * short.jumps == pytest.approx(12 * MOTION.jumps)
    assert periods * step_variance(short) == pytest.approx(12 * step_variance(MOTION), rel=0.03)
    assert (1 - short.pull) ** periods == pytest.approx((1 - MOTION.pull) ** 12)
    assert (1 - short.forget) ** periods == pytest.approx((1 - MOTION.forget) ** 12)
    assert short.reach * short.size == pytest.approx(MOTION.reach * MOTION.size)
    assert periods * short.floor == pytest.approx(12 * MOTION.floor)
    assert astuple(MOTION.per(Step.MONTH)) == pytest.approx(astuple(MOTION), rel=1e-12)


def year_ahead(step: Step, periods: int) -> FloatArray:
    """Where 20,000 levels that start at 6 with their home at 2 are after a year."""
    start, home = np.full((20_000, 1), 6.0), np.array([2.0])
    return paths(start, home, MOTION.per(step), periods, 99.0, 0.0, rng_stream(1, "year", step))[:, -1, 0]


def test_simulated_weeks_reach_where_months_reach() -> None:
    months, weeks = year_ahead(Step.MONTH, 12), year_ahead(Step.WEEK, 52)
    assert months.mean() == pytest.approx(2.0 + 4.0 * 0.97**12, abs=0.02)
    assert weeks.mean() == pytest.approx(months.mean(), abs=0.03)
    assert weeks.var() == pytest.approx(months.var(), rel=0.06)


def plain_home(counts: list[int], motion: Motion) -> float:
    """The logarithm of the discounted mean, one count at a time, none above four times those before it."""
    weights = [(1.0 - motion.forget) ** age for age in range(len(counts))][::-1]
    most = [4 * max(50, *counts[: max(t, 1)]) for t in range(len(counts))]
    tamed = [min(count, limit) for count, limit in zip(counts, most, strict=True)]
    mean = sum(w * y for w, y in zip(weights, tamed, strict=True)) / sum(weights) if counts else 0.0
    return float(np.log(mean + motion.floor))


@given(counts=st.lists(st.integers(0, 500), min_size=1, max_size=12), motion=motions)
def test_homes_equal_the_plain_discounted_mean(counts: list[int], motion: Motion) -> None:
    found = homes(np.array(counts, dtype=np.float64)[:, None], motion)[:, 0]
    assert found == pytest.approx([plain_home(counts[:t], motion) for t in range(len(counts) + 1)])


@given(seed=st.integers(0, 999), since=st.integers(0, 9))
def test_a_home_knows_no_count_of_its_own_period_or_later(seed: int, since: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(9.0, (10, 3)).astype(np.float64)
    changed = counts.copy()
    changed[since:] = rng.poisson(500.0, changed[since:].shape)
    before, after = homes(counts, MOTION), homes(changed, MOTION)
    assert (before[: since + 1] == after[: since + 1]).all()
    assert (before[since + 1 :] != after[since + 1 :]).all()


def test_homes_beyond_the_grid_are_those_at_its_ends() -> None:
    levels = log_levels(50.0, MOTION)
    last = len(levels[:: pulls(MOTION)]) - 1
    assert nearest_home(np.array([-99.0, 99.0]), levels, MOTION).tolist() == [0, last]
    assert nearest_home(levels[:: pulls(MOTION)], levels, MOTION).tolist() == list(range(last + 1))


def test_shorter_steps_get_a_finer_grid() -> None:
    for step in Step:
        motion = MOTION.per(step)
        levels = log_levels(50.0, motion)
        assert np.diff(levels) == pytest.approx(min(0.25, 2 * motion.size))
        chance = transitions(levels, motion)[:, len(levels) // 2]
        middle = levels[len(levels) // 2]
        variance = (chance * (levels - middle) ** 2).sum(axis=1).min()
        wanted = motion.size**2 * (1 + motion.jumps * (motion.reach**2 - 1))
        assert variance == pytest.approx(wanted, rel=0.15)


def test_a_monstrous_count_hardly_moves_a_home() -> None:
    counts = np.full((60, 2), 30.0)
    counts[-1, 0] = 124_427.0
    found = np.exp(homes(counts, MOTION)[-1])
    assert found[1] < found[0] < 1.3 * found[1]


def test_a_first_count_is_a_home_however_large() -> None:
    assert np.exp(homes(np.array([[5000.0]]), MOTION)[-1, 0]) == pytest.approx(5000.2)


def test_a_home_follows_counts_that_stay_high() -> None:
    counts = np.concatenate([np.full((60, 1), 5.0), np.full((60, 1), 5000.0)])
    assert np.exp(homes(counts, MOTION)[-1, 0]) > 2500.0

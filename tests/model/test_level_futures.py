"""Draws after a filtered level: what units share, and that single units do not notice."""

import numpy as np
import pytest
from scipy.stats import ks_2samp

from vedette.model import FloatArray, IntArray
from vedette.model.level.filtering import Filtered, filter_levels
from vedette.model.level.futures import futures, kinds, paths, start
from vedette.model.level.motion import Motion, spacing
from vedette.model.level.noise import Noise
from vedette.model.level.prior import LevelPrior
from vedette.model.level.spikes import Spike
from vedette.randomness import rng_stream

MOTION = Motion(pull=0.03, size=0.125, reach=5.0, jumps=0.08, forget=0.015, floor=0.2)
QUIET = Motion(pull=0.03, size=0.125, reach=5.0, jumps=0.0, forget=0.015, floor=0.2)
NONE = Spike(0.0, 5.0, 1.5)
NOISES = (Noise(0.05, 1.0), Noise(0.4, 15.0))
PRIOR = LevelPrior(MOTION, NOISES, np.array([0.5, 0.5]), Spike(0.01, 5.0, 1.5), 0.95, "", "assumed")
APART = spacing(MOTION)
COUNTS = np.array([[40, 900, 0], [60, 700, 0], [50, 1000, 1], [70, 800, 0]])


def known() -> Filtered:
    return filter_levels(COUNTS, MOTION, PRIOR.noises, PRIOR.spike, {3})


def moved(motion: Motion, shared: float, draws: int = 20_000) -> FloatArray:
    level = np.zeros((draws, 2))
    return paths(level, np.zeros(2), motion, 6, 50.0, shared, rng_stream(1, "moved", str(shared)))


def correlation(pairs: FloatArray) -> float:
    """Of the two columns (S, 2)."""
    one, other = pairs.T
    return float(np.mean((one - one.mean()) * (other - other.mean())) / (one.std() * other.std()))


@pytest.mark.parametrize("shared", [0.0, 0.3, 1.0])
def test_quiet_steps_correlate_as_asked(shared: float) -> None:
    found = moved(QUIET, shared)
    for horizon in (0, 5):
        assert correlation(found[:, horizon]) == pytest.approx(shared, abs=0.03)


def test_jumps_are_shared_too() -> None:
    assert (moved(MOTION, 1.0)[..., 0] == moved(MOTION, 1.0)[..., 1]).all()
    alone = moved(MOTION, 0.0)
    assert correlation(alone[:, 5]) == pytest.approx(0.0, abs=0.03)
    far = np.abs(alone[:, 0]) > 3 * MOTION.size
    assert np.mean(far[:, 0] & far[:, 1]) == pytest.approx(far[:, 0].mean() ** 2, abs=0.003)


def drawn(shared: float) -> IntArray:
    return futures(known(), 3, PRIOR, 8, 6000, shared, rng_stream(2, "drawn", str(shared)))


def test_a_single_unit_does_not_notice_what_is_shared() -> None:
    alone, together = drawn(0.0), drawn(0.9)
    for unit in range(3):
        for horizon in (0, 3, 7):
            assert ks_2samp(alone[:, horizon, unit], together[:, horizon, unit]).pvalue > 0.01


def test_counts_of_units_move_together_when_levels_do() -> None:
    alone, together = (correlation(np.log1p(drawn(shared)[:, 7, :2])) for shared in (0.0, 1.0))
    assert abs(alone) < 0.05
    assert together > 0.25


def test_paths_go_home_and_never_above_the_top() -> None:
    still = Motion(pull=0.1, size=1e-9, reach=1.0, jumps=0.0, forget=0.1, floor=0.1)
    found = paths(np.full((2, 1), 5.0), np.array([1.0]), still, 10, 99.0, 0.3, rng_stream(1, "home"))
    assert found[0, :, 0] == pytest.approx(1.0 + 4.0 * 0.9 ** np.arange(1, 11), abs=1e-6)
    wild = Motion(pull=0.0, size=3.0, reach=1.0, jumps=0.0, forget=0.1, floor=0.1)
    assert paths(np.zeros((500, 1)), np.zeros(1), wild, 10, 4.0, 0.3, rng_stream(1, "top")).max() == 4.0


def test_starts_follow_the_belief() -> None:
    found = known()
    kind = kinds(found, 3, PRIOR)
    noise, level = start(found, 3, kind, APART, 20_000, rng_stream(3, "start"))
    assert (noise == 1).mean(axis=0) == pytest.approx(kind[:, 1], abs=0.005)
    joint = np.einsum("uk,ukg->ug", kind, found.belief[3].astype(float))
    mean = joint @ found.levels
    assert level.mean(axis=0) == pytest.approx(mean, abs=0.01)
    within = APART**2 / 12.0
    expected = (joint * (found.levels - mean[:, None]) ** 2).sum(axis=1) + within
    assert level.var(axis=0) == pytest.approx(expected, rel=0.05)


def test_few_draws_already_stand_for_the_belief() -> None:
    found = known()
    kind = kinds(found, 3, PRIOR)
    mean = np.einsum("uk,ukg,g->u", kind, found.belief[3], found.levels)
    means = [start(found, 3, kind, APART, 20, rng_stream(seed, "few"))[1].mean(axis=0) for seed in range(200)]
    loose = np.sqrt(start(found, 3, kind, APART, 20_000, rng_stream(3, "many"))[1].var(axis=0) / 20)
    assert (np.sqrt(np.mean((np.array(means) - mean) ** 2, axis=0)) < 0.75 * loose).all()


def test_ninety_in_a_hundred_lie_inside() -> None:
    """Counts a step ahead of a world that moves and scatters as the prior says."""
    rng = rng_stream(5, "inside")
    level = rng.uniform(1.0, 5.0, 300)
    counts = np.empty((41, 300), dtype=np.int64)
    for period in range(41):
        jump = np.where(rng.random(300) < MOTION.jumps, MOTION.reach, 1.0)
        level = level + MOTION.size * jump * rng.standard_normal(300)
        mean = np.exp(level)
        counts[period] = rng.poisson(mean * rng.standard_gamma(2.5, 300) / 2.5)
    plain = Motion(0.0, MOTION.size, MOTION.reach, MOTION.jumps, MOTION.forget, MOTION.floor)
    prior = LevelPrior(plain, (Noise(0.4, 1e-6),), np.ones(1), NONE, 0.95, "", "assumed")
    found = filter_levels(counts[:40], plain, prior.noises, NONE, {39})
    low, high = np.quantile(futures(found, 39, prior, 1, 800, 0.3, rng)[:, 0], [0.05, 0.95], axis=0)
    assert 0.86 < np.mean((low <= counts[40]) & (counts[40] <= high)) < 0.95

"""The grid filter against a slow plain one, against particles, and against known truth."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import logsumexp
from scipy.stats import nbinom

from vedette.model import FloatArray, IntArray
from vedette.model.level.filtering import filter_levels, pick
from vedette.model.level.futures import kinds
from vedette.model.level.motion import LOWEST, Motion, homes, log_levels, pulls, spacing
from vedette.model.level.noise import Noise, scatter
from vedette.model.level.prior import LevelPrior
from vedette.model.level.spikes import Spike
from vedette.randomness import rng_stream

MOTION = Motion(pull=0.05, size=0.15, reach=5.0, jumps=0.06, forget=0.02, floor=0.2)
NOISES = (Noise(0.1, 1.0), Noise(0.4, 15.0))
SPIKE, NONE = Spike(0.02, 5.0, 1.5), Spike(0.0, 5.0, 1.5)


def density(move: float, motion: Motion) -> float:
    """How likely a step is, up to a factor."""
    sizes = ((1.0 - motion.jumps, motion.size), (motion.jumps, motion.reach * motion.size))
    return float(sum(share / size * np.exp(-0.5 * (move / size) ** 2) for share, size in sizes))


def chance(count: int, level: float, noise: Noise) -> float:
    mean = np.exp(level)
    size = 1.0 / (noise.spread + noise.clump / mean)
    scattered = float(np.exp(nbinom.logpmf(count, size, size / (size + mean))))
    spiked = beyond(count, mean) - beyond(count + 1, mean)
    return (1.0 - SPIKE.chance) * scattered + SPIKE.chance * spiked


def beyond(count: int, mean: float) -> float:
    """How likely a spike is at least so large."""
    least = max(SPIKE.ratio * mean**0.85, 2.0 * mean)
    return 1.0 if count <= least else float((least / count) ** SPIKE.tail)


def plain_move(belief: list[float], levels: FloatArray, home: float, motion: Motion) -> list[float]:
    """Every level to every other, home rounded to every third level."""
    every, apart = pulls(motion), spacing(motion)
    pulled = min(max(round((home - levels[0]) / (every * apart)), 0), (len(levels) - 1) // every)
    moved = [0.0] * len(levels)
    for start, share in zip(levels, belief, strict=True):
        centre = start + motion.pull * (levels[every * pulled] - start)
        row = [density(level - centre, motion) for level in levels]
        for place, part in enumerate(row):
            moved[place] += share * part / sum(row)
    return moved


def plain_filter(
    counts: IntArray, levels: FloatArray, motion: Motion, noise: Noise
) -> tuple[list[float], list[float]]:
    """Belief after the last count of one unit, and the log chance of each count."""
    home = homes(counts[:, None].astype(np.float64), motion)[:, 0]
    belief, evidence = [1.0 / len(levels)] * len(levels), []
    for period, count in enumerate(counts):
        if period:
            belief = plain_move(belief, levels, float(home[period]), motion)
        joint = [share * chance(count, level, noise) for share, level in zip(belief, levels, strict=True)]
        evidence.append(float(np.log(sum(joint))))
        belief = [share / sum(joint) for share in joint]
    return belief, evidence


@settings(max_examples=6)
@given(seed=st.integers(0, 9999), pull=st.floats(0.0, 0.3), size=st.floats(0.1, 0.5))
def test_the_filter_equals_the_slow_plain_version(seed: int, pull: float, size: float) -> None:
    counts = np.random.default_rng(seed).negative_binomial(0.5, 0.04, (4, 2))
    motion = Motion(pull, size, 4.0, 0.1, 0.05, 0.2)
    found = filter_levels(counts, motion, NOISES, SPIKE, {3})
    for unit in range(2):
        for kind, noise in enumerate(NOISES):
            belief, evidence = plain_filter(counts[:, unit], found.levels, motion, noise)
            assert found.belief[3][unit, kind] == pytest.approx(np.array(belief), abs=1e-6)
            assert found.evidence[:, unit, kind] == pytest.approx(evidence)


def particles(counts: IntArray, noise: Noise, size: int) -> tuple[FloatArray, float]:
    """Levels after the last count and the log chance of all counts, by a bootstrap particle filter."""
    rng = rng_stream(1, "particles")
    home = homes(counts[:, None].astype(np.float64), MOTION)[:, 0]
    top = log_levels(float(counts.max()), MOTION)[-1]
    level, total = rng.uniform(np.log(LOWEST) - spacing(MOTION) / 2, top + spacing(MOTION) / 2, size), 0.0
    for period, count in enumerate(counts):
        if period:
            jump = np.where(rng.random(size) < MOTION.jumps, MOTION.reach, 1.0)
            level = level + MOTION.pull * (home[period] - level)
            level += MOTION.size * jump * rng.standard_normal(size)
        spread = noise.size(np.exp(level))
        scattered = nbinom.pmf(count, spread, spread / (spread + np.exp(level)))
        spiked = SPIKE.chances(np.array([count]), np.exp(level))[0]
        log = np.log((1.0 - SPIKE.chance) * scattered + SPIKE.chance * spiked + 1e-300)
        total += logsumexp(log) - np.log(size)
        share = np.exp(log - logsumexp(log))
        level = level[np.minimum(np.searchsorted(share.cumsum(), (np.arange(size) + 0.5) / size), size - 1)]
    return level, total


@pytest.mark.parametrize("noise", NOISES)
def test_the_filter_agrees_with_particles(noise: Noise) -> None:
    counts = np.array([3, 5, 2, 0, 4, 9, 14, 25, 190, 30, 15, 20, 0, 4, 9])
    level, total = particles(counts, noise, 200_000)
    last = len(counts) - 1
    found = filter_levels(counts[:, None], MOTION, (noise,), SPIKE, {last})
    belief = found.belief[last][0, 0]
    mean = belief @ found.levels
    assert mean == pytest.approx(level.mean(), abs=0.04)
    assert np.sqrt(belief @ (found.levels - mean) ** 2) == pytest.approx(level.std(), abs=0.04)
    assert found.evidence.sum() == pytest.approx(total, abs=0.15)


def world(seed: int, periods: int, units: int, noise: Noise) -> tuple[FloatArray, IntArray]:
    """True levels and counts (T, U) that move and scatter as the model says."""
    rng = rng_stream(seed, "world")
    level = rng.uniform(0.0, 4.0, units)
    levels, counts = np.empty((periods, units)), np.empty((periods, units), dtype=np.int64)
    for period in range(periods):
        if period:
            home = homes(counts[:period].astype(np.float64), MOTION)[-1]
            jump = np.where(rng.random(units) < MOTION.jumps, MOTION.reach, 1.0)
            level = level + MOTION.pull * (home - level)
            level += MOTION.size * jump * rng.standard_normal(units)
        levels[period] = level
        counts[period] = scatter(np.exp(level), noise.size(np.exp(level)), rng)
    return levels, counts


@pytest.mark.parametrize("noise", NOISES)
def test_the_belief_covers_the_true_level(noise: Noise) -> None:
    truth, counts = world(3, 61, 200, noise)
    kept = range(20, 61, 10)
    found = filter_levels(counts, MOTION, (noise,), NONE, kept)
    edges = found.levels + spacing(MOTION) / 2
    inside, errors = [], []
    for period in kept:
        below = found.belief[period][:, 0].cumsum(axis=1)
        rank = np.array([np.interp(x, edges, p) for x, p in zip(truth[period], below, strict=True)])
        inside.append((rank > 0.05) & (rank < 0.95))
        errors.append(found.belief[period][:, 0] @ found.levels - truth[period])
    assert 0.87 < np.mean(inside) < 0.93
    assert abs(np.mean(errors)) < 0.05


@pytest.mark.parametrize("true", [0, 1])
def test_the_right_kind_of_noise_is_found(true: int) -> None:
    _, counts = world(5, 120, 100, NOISES[true])
    found = filter_levels(counts, MOTION, NOISES, NONE, ())
    prior = LevelPrior(MOTION, NOISES, np.array([0.5, 0.5]), NONE, 0.98, "", "assumed")
    chance = kinds(found, 119, prior)
    assert chance.sum(axis=1) == pytest.approx(1.0)
    assert chance[:, true].mean() > 0.8
    assert (chance.argmax(axis=1) == true).mean() > 0.8


def test_kinds_by_hand() -> None:
    counts = np.array([[2], [0], [40]])
    found = filter_levels(counts, MOTION, NOISES, NONE, ())
    prior = LevelPrior(MOTION, NOISES, np.array([0.2, 0.8]), NONE, 0.5, "", "assumed")
    told = 0.25 * found.evidence[0, 0] + 0.5 * found.evidence[1, 0] + found.evidence[2, 0]
    odds = np.array([0.2, 0.8]) * np.exp(told)
    assert kinds(found, 2, prior)[0] == pytest.approx(odds / odds.sum())
    assert kinds(found, 0, prior)[0] == pytest.approx(
        np.array([0.2, 0.8]) * np.exp(found.evidence[0, 0]) / (np.exp(found.evidence[0, 0]) @ [0.2, 0.8])
    )


def test_what_comes_later_leaves_a_belief_as_it_was() -> None:
    counts = rng_stream(2, "later").poisson(20.0, (12, 3))
    counts[0, 0] = 400
    changed = counts.copy()
    changed[6:] = 399 - counts[6:]
    before, after = (filter_levels(each, MOTION, NOISES, SPIKE, range(12)) for each in (counts, changed))
    for period in range(6):
        assert (before.belief[period] == after.belief[period]).all()
    assert (before.evidence[:6] == after.evidence[:6]).all()
    assert (before.belief[6] != after.belief[6]).any()


def test_each_unit_is_filtered_by_itself() -> None:
    counts = rng_stream(3, "units").poisson(np.array([1.0, 30.0, 5.0]), (9, 3))
    counts[0] = 90
    whole = filter_levels(counts, MOTION, NOISES, SPIKE, {8})
    for unit in range(3):
        alone = filter_levels(counts[:, [unit]], MOTION, NOISES, SPIKE, {8})
        assert alone.belief[8][0] == pytest.approx(whole.belief[8][unit], abs=1e-7)
    some = pick(whole, np.array([2, 0]))
    assert (some.belief[8] == whole.belief[8][[2, 0]]).all()
    assert (some.evidence == whole.evidence[:, [2, 0]]).all()
    assert (some.home == whole.home[:, [2, 0]]).all()


def test_more_deaths_mean_a_higher_level() -> None:
    counts = np.repeat(np.array([[0, 3, 30, 300, 3000]]), 20, axis=0)
    found = filter_levels(counts, MOTION, NOISES[:1], SPIKE, {19})
    means = np.exp(found.belief[19][:, 0] @ found.levels)
    assert all(low < high for low, high in pairwise(means))
    assert means[2:] == pytest.approx([30, 300, 3000], rel=0.2)

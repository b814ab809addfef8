"""Size and half-life of a shock: recovered, weighed as a plain grid would, and modest where there is none."""

import numpy as np
import pytest

from vedette.effect import Shock, fit_shock
from vedette.effect.shock import LONGEST, SHORTEST, SPREAD
from vedette.errors import DataError
from vedette.model import FloatArray, IntArray
from vedette.randomness import rng_stream

MONTHS = 12


def worlds(draws: int, rng: np.random.Generator) -> FloatArray:
    """Mean counts (draws, MONTHS) whose level wanders."""
    return np.asarray(np.exp(np.log(200.0) + 0.15 * rng.standard_normal((draws, MONTHS)).cumsum(axis=1)))


def shocked(size: float, life: float) -> FloatArray:
    return np.asarray(np.exp(size * 2.0 ** (-np.arange(MONTHS) / life)))


def test_intervals_hold_shocks_drawn_from_what_is_taken_for_granted() -> None:
    size_held = life_held = 0
    for number in range(150):
        rng = rng_stream(number, "planted")
        size = SPREAD * rng.standard_normal()
        life = float(np.exp(rng.uniform(np.log(SHORTEST), np.log(LONGEST))))
        observed = rng.poisson(worlds(1, rng) * shocked(size, life))
        found = fit_shock(observed, rng.poisson(worlds(800, rng)), 400, rng)
        size_held += found.size()[0] <= np.exp(size) <= found.size()[2]
        life_held += found.half_lives()[0] <= life <= found.half_lives()[2]
    assert 123 <= size_held <= 147  # nine in ten, give or take three standard errors
    assert 123 <= life_held <= 147


def plain(observed: IntArray, simulated: IntArray) -> tuple[float, float]:
    """Posterior means of log size and log half-life on a grid of both, written out."""
    without = np.log(simulated + 0.5)
    cover = np.cov(without, rowvar=False)
    cover = cover + np.eye(MONTHS) * max(1e-3 * np.trace(cover) / MONTHS, 1e-6)
    inverse, off = np.linalg.inv(cover), np.log(observed[0] + 0.5) - without.mean(axis=0)
    sizes, lives = np.linspace(-6, 6, 601), np.geomspace(SHORTEST, LONGEST, 80)
    log = np.empty((len(sizes), len(lives)))
    for i, size in enumerate(sizes):
        for j, life in enumerate(lives):
            left = off - size * 2.0 ** (-np.arange(MONTHS) / life)
            log[i, j] = -0.5 * left @ inverse @ left - 0.5 * (size / SPREAD) ** 2
    chance = np.exp(log - log.max())
    chance /= chance.sum()
    return float(chance.sum(axis=1) @ sizes), float(chance.sum(axis=0) @ np.log(lives))


def test_the_closed_form_agrees_with_a_plain_grid() -> None:
    rng = rng_stream(1, "grid")
    observed = rng.poisson(worlds(1, rng) * shocked(1.0, 4.0))
    simulated = rng.poisson(worlds(500, rng))
    found = fit_shock(observed, simulated, 20_000, rng)
    size, life = plain(observed, simulated)
    assert found.log_size.mean() == pytest.approx(size, abs=0.02)
    assert np.log(found.half_life).mean() == pytest.approx(life, abs=0.03)


def test_without_a_shock_the_half_life_is_not_told() -> None:
    rng = rng_stream(2, "none")
    found = fit_shock(rng.poisson(worlds(1, rng)), rng.poisson(worlds(500, rng)), 1000, rng)
    assert not found.informative
    assert found.half_lives()[2] / found.half_lives()[0] > 20


def test_a_large_shock_is_told() -> None:
    rng = rng_stream(3, "large")
    observed = rng.poisson(worlds(1, rng) * shocked(2.5, 3.0))
    assert fit_shock(observed, rng.poisson(worlds(500, rng)), 1000, rng).informative


def test_doubt_in_the_counts_widens_the_size() -> None:
    rng = rng_stream(4, "doubt")
    simulated = rng.poisson(worlds(500, rng))
    sure = rng.poisson(worlds(1, rng) * shocked(1.5, 6.0))
    unsure = np.rint(sure * rng.lognormal(0.0, 0.6, (40, 1))).astype(np.int64)
    wide, narrow = (fit_shock(each, simulated, 2000, rng_stream(5, "doubt")) for each in (unsure, sure))
    assert wide.log_size.std() > narrow.log_size.std()


def test_draws_stay_within_what_is_taken_for_granted() -> None:
    rng = rng_stream(6, "edges")
    found: Shock = fit_shock(np.zeros((1, MONTHS), np.int64), np.zeros((50, MONTHS), np.int64), 500, rng)
    assert found.half_life.min() >= SHORTEST
    assert found.half_life.max() <= LONGEST
    assert np.isfinite(found.log_size).all()


def test_too_few_periods_are_refused() -> None:
    with pytest.raises(DataError, match="at least 4 periods after it; found 3"):
        fit_shock(np.ones((1, 3), np.int64), np.ones((9, 3), np.int64), 10, rng_stream(1, "few"))

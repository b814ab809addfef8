"""How counts scatter: the promised mean and variance, chances that are those of the negative binomial."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from vedette.model.level.noise import Noise, chances, scatter
from vedette.randomness import rng_stream

noises = st.builds(Noise, spread=st.floats(0.01, 2.0), clump=st.floats(0.1, 100.0))


@given(noise=noises, counts=st.lists(st.integers(0, 3000), min_size=1, max_size=4), mean=st.floats(0.01, 1e4))
def test_chances_are_those_of_scipy(noise: Noise, counts: list[int], mean: float) -> None:
    size = 1.0 / (noise.spread + noise.clump / mean)
    plain = np.exp(np.maximum(nbinom.logpmf(counts, size, size / (size + mean)), -690.0))
    assert chances(np.array(counts), np.array([mean]), (noise,))[:, 0, 0] == pytest.approx(plain, rel=1e-6)


def test_chances_sum_to_one_over_all_counts() -> None:
    kinds = (Noise(0.05, 0.2), Noise(1.0, 4.0))
    found = chances(np.arange(3000), np.array([0.01, 1.0, 40.0]), kinds)
    assert found.shape == (3000, 2, 3)
    assert found.sum(axis=0) == pytest.approx(1.0)


@pytest.mark.parametrize("mean", [0.3, 5.0, 400.0])
@pytest.mark.parametrize("noise", [Noise(0.05, 15.0), Noise(0.4, 0.2)])
def test_counts_scatter_as_promised(noise: Noise, mean: float) -> None:
    means = np.full(400_000, mean)
    drawn = scatter(means, noise.size(means), rng_stream(1, "scatter", str(noise), str(mean)))
    variance = mean + noise.clump * mean + noise.spread * mean**2
    assert drawn.mean() == pytest.approx(mean, abs=4.0 * np.sqrt(variance / len(drawn)))
    assert drawn.var() == pytest.approx(variance, rel=0.06)


def test_events_with_deaths_of_their_own_make_clumps() -> None:
    """Poisson events, each with deaths of mean a and variance b: the clump is (a^2 + b) / a - 1."""
    rng = rng_stream(2, "clump")
    events = rng.poisson(6.0, 100_000)
    deaths = rng.geometric(0.2, events.sum())
    cells = np.add.reduceat(np.append(deaths, 0), np.cumsum(events) - events) * (events > 0)
    clump = (5.0**2 + 20.0) / 5.0 - 1.0
    assert cells.var() == pytest.approx((1.0 + clump) * cells.mean(), rel=0.03)


def test_nothing_is_impossible_and_nothing_overflows() -> None:
    found = chances(np.array([0, 10**6]), np.array([0.01, 4e6]), (Noise(0.05, 0.2), Noise(1.0, 150.0)))
    assert np.isfinite(found).all()
    assert (found > 0).all()

"""With its numbers known, the sampled level agrees with filters: a particle filter and the grid filter."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.stats import nbinom

from vedette.model import FloatArray, IntArray
from vedette.model.bayes.level import level_given
from vedette.model.bayes.nuts import run
from vedette.model.bayes.priors import START
from vedette.model.bayes.sampler import Sampler
from vedette.model.bayes.walk import Walk
from vedette.model.level.filtering import filter_levels
from vedette.model.level.motion import Motion
from vedette.model.level.noise import Noise
from vedette.model.level.spikes import Spike

PERIODS, HOME = 24, np.log(6.0)
SETTINGS = Sampler(chains=2, warmup=250, draws=500)


def numbers(reversion: float, shared: float) -> dict[str, float]:
    """All that the level needs to know; homes are the same for all units."""
    known = {
        "step": 0.3,
        "jump_share": 0.06,
        "jump_size": 4.0,
        "size": 2.5,
        "home_mean": HOME,
        "home_spread": 1e-6,
    }
    return {**known, "reversion": reversion, "shared": shared}


def counts(known: dict[str, float], seed: int) -> IntArray:
    """A panel (T, 2) of a known walk."""
    walk = Walk(
        **{name: np.array([known[name]]) for name in known if not name.startswith("home")},
        home=np.full((1, 2), HOME),
    )
    ahead = walk.ahead(np.full((1, 2), HOME), PERIODS, np.random.default_rng(seed))
    return np.asarray(ahead[0])


def given(panel: jax.Array, known: dict[str, Any]) -> None:
    """The model with its numbers known."""
    level_given(panel, known)


def sampled(panel: IntArray, known: dict[str, float]) -> tuple[FloatArray, FloatArray]:
    """Mean and sd of the last log-levels by NUTS."""
    data = {name: jnp.asarray(value) for name, value in known.items()}
    found = run(given, SETTINGS, np.random.default_rng(1), jnp.asarray(panel, float), data)
    level = found.samples["level"].reshape(-1, 2)
    return level.mean(axis=0), level.std(axis=0)


def particles(panel: IntArray, known: dict[str, float], many: int = 100_000) -> tuple[FloatArray, FloatArray]:
    """The same by a bootstrap particle filter: slow and plain."""
    rng = np.random.default_rng(7)
    x = HOME + START * rng.standard_normal((many, 2))
    for period, seen in enumerate(panel):
        if period:
            step = np.where(rng.random((many, 3)) < known["jump_share"], known["jump_size"], 1.0)
            step *= known["step"] * rng.standard_normal((many, 3))
            common, own = np.sqrt(known["shared"]) * step[:, :1], np.sqrt(1 - known["shared"]) * step[:, 1:]
            x = x + known["reversion"] * (HOME - x) + common + own
        size = known["size"]
        chance = nbinom.pmf(seen, size, size / (size + np.exp(x))).prod(axis=1)
        x = x[rng.choice(many, many, p=chance / chance.sum())]
    return x.mean(axis=0), x.std(axis=0)


@pytest.mark.parametrize("seed", [1, 2])
def test_nuts_agrees_with_a_particle_filter(seed: int) -> None:
    known = numbers(reversion=0.15, shared=0.4)
    panel = counts(known, seed)
    mean, sd = sampled(panel, known)
    mean_then, sd_then = particles(panel, known)
    assert mean == pytest.approx(mean_then, abs=0.08)  # about four Monte Carlo errors
    assert sd == pytest.approx(sd_then, abs=0.07)


def test_nuts_agrees_with_the_grid_filter() -> None:
    """Where both hold the same model: nothing shared and no pull, since the grid filter's home moves."""
    known = numbers(reversion=1e-9, shared=1e-9)
    panel = counts(known, 3)
    mean, _ = sampled(panel, known)
    motion = Motion(pull=0.0, size=0.3, reach=4.0, jumps=0.06, forget=0.01, floor=0.2)
    found = filter_levels(panel, motion, (Noise(1 / 2.5, 0.0),), Spike(0.0, 5.0, 1.5), keep=range(PERIODS))
    assert found.belief[PERIODS - 1][:, 0] @ found.levels == pytest.approx(mean, abs=0.1)

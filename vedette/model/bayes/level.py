"""The latent level as a NumPyro model, and its posterior.

    y[t,u] ~ NegBin(mean exp(x[t,u]), variance mean + mean^2 / size)
    x[t,u] = x[t-1,u] + reversion (home[u] - x[t-1,u]) + sqrt(shared) c[t] + sqrt(1 - shared) e[t,u]
    c, e   : normal(0, step^2) with chance 1 - jump_share, normal(0, (jump_size step)^2) with jump_share

Everything is written in standard units (non-centred), so that the scales and what they scale are as good as
independent before the counts are seen. The chance of a jump is summed out: the density of a step is that of
the mixture.
"""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist

import vedette.model.jax_config  # noqa: F401
from vedette.errors import DataError
from vedette.model.bayes.nuts import run
from vedette.model.bayes.posterior import Posterior, by_unit
from vedette.model.bayes.priors import LEVEL, START, natural
from vedette.model.bayes.sampler import Sampler
from vedette.model.bayes.walk import Walk
from vedette.model.history import FloatArray, History, IntArray
from vedette.plurals import counted

NAME = "level-bayes"
UNIT_FREE = ("reversion", "step", "jump_share", "jump_size", "shared", "size")


def level_model(counts: jax.Array) -> None:
    """The NumPyro model of counts (T, U), T at least 2."""
    standard = numpyro.sample("standard", dist.Normal().expand([len(LEVEL)]).to_event(1))
    value = dict(zip((prior.name for prior in LEVEL), natural(LEVEL, standard), strict=True))
    for name in UNIT_FREE:
        numpyro.deterministic(name, value[name])
    level_given(counts, value)


def level_given(counts: jax.Array, value: dict[str, Any]) -> None:
    """The rest of the model once the numbers that all units share are known."""
    periods, units = counts.shape
    each = dist.Normal().expand([units]).to_event(1)
    home = value["home_mean"] + value["home_spread"] * numpyro.sample("home_standard", each)
    first = START * numpyro.sample("first_standard", each)
    drawn = numpyro.sample("steps", _steps(value, (periods - 1, units + 1)))
    share = value["shared"]
    moved = value["step"] * (jnp.sqrt(share) * drawn[:, :1] + jnp.sqrt(1 - share) * drawn[:, 1:])
    away = remembered(1 - value["reversion"], jnp.concatenate([first[None], moved]))
    x = home + away
    numpyro.deterministic("home", home)
    numpyro.deterministic("level", x[-1])
    around = dist.NegativeBinomialLogits(value["size"], x - jnp.log(value["size"]))
    numpyro.sample("counts", around.to_event(2), obs=counts)


def remembered(keep: jax.Array, steps: jax.Array) -> jax.Array:
    """d[t] = keep d[t-1] + steps[t] with d[0] = steps[0], (T, U), in about log2 T sweeps.

    >>> remembered(jnp.array(0.5), jnp.array([[8.0], [0.0], [1.0]])).ravel().tolist()
    [8.0, 4.0, 3.0]
    """

    def join(
        early: tuple[jax.Array, jax.Array], late: tuple[jax.Array, jax.Array]
    ) -> tuple[jax.Array, jax.Array]:
        return early[0] * late[0], late[0] * early[1] + late[1]

    away: jax.Array = jax.lax.associative_scan(join, (jnp.broadcast_to(keep, steps.shape), steps))[1]
    return away


def sample_level(history: History, sampler: Sampler, rng: np.random.Generator) -> Posterior:
    """The posterior of the latent level; of several panel draws the middle one of each cell is used.

    ``samples`` holds reversion, step, jump_share, jump_size, shared, size (C, N), and home and level, the
    log-level at the last period, (C, N, U).

    Raises:
        DataError: fewer than two periods, or no events.
    """
    counts = history.truth
    check(counts, NAME)
    chains = run(level_model, sampler, rng, jnp.asarray(counts, jnp.float64))
    samples = {name: chains.samples[name] for name in (*UNIT_FREE, "home", "level")}
    named = {name: samples[name] for name in UNIT_FREE}
    for name in ("home", "level"):
        named |= by_unit(name, samples[name], history.units)
    return Posterior.of(NAME, samples, named, chains.diverged, chains.long)


def level_ahead(posterior: Posterior, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
    """Posterior predictive draws (S, H, U): each from a draw of the posterior, walked on."""
    which = posterior.pick(draws, rng)
    numbers: dict[str, FloatArray] = {name: posterior.flat(name)[which] for name in (*UNIT_FREE, "home")}
    return Walk(**numbers).ahead(posterior.flat("level")[which], horizons, rng)


def check(counts: IntArray, name: str) -> None:
    """Raises `DataError` for a panel without the counts that a fit needs."""
    if len(counts) < 2:
        raise DataError(f"{name}: expected at least 2 periods; found {len(counts)}. Give a longer history.")
    if not counts.any():
        raise DataError(
            f"{name}: no events in {counted(len(counts), 'period')}: there is nothing to learn from. Choose "
            "units or periods with events."
        )


def _steps(value: dict[str, Any], shape: tuple[int, int]) -> dist.Distribution:
    share, wide = value["jump_share"], value["jump_size"]
    kind = dist.Categorical(probs=jnp.stack([1 - share, share]))
    width = dist.Normal(0.0, jnp.stack([jnp.ones_like(wide), wide]))
    return dist.MixtureSameFamily(kind, width).expand(shape).to_event(2)

"""Runs the No-U-Turn sampler of NumPyro; the same JAX key gives the same draws."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpyro import handlers
from numpyro.infer.hmc import HMCState, hmc
from numpyro.infer.util import log_density

import vedette.model.jax_config  # noqa: F401
from vedette.model.bayes.sampler import Sampler
from vedette.model.history import FloatArray

Sites = dict[str, jax.Array]


class Chains(NamedTuple):
    """``samples``: every site by name, (C, N, ...); how many draws diverged and how many hit the depth."""

    samples: dict[str, FloatArray]
    diverged: int
    long: int


def run(model: Callable[..., None], sampler: Sampler, rng: np.random.Generator, *data: Any) -> Chains:
    """Samples a NumPyro model given data, all chains side by side on one processor.

    Every free site of the model must range over the whole line, as those written in standard units do.
    Compiled code is kept for the model, the settings and the shapes of the data, so the same function
    object should be passed again.
    """
    keys = jax.random.split(jax.random.key(int(rng.integers(2**32))), sampler.chains)
    samples, diverged, steps = _compiled(model, sampler)(keys, data)
    values = {name: np.asarray(value) for name, value in samples.items()}
    return Chains(values, int(diverged.sum()), int((steps >= 2**sampler.depth - 1).sum()))


@lru_cache(maxsize=8)
def _compiled(
    model: Callable[..., None], sampler: Sampler
) -> Callable[[jax.Array, tuple[Any, ...]], tuple[Sites, jax.Array, jax.Array]]:
    """Start, warm-up and draws of all chains as one compiled function of keys (C,) and data."""

    def chain(key: jax.Array, data: tuple[Any, ...]) -> tuple[Sites, jax.Array, jax.Array]:
        begin, step = hmc(lambda at: -log_density(model, data, {}, at)[0], algo="NUTS")
        start, moves = jax.random.split(key)
        state = begin(
            _start(model, data, start),
            num_warmup=sampler.warmup,
            target_accept_prob=sampler.accept,
            max_tree_depth=sampler.depth,
            rng_key=moves,
        )

        def draw(state: HMCState, moves: jax.Array) -> tuple[HMCState, tuple[Sites, jax.Array, jax.Array]]:
            state = jax.lax.fori_loop(0, moves, lambda _, now: step(now), state)
            return state, (state.z, state.diverging, state.num_steps)

        # the warm-up runs inside the first draw: the step, most of what is compiled, is there once
        moves = jnp.ones(sampler.draws, int).at[0].add(sampler.warmup)
        _, (sites, diverged, steps) = jax.lax.scan(draw, state, moves)
        return jax.lax.map(lambda at: _with_derived(model, data, at), sites), diverged, steps

    return jax.jit(jax.vmap(chain, in_axes=(0, None)))


def _start(model: Callable[..., None], data: tuple[Any, ...], key: jax.Array) -> Sites:
    """Every site uniform between -1/2 and 1/2."""
    drawn = handlers.trace(handlers.seed(model, key)).get_trace(*data)
    free = {name: site["value"] for name, site in drawn.items() if _is_free(site)}
    keys = jax.random.split(key, len(free))
    return {
        name: jax.random.uniform(one, value.shape, minval=-0.5, maxval=0.5)
        for one, (name, value) in zip(keys, free.items(), strict=True)
    }


def _with_derived(model: Callable[..., None], data: tuple[Any, ...], at: Sites) -> Sites:
    """The sites and what the model derives from them."""
    seen = handlers.trace(handlers.substitute(model, at)).get_trace(*data)
    derived = {name: site["value"] for name, site in seen.items() if site["type"] == "deterministic"}
    return {**at, **derived}


def _is_free(site: dict[str, Any]) -> bool:
    return site["type"] == "sample" and not site["is_observed"]

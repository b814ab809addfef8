"""The endemic-epidemic model with priors as a NumPyro model, and its posterior.

The likelihood is that of `vedette.model.endemic.likelihood`. Coefficients that units share have the priors of
`vedette.model.bayes.priors`, a covariate's in units of its largest value. Coefficients that each unit has of
its own are partially pooled:

    unit[g,u] = mean[g] + spread[g] z[g,u],   z standard normal
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist

import vedette.model.jax_config  # noqa: F401
from vedette.model.bayes.level import check
from vedette.model.bayes.nuts import run
from vedette.model.bayes.posterior import Posterior
from vedette.model.bayes.priors import DECAY, DISPERSION, INTERCEPT, LAG, SLOPE, SPREAD, ParameterPrior
from vedette.model.bayes.sampler import Sampler
from vedette.model.endemic.design import Covariates, Neighbours, design
from vedette.model.endemic.forward import simulate_forward
from vedette.model.endemic.growth import capped
from vedette.model.endemic.likelihood import Arrays, Parameters, log_likelihood
from vedette.model.endemic.priors import pooled_rows
from vedette.model.endemic.rates import process
from vedette.model.endemic.specification import Specification
from vedette.model.endemic.structure import Family, Intercept, Structure
from vedette.model.history import FloatArray, History, IntArray

NAME = "endemic-bayes"


@dataclass(frozen=True)
class Assumed:
    """The priors of a structure: one for each shared coefficient (P), one for the mean of each row of unit
    coefficients (G), None where a shared coefficient is that mean."""

    shared: tuple[ParameterPrior, ...]
    rows: tuple[ParameterPrior | None, ...]


def assumed(structure: Structure) -> Assumed:
    """The priors of a structure, in the order of its coefficients.

    >>> words = Specification(ar="1", ne="0", end="fe + trend").structure
    >>> found = assumed(words)
    >>> [prior.name for prior in found.shared], [row.name for row in found.rows if row]
    (['ar', 'slope', 'dispersion'], ['end'])
    """
    shared: list[ParameterPrior] = []
    rows: list[ParameterPrior | None] = []
    for name, part in zip(("ar", "ne", "end"), structure.parts, strict=True):
        if part is None:
            continue
        if part.intercept in (Intercept.SHARED, Intercept.POOLED):
            shared.append(INTERCEPT[name])
        if part.intercept.by_unit:
            rows.append(None if part.intercept is Intercept.POOLED else INTERCEPT[name])
        shared.extend([SLOPE] * part.columns)
    shared.extend([DECAY] * structure.spatial + [LAG] * structure.temporal)
    shared.extend([DISPERSION] * (structure.family is Family.NEGBIN1))
    rows.extend([DISPERSION] * (structure.family is Family.NEGBINM))
    return Assumed(tuple(shared), tuple(rows))


@lru_cache(maxsize=32)
def endemic_model(structure: Structure) -> Callable[[Arrays, jax.Array], None]:
    """The NumPyro model of a structure; its data are the arrays of a panel and the scale of each coefficient.

    The same structure gives the same function, so that compiled code is kept.
    """

    def model(arrays: Arrays, scale: jax.Array) -> None:
        units = arrays.counts.shape[1]
        shared_z = numpyro.sample("shared_z", _standard(structure.shared))
        spread_z = numpyro.sample("spread_z", _standard(structure.groups))
        mean_z = numpyro.sample("mean_z", _standard(structure.groups))
        unit_z = numpyro.sample("unit_z", _standard(structure.groups, units))
        at = placed(structure, shared_z, spread_z, mean_z, unit_z, scale)
        numpyro.deterministic("shared", at.shared)
        numpyro.deterministic("unit", at.unit)
        numpyro.deterministic("spread", spreads(spread_z))
        numpyro.factor("counts", log_likelihood(structure, at, arrays))

    return model


def placed(
    structure: Structure,
    shared_z: jax.Array,
    spread_z: jax.Array,
    mean_z: jax.Array,
    unit_z: jax.Array,
    scale: jax.Array,
) -> Parameters:
    """Coefficients from standard normals (P,), (G,), (G,) and (G, U); ``scale`` (P,) as in `Design`."""
    priors, pooled = assumed(structure), pooled_rows(structure)
    centres = jnp.array([prior.centre for prior in priors.shared])
    sds = jnp.array([prior.sd for prior in priors.shared])
    shared = (centres + sds * shared_z) / scale
    means = [
        prior.centre + prior.sd * mean_z[row] if prior else shared[pooled[row]]
        for row, prior in enumerate(priors.rows)
    ]
    middle = jnp.stack(means)[:, None] if means else jnp.zeros((0, 1))
    return Parameters(shared, middle + spreads(spread_z)[:, None] * unit_z)


def spreads(spread_z: jax.Array) -> jax.Array:
    """How far units differ, from standard normals."""
    return jnp.exp(SPREAD.centre + SPREAD.sd * spread_z)


def sample_endemic(
    history: History,
    specification: Specification,
    sampler: Sampler,
    rng: np.random.Generator,
    neighbours: Neighbours | None = None,
    covariates: Covariates | None = None,
) -> Posterior:
    """The posterior of an endemic-epidemic model; of several panel draws the middle one of each cell is used.

    Arguments are those of `vedette.model.endemic.fit.fit`, coefficients have the names and the scale of its
    result. ``samples`` holds shared (C, N, P), unit (C, N, G, U) and spread (C, N, G).

    Raises:
        DataError: too few periods, no events, neighbours or covariates that do not fit.
        UsageError: a specification that cannot be read.
    """
    counts = history.truth
    check(counts, NAME)
    table = history.neighbours if neighbours is None else neighbours
    inputs = design(specification, counts, history.units, table, covariates)
    check(counts[inputs.structure.lags.length - 1 :], NAME)
    chains = run(endemic_model(inputs.structure), sampler, rng, inputs.arrays, jnp.asarray(inputs.scale))
    samples = {name: chains.samples[name] for name in ("shared", "unit", "spread")}
    values = np.concatenate([samples["shared"], _joined(samples["unit"])], axis=2)
    named = {name: values[..., place] for place, name in enumerate(inputs.names)}
    named |= {f"spread[{row + 1}]": samples["spread"][..., row] for row in range(inputs.structure.groups)}
    return Posterior.of(NAME, samples, named, chains.diverged, chains.long)


def endemic_ahead(
    posterior: Posterior,
    history: History,
    specification: Specification,
    horizons: int,
    draws: int,
    rng: np.random.Generator,
    cap: float = 0.95,
) -> IntArray:
    """Posterior predictive draws (S, H, U): each from a draw of the posterior, simulated on.

    Draw s continues panel draw s modulo D. In draws where counts would grow in the long run by more than
    ``cap`` a period, what feeds itself is scaled down to it.
    """
    which = posterior.pick(draws, rng)
    at = Parameters(jnp.asarray(posterior.flat("shared")[which]), jnp.asarray(posterior.flat("unit")[which]))
    driven = capped(process(specification, at, history, horizons), cap)
    return simulate_forward(driven, history.values, horizons, draws, rng)


def _standard(*shape: int) -> dist.Distribution:
    return dist.Normal().expand(shape).to_event(len(shape))


def _joined(unit: FloatArray) -> FloatArray:
    return unit.reshape(*unit.shape[:2], -1)

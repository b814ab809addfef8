"""Normal priors: what is assumed of coefficients before the counts are seen. No prior is precision 0."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

import vedette.model.jax_config  # noqa: F401
from vedette.model.endemic.likelihood import Parameters
from vedette.model.endemic.structure import Intercept, Structure


class Priors(NamedTuple):
    """``centre``, ``precision`` (P,): of shared coefficients, precision 1 / sd^2. ``unit_centre``,
    ``unit_precision`` (G,): of each row of unit coefficients. The centre of a row of pooled (``ri``)
    intercepts is the shared coefficient that is their mean, ``unit_centre`` is added to it."""

    centre: jax.Array
    precision: jax.Array
    unit_centre: jax.Array
    unit_precision: jax.Array


def no_priors(structure: Structure) -> Priors:
    """Precision 0 everywhere: maximum likelihood."""
    shared, unit = jnp.zeros(structure.shared), jnp.zeros(structure.groups)
    return Priors(shared, shared, unit, unit)


def log_prior(structure: Structure, at: Parameters, priors: Priors) -> jax.Array:
    """-1/2 sum precision (coefficient - centre)^2, without the part that no coefficient changes."""
    own = (priors.precision * (at.shared - priors.centre) ** 2).sum()
    centre = priors.unit_centre + _pooled_means(structure, at)
    away = ((at.unit - centre[:, None]) ** 2).sum(axis=1)
    return -0.5 * (own + (priors.unit_precision * away).sum())


def pooled_rows(structure: Structure) -> dict[int, int]:
    """The rows of unit coefficients that are pooled, each with the place of its mean in ``shared``."""
    rows: dict[int, int] = {}
    row = first = 0
    for part in structure.parts:
        if part is None:
            continue
        if part.intercept is Intercept.POOLED:
            rows[row] = first
        row += part.intercept.by_unit
        first += part.shared
    return rows


def _pooled_means(structure: Structure, at: Parameters) -> jax.Array:
    rows = pooled_rows(structure)
    return jnp.stack(
        [at.shared[rows[row]] if row in rows else jnp.zeros(()) for row in range(structure.groups)]
        or [jnp.zeros(())]
    )[: structure.groups]

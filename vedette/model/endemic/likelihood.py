"""The endemic-epidemic likelihood: one description for values, gradients, curvature and sampling.

    mu[t,i] = exp(a[t,i]) own[t,i] + exp(b[t,i]) near[t,i] + exp(c[t,i])       own = sum_d u[d] Y[t-d,i]
    near[t,i] = sum_j w[j,i] sum_d u[d] Y[t-d,j]

    Poisson:   log f(y) = y log mu - mu - log y!
    NegBin:    log f(y) = sum_{k<y} log(1 + psi k) + y log mu - (y + 1/psi) log(1 + psi mu) - log y!

The form of the negative binomial is that of Gamma functions, log Gamma(y + r) - log Gamma(r) with r = 1/psi,
written so that it stays exact down to psi = 0, where it becomes the Poisson.
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp

import vedette.model.jax_config  # noqa: F401
from vedette.model.endemic.lags import lag_weights, lagged
from vedette.model.endemic.structure import ComponentSize, Family, Intercept, Structure
from vedette.model.endemic.weights import Near, order_weights, spread

TABLE = 64
_HALF_LOG = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680)


class Parameters(NamedTuple):
    """A point: ``shared`` (P,) and ``unit`` (G, U), in the order that `Structure` documents."""

    shared: jax.Array
    unit: jax.Array


class Arrays(NamedTuple):
    """A panel as arrays. T periods, U units, D lags; the likelihood runs over the N = T - D last periods.

    ``counts`` (T, U); ``spread`` (T, U) is the counts of the neighbours by given weights, (0, U) where
    weights are estimated or there is no neighbour component; ``near`` the sources by order, with K = 0
    where weights are given. ``columns``: for each of ar, ne, end a tuple of covariates, (N, 1) or (N, U).
    ``offsets``: for each of ar, ne, end what multiplies it, (N, U) or (1, 1). ``weight`` (N, 1): how much
    each period counts. The rest serves the dispersion: ``exceed`` (64, 1 or U) holds the weighted number
    of cells with a count above k = 0..63, ``high`` (M,) the counts above 64, ``high_unit`` (M,) their
    column, ``high_weight`` (M,) their weight; ``constant`` () is minus the sum of weighted log y!.
    """

    counts: jax.Array
    spread: jax.Array
    near: Near
    columns: tuple[tuple[jax.Array, ...], tuple[jax.Array, ...], tuple[jax.Array, ...]]
    offsets: tuple[jax.Array, jax.Array, jax.Array]
    weight: jax.Array
    exceed: jax.Array
    high: jax.Array
    high_unit: jax.Array
    high_weight: jax.Array
    constant: jax.Array


class Pieces(NamedTuple):
    """Parameters by role. ``intercepts``: of ar, ne, end, (1,) or (U,); ``slopes``: of their columns."""

    intercepts: tuple[jax.Array, jax.Array, jax.Array]
    slopes: tuple[jax.Array, jax.Array, jax.Array]
    space: jax.Array
    lags: jax.Array
    dispersion: jax.Array


def pieces(structure: Structure, at: Parameters) -> Pieces:
    """The parameters by role; ``dispersion`` is -log psi, (1,) or (U,), empty for the Poisson."""
    intercepts, slopes, first, row = [], [], 0, 0
    for part in structure.parts:
        intercept, columns = jnp.zeros(1), 0
        if part:
            start = part.shared - part.columns
            columns = part.columns
            if part.intercept.by_unit:
                intercept, row = at.unit[row], row + 1
            elif part.intercept is Intercept.SHARED:
                intercept = at.shared[first : first + 1]
            first += start
        intercepts.append(intercept)
        slopes.append(at.shared[first : first + columns])
        first += columns
    last = first + structure.spatial
    end = last + structure.temporal
    dispersion = at.unit[row] if structure.family is Family.NEGBINM else at.shared[end:]
    return Pieces(
        (intercepts[0], intercepts[1], intercepts[2]),
        (slopes[0], slopes[1], slopes[2]),
        at.shared[first:last],
        at.shared[last:end],
        dispersion,
    )


def means(structure: Structure, at: Parameters, arrays: Arrays) -> jax.Array:
    """mu (N, U): what is expected of each cell one period ahead."""
    ar, ne, end = components(structure, at, arrays)
    return ar + ne + end


def components(
    structure: Structure, at: Parameters, arrays: Arrays
) -> tuple[jax.Array, jax.Array, jax.Array]:
    """The three parts of mu: own past, neighbours, endemic; each (N, U), all 0 where it is missing."""
    role = pieces(structure, at)
    periods = len(arrays.weight)
    past = lag_weights(structure.lags, role.lags)
    own = lagged(past, arrays.counts)
    nothing = jnp.zeros((periods, arrays.counts.shape[1]))
    rates = [
        _rate(part, role.intercepts[k], role.slopes[k], arrays.columns[k]) * arrays.offsets[k]
        for k, part in enumerate(structure.parts)
    ]
    ar = rates[0] * own if structure.ar else nothing
    ne = rates[1] * _neighbours(structure, role, past, own, arrays) if structure.ne else nothing
    end = jnp.broadcast_to(rates[2], nothing.shape) if structure.end else nothing
    return ar, ne, end


def _rate(
    part: ComponentSize | None, intercept: jax.Array, slopes: jax.Array, columns: tuple[jax.Array, ...]
) -> jax.Array:
    if part is None:
        return jnp.zeros((1, 1))
    by_time = [slope * column for slope, column in zip(slopes, columns, strict=True) if column.shape[1] == 1]
    by_cell = [slope * column for slope, column in zip(slopes, columns, strict=True) if column.shape[1] > 1]
    return jnp.exp(sum([*by_time, *by_cell], jnp.zeros((1, 1))) + intercept)


def _neighbours(
    structure: Structure, role: Pieces, past: jax.Array, own: jax.Array, arrays: Arrays
) -> jax.Array:
    if structure.spatial == 0:
        return lagged(past, arrays.spread)
    return spread(order_weights(structure.space, role.space, arrays.near), arrays.near, own)


@partial(jax.jit, static_argnames="structure")
def log_likelihood(structure: Structure, at: Parameters, arrays: Arrays) -> jax.Array:
    """The weighted log-likelihood of the N last periods, a number.

    A pure function that JAX can differentiate and NumPyro can use as a factor. With ``structure`` fixed it
    is compiled once for each shape of the arrays.

    Args:
        structure: what the model consists of; hashable.
        at: the point, `Parameters`.
        arrays: the panel, from `vedette.model.endemic.design`.
    """
    y = arrays.counts[structure.lags.length :]
    mu = means(structure, at, arrays)
    drawn = y * jnp.log(jnp.where(y > 0, mu, 1.0))
    if structure.family is Family.POISSON:
        return (arrays.weight * (drawn - mu)).sum() + arrays.constant
    size = jnp.exp(pieces(structure, at).dispersion)
    cells = drawn - (y + size) * jnp.log1p(mu / size)
    return (arrays.weight * cells).sum() + rising(size, arrays) + arrays.constant


def rising(size: jax.Array, arrays: Arrays) -> jax.Array:
    """sum over cells of sum_{k<y} log(1 + k / size), cells gathered by count; ``size`` (1,) or (U,).

    Up to 64 term by term, beyond by Stirling's series for log Gamma(size + y) - log Gamma(size + 64).
    """
    low = (arrays.exceed * jnp.log1p(jnp.arange(TABLE)[:, None] / size)).sum()
    r = size[arrays.high_unit]
    start, stop = r + TABLE, r + arrays.high
    high = stop * jnp.log1p(arrays.high / r) - start * jnp.log1p(TABLE / r) - 0.5 * jnp.log(stop / start)
    high = high - (arrays.high - TABLE) + _stirling(stop) - _stirling(start)
    return low + (arrays.high_weight * high).sum()


def _stirling(x: jax.Array) -> jax.Array:
    return sum((term / x ** (2 * k + 1) for k, term in enumerate(_HALF_LOG)), jnp.zeros(()))

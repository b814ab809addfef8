"""Spatial weights between units, given or by order of neighbourhood."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
from scipy import sparse

import vedette.model.jax_config  # noqa: F401
from vedette.errors import DataError
from vedette.model.endemic.structure import Space, SpaceKind
from vedette.model.history import FloatArray, IntArray

_DENSE = 512


class Near(NamedTuple):
    """The sources of each unit, padded to the K of the unit that has most.

    ``sources`` int (K, U): units; ``orders`` float (K, U): their order of neighbourhood to the unit, -1
    where padded.
    """

    sources: jax.Array
    orders: jax.Array


def orders(neighbours: npt.ArrayLike | sparse.sparray, max_order: int | None = None) -> sparse.csr_array:
    """Order of neighbourhood of each pair of units: 1 for those that touch, 2 for neighbours' neighbours...

    Args:
        neighbours: (U, U), 1 where two units touch; symmetric, or read as the two directions together.
        max_order: the highest order wanted; all if not given.

    Returns:
        A sparse table (U, U); nothing stored where two units are the same, further apart, or not connected.

    >>> orders([[0, 1, 0], [1, 0, 1], [0, 1, 0]]).toarray().tolist()
    [[0, 1, 2], [1, 0, 1], [2, 1, 0]]
    """
    touch = sparse.csr_array(neighbours) != 0
    touch = sparse.csr_array((touch + touch.T).astype(np.int64))
    touch.setdiag(0)
    touch.eliminate_zeros()
    reached = sparse.csr_array(sparse.eye_array(touch.shape[0], dtype=np.int64))
    table = sparse.csr_array(touch.shape, dtype=np.int64)
    frontier, order = reached, 0
    while frontier.nnz and (max_order is None or order < max_order):
        order += 1
        step = sparse.csr_array(((frontier @ touch) > 0).astype(np.int64))
        frontier = sparse.csr_array(step - step.multiply(reached))
        frontier.eliminate_zeros()
        reached = sparse.csr_array(reached + frontier)
        table = sparse.csr_array(table + order * frontier)
    return table


def given_weights(neighbours: npt.ArrayLike | sparse.sparray, normalised: bool) -> sparse.csr_array:
    """The table w[j,i] of source j and target i; with ``normalised`` each row with any weight sums to 1.

    An isolated place, a row of zeros, stays a row of zeros: it spreads nothing.

    Raises:
        DataError: the table is not square, or a weight is negative or not finite.

    >>> given_weights([[0, 1, 1], [1, 0, 0], [0, 0, 0]], normalised=True).toarray().tolist()
    [[0.0, 0.5, 0.5], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    table = sparse.csr_array(neighbours, dtype=np.float64)
    if table.shape[0] != table.shape[1] or not np.isfinite(table.data).all() or (table.data < 0).any():
        raise DataError(
            f"neighbours: expected a square table of finite weights of at least 0; found one of shape "
            f"{table.shape}. Correct the table."
        )
    if not normalised:
        return table
    sums = np.asarray(table.sum(axis=1)).ravel()
    scale = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)
    return sparse.csr_array(sparse.diags_array(scale) @ table)


def near_units(space: Space, neighbours: npt.ArrayLike | sparse.sparray) -> Near:
    """The sources of each unit up to ``space.max_order``, the unit itself (order 0) with `POWER_LAW_0`."""
    table = orders(neighbours, space.max_order).tocoo()
    source, target, order = table.row, table.col, table.data
    if space.kind is SpaceKind.POWER_LAW_0:
        own = np.arange(table.shape[0])
        source, target = np.concatenate([own, source]), np.concatenate([own, target])
        order = np.concatenate([np.zeros(len(own), np.int64), order])
    return _padded(np.asarray(source), np.asarray(target), np.asarray(order), table.shape[0])


def _padded(source: IntArray, target: IntArray, order: IntArray, units: int) -> Near:
    by_target = np.argsort(target, kind="stable")
    source, target, order = source[by_target], target[by_target], order[by_target]
    start = np.searchsorted(target, np.arange(units))
    rank = np.arange(len(target)) - start[target]
    depth = int(rank.max(initial=0)) + 1
    sources = np.zeros((depth, units), np.int32)
    padded: FloatArray = np.full((depth, units), -1.0)
    sources[rank, target], padded[rank, target] = source, order
    return Near(jnp.asarray(sources), jnp.asarray(padded))


def order_weights(space: Space, coefficients: jax.Array, near: Near) -> jax.Array:
    """The weights w (K, U) of the sources of each unit, 0 where padded.

        powerlaw:  o^-d           pl0:  (o + 1)^-d           free:  1 for order 1, exp(d[o-2]) beyond

    With ``space.normalised`` divided by the sum of all weights that go out from the source.
    """
    match space.kind:
        case SpaceKind.POWER_LAW:
            raw = jnp.exp(-coefficients[0] * jnp.log(jnp.maximum(near.orders, 1.0)))
        case SpaceKind.POWER_LAW_0:
            raw = jnp.exp(-coefficients[0] * jnp.log1p(jnp.maximum(near.orders, 0.0)))
        case _:
            table = jnp.concatenate([jnp.zeros(2), coefficients])
            raw = jnp.exp(table[jnp.maximum(near.orders, 0.0).astype(int)])
    raw = jnp.where(near.orders >= 0, raw, 0.0)
    if not space.normalised:
        return raw
    out = raw.sum(axis=0)  # orders are symmetric: what comes in by order is what goes out
    safe = jnp.where(out > 0, out, 1.0)
    return raw / safe[near.sources]


def spread(weights: jax.Array, near: Near, counts: jax.Array) -> jax.Array:
    """sum_j w[j,i] Y[t,j], from counts (T, U) to (T, U).

    With few units as a product of tables; with many by looking up each unit's sources in turn, so that
    memory grows with T U and not with U^2.
    """
    units = counts.shape[1]
    if units <= _DENSE:
        table = jnp.zeros((units, units)).at[near.sources, jnp.arange(units)].add(weights)
        return counts @ table

    def add(total: jax.Array, source: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, None]:
        weight, unit = source
        return total + weight * counts[:, unit], None

    total, _ = jax.lax.scan(jax.checkpoint(add), jnp.zeros_like(counts), (weights, near.sources))
    return total

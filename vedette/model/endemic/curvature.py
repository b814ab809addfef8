"""Slope and curvature of the log-likelihood, and the linear algebra of their shape.

A coefficient of one unit touches only the counts of that unit, so the information is an arrow: a full
block of the P shared coefficients, a border (P, G, U), and a block G x G for each of the U units.
P + G products of the Hessian with a vector give all of it: one for each shared coefficient, one for each
row of unit coefficients (a vector of ones there reaches all units at once, since they do not mix).
"""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

import vedette.model.jax_config  # noqa: F401
from vedette.model.endemic.likelihood import Arrays, Parameters, log_likelihood
from vedette.model.endemic.priors import Priors, log_prior
from vedette.model.endemic.structure import Structure
from vedette.model.history import FloatArray

_FEW_CELLS = 100_000


class Arrow(NamedTuple):
    """Value, slope and information (minus the second derivatives) at a point.

    ``value`` (); ``shared`` (P,), ``unit`` (G, U): the slope; ``corner`` (P, P), ``border`` (P, G, U),
    ``blocks`` (G, G, U): the information.
    """

    value: FloatArray
    shared: FloatArray
    unit: FloatArray
    corner: FloatArray
    border: FloatArray
    blocks: FloatArray


@partial(jax.jit, static_argnames="structure")
def objective(structure: Structure, at: Parameters, arrays: Arrays, priors: Priors) -> jax.Array:
    """Log-likelihood plus log prior."""
    value: jax.Array = log_likelihood(structure, at, arrays) + log_prior(structure, at, priors)
    return value


@partial(jax.jit, static_argnames="structure")
def _derivatives(
    structure: Structure, at: Parameters, arrays: Arrays, priors: Priors
) -> tuple[jax.Array, ...]:
    def slope(point: Parameters) -> tuple[Parameters, jax.Array]:
        value, gradient = jax.value_and_grad(objective, argnums=1)(structure, point, arrays, priors)
        return gradient, value

    def product(direction: Parameters) -> Parameters:
        tangent: Parameters = jax.jvp(slope, (at,), (direction,), has_aux=True)[1]
        return tangent

    count, groups = structure.shared, structure.groups
    units = at.unit.shape[1]
    eye = jnp.eye(count + groups)
    directions = Parameters(
        eye[:, :count], jnp.broadcast_to(eye[:, count:, None], (count + groups, groups, units))
    )
    if arrays.weight.shape[0] * units <= _FEW_CELLS:  # one pass that keeps what all directions share
        gradient, along, value = jax.linearize(slope, at, has_aux=True)
        columns = jax.vmap(along)(directions)
    else:
        gradient, value = slope(at)
        columns = jax.lax.map(product, directions)
    return (
        value,
        gradient.shared,
        gradient.unit,
        -columns.shared[:count],
        -columns.unit[:count],
        -columns.unit[count:],
    )


def derivatives(structure: Structure, at: Parameters, arrays: Arrays, priors: Priors) -> Arrow:
    """Everything about the objective at a point, as NumPy arrays."""
    return Arrow(*(np.asarray(part) for part in _derivatives(structure, at, arrays, priors)))


@dataclass(frozen=True, eq=False)
class Solved:
    """An arrow taken apart: ``inverse_blocks`` (U, G, G), ``reach`` (U, G, P) = inverse block times
    border, ``inverse_corner`` (P, P) the inverse of the Schur complement, ``weak`` (P, K) its directions
    without information."""

    inverse_blocks: FloatArray
    reach: FloatArray
    inverse_corner: FloatArray
    weak: FloatArray

    def solve(self, shared: FloatArray, unit: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Inverse information times a vector, ``shared`` (P,) and ``unit`` (G, U)."""
        by_unit = unit.T
        own = np.einsum("ugh,uh->ug", self.inverse_blocks, by_unit)
        first = self.inverse_corner @ (shared - np.einsum("ugp,ug->p", self.reach, by_unit))
        return first, (own - self.reach @ first).T

    def variances(self) -> tuple[FloatArray, FloatArray]:
        """The diagonal of the inverse, (P,) and (G, U)."""
        own = np.einsum("ugg->ug", self.inverse_blocks)
        through = np.einsum("ugp,pq,ugq->ug", self.reach, self.inverse_corner, self.reach)
        return np.diag(self.inverse_corner).copy(), (own + through).T

    def deviations(self, draws: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
        """Normal draws around 0 with the inverse as covariance, (S, P) and (S, G, U)."""
        shared = rng.standard_normal((draws, len(self.inverse_corner))) @ _root(self.inverse_corner).T
        units, groups, _ = self.inverse_blocks.shape
        alone = rng.standard_normal((draws, units, groups))
        own = np.einsum("ugh,suh->sug", _root(self.inverse_blocks), alone)
        return shared, np.moveaxis(own - np.einsum("ugp,sp->sug", self.reach, shared), 1, 2)


def take_apart(arrow: Arrow, floor: float = 1e-12) -> Solved:
    """Solves an arrow by its Schur complement; made positive where it is not.

    Directions of negative curvature are turned round, those without curvature get ``floor`` relative to
    the diagonal: a step along the result always goes uphill.
    """
    blocks = np.moveaxis(arrow.blocks, 2, 0)
    border = np.moveaxis(arrow.border, 2, 0)
    inverse_blocks, _ = _positive_inverse(blocks, floor)
    reach = np.einsum("ugh,uph->ugp", inverse_blocks, border)
    corner = arrow.corner - np.einsum("uph,uhq->pq", border, reach)
    inverse_corner, weak = _positive_inverse(corner, floor, np.abs(np.diag(arrow.corner)))
    return Solved(inverse_blocks, reach, inverse_corner, weak)


def _positive_inverse(
    table: FloatArray, floor: float, diagonal: FloatArray | None = None
) -> tuple[FloatArray, FloatArray]:
    """The inverse of a symmetric table, or a stack of them, with the signs of its spectrum made positive."""
    if table.shape[-1] == 0:
        return table, np.zeros((0, 0))
    size = np.abs(np.einsum("...ii->...i", table)) if diagonal is None else diagonal
    unit = 1 / np.sqrt(np.where(size > 0, size, 1.0))
    values, vectors = np.linalg.eigh(table * unit[..., :, None] * unit[..., None, :])
    safe = np.maximum(np.abs(values), floor)
    inverse = np.einsum("...ij,...j,...kj->...ik", vectors, 1 / safe, vectors)
    weak = vectors[..., np.abs(values) < 1e-9] if table.ndim == 2 else np.zeros((0, 0))
    return inverse * unit[..., :, None] * unit[..., None, :], weak


def _root(table: FloatArray) -> FloatArray:
    """A square root of a positive table, or of each of a stack."""
    if table.shape[-1] == 0:
        return table
    values, vectors = np.linalg.eigh(table)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0))[..., None, :])

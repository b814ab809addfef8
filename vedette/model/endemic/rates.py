"""Rates of the periods ahead, for many draws of the coefficients."""

from collections.abc import Mapping

import jax
import jax.numpy as jnp
import numpy as np
from scipy.sparse import csr_array

import vedette.model.jax_config  # noqa: F401
from vedette.model.endemic.design import design
from vedette.model.endemic.forward import Process
from vedette.model.endemic.lags import lag_weights
from vedette.model.endemic.likelihood import Arrays, Parameters, Pieces, pieces
from vedette.model.endemic.specification import Specification
from vedette.model.endemic.structure import Family, Structure
from vedette.model.endemic.weights import given_weights, order_weights
from vedette.model.history import FloatArray, History


def process(
    specification: Specification,
    at: Parameters,
    history: History,
    horizons: int,
    future: Mapping[str, FloatArray] | None = None,
) -> Process:
    """The `Process` of the ``horizons`` periods after a history, for each of S draws of the coefficients.

    ``at``: shared (S, P), unit (S, G, U). Where the weights between units are estimated, all versions use
    those of the mean coefficients. ``future``: the series that the formulas name, (H,) or (H, U), over the
    periods ahead alone.

    Raises:
        DataError: a series that a formula names is not there, is too short, or is not finite.
    """
    structure = specification.structure
    length = structure.lags.length
    blank = np.zeros((length + horizons, len(history.units)), dtype=np.int64)
    first = history.values.shape[1] - length
    series = {name: _after(values, length) for name, values in (future or {}).items()}
    arrays = design(specification, blank, history.units, history.neighbours, series, first=first).arrays
    role = jax.vmap(lambda one: pieces(structure, one))(at)
    own, spill, endemic = (rate(structure, role, arrays, k) for k in range(3))
    lags = jax.vmap(lambda one: lag_weights(structure.lags, one))(role.lags)
    flat = structure.family is Family.POISSON
    dispersion = 0.0 if flat else np.exp(-np.asarray(role.dispersion))[:, None]
    return Process(
        endemic, own, spill, dispersion, np.asarray(lags), table(specification, role, arrays, history)
    )


def _after(values: FloatArray, lost: int) -> FloatArray:
    """Values with ``lost`` rows of 0 before them, which `design` takes for the past and leaves out."""
    return np.concatenate([np.zeros((lost, *values.shape[1:])), values])


def rate(structure: Structure, role: Pieces, arrays: Arrays, k: int) -> FloatArray:
    """The rate of component k (ar, ne, end) ahead, (S, H or 1, U or 1); 0 where it is missing."""
    versions = len(role.intercepts[k])
    if structure.parts[k] is None:
        return np.zeros((versions, 1, 1))
    log = role.intercepts[k][:, None, :]
    for place, column in enumerate(arrays.columns[k]):
        log = log + role.slopes[k][:, place, None, None] * column
    return np.asarray(jnp.exp(log) * arrays.offsets[k])


def table(specification: Specification, role: Pieces, arrays: Arrays, history: History) -> csr_array | None:
    """The weights (U, U) of source and target; None where nothing spills over."""
    structure = specification.structure
    if structure.ne is None or history.neighbours is None:
        return None
    if not structure.spatial:
        return given_weights(history.neighbours, structure.space.normalised)
    units = len(history.units)
    weights = order_weights(structure.space, role.space.mean(axis=0), arrays.near)
    filled = jnp.zeros((units, units)).at[arrays.near.sources, jnp.arange(units)].add(weights)
    return csr_array(np.asarray(filled))

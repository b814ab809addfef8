"""From a history to the arrays of the likelihood."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import gammaln

import vedette.model.jax_config  # noqa: F401
from vedette.errors import DataError
from vedette.model.endemic.formula import Component, Covariate, Season, Term, Trend
from vedette.model.endemic.likelihood import TABLE, Arrays
from vedette.model.endemic.specification import Specification, coefficient_names
from vedette.model.endemic.structure import Family, Structure
from vedette.model.endemic.weights import Near, given_weights, near_units
from vedette.model.history import FloatArray, IntArray
from vedette.plurals import counted, plural

Neighbours: TypeAlias = npt.ArrayLike | sparse.sparray
Covariates: TypeAlias = Mapping[str, npt.ArrayLike]


@dataclass(frozen=True, eq=False)
class Design:
    """A model on a panel: its shape, its arrays, and the name and scale of every coefficient.

    ``names`` (P + G U): shared first, then unit by unit row by row. ``scale`` (P,): the largest absolute
    value of what the coefficient multiplies, 1 for all that is no covariate.
    """

    specification: Specification
    structure: Structure
    arrays: Arrays
    units: tuple[str, ...]
    names: tuple[str, ...]
    scale: FloatArray


def design(
    specification: Specification,
    counts: IntArray,
    units: tuple[str, ...],
    neighbours: Neighbours | None = None,
    covariates: Covariates | None = None,
    weight: FloatArray | None = None,
    first: int = 0,
) -> Design:
    """The arrays of a model on counts (T, U).

    Args:
        specification: the model in words.
        counts: whole numbers of at least 0.
        units: U names.
        neighbours: weights (U, U) of source (row) and target; for weights by order whatever is not 0
            makes two units neighbours. Needed where there is a neighbour component and more than one unit.
        covariates: series by name, (T,) or (T, U).
        weight: (T,) how much each period counts; 1 if not given. The first D periods never count.
        first: the time t of the first period; trend and season count from it.

    Raises:
        DataError: too few periods, no neighbours where they are needed, a table or series that does not
            fit, or covariates that are not finite.
        UsageError: a specification that cannot be read.
    """
    structure = specification.structure
    lost = structure.lags.length
    periods, width = counts.shape
    if periods <= lost:
        raise DataError(
            f"expected more than {counted(lost, 'period')}, since the first {lost} only "
            f"{plural(lost, 'serves', 'serve')} as the past; found {periods}. Give a longer panel."
        )
    y = counts.astype(np.float64)
    weights = np.ones(periods) if weight is None else np.asarray(weight, np.float64)
    fixed, near = _space(structure, _touching(structure, neighbours, width), y)
    time = np.arange(first, first + periods, dtype=np.float64)
    columns, offsets = _parts(specification, dict(covariates or {}), time, (periods, width))
    arrays = Arrays(
        counts=jnp.asarray(y),
        spread=jnp.asarray(fixed),
        near=near,
        columns=(columns["ar"], columns["ne"], columns["end"]),
        offsets=(offsets["ar"], offsets["ne"], offsets["end"]),
        weight=jnp.asarray(weights[lost:, None]),
        **_by_count(structure, counts[lost:], weights[lost:]),
    )
    names = coefficient_names(specification, units)
    return Design(specification, structure, arrays, units, names, scales(structure, arrays))


def _touching(structure: Structure, neighbours: Neighbours | None, units: int) -> Neighbours:
    if structure.ne is None or (neighbours is None and units == 1):
        return sparse.csr_array((units, units))
    if neighbours is None:
        raise DataError(
            f"the model has a neighbour component and {counted(units, 'unit')}, but no neighbours are known. "
            'Give them with --neighbours, or leave the component out with --ne "0".'
        )
    shape = neighbours.shape if isinstance(neighbours, sparse.sparray) else np.shape(neighbours)
    if shape != (units, units):
        raise DataError(
            f"neighbours: expected a table of {units} rows and columns, one for each unit of the panel; "
            f"found {shape}. Give one row and column for each unit."
        )
    return neighbours


def _space(structure: Structure, neighbours: Neighbours, y: FloatArray) -> tuple[FloatArray, Near]:
    empty = Near(jnp.zeros((0, y.shape[1]), jnp.int32), jnp.zeros((0, y.shape[1])))
    if structure.ne is None:
        return np.zeros((0, y.shape[1])), empty
    if structure.spatial:
        return np.zeros((0, y.shape[1])), near_units(structure.space, neighbours)
    return np.asarray(y @ given_weights(neighbours, structure.space.normalised)), empty


def _parts(
    specification: Specification,
    covariates: dict[str, npt.ArrayLike],
    time: FloatArray,
    shape: tuple[int, int],
) -> tuple[dict[str, tuple[jnp.ndarray, ...]], dict[str, jnp.ndarray]]:
    lost = specification.lags.length
    series = {name: _series(name, covariates, shape)[lost:] for name in specification.covariates}
    columns: dict[str, tuple[jnp.ndarray, ...]] = {}
    offsets: dict[str, jnp.ndarray] = {}
    for name, component in specification.components.items():
        values = [column for term in _terms(component) for column in _columns(term, time[lost:], series)]
        columns[name] = tuple(jnp.asarray(column) for column in values)
        times = component.offset if component else None
        offsets[name] = jnp.asarray(_positive(times, series[times])) if times else jnp.ones((1, 1))
    return columns, offsets


def _terms(component: Component | None) -> tuple[Term, ...]:
    return component.terms if component else ()


def _columns(term: Term, time: FloatArray, series: dict[str, FloatArray]) -> list[FloatArray]:
    match term:
        case Trend():
            return [time[:, None] / 100]
        case Season(period, harmonics):
            angles = [2 * np.pi * s * time[:, None] / period for s in range(1, harmonics + 1)]
            return [wave(angle) for angle in angles for wave in (np.sin, np.cos)]
        case Covariate(name):
            return [series[name]]


def _series(name: str, covariates: dict[str, npt.ArrayLike], shape: tuple[int, int]) -> FloatArray:
    if name not in covariates:
        known = ", ".join(covariates) or "none"
        raise DataError(
            f"covariate {name!r}: expected one of the series given ({known}). Give it with --covariates, or "
            "take it out of the formula."
        )
    values = np.asarray(covariates[name], dtype=np.float64)
    values = values[:, None] if values.ndim == 1 else values
    if values.ndim != 2 or len(values) < shape[0] or values.shape[1] not in (1, shape[1]):
        raise DataError(
            f"covariate {name!r}: expected a value for each of {counted(shape[0], 'period')}, for all units "
            f"or for each of {shape[1]}; found shape {values.shape}. Give a value for each period."
        )
    values = values[: shape[0]]
    if not np.isfinite(values).all():
        period = int(np.argwhere(~np.isfinite(values))[0][0])
        raise DataError(
            f"covariate {name!r}: expected finite numbers; found {values[period].tolist()} in period "
            f"{period + 1}. Fill the gap, or start the panel after it."
        )
    return values


def _positive(name: str, values: FloatArray) -> FloatArray:
    if (values < 0).any():
        raise DataError(
            f"offset {name!r}: expected values of at least 0, since it multiplies a rate; found "
            f"{values.min():g}. Correct it."
        )
    return values


def _by_count(structure: Structure, counts: IntArray, weight: FloatArray) -> dict[str, jnp.ndarray]:
    """The tables of the dispersion, see `Arrays`."""
    weights = np.broadcast_to(weight[:, None], counts.shape)
    constant = -(weights * gammaln(counts + 1.0)).sum()
    own = structure.family is Family.NEGBINM
    unit = np.broadcast_to(
        np.arange(counts.shape[1]) if own else np.zeros(counts.shape[1], np.int64), counts.shape
    )
    exceed = np.zeros((TABLE, int(unit.max()) + 1))
    some = counts > 0
    low = np.minimum(counts[some], TABLE) - 1
    np.add.at(exceed, (low, unit[some]), weights[some])
    above = counts > TABLE
    return {
        "exceed": jnp.asarray(exceed[::-1].cumsum(axis=0)[::-1]),
        "high": jnp.asarray(_filled(counts[above].astype(np.float64), TABLE)),
        "high_unit": jnp.asarray(_filled(unit[above], 0)),
        "high_weight": jnp.asarray(_filled(weights[above], 0.0)),
        "constant": jnp.asarray(constant),
    }


def _filled(values: npt.NDArray[np.generic], blank: float) -> npt.NDArray[np.generic]:
    """Padded to a power of two, so that panels of like size share compiled code."""
    length = 1 << max(8, int(len(values) - 1).bit_length())
    return np.concatenate([values, np.full(length - len(values), blank, values.dtype)])


def scales(structure: Structure, arrays: Arrays) -> FloatArray:
    """The size (P,) of what each shared coefficient multiplies: a column's largest absolute value, else 1."""
    scale: list[float] = []
    for part, columns in zip(structure.parts, arrays.columns, strict=True):
        if part:
            scale.extend([1.0] * (part.shared - part.columns))
            scale.extend(float(np.abs(column).max()) or 1.0 for column in columns)
    return np.array([*scale, *[1.0] * (structure.shared - len(scale))])

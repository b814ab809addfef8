"""Value, slope and information of a model whose weights are given, in one pass over its cells.

Where weights between units and over lags carry no coefficients, the logarithm of every rate is linear, and
all derivatives are sums over cells of products of the three parts e_k of the mean:

    d mu / d b_i = x_i e_k =: B_i                slope_i = sum g B_i
    curvature_ij = sum (h B_i B_j + g x_i x_j e_k 1{i and j in the same part})

with x_i what coefficient i multiplies, g and h the derivatives of log f(y) by mu. The pass goes through a
few periods at a time, so that what it works on stays in the processor's cache. Nothing is compiled: a panel
may grow from fit to fit.
"""

from itertools import combinations_with_replacement

import numpy as np

from vedette.model.endemic.cellwise import Cells, rising
from vedette.model.endemic.curvature import Arrow, derivatives
from vedette.model.endemic.likelihood import Arrays, Parameters
from vedette.model.endemic.priors import Priors, pooled_rows
from vedette.model.endemic.spans import SIZE, Base, gathered, own, spans
from vedette.model.endemic.structure import Family, Structure
from vedette.model.history import FloatArray


def information(structure: Structure, at: Parameters, arrays: Arrays, priors: Priors) -> Arrow:
    """Everything about the objective at a point: in one pass where the model is linear, by automatic
    differentiation where weights between units or over lags are estimated."""
    linear = not structure.spatial and not structure.temporal
    return (sweep if linear else derivatives)(structure, at, arrays, priors)


def sweep(structure: Structure, at: Parameters, arrays: Arrays, priors: Priors) -> Arrow:
    """The objective, log-likelihood plus log prior, of a linear model at a point.

    A mean of 0 counts as 1e-150, so that an impossible count is only very unlikely.
    """
    shared, unit = np.asarray(at.shared), np.asarray(at.unit)
    sums = _nothing(len(shared), *unit.shape)
    bases = gathered(structure, arrays)
    weight = np.asarray(arrays.weight)[:, 0]
    sums.value[...] = float(arrays.constant)
    with np.errstate(over="ignore", invalid="ignore"):
        for span, parts, cells in spans(structure, bases, shared, unit, arrays):
            sums.value[...] += weight[span] @ cells.value.sum(axis=1)
            _add(sums, bases, parts, cells, weight[span], span)
        if structure.family is not Family.POISSON:
            _add_rising(sums, bases[-1], shared, unit, arrays)
    _add_prior(sums, structure, shared, unit, priors)
    return sums._replace(corner=-sums.corner, border=-sums.border, blocks=-sums.blocks)


def _nothing(count: int, groups: int, units: int) -> Arrow:
    corner, border, blocks = (count, count), (count, groups, units), (groups, groups, units)
    shapes: list[tuple[int, ...]] = [(), (count,), (groups, units), corner, border, blocks]
    return Arrow(*(np.zeros(shape) for shape in shapes))


def _add(
    sums: Arrow,
    bases: list[Base],
    parts: dict[int, FloatArray],
    cells: Cells,
    weight: FloatArray,
    span: slice,
) -> None:
    """Adds slope and curvature of some periods."""
    acting = [_acting(base, parts, span) for base in bases]
    for base, through in zip(bases, acting, strict=True):
        slope = cells.size_first if base.part == SIZE else cells.first * through
        sums.shared[base.places] += base.times[:, span] @ (weight * slope.sum(axis=1))
        if base.row is not None:
            sums.unit[base.row] += weight @ slope
    for i, j in combinations_with_replacement(range(len(bases)), 2):
        a, b = bases[i], bases[j]
        if a.part == SIZE:
            bend = cells.size_second
        elif b.part == SIZE:
            bend = cells.mixed * acting[i]
        else:
            bend = cells.second * acting[i] * acting[j]
            if a.part == b.part:
                bend += cells.first * (acting[i] if b.cells is None else acting[i] * b.cells[span])
        _add_pair(sums, a, b, bend, weight, span)


def _acting(base: Base, parts: dict[int, FloatArray], span: slice) -> FloatArray:
    """B: the part of the mean times what varies by cell."""
    if base.part == SIZE:
        return np.zeros((0, 0))
    return parts[base.part] if base.cells is None else parts[base.part] * base.cells[span]


def _add_pair(sums: Arrow, a: Base, b: Base, bend: FloatArray, weight: FloatArray, span: slice) -> None:
    """Adds the curvature between two bases, cell by cell in ``bend``, to all coefficients it touches."""
    first, second = a.times[:, span], b.times[:, span]
    if len(a.places) and len(b.places):
        corner = (first * (weight * bend.sum(axis=1))) @ second.T
        sums.corner[a.places[:, None], b.places] += corner
        if a is not b:
            sums.corner[b.places[:, None], a.places] += corner.T
    if len(a.places) and b.row is not None:
        sums.border[a.places, b.row] += (first * weight) @ bend
    if len(b.places) and a.row is not None and a is not b:
        sums.border[b.places, a.row] += (second * weight) @ bend
    if a.row is not None and b.row is not None:
        both = weight @ bend
        sums.blocks[a.row, b.row] += both
        if a is not b:
            sums.blocks[b.row, a.row] += both


def _add_rising(sums: Arrow, base: Base, shared: FloatArray, unit: FloatArray, arrays: Arrays) -> None:
    value, first, second = rising(np.exp(own(base, shared, unit)), arrays)
    sums.value[...] += value
    if base.row is None:
        sums.shared[base.places] += first
        sums.corner[base.places, base.places] += second
    else:
        sums.unit[base.row] += first
        sums.blocks[base.row, base.row] += second


def _add_prior(
    sums: Arrow, structure: Structure, shared: FloatArray, unit: FloatArray, priors: Priors
) -> None:
    """Adds -1/2 sum precision (coefficient - centre)^2; that of a pooled row is itself a coefficient."""
    precision, by_row = np.asarray(priors.precision), np.asarray(priors.unit_precision)
    away, rows = shared - np.asarray(priors.centre), pooled_rows(structure)
    sums.value[...] -= 0.5 * (precision * away**2).sum()
    sums.shared[...] -= precision * away
    sums.corner[np.diag_indices(len(shared))] -= precision
    for row, tight in enumerate(by_row):
        mean = rows.get(row)
        apart = unit[row] - np.asarray(priors.unit_centre)[row] - (0.0 if mean is None else shared[mean])
        sums.value[...] -= 0.5 * tight * (apart**2).sum()
        sums.unit[row] -= tight * apart
        sums.blocks[row, row] -= tight
        if mean is not None:
            sums.shared[mean] += tight * apart.sum()
            sums.corner[mean, mean] -= tight * len(apart)
            sums.border[mean, row] += tight

"""The cells of a panel a few periods at a time, and the coefficients that act on them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vedette.model.endemic.cellwise import Cells, negbin_cells, poisson_cells
from vedette.model.endemic.likelihood import Arrays
from vedette.model.endemic.structure import Family, Intercept, Structure
from vedette.model.history import FloatArray, IntArray

CELLS = 2**15
SIZE = 3


@dataclass(frozen=True, eq=False)
class Base:
    """Coefficients of one ``part`` (0 ar, 1 ne, 2 end, 3 dispersion) that act through the same B.

    ``places`` (C,) in the shared block and ``times`` (C, N) what they multiply in all units; ``row`` in the
    unit block, or None. ``cells`` (N, U) instead: a covariate that differs between units.
    """

    part: int
    places: IntArray
    times: FloatArray
    row: int | None = None
    cells: FloatArray | None = None


def gathered(structure: Structure, arrays: Arrays) -> list[Base]:
    """All coefficients, part by part, in the order that `Structure` documents."""
    periods = len(arrays.weight)
    ones, nothing = np.ones((1, periods)), np.zeros((0, periods))
    bases: list[Base] = []
    place = row = 0
    for k, part in enumerate(structure.parts):
        if part is None:
            continue
        shared = part.intercept is Intercept.SHARED
        columns = [np.asarray(column, dtype=np.float64) for column in arrays.columns[k]]
        first = place + part.shared - part.columns
        same = [first + c for c, column in enumerate(columns) if column.shape[1] == 1]
        times = [columns[p - first].T for p in same]
        own = row if part.intercept.by_unit else None
        bases.append(
            Base(
                k,
                np.array([place] * shared + same, np.int64),
                np.concatenate([ones[:shared], nothing, *times]),
                own,
            )
        )
        for c, column in enumerate(columns):
            if column.shape[1] > 1:
                bases.append(Base(k, np.array([first + c]), ones, None, column))
        place, row = first + part.columns, row + part.intercept.by_unit
    if structure.family is Family.NEGBIN1:
        bases.append(Base(SIZE, np.array([place]), ones))
    if structure.family is Family.NEGBINM:
        bases.append(Base(SIZE, np.zeros(0, np.int64), nothing, row))
    return bases


def spans(
    structure: Structure, bases: list[Base], shared: FloatArray, unit: FloatArray, arrays: Arrays
) -> Iterator[tuple[slice, dict[int, FloatArray], Cells]]:
    """A few periods at a time: which, the parts e_k of their means, and the derivatives of their cells."""
    counts, lost = np.asarray(arrays.counts), structure.lags.length
    felt = (counts[lost - 1 :], np.asarray(arrays.spread)[lost - 1 :], None)
    offsets = [np.asarray(offset) for offset in arrays.offsets]
    acting = [base for base in bases if base.part != SIZE]
    rates = [_rate(base, shared, unit) for base in acting]
    size = np.zeros(0) if structure.family is Family.POISSON else np.exp(own(bases[-1], shared, unit))
    rows = max(1, CELLS // counts.shape[1])
    for start in range(0, len(arrays.weight), rows):
        span = slice(start, min(start + rows, len(arrays.weight)))
        y = counts[lost:][span]
        parts = _parts(acting, rates, shared, felt, offsets, span)
        parts = {k: np.broadcast_to(part, y.shape) for k, part in parts.items()}
        mu = sum(parts.values(), np.zeros((1, 1)))
        yield span, parts, negbin_cells(y, mu, size) if len(size) else poisson_cells(y, mu)


def _rate(base: Base, shared: FloatArray, unit: FloatArray) -> tuple[FloatArray, FloatArray]:
    """exp of what all units share, (N, 1), and of what all periods share, (U,) or (1,)."""
    by_time = np.exp(shared[base.places] @ base.times)[:, None]
    return by_time, np.ones(1) if base.row is None else np.exp(unit[base.row])


def own(base: Base, shared: FloatArray, unit: FloatArray) -> FloatArray:
    return shared[base.places] if base.row is None else unit[base.row]


def _parts(
    acting: list[Base],
    rates: list[tuple[FloatArray, FloatArray]],
    shared: FloatArray,
    felt: tuple[FloatArray | None, ...],
    offsets: list[FloatArray],
    span: slice,
) -> dict[int, FloatArray]:
    """The parts e_k of the means of some periods: rate, offset and what is felt of the past."""
    parts: dict[int, FloatArray] = {}
    for base, (by_time, by_unit) in zip(acting, rates, strict=True):
        if base.cells is not None:
            parts[base.part] = parts[base.part] * np.exp(shared[base.places] * base.cells[span])
            continue
        offset, source = offsets[base.part], felt[base.part]
        level = by_time[span] * by_unit * (offset[span] if len(offset) > 1 else offset)
        parts[base.part] = level if source is None else level * source[span]
    return parts

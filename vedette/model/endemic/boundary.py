"""Coefficients at the boundary of their range or not identified by the data, and standard errors of the rest.

There the likelihood is flat: the estimate is the last iterate and has no standard error. This is reported,
not raised.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from vedette.model.endemic.curvature import Arrow, take_apart
from vedette.model.endemic.structure import Family, SpaceKind, Structure
from vedette.model.history import BoolArray, FloatArray

_FLAT = 1e-6
_FAR = 7.0


class Boundary(StrEnum):
    """The boundary that an estimate ran to."""

    VANISHED = "vanished"
    """The rate it governs is 0, such as the endemic part of a unit without events."""
    POISSON = "poisson"
    """The dispersion is 0: the counts vary no more than a Poisson."""
    NEAREST = "nearest"
    """The decay is infinite: only the nearest order counts."""
    FLAT = "flat"
    """The data do not tell its value from others."""


@dataclass(frozen=True, eq=False)
class Errors:
    """Standard errors and boundaries of ``shared`` (P,) and ``unit`` (G, U) coefficients in that order,
    (P + G U,). ``se`` is NaN exactly where ``boundary`` is not None."""

    se: FloatArray
    boundary: tuple[Boundary | None, ...]


def standard_errors(structure: Structure, values: FloatArray, arrow: Arrow, scale: FloatArray) -> Errors:
    """Square roots of the diagonal of the inverse observed information, given the flat coefficients.

    Args:
        structure: of the model.
        values: (P + G U,) coefficients at the optimum.
        arrow: information there.
        scale: (P,) size of what each shared coefficient multiplies.
    """
    flat_shared = np.diag(arrow.corner) < _FLAT * scale**2
    flat_unit = np.einsum("ggu->gu", arrow.blocks) < _FLAT
    solved = take_apart(_without(arrow, flat_shared, flat_unit))
    if solved.weak.size:
        flat_shared = flat_shared | (np.abs(solved.weak) > 0.1).any(axis=1)
        solved = take_apart(_without(arrow, flat_shared, flat_unit))
    shared, unit = solved.variances()
    flat = np.concatenate([flat_shared, flat_unit.ravel()])
    variance = np.concatenate([shared, unit.ravel()])
    se = np.where(flat, np.nan, np.sqrt(np.where(flat, 1.0, variance)))
    kinds = _kinds(structure, arrow.unit.shape[1])
    named = [
        _named(kind, value) if lost else None for kind, value, lost in zip(kinds, values, flat, strict=True)
    ]
    return Errors(se, tuple(named))


def _without(arrow: Arrow, shared: BoolArray, unit: BoolArray) -> Arrow:
    """The information given some coefficients: theirs is taken out and a 1 put on the diagonal."""
    keep, kept = ~shared, ~unit
    corner = arrow.corner * np.outer(keep, keep) + np.diag(shared.astype(float))
    border = arrow.border * keep[:, None, None] * kept[None]
    blocks = arrow.blocks * kept[:, None] * kept[None]
    blocks = blocks + np.eye(len(unit))[:, :, None] * unit[None]
    return arrow._replace(corner=corner, border=border, blocks=blocks)


def _kinds(structure: Structure, units: int) -> list[str]:
    """The kind of each coefficient: rate, slope, decay, lag or dispersion."""
    shared: list[str] = []
    unit: list[str] = []
    for part in structure.parts:
        if part:
            shared += ["rate"] * (part.shared - part.columns) + ["slope"] * part.columns
            unit += ["rate"] * (units * part.intercept.by_unit)
    decay = "slope" if structure.space.kind is SpaceKind.FREE else "decay"
    shared += [decay] * structure.spatial + ["slope"] * structure.temporal
    shared += ["dispersion"] * (structure.family is Family.NEGBIN1)
    unit += ["dispersion"] * (units * (structure.family is Family.NEGBINM))
    return shared + unit


def _named(kind: str, value: float) -> Boundary:
    if kind == "rate" and value < -_FAR:
        return Boundary.VANISHED
    if kind == "dispersion" and value > _FAR:
        return Boundary.POISSON
    if kind == "decay" and value > _FAR:
        return Boundary.NEAREST
    return Boundary.FLAT

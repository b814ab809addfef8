"""Trust-region Newton optimiser of the penalised likelihood."""

from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np

import vedette.model.jax_config  # noqa: F401
from vedette.model.endemic.curvature import Arrow, take_apart
from vedette.model.endemic.design import scales
from vedette.model.endemic.likelihood import Arrays, Parameters
from vedette.model.endemic.priors import Priors, no_priors
from vedette.model.endemic.structure import Family, Intercept, SpaceKind, Structure
from vedette.model.endemic.sweep import information
from vedette.model.history import FloatArray

MOST_STEPS = 200
TOLERANCE = 1e-10
_FIRST_RADIUS, _MOST_RADIUS, _LEAST_RADIUS = 2.0, 8.0, 1e-9
_NOTHING = 1e-9
_STRIDE = 5.0


@dataclass(frozen=True, eq=False)
class Optimum:
    """Result of the trust-region Newton optimiser after ``steps`` steps.

    ``arrow`` holds value, gradient and information at ``at``; ``gain`` is the predicted improvement of one
    more step, the measure of convergence.
    """

    at: Parameters
    arrow: Arrow
    converged: bool
    steps: int
    gain: float


def maximum(
    structure: Structure,
    arrays: Arrays,
    start: Parameters | None = None,
    priors: Priors | None = None,
    tolerance: float = TOLERANCE,
    most_steps: int = MOST_STEPS,
) -> Optimum:
    """Maximises log-likelihood plus log prior by Newton's method in a trust region.

    Each step solves the arrow of the observed information exactly, with negative curvature turned round,
    is cut to the region of trust (no coefficient times the size of its column moves further than its
    radius), and taken if the value grows. The climb has converged when a step promises less than
    ``tolerance``. It never raises: where it ends without having converged, the result says so.

    >>> from vedette.model.endemic.specification import Specification
    >>> from vedette.model.endemic.design import design
    >>> import numpy as np
    >>> made = design(Specification("0", "0", "1", "poisson"), np.array([[9], [2], [4]]), ("here",))
    >>> found = maximum(made.structure, made.arrays)
    >>> round(float(np.exp(found.at.shared[0])), 6), found.converged
    (3.0, True)
    """
    prior = no_priors(structure) if priors is None else priors
    at = start_values(structure, arrays) if start is None else start
    here = information(structure, at, arrays, prior)
    size = scales(structure, arrays)
    radius, gain = _FIRST_RADIUS, np.inf
    for step in range(most_steps):
        shared, unit, gain = _step(here)
        if gain < tolerance:
            return Optimum(at, here, bool(np.isfinite(here.value)), step, gain)
        cut = min(1.0, radius / _longest(size * shared, unit))
        far = _STRIDE if radius >= 1 else 1.0
        ahead = Parameters(
            at.shared + cut * _stretched(size * shared, here.shared / size, far) / size,
            at.unit + cut * _stretched(unit, here.unit, far),
        )
        there = information(structure, ahead, arrays, prior)
        rise, promise = float(there.value - here.value), gain * cut * (2 - cut)
        if np.isfinite(rise) and rise > 1e-4 * promise:
            radius = min(_MOST_RADIUS, radius * 2) if rise > 0.5 * promise else radius
            at, here = ahead, there
        elif promise < 1e-7 * max(1.0, abs(float(here.value)) * 1e-4):  # rounding decides from here on
            return Optimum(at, here, True, step, gain)
        else:
            radius = cut * _longest(size * shared, unit) / 4
            if not radius > _LEAST_RADIUS:
                break
    return Optimum(at, here, False, step + 1, gain)


def _step(here: Arrow) -> tuple[FloatArray, FloatArray, float]:
    shared, unit = take_apart(here).solve(here.shared, here.unit)
    return shared, unit, 0.5 * float(here.shared @ shared + (here.unit * unit).sum())


def _stretched(step: FloatArray, slope: FloatArray, far: float) -> FloatArray:
    """Lengthens the step of coefficients that run to infinity, where Newton's steps never shrink.

    There the value is within a hair of its limit, so what a stride can cost is less than a thousandth.
    """
    running = (np.abs(step) > 0.5) & (np.abs(slope * step) < 1e-3)
    return np.where(running, far * step, step)


def _longest(shared: FloatArray, unit: FloatArray) -> float:
    return float(max(np.abs(shared).max(initial=0), np.abs(unit).max(initial=0), 1e-300))


def start_values(structure: Structure, arrays: Arrays) -> Parameters:
    """A third of each count from what feeds itself, a tenth from next door, half of it endemic.

    A unit without events starts where its endemic part has all but vanished.
    """
    lost = structure.lags.length
    counts, weight = np.asarray(arrays.counts)[lost:], np.asarray(arrays.weight)
    each = (counts * weight).sum(axis=0) / max(weight.sum(), _NOTHING)
    level = {0: np.log(0.3), 1: np.log(0.1 / max(1.0, _sources(arrays)))}
    alone = structure.ar is None and structure.ne is None
    endemic = (1.0 if alone else 0.5) / max(float(np.asarray(arrays.offsets[2]).mean()), _NOTHING)
    shared: list[float] = []
    unit: list[FloatArray] = []
    for k, part in enumerate(structure.parts):
        if part is None:
            continue
        overall = level.get(k, float(np.log(endemic * each.mean() + _NOTHING)))
        if part.intercept in (Intercept.SHARED, Intercept.POOLED):
            shared.append(overall)
        if part.intercept.by_unit:
            own = np.full(len(each), overall) if k in level else np.log(endemic * each + _NOTHING)
            unit.append(np.full(len(each), overall) if part.intercept is Intercept.POOLED else own)
        shared.extend([0.0] * part.columns)
    shared.extend([0.0 if structure.space.kind is SpaceKind.FREE else 1.0] * structure.spatial)
    shared.extend([0.0] * structure.temporal)
    shared.extend([0.0] * (structure.family is Family.NEGBIN1))
    if structure.family is Family.NEGBINM:
        unit.append(np.zeros(len(each)))
    return Parameters(jnp.asarray(shared, float), jnp.asarray(np.array(unit).reshape(-1, len(each))))


def _sources(arrays: Arrays) -> float:
    """How much of a neighbour's count reaches a unit, as a sum of weights, roughly."""
    own = float(np.asarray(arrays.counts).mean())
    return float(np.asarray(arrays.spread).mean()) / own if arrays.spread.size and own > 0 else 1.0

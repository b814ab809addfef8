"""Partial pooling: how far units differ is estimated with them, by empirical Bayes."""

import jax.numpy as jnp
import numpy as np

from vedette.model.endemic.curvature import take_apart
from vedette.model.endemic.likelihood import Arrays, Parameters
from vedette.model.endemic.optimum import Optimum, maximum
from vedette.model.endemic.priors import Priors, no_priors, pooled_rows
from vedette.model.endemic.structure import Structure
from vedette.model.history import FloatArray, IntArray

FIRST_SD, LEAST_SD = 1.0, 0.02
_ROUNDS = 30


def pooled_maximum(
    structure: Structure,
    arrays: Arrays,
    start: Parameters | None = None,
    priors: Priors | None = None,
    same: float = 1e-3,
) -> tuple[Optimum, Priors]:
    """The maximum with the spread of each row of pooled coefficients estimated.

        sd^2 = mean over units of (a[u] - m)^2 + Var(a[u] | counts)

    in turn with the maximum given sd (an EM algorithm with Laplace's approximation of the variances), until
    sd moves by less than the share ``same``. Never below .02. Pooled are intercepts ``ri``, whose mean m is
    a coefficient, and every row to which ``priors`` gives a precision, whose m is the mean of the row.
    """
    fitted_priors = no_priors(structure) if priors is None else priors
    rows = np.array(
        sorted({*pooled_rows(structure), *np.flatnonzero(fitted_priors.unit_precision)}), dtype=int
    )
    precision = np.array(fitted_priors.unit_precision)
    precision[rows] = np.where(precision[rows] > 0, precision[rows], FIRST_SD**-2)
    for _ in range(_ROUNDS):
        fitted_priors = fitted_priors._replace(unit_precision=jnp.asarray(precision))
        best = maximum(structure, arrays, start, fitted_priors)
        if not len(rows):
            break
        start = best.at
        means, update = _spread(structure, best, rows)
        centre = np.array(fitted_priors.unit_centre)
        centre[rows] = np.where([row in pooled_rows(structure) for row in rows], 0.0, means)
        fitted_priors = fitted_priors._replace(unit_centre=jnp.asarray(centre))
        moved = np.abs(np.sqrt(update / precision[rows]) - 1).max()
        precision[rows] = update
        if moved < same:
            break
    return best, fitted_priors


def _spread(structure: Structure, best: Optimum, rows: IntArray) -> tuple[FloatArray, FloatArray]:
    """Mean and precision 1 / sd^2 of each pooled row."""
    shared, unit, pooled = np.asarray(best.at.shared), np.asarray(best.at.unit), pooled_rows(structure)
    means = np.array([shared[pooled[row]] if row in pooled else unit[row].mean() for row in rows])
    _, variance = take_apart(best.arrow).variances()
    sd2 = ((unit[rows] - means[:, None]) ** 2 + variance[rows]).mean(axis=1)
    return means, np.asarray(1 / np.maximum(sd2, LEAST_SD**2))

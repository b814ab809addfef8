"""One-step-ahead scores of a fitted model."""

from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
import scoringrules as sr
from scipy.special import gammaln, xlogy

import vedette.model.jax_config  # noqa: F401
from vedette.model.endemic.design import Covariates, Design, Neighbours, design
from vedette.model.endemic.fit import Fit, expected, fit_design
from vedette.model.endemic.likelihood import Parameters
from vedette.model.endemic.optimum import start_values
from vedette.model.endemic.specification import Specification
from vedette.model.history import FloatArray, IntArray


@dataclass(frozen=True)
class OneStep:
    """Mean scores over cells; lower is better. ``logs`` = -log f(y); ``rps`` = sum over k of
    (F(k) - 1{y <= k})^2; ``dss`` = (y - mu)^2 / var + log var. Czado, Gneiting and Held (2009)."""

    logs: float
    rps: float
    dss: float


def one_step_scores(y: npt.ArrayLike, mean: FloatArray, size: FloatArray | None) -> OneStep:
    """Mean scores of counts (N, U) against their distributions; ``size`` None for the Poisson.

    >>> import numpy as np
    >>> found = one_step_scores([[1.0]], np.array([[2.0]]), None)
    >>> round(found.logs, 4), round(found.dss, 4)
    (1.3069, 1.1931)
    """
    y = np.asarray(y, dtype=np.float64)
    if size is None:
        logs = mean - xlogy(y, mean) + gammaln(y + 1)
        rps, variance = sr.crps_poisson(y, mean), mean
    else:
        r = np.broadcast_to(size, mean.shape)
        logs = (
            gammaln(r) + gammaln(y + 1) - gammaln(y + r) + (y + r) * np.log1p(mean / r) - xlogy(y, mean / r)
        )
        rps, variance = sr.crps_negbinom(y, r, mu=mean), mean + mean**2 / r
    dss = (y - mean) ** 2 / variance + np.log(variance)
    return OneStep(float(logs.mean()), float(np.mean(rps)), float(dss.mean()))


def last_periods(fitted: Fit, inputs: Design, periods: int) -> OneStep:
    """One-step-ahead scores of the last periods of a panel under one fit."""
    y = np.asarray(inputs.arrays.counts)[-periods:]
    mean, size = expected(fitted, inputs)
    return one_step_scores(y, mean[-periods:], size)


def rolling(
    specification: Specification,
    counts: IntArray,
    units: tuple[str, ...],
    neighbours: Neighbours | None,
    periods: int,
    covariates: Covariates | None = None,
) -> OneStep:
    """One-step-ahead scores of the last periods, each from a fit to all periods before it.

    Later periods get weight 0, so that arrays keep their shape and compiled code serves every fit; each
    climb starts where the last one ended, except for coefficients that lay on a boundary.
    """
    rows: list[FloatArray] = []
    sizes: list[FloatArray] = []
    start = None
    for ahead in range(periods, 0, -1):
        known = np.arange(len(counts)) < len(counts) - ahead
        inputs = design(specification, counts, units, neighbours, covariates, known.astype(float))
        fitted = fit_design(inputs, start)
        mean, size = expected(fitted, inputs)
        rows.append(mean[-ahead])
        sizes.extend([] if size is None else [np.broadcast_to(size, mean[-ahead].shape)])
        start = resumed(fitted)
    return one_step_scores(counts[-periods:], np.array(rows), np.array(sizes) if sizes else None)


def resumed(fitted: Fit) -> Parameters:
    """Start values for a similar panel: these estimates, with defaults for unidentified coefficients."""
    fresh = start_values(fitted.design.structure, fitted.design.arrays)
    flat = {each.name for each in fitted.coefficients if each.boundary}
    lost = np.array([name in flat for name in fitted.design.names])
    count = fitted.design.structure.shared
    shared = np.where(lost[:count], fresh.shared, fitted.at.shared)
    unit = np.where(lost[count:].reshape(fitted.at.unit.shape), fresh.unit, fitted.at.unit)
    return Parameters(jnp.asarray(shared), jnp.asarray(unit))

"""Weights of precedents: a kernel of the distance, the role, and wars as clusters.

    weight = kernel(distance / bandwidth) * role
    Gaussian:      kernel(u) = exp(-u^2 / 2)
    Epanechnikov:  kernel(u) = max(0, 1 - u^2 / 5)
    weight of a war = largest weight of its departures, shared among them in proportion to their own
    effective number of wars = (sum of weights of wars)^2 / (sum of their squares)

Source of the effective number: Kish (1965), Survey Sampling.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from vedette.precedents.coded import NOBODY, ROLES

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weighting:
    """A kernel, ``gaussian`` or ``epanechnikov``, its bandwidth, and the weight of the neighbouring role."""

    kernel: str
    bandwidth: float
    step: float

    def __str__(self) -> str:
        """``gaussian, bandwidth 1, step of role 0.5``."""
        return f"{self.kernel}, bandwidth {self.bandwidth:g}, step of role {self.step:g}"


REFERENCE = Weighting("gaussian", 1.0, 0.5)
"""The weights that are shown first: the middle of the grid, not its best fit."""
GRID = tuple(
    Weighting(kernel, bandwidth, step)
    for kernel, bandwidth, step in product(
        ("gaussian", "epanechnikov"), (0.5, 1.0, 1.5, 2.0), (0.0, 0.25, 0.5)
    )
)
"""All weights that are tried, written down before any result was computed with them."""


def kernel(distance: Floats, weighting: Weighting) -> Floats:
    """The weight of a distance alone, 1 at 0; both kernels have a standard deviation of one bandwidth.

    >>> kernel(np.array([0.0, 1.0]), REFERENCE).round(4).tolist()
    [1.0, 0.6065]
    """
    u = distance / weighting.bandwidth
    if weighting.kernel == "gaussian":
        return np.asarray(np.exp(-(u**2) / 2))
    return np.maximum(0.0, 1 - u**2 / 5)


def role_weight(one: str, other: str, step: float) -> float:
    """1 for the same role, ``step`` for its neighbour, 0 between a main backer and a contributor.

    A departure that none was, with the role none, has no weight.

    >>> [role_weight("main", role, 0.5) for role in ROLES]
    [1.0, 0.5, 0.0]
    """
    if NOBODY in (one, other):
        return 0.0
    apart = abs(ROLES.index(one) - ROLES.index(other))
    return (1.0, step, 0.0)[apart]


def by_war(weights: Floats, wars: Sequence[str]) -> Floats:
    """Weights so that each war has in all the largest weight of its departures, (n,).

    >>> by_war(np.array([0.8, 0.2, 0.5]), ["A", "A", "B"]).round(2).tolist()
    [0.64, 0.16, 0.5]
    """
    names = np.array(wars)
    shared = np.zeros_like(weights)
    for war in dict.fromkeys(wars):
        own = names == war
        if weights[own].sum() > 0:
            shared[own] = weights[own].max() * weights[own] / weights[own].sum()
    return shared


def effective(weights: Floats, wars: Sequence[str]) -> float:
    """The effective number of wars of weights that `by_war` gave; 0 if all are 0.

    >>> effective(np.array([0.5, 0.5, 1.0]), ["A", "A", "B"])
    2.0
    """
    names = np.array(wars)
    sums = np.array([weights[names == war].sum() for war in dict.fromkeys(wars)])
    squares = float((sums**2).sum())
    return float(sums.sum() ** 2) / squares if squares > 0 else 0.0


def weighted_quantile(values: Floats, weights: Floats, levels: Sequence[float]) -> Floats:
    """Quantiles of draws (D, n) of n precedents with weights (n,), those with weight 0 left out, (levels,).

    A quantile is the smallest value at which the weights of all draws up to it reach the level.
    """
    flat, mass = values.ravel(), np.tile(weights, len(values))
    order = np.argsort(flat, kind="stable")
    reached = np.cumsum(mass[order])
    places = np.searchsorted(reached, np.asarray(levels) * reached[-1] * (1 - 1e-12))
    return np.asarray(flat[order][np.minimum(places, len(flat) - 1)])

"""Weights of rivals from the months since: a kernel on the statistics of whole paths.

Statistics are turned to the two directions in which the rivals differ most, as seen on the scale of the
draws around their own rival. There the likelihood of a rival is the mean over its draws of a normal kernel
around what came, half as wide as the rival: the noise of observation is learned from the spread of what it
foretells. So that the kernel makes no rival wider, draws are first moved towards the mean of theirs (West
1993, Journal of the Royal Statistical Society B 55, 409-422). A weight is prior times likelihood, over the
sum.

    weight(r)  =  prior(r) L(r) / sum of prior L
    L(r)       =  mean over draws d of N(z; m + sqrt(1 - h^2) (z_d - m), h^2 S)

with m and S the mean and covariance of the draws of r, and h one half. Wood 2010 (Nature 466, 1102-1104) for
likelihoods of statistics of whole paths.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vedette.model import FloatArray, IntArray
from vedette.randomness import rng_stream
from vedette.scenario.tracking.rivals import Rival

KERNEL = 0.5
"""The standard deviation of the kernel, in that of the draws of its rival."""
DIRECTIONS = 2
FEWEST = 100
"""The fewest effective draws beside which a weight is given."""
OUTSIDE = 0.05
"""What came lies outside a rival if a smaller share of its draws lies as far from their mean."""
RESAMPLES = 200
_RIDGE = 1e-6


@dataclass(frozen=True)
class BranchWeight:
    """What the months since say of a rival.

    Attributes:
        id: of the rival.
        name: of the rival.
        prior: its weight before.
        weight: its weight now; None where it, or a rival, has too few effective draws.
        low: the lower end of the 90 % interval of simulation error.
        high: the upper end.
        effective: how many independent draws its likelihood rests on.
        farther: the share of its draws that lie as far from their mean as what came, or farther.
    """

    id: str
    name: str
    prior: float
    weight: float | None
    low: float | None
    high: float | None
    effective: float
    farther: float

    @property
    def outside(self) -> bool:
        """Whether what came lies outside 95 % of its draws."""
        return self.farther < OUTSIDE


@dataclass(frozen=True, eq=False)
class Scale:
    """The scale on which rivals are compared: ``whiten`` (d, d) to pooled units, ``turn`` (d, 1 or 2)."""

    whiten: FloatArray
    turn: FloatArray

    def scaled(self, points: FloatArray) -> FloatArray:
        """Statistics (N, d) in units of the pooled spread."""
        return np.asarray(points @ self.whiten)

    def telling(self, points: FloatArray) -> FloatArray:
        """Statistics (N, d) in the directions in which rivals differ most, (N, 1 or 2)."""
        return np.asarray(points @ self.whiten @ self.turn)


@dataclass(frozen=True, eq=False)
class Kernels:
    """The kernels of one rival in the telling directions: ``centres`` (N, k) and ``unit`` (k, k).

    ``unit`` turns differences into standard deviations of the kernel, ``peak`` is its density in the middle.
    """

    centres: FloatArray
    unit: FloatArray
    peak: float

    def at(self, seen: FloatArray) -> FloatArray:
        """The density of each kernel at points (M, k), (M, N)."""
        here, there = seen @ self.unit, self.centres @ self.unit
        squares = (here**2).sum(axis=1)[:, None] + (there**2).sum(axis=1) - 2.0 * here @ there.T
        return np.asarray(self.peak * np.exp(-0.5 * np.maximum(squares, 0.0)))


def kernels_of(scale: Scale, rival: Rival) -> Kernels:
    """The kernels of a rival: its draws, moved towards their mean, each half as wide as all of them."""
    told = scale.telling(rival.points)
    middle = told.mean(axis=0)
    spread = np.atleast_2d(np.cov(told.T, bias=True))
    spread = spread + _RIDGE * max(float(np.trace(spread)), 1e-9) * np.eye(len(spread))
    values, vectors = np.linalg.eigh(KERNEL**2 * spread)
    unit = vectors / np.sqrt(values)
    centres = middle + (1.0 - KERNEL**2) ** 0.5 * (told - middle)
    return Kernels(centres, unit, float(1.0 / np.sqrt(values.prod())))


def scale_of(rivals: Sequence[Rival]) -> Scale:
    """The pooled spread of draws around their rival, and the directions between the rivals."""
    means = np.stack([rival.points.mean(axis=0) for rival in rivals])
    apart = np.concatenate([rival.points - mean for rival, mean in zip(rivals, means, strict=True)])
    pooled = np.atleast_2d(apart.T @ apart / len(apart))
    pooled = pooled + _RIDGE * max(float(np.trace(pooled)), 1e-9) * np.eye(len(pooled))
    values, vectors = np.linalg.eigh(pooled)
    whiten = vectors / np.sqrt(values)
    between = (means - means.mean(axis=0)) @ whiten
    _, _, axes = np.linalg.svd(between, full_matrices=True)
    return Scale(whiten, axes[:DIRECTIONS].T)


def weigh(rivals: Sequence[Rival], came: FloatArray, seed: int) -> tuple[BranchWeight, ...]:
    """The weight of each rival after statistics (d,) were seen; ``seed`` of the simulation error."""
    scale = scale_of(rivals)
    seen = scale.telling(came[None])
    kernels = [kernels_of(scale, rival).at(seen)[0] for rival in rivals]
    effective = [effective_draws(k, rival.future) for k, rival in zip(kernels, rivals, strict=True)]
    whole = min(effective) >= FEWEST
    likelihood = np.array([k.mean() for k in kernels])
    prior = np.array([rival.prior for rival in rivals])
    weights = posterior(prior, likelihood[None])[0]
    low, high = np.quantile(_resampled(rivals, kernels, prior, seed), (0.05, 0.95), axis=0)
    return tuple(
        BranchWeight(
            rival.id,
            rival.name,
            rival.prior,
            float(weights[place]) if whole else None,
            float(low[place]) if whole else None,
            float(high[place]) if whole else None,
            effective[place],
            farther(scale, rival, came),
        )
        for place, rival in enumerate(rivals)
    )


def posterior(prior: FloatArray, likelihood: FloatArray) -> FloatArray:
    """Weights (N, R) from a prior (R,) and likelihoods (N, R); the prior where all likelihoods vanish."""
    joint = prior * likelihood
    total = joint.sum(axis=1, keepdims=True)
    return np.where(total > 0, joint / np.where(total > 0, total, 1.0), prior)


def effective_draws(kernels: FloatArray, future: IntArray) -> float:
    """How many independent draws a mean rests on; draws of one future count as one (Kish 1965)."""
    by_future = np.bincount(future, kernels)
    squares = float((by_future**2).sum())
    return float(by_future.sum()) ** 2 / squares if squares > 0 else 0.0


def farther(scale: Scale, rival: Rival, came: FloatArray) -> float:
    """The share of draws at least as far from the mean of a rival as what came, in all statistics."""
    points = scale.scaled(rival.points)
    middle = points.mean(axis=0)
    own = ((points - middle) ** 2).sum(axis=1)
    seen = ((scale.scaled(came[None])[0] - middle) ** 2).sum()
    return float((own >= seen).mean())


def _resampled(
    rivals: Sequence[Rival], kernels: Sequence[FloatArray], prior: FloatArray, seed: int
) -> FloatArray:
    """Weights with futures drawn anew, (resamples, R): branches share futures, so they move together."""
    most = max(int(rival.future.max()) for rival in rivals) + 1
    sums = [np.bincount(rival.future, k, most) for rival, k in zip(rivals, kernels, strict=True)]
    counts = [np.bincount(rival.future, minlength=most) for rival in rivals]
    times = rng_stream(seed, "weights").multinomial(most, np.full(most, 1 / most), size=RESAMPLES)
    above, below = (times @ np.stack(part, axis=1) for part in (sums, counts))
    return posterior(prior, above / np.maximum(below, 1))

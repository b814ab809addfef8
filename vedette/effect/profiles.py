"""The shapes that an effect may have over a window, and how well each explains what was observed.

A *profile* is the course of the logarithm of the multiplier over the H periods of a window, 1 at its largest:

    step      1
    fading    2^(-t / half_life)                                              t = 0 ... H - 1
    building  (1 - 2^(-(t + 1) / half_life)) / (1 - 2^(-H / half_life))
    ramp      (t + 1) / H

A shape without a half-life has one profile, the others one for each half-life of a grid.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from scipy.linalg import solve_triangular

from vedette.model import FloatArray, IntArray

SHAPES = ("step", "fading", "building", "ramp")
LEAST = 4
"""A window of fewer periods shows no shape: the effect is taken as a step."""
SPREAD = 1.5
"""The standard deviation of the logarithm of the largest multiplier, before the data."""
SHORTEST, LONGEST, POINTS = 0.25, 48.0, 16
"""The half-lives in periods, uniform on a log scale before the data, and their number on the grid."""


def courses(shape: str, half_lives: FloatArray, periods: int) -> FloatArray:
    """The profiles of a shape, (half-lives, H); half-lives that a shape does not have are ignored.

    >>> courses("building", np.array([1.0]), 3).round(2).tolist()
    [[0.57, 0.86, 1.0]]
    """
    time, lives = np.arange(periods), np.asarray(half_lives, np.float64)[:, None]
    match shape:
        case "fading":
            return np.asarray(2.0 ** (-time / lives))
        case "building":
            return np.asarray((1.0 - 2.0 ** (-(time + 1) / lives)) / (1.0 - 2.0 ** (-periods / lives)))
        case "ramp":
            return np.broadcast_to((time + 1) / periods, (len(lives), periods))
        case _:
            return np.ones((len(lives), periods))


@dataclass(frozen=True, eq=False)
class Profiles:
    """The profiles of all shapes that a window can show.

    ``shapes``: their names. ``first``: the first row of each. ``half_lives`` (K,): in periods, NaN where a
    shape has none. ``values`` (K, H): the profiles.
    """

    shapes: tuple[str, ...]
    first: tuple[int, ...]
    half_lives: FloatArray
    values: FloatArray

    def rows(self, shape: str) -> slice:
        """The rows of a shape."""
        ends = (*self.first[1:], len(self.values))
        place = self.shapes.index(shape)
        return slice(self.first[place], ends[place])


@lru_cache(maxsize=16)
def profiles(periods: int) -> Profiles:
    """The profiles for a window of so many periods."""
    grid, none = np.geomspace(SHORTEST, LONGEST, POINTS), np.array([np.nan])
    shapes = SHAPES if periods >= LEAST else SHAPES[:1]
    lives = [grid if shape in ("fading", "building") else none for shape in shapes]
    values = [courses(shape, each, periods) for shape, each in zip(shapes, lives, strict=True)]
    first = np.cumsum([0, *(len(each) for each in lives[:-1])]).tolist()
    return Profiles(shapes, tuple(first), np.concatenate(lives), np.concatenate(values))


@dataclass(frozen=True, eq=False)
class Patterns:
    """Profiles divided by the uncertainty of a counterfactual, so that months count as they are worth.

    ``factor`` (H, H): the lower Cholesky factor of the covariance of the log counterfactual; deviations and
    profiles are multiplied by its inverse, which turns them into one-step-ahead errors of equal variance.
    """

    factor: FloatArray

    @classmethod
    def of(cls, spread: FloatArray) -> "Patterns":
        """The patterns for a covariance (H, H)."""
        return cls(np.asarray(np.linalg.cholesky(spread), np.float64))

    @property
    def profiles(self) -> Profiles:
        """The profiles before they are divided."""
        return profiles(len(self.factor))

    @cached_property
    def rows(self) -> FloatArray:
        """The divided profiles, (K, H)."""
        return self.divided(self.profiles.values)

    @cached_property
    def precision(self) -> FloatArray:
        """The posterior precision of the size of each profile, (K,)."""
        return np.asarray((self.rows**2).sum(axis=1) + SPREAD**-2)

    def divided(self, deviations: FloatArray) -> FloatArray:
        """Deviations (..., H) divided by the uncertainty."""
        flat = deviations.reshape(-1, len(self.factor))
        whole = solve_triangular(self.factor, flat.T, lower=True).T
        return np.asarray(whole.reshape(deviations.shape))

    def evidence(self, divided: FloatArray) -> FloatArray:
        """The log Bayes factor of each profile against no effect, (..., K), for divided deviations.

        log BF = (h'z)^2 / (2 p) - log(p SPREAD^2) / 2,    p = h'h + SPREAD^-2
        """
        fit = np.square(divided @ self.rows.T) / self.precision
        return np.asarray(0.5 * (fit - np.log(self.precision * SPREAD**2)))

    def by_shape(self, evidence: FloatArray) -> FloatArray:
        """The same of each shape, (..., shapes): the mean of Bayes factors over half-lives."""
        parts = [evidence[..., self.profiles.rows(shape)] for shape in self.profiles.shapes]
        return np.stack([_log_mean(part) for part in parts], axis=-1)

    def best(self, divided: FloatArray) -> IntArray:
        """The row of the profile chosen, (...): the best half-life of the shape with the most evidence."""
        evidence = self.evidence(divided)
        shapes = self.by_shape(evidence).argmax(axis=-1)
        of_shape = np.empty((*shapes.shape, len(self.profiles.shapes)), np.int64)
        for place, shape in enumerate(self.profiles.shapes):
            rows = self.profiles.rows(shape)
            of_shape[..., place] = rows.start + evidence[..., rows].argmax(axis=-1)
        return np.asarray(np.take_along_axis(of_shape, shapes[..., None], axis=-1)[..., 0])

    @cached_property
    def totals(self) -> FloatArray:
        """What each profile's weighted total takes of each divided deviation, of length 1, (K, H)."""
        whole = self.profiles.values @ self.factor
        return np.asarray(whole / np.linalg.norm(whole, axis=1, keepdims=True))


def _log_mean(logs: FloatArray) -> FloatArray:
    if logs.shape[-1] == 1:
        return logs[..., 0]
    top = logs.max(axis=-1)
    return np.asarray(top + np.log(np.exp(logs - top[..., None]).mean(axis=-1)))

"""Distribution of counts around a level: negative binomial."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import gammaln

from vedette.model.history import FloatArray, IntArray


@dataclass(frozen=True)
class Noise:
    """A count is negative binomial around its level: var = mean + clump mean + spread mean^2.

    ``clump``: events come with several deaths, or in clusters; events whose deaths have mean a and variance
    b add (a^2 + b) / a - 1. ``spread``: what does not even out at high levels. Both are the same for a
    month and a week. As a negative binomial the size is 1 / (spread + clump / mean).
    """

    spread: float
    clump: float

    def size(self, mean: FloatArray) -> FloatArray:
        """The size of the negative binomial at each mean.

        >>> Noise(0.25, 10.0).size(np.array([10.0, 1000.0])).round(2).tolist()
        [0.8, 3.85]
        """
        return 1.0 / (self.spread + self.clump / mean)


def chances(counts: IntArray, mean: FloatArray, noises: tuple[Noise, ...]) -> FloatArray:
    """Chance of each count at each mean under each noise, (counts, K, means); never below 1e-300."""
    chance = _chances(mean.tobytes(), noises)
    return np.stack([chance(float(count)) for count in counts.tolist()])


@lru_cache(maxsize=8)
def _chances(means: bytes, noises: tuple[Noise, ...]) -> Callable[[float], FloatArray]:
    """The `chances` of one count, (K, means), cached: histories of one unit mostly hold the same counts."""
    mean = np.frombuffer(means)
    size = np.stack([noise.size(mean) for noise in noises])
    whole, none, each = gammaln(size), size * np.log(size / (size + mean)), np.log(mean / (size + mean))

    @lru_cache(maxsize=2048)
    def chance(count: float) -> FloatArray:
        log = gammaln(count + size) - whole - gammaln(count + 1.0)
        log += none + count * each
        return np.asarray(np.exp(np.maximum(log, -690.0)))

    return chance


def scatter(mean: FloatArray, size: FloatArray, rng: np.random.Generator) -> IntArray:
    """A count for each mean and size."""
    return rng.poisson(rng.standard_gamma(size) * (mean / size))

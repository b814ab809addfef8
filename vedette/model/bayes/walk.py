"""Simulation of a latent log-level that moves by quiet steps and rare jumps."""

from dataclasses import dataclass

import numpy as np

from vedette.model.endemic.forward import CEILING, negative_binomial
from vedette.model.history import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Walk:
    """S versions of how a level moves in U units; every field (S,), but ``home`` (S, U).

        x[t,u] = x[t-1,u] + reversion (home[u] - x[t-1,u]) + sqrt(shared) c[t] + sqrt(1 - shared) e[t,u]
        y[t,u] ~ NegBin(mean exp(x[t,u]), variance mean + mean^2 / size)

    The steps c and e are normal with standard deviation ``step``, or, with chance ``jump_share``,
    ``jump_size`` times as wide. ``x`` is the log of counts per period.
    """

    reversion: FloatArray
    step: FloatArray
    jump_share: FloatArray
    jump_size: FloatArray
    shared: FloatArray
    size: FloatArray
    home: FloatArray

    def ahead(self, level: FloatArray, horizons: int, rng: np.random.Generator) -> IntArray:
        """Counts (S, H, U) of the periods that follow a level (S, U).

        >>> one = np.ones(1)
        >>> still = Walk(one, 0 * one, 0 * one, one, 0 * one, 1e9 * one, np.log([[100.0]]))
        >>> still.ahead(np.array([[0.0]]), 3, np.random.default_rng(1)).shape
        (1, 3, 1)
        """
        x, counts = level, []
        for _ in range(horizons):
            x = self._moved(x, rng)
            counts.append(self.counts(x, rng))
        return np.stack(counts, axis=1)

    def counts(self, level: FloatArray, rng: np.random.Generator) -> IntArray:
        """Counts (S, U) at a level (S, U); a mean above a billion is held there."""
        mean = np.exp(np.minimum(level, np.log(CEILING)))
        return negative_binomial(mean, 1 / self.size[:, None], rng)

    def _moved(self, x: FloatArray, rng: np.random.Generator) -> FloatArray:
        share = self.shared[:, None]
        common, own = self._steps((len(x), 1), rng), self._steps(x.shape, rng)
        pull = self.reversion[:, None] * (self.home - x)
        return np.asarray(x + pull + np.sqrt(share) * common + np.sqrt(1 - share) * own)

    def _steps(self, shape: tuple[int, ...], rng: np.random.Generator) -> FloatArray:
        wide = np.where(rng.random(shape) < self.jump_share[:, None], self.jump_size[:, None], 1.0)
        return np.asarray(self.step[:, None] * wide * rng.standard_normal(shape))

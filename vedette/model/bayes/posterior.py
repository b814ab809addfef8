"""The posterior: draws of what is unknown, and how far to believe them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vedette.model.bayes.diagnosis import Diagnosis, Marginal, judge, marginal
from vedette.model.history import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Posterior:
    """Draws of every quantity of a model, given a history.

    ``samples``: by name, float (C, N) for one number, (C, N, ...) for more; C chains of N draws.
    ``marginals``: the summary of each number, ``diagnosis``: whether the sampler can be trusted.
    """

    model: str
    samples: Mapping[str, FloatArray]
    marginals: tuple[Marginal, ...]
    diagnosis: Diagnosis

    @classmethod
    def of(
        cls,
        model: str,
        samples: Mapping[str, FloatArray],
        named: Mapping[str, FloatArray],
        diverged: int,
        long: int,
    ) -> "Posterior":
        """A posterior with its summaries; ``named`` holds the numbers to sum up, (C, N) each."""
        each = [marginal(name, chains) for name, chains in named.items()]
        shape = next(iter(named.values())).shape
        return cls(model, samples, tuple(each), judge(model, each, shape, diverged, long))

    @property
    def size(self) -> int:
        """Draws of all chains together."""
        return self.diagnosis.chains * self.diagnosis.draws

    def flat(self, name: str) -> FloatArray:
        """Draws of one quantity, chains joined: (C N, ...)."""
        chains = self.samples[name]
        return chains.reshape(self.size, *chains.shape[2:])

    def pick(self, draws: int, rng: np.random.Generator) -> IntArray:
        """Which posterior draw each of ``draws`` futures starts from: each as often as any other, give or
        take one, in random order."""
        shuffled = rng.permutation(self.size)
        return np.asarray(shuffled[np.arange(draws) % self.size], dtype=np.int64)


def by_unit(name: str, chains: FloatArray, units: tuple[str, ...]) -> dict[str, FloatArray]:
    """The numbers of a quantity (C, N, U) by name, such as ``level[IQ-NI]``.

    >>> sorted(by_unit("level", np.zeros((1, 4, 2)), ("a", "b")))
    ['level[a]', 'level[b]']
    """
    return {f"{name}[{unit}]": chains[..., place] for place, unit in enumerate(units)}

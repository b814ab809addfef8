"""A whole told in two ways: from its own past, and as the sum of its parts."""

from dataclasses import dataclass

import numpy as np

from vedette.model.forecast import Model
from vedette.model.history import History, IntArray


@dataclass(frozen=True)
class Twofold:
    """A model that tells a whole from its own past in half of the draws, as the sum of its parts in the rest.

    On which level violence is told best differs from case to case, and the two err differently. A history
    without ``parts`` is told by ``model`` alone.

    >>> from vedette.model.baselines import Last
    >>> from vedette.periods import Step
    >>> places = History.of([[2, 3]], ["NI", "BA"], 24161, Step.MONTH)
    >>> Twofold(Last()).simulate(places.total("IQ"), 1, 4, np.random.default_rng(1)).ravel().tolist()
    [5, 5, 5, 5]
    """

    model: Model

    @property
    def name(self) -> str:
        """That of the model."""
        return self.model.name

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U)."""
        whole = self.model.simulate(history, horizons, draws, rng)
        if history.parts is None:
            return whole
        summed = self.model.simulate(history.parts, horizons, draws, rng).sum(axis=2, keepdims=True)
        own = rng.permutation(draws) < draws // 2
        return np.where(own[:, None, None], whole, summed)

"""Exponentially weighted climatology: past counts, resampled with recent periods more often."""

from dataclasses import dataclass

import numpy as np

from vedette.model.history import History, IntArray, panel_draws
from vedette.model.level.motion import MONTHS

LONGEST = 240


@dataclass(frozen=True)
class Fading:
    """The unit's own past counts, the older the less likely: half as likely every ``half_life`` months.

        chance of the count of t  ~  .5^((origin - t) / half_life)

    The same at every horizon. One draw takes a whole past period for all units, so that units add up. The
    last 240 periods at most; the draws are stratified over time.

    >>> Fading().name
    'fading-3'
    """

    half_life: float = 3.0

    @property
    def name(self) -> str:
        """``fading-3``."""
        return f"fading-{self.half_life:g}"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U): rows of past periods."""
        window = history.values[:, -LONGEST:]
        age = MONTHS[history.span.step] * np.arange(window.shape[1])[::-1]
        chance = np.cumsum(0.5 ** (age / self.half_life))
        ticket = (np.arange(draws)[:, None] + rng.random((draws, horizons))) / draws
        ticket = rng.permuted(ticket, axis=0)
        row = np.minimum(np.searchsorted(chance / chance[-1], ticket), len(chance) - 1)
        return window[panel_draws(history, draws)[:, None], row]

"""Exponentially weighted climatology: past counts, resampled with recent periods more often."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vedette.model.history import History, IntArray, panel_draws
from vedette.model.level.motion import MONTHS
from vedette.randomness import shared_stream

LONGEST = 240
STAY = 0.9


@dataclass(frozen=True)
class Fading:
    """The unit's own past counts, the older the less likely: half as likely every ``half_life`` months.

        chance of the count of t  ~  .5^((origin - t) / half_life)

    The same at every horizon. A draw keeps its past period from one horizon to the next with the chance
    ``stay`` a month; draws that do not keep theirs exchange them, so that each horizon holds the same past
    periods equally often. One draw takes a whole past period for all units, so that units add up. The
    last 240 periods at most; the draws are stratified over time.

    >>> Fading().name
    'fading-3'
    """

    half_life: float = 3.0
    stay: float = STAY

    @property
    def name(self) -> str:
        """``fading-3``."""
        return f"fading-{self.half_life:g}"

    def divided(self, history: History, horizons: int, blocks: Sequence[IntArray]) -> "Sequence[Fading]":
        """The same for every block of units, which take the same past periods."""
        return [self] * len(blocks)

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U): rows of past periods."""
        window = history.values[:, -LONGEST:]
        months, rng = MONTHS[history.span.step], shared_stream(rng, self.name)
        chance = np.cumsum(0.5 ** (months * np.arange(window.shape[1])[::-1] / self.half_life))
        ticket = rng.permutation(np.arange(draws) + rng.random(draws)) / draws
        row = np.minimum(np.searchsorted(chance / chance[-1], ticket), len(chance) - 1)
        rows = exchanged(row, horizons, self.stay**months, rng)
        return window[panel_draws(history, draws)[:, None], rows]


def exchanged(row: IntArray, horizons: int, stay: float, rng: np.random.Generator) -> IntArray:
    """Rows (S, H) that begin as ``row`` (S,) and stay with chance ``stay``; the others trade places.

    >>> rows = exchanged(np.array([7, 8, 9]), 4, 0.5, np.random.default_rng(1))
    >>> np.sort(rows, axis=0).T.tolist()
    [[7, 8, 9], [7, 8, 9], [7, 8, 9], [7, 8, 9]]
    """
    rows = np.empty((len(row), horizons), dtype=np.int64)
    rows[:, 0] = row
    for horizon in range(1, horizons):
        rows[:, horizon] = rows[:, horizon - 1]
        leaving = np.flatnonzero(rng.random(len(row)) >= stay)
        rows[leaving, horizon] = rows[rng.permutation(leaving), horizon - 1]
    return rows

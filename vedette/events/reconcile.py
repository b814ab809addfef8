"""Reconciling a partial file to known totals.

Where only part of the events is at hand (those placed exactly, say) but the national total of deaths
is known, the shortfall is filled in every draw with events drawn from those that the partial file
leaves out by its own rule: the coarsely placed events of the last complete year. The last one drawn is
cut so that the deaths of each draw equal the total exactly. What comes out is an estimate.
"""

from dataclasses import dataclass

import numpy as np

from vedette.errors import DataError
from vedette.events.grid import Ints
from vedette.events.spread import Spread, concatenate

_BATCH = 32


@dataclass(frozen=True)
class Donors:
    """Events that stand for the missing ones.

    Attributes:
        where: flat index into (parts, strata) in each draw, shape (donors, draws).
        low, best, high: deaths of each donor, shape (donors,).
    """

    where: Ints
    low: Ints
    best: Ints
    high: Ints


def fill(
    shortfall: dict[int, int], donors: Donors, cells_per_period: int, draws: int, rng: np.random.Generator
) -> Spread:
    """Draws donors for each period until their deaths make up the shortfall.

    Args:
        shortfall: missing deaths (best estimate) by period index; zero or less adds nothing.
        donors: the events to draw from, with replacement.
        cells_per_period: parts times strata.
        draws: how many draws.
        rng: the source of chance.

    Returns:
        The events added; their best estimates add up to the shortfall in every draw.

    Raises:
        DataError: deaths are missing and no donor has any.
    """
    missing = {period: deaths for period, deaths in sorted(shortfall.items()) if deaths > 0}
    if missing and not donors.best.any():
        raise DataError(
            "the totals hold more deaths than the partial file, and the last complete year has no coarsely "
            "placed event to stand for them. Load the complete event file, or drop `partial` from case.yaml."
        )
    return concatenate(
        [
            _fill_draw(period, deaths, draw, donors, cells_per_period, rng)
            for period, deaths in missing.items()
            for draw in range(draws)
        ]
    )


def _fill_draw(
    period: int, missing: int, draw: int, donors: Donors, cells_per_period: int, rng: np.random.Generator
) -> Spread:
    chosen = np.empty(0, np.int64)
    while donors.best[chosen].sum() < missing:
        chosen = np.concatenate([chosen, rng.integers(donors.best.size, size=_BATCH)])
    reached = np.cumsum(donors.best[chosen])
    count = int(np.searchsorted(reached, missing)) + 1
    chosen = chosen[:count]
    best = donors.best[chosen].copy()
    best[-1] -= reached[count - 1] - missing
    kept = best[-1] / donors.best[chosen[-1]]
    low, high = donors.low[chosen].copy(), donors.high[chosen].copy()
    low[-1], high[-1] = int(low[-1] * kept), int(np.ceil(high[-1] * kept))
    cell = period * cells_per_period + donors.where[chosen, draw]
    return Spread(np.full(count, draw), cell, np.stack([np.ones(count, np.int64), low, best, high]))

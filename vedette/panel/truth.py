"""Draws the true number of deaths of every event, for each draw of a panel.

Events of UCDP data sets are drawn from the mixture for their type (`coder_draws`), those of other data sets
from the triangular distribution with the low, best and high estimate. A cell of several events is first split
into events of nearly equal size, since the mixture describes single events.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from vedette.panel.coders import KINDS, Violence, kind_numbers, mixed
from vedette.panel.event_cells import MEASURES
from vedette.panel.grid import Floats, Ints
from vedette.panel.imprecise import ImpreciseEvents, single_events

TRUE = "true"
RANGED = len(KINDS)
NO_KIND = KINDS.index(Violence.ANY)
_CODERS = "ucdp"
_SLAB = 2_000_000


@dataclass(frozen=True, eq=False)
class Reported:
    """The reported deaths of the events of a panel, from which their true deaths are drawn.

    Attributes:
        cells: the counted cells, in an order that does not depend on places, with ``dataset``, ``type``,
            `MEASURES` and ``flat``: the flat index into (periods, parts, strata) of cells placed exactly,
            null for those placed by draw.
        drawn: the same index of each event placed by draw, in the same order, shape (events, draws).
        filling: the imputed events, of unknown type.
        seed: the seed of the draws.
    """

    cells: pl.DataFrame
    drawn: Ints
    filling: ImpreciseEvents
    seed: int


def kinds_of(table: pl.DataFrame) -> Ints:
    """The kind of each row of a table of cells, from its data set and type of violence.

    >>> rows = {"dataset": ["ucdp", "acled"], "type": ["one-sided", "state-based"]}
    >>> kinds_of(pl.DataFrame(rows)).tolist()
    [2, 4]
    """
    from_ucdp = table["dataset"].str.starts_with(_CODERS).to_numpy()
    return np.where(from_ucdp, kind_numbers(table["type"].to_numpy()), RANGED)


def true_deaths(reported: Reported, draws: int) -> Iterator[ImpreciseEvents]:
    """The true deaths of all events in all draws, in blocks, as entries with one amount.

    Every event and draw has its own uniform random number, in the order of the events, so the result for an
    event does not depend on later events, on places, or on which periods are requested.
    """
    events = single_events(reported.cells.select("dataset", "type", *MEASURES, "flat"))
    amounts, kind = events.select(MEASURES[1:]).to_numpy().T, kinds_of(events)
    flat = events["flat"].fill_null(-1).to_numpy()
    loose = np.cumsum(flat < 0) - 1
    rng = np.random.default_rng([reported.seed, draws, 1])
    every, rows = np.arange(draws), max(1, _SLAB // draws)
    for first in range(0, flat.size, rows):
        slab = slice(first, first + rows)
        died = drawn_truth(amounts[:, slab, None], kind[slab, None], rng.random((flat[slab].size, draws)))
        cell = np.repeat(flat[slab, None], draws, axis=1)
        by_draw = flat[slab] < 0
        cell[by_draw] = reported.drawn[loose[slab][by_draw]]
        yield ImpreciseEvents(np.tile(every, len(cell)), cell.ravel(), died.reshape(1, -1))
    filling, rng = reported.filling, np.random.default_rng([reported.seed, draws, 2])
    for first in range(0, filling.cell.size, _SLAB):
        slab = slice(first, first + _SLAB)
        chance = rng.random(filling.cell[slab].size)
        died = drawn_truth(filling.amounts[1:, slab], np.full(chance.size, NO_KIND), chance)
        yield ImpreciseEvents(filling.draw[slab], filling.cell[slab], died[None])


def drawn_truth(amounts: Ints, kind: Ints, chance: Floats) -> Ints:
    """True deaths from low, best and high, (3, *shape), the kind, (*shape), and chance, (*shape)."""
    low, best, high = amounts
    coders = mixed(best, np.minimum(kind, RANGED - 1), chance)
    if not (kind == RANGED).any():
        return coders
    return np.where(kind == RANGED, ranged(low, best, high, chance), coders)


def ranged(low: Ints, best: Ints, high: Ints, chance: Floats) -> Ints:
    """Draws from the triangle over low, best and high, rounded: for data without a survey of coders.

        quantile at u:  low + sqrt(u (high - low)(best - low))             u below (best - low)/(high - low)
                        high - sqrt((1 - u)(high - low)(high - best))      above

    Estimates out of order are put in order first. Its mean is (low + best + high) / 3, so that it lies above
    the best estimate where the high one is far off.

    >>> ranged(np.array(2), np.array(4), np.array(10), np.array([0.0, 0.25, 0.999])).tolist()
    [2, 4, 10]
    """
    bottom, mode, top = np.sort(np.stack(np.broadcast_arrays(low, best, high)), axis=0)
    width = top - bottom
    below = chance * width < mode - bottom
    rising = bottom + np.sqrt(chance * width * (mode - bottom))
    falling = top - np.sqrt((1.0 - chance) * width * (top - mode))
    return np.asarray(np.floor(np.where(below, rising, falling) + 0.5), dtype=np.int64)

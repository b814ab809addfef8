"""Places events with an imprecise date or place by draw.

In every draw each imprecise event is assigned to one period, then to one part of the map, with probabilities
proportional to the precise events of its stratum in the year before; later events are not used. The period is
drawn from the pattern of the whole country, which does not depend on places. The variation over the draws
expresses the uncertainty about date and place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from vedette.panel.event_cells import MEASURES
from vedette.panel.grid import Floats, Grid, Group, Ints
from vedette.periods import Span, Step

PATTERN_PERIODS = {Step.DAY: 365, Step.WEEK: 52, Step.MONTH: 12}
_SHARED = 0.5
_EVERYWHERE = 0.05


@dataclass(frozen=True)
class ImpreciseEvents:
    """Events placed by draw: one entry for each event in each draw.

    Attributes:
        draw: index of the draw, shape ``(N,)``.
        cell: flat index into (periods, parts, strata), shape ``(N,)``.
        amounts: what the entry adds to each of ``MEASURES``, shape ``(4, N)``.
    """

    draw: Ints
    cell: Ints
    amounts: Ints


def concatenate(spreads: Sequence[ImpreciseEvents]) -> ImpreciseEvents:
    """Concatenates the entries of several `ImpreciseEvents`."""
    if not spreads:
        return ImpreciseEvents(
            np.empty(0, np.int64), np.empty(0, np.int64), np.empty((len(MEASURES), 0), np.int64)
        )
    return ImpreciseEvents(
        np.concatenate([s.draw for s in spreads]),
        np.concatenate([s.cell for s in spreads]),
        np.concatenate([s.amounts for s in spreads], axis=1),
    )


def gathered(
    spread: ImpreciseEvents, row: int, grid: Grid, draws: int, groups: Sequence[Group], within: Span
) -> Ints:
    """The sum of one amount of the entries by draw, period, group of parts and stratum.

    Args:
        spread: the entries.
        row: the index of the amount in ``MEASURES``.
        grid: the axes of the cells.
        draws: the number of draws.
        groups: names and part indices.
        within: the periods of the grid to return.

    Returns:
        Shape (draws, periods, groups, strata).
    """
    period, part, stratum = np.unravel_index(spread.cell, grid.shape)
    period = period - (within.first - grid.span.first)
    known = (period >= 0) & (period < len(within))
    part, amounts = part[known], spread.amounts[row][known]
    shape = (draws, len(within), grid.shape[2])
    flat = np.ravel_multi_index((spread.draw[known], period[known], stratum[known]), shape)
    sums = np.empty((draws, len(within), len(groups), grid.shape[2]), dtype=np.int64)
    for column, (_, parts) in enumerate(groups):
        in_group = np.zeros(grid.shape[1], dtype=bool)
        in_group[list(parts)] = True
        inside = in_group[part]
        added = np.bincount(flat[inside], amounts[inside], minlength=int(np.prod(shape)))
        sums[:, :, column] = added.reshape(shape)
    return sums


def pattern(precise: Ints, step: Step) -> Floats:
    """Weights of periods and parts for placing imprecise events, by stratum.

    The number of precise events of the stratum in the year before, plus half the share of the part in the
    events of all strata in that year, plus a small constant, so that no part is excluded.

    Args:
        precise: events placed exactly, shape (periods, parts, strata).
        step: the length of a period.

    Returns:
        Weights above zero, shape (periods, parts, strata).
    """
    running = np.cumsum(precise, axis=0)
    before = np.zeros_like(running)
    window = PATTERN_PERIODS[step]
    before[window:] = running[:-window]
    trailing = (running - before).astype(float)
    pooled = trailing.sum(axis=2, keepdims=True)
    shared = pooled / (1 + pooled.sum(axis=1, keepdims=True))
    return np.asarray(trailing + _SHARED * shared + _EVERYWHERE / precise.shape[1])


def single_events(cell_table: pl.DataFrame) -> pl.DataFrame:
    """Splits cells of several events into single events of nearly equal size with the same sum."""
    size = pl.col("events")
    number = pl.int_range(pl.len()).over("row")
    shares = [
        (pl.col(m) // size + (pl.col("number") < pl.col(m) % size).cast(pl.Int64)).alias(m)
        for m in MEASURES[1:]
    ]
    return (
        cell_table.with_row_index("row")
        .select(pl.all().repeat_by("events").explode())
        .with_columns(number.alias("number"))
        .with_columns(shares)
        .with_columns(pl.lit(1, dtype=pl.Int64).alias("events"))
        .drop("row", "number")
    )


def periods_by_draw(weights: Floats, windows: Ints, strata: Ints, chance: Floats) -> Ints:
    """Assigns each event in each draw to one period of its window.

        the first t with  W[t] > W[first - 1] + u (W[last] - W[first - 1]),  W the cumulated weights

    Args:
        weights: from `pattern`, of the whole country, shape (periods, strata).
        windows: first and last period of each event, both included, shape (events, 2).
        strata: stratum of each event, shape (events,).
        chance: uniform numbers in [0, 1), shape (events, draws).

    Returns:
        Periods, shape (events, draws).
    """
    cumulated = np.vstack([np.zeros(weights.shape[1]), np.cumsum(weights, axis=0)])
    first, last = windows.T
    below, above = cumulated[first, strata], cumulated[last + 1, strata]
    wanted = below[:, None] + chance * (above - below)[:, None]
    drawn = np.empty(chance.shape, np.int64)
    for stratum in np.unique(strata):
        of_it = strata == stratum
        drawn[of_it] = np.searchsorted(cumulated[1:, stratum], wanted[of_it], side="right")
    return np.asarray(np.clip(drawn, first[:, None], last[:, None]))


def parts_by_draw(
    weights: Floats, periods: Ints, candidates: Sequence[tuple[int, ...]], strata: Ints, chance: Floats
) -> Ints:
    """Assigns each event in each draw to one part of the map, given its period.

    Args:
        weights: from `pattern`, shape (periods, parts, strata).
        periods: from `periods_by_draw`, shape (events, draws).
        candidates: the parts in which each event may lie.
        strata: stratum of each event, shape (events,).
        chance: uniform numbers in [0, 1), shape (events, draws).

    Returns:
        Parts, shape (events, draws).
    """
    alike: dict[tuple[int, ...], list[int]] = {}
    for event, possible in enumerate(candidates):
        alike.setdefault(possible, []).append(event)
    drawn = np.empty(periods.shape, np.int64)
    for possible, events in alike.items():
        drawn[events] = possible[0]
        if len(possible) > 1:
            share = np.cumsum(weights[:, list(possible)], axis=1)
            share = (share / share[:, -1:]).transpose(0, 2, 1)
            rows = periods[events] * weights.shape[2] + strata[events][:, None]
            drawn[events] = np.array(possible)[_column(share, rows, chance[events])]
    return drawn


def _column(share: Floats, rows: Ints, chance: Floats) -> Ints:
    """The first column of a row whose cumulated share is above the chance; rows are counted over all axes."""
    columns = share.shape[-1]
    flat = share.reshape(-1, columns)
    ascending = (flat + np.arange(len(flat))[:, None]).ravel()
    found = np.searchsorted(ascending, rows + chance, side="right") - rows * columns
    return np.asarray(np.clip(found, 0, columns - 1))

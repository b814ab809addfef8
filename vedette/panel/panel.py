"""The panel: events and deaths by period, place and stratum, in which every event is accounted for.

Every event known by the as-of day is placed exactly, placed by draw, or counted in a remainder with the
reason. The sum is checked each time a panel is computed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from vedette.case import Case
from vedette.errors import DataError
from vedette.panel.allocation import PLACED, REMAINDER, SPREAD, fates
from vedette.panel.event_cells import MEASURES
from vedette.panel.grid import Bools, Grid, Group, Ints
from vedette.panel.imprecise import (
    ImpreciseEvents,
    concatenate,
    gathered,
    pattern,
    place_by_draw,
    single_events,
)
from vedette.panel.known import known_in, nothing_known, runs_of
from vedette.panel.reconcile import Donors, fill
from vedette.panel.truth import NO_KIND, TRUE, Reported, kinds_of, true_deaths
from vedette.periods import Days, Span, Step, first_day, last_complete, period_of

DRAWS = 200
_DONOR_MONTHS = 12
_SUBSET_PRECISION = 2


@dataclass(frozen=True)
class Panel:
    """Counts of events and deaths by period, part of the map and stratum.

    Attributes:
        grid: the axes.
        draws: the number of draws, which express the uncertainty about dates and places.
        placed: events and deaths placed exactly, shape (4 measures, periods, parts, strata).
        spread: events placed by draw, including those imputed in partial periods.
        estimated: whether a period is estimated from a partial file and totals, shape (periods,).
        covered: whether a period is known; what is in the panel of another is no count, shape (periods,).
        accounts: ``dataset, year, stratum, fate, events, low, best, high``: how all rows were allocated.
            ``fate`` is ``placed``, ``spread`` or one of ``REMAINDER``.
        reported: the reported deaths of single events, from which draws of true deaths are computed.
    """

    grid: Grid
    draws: int
    placed: Ints
    spread: ImpreciseEvents
    estimated: Bools
    covered: Bools
    accounts: pl.DataFrame
    reported: Reported

    @property
    def stretch(self) -> Span:
        """The periods from the last gap to the end, all of them known."""
        unknown = np.flatnonzero(~self.covered)
        span = self.grid.span
        return replace(span, first=span.first + int(unknown[-1]) + 1) if len(unknown) else span

    @property
    def gaps(self) -> tuple[Span, ...]:
        """The runs of periods within the panel that no file covers, in order."""
        return tuple(runs_of(~self.covered, self.grid.span))

    def series(self, measure: str, groups: Iterable[Group], within: Span | None = None) -> Ints:
        """A measure by draw, period, group of parts and stratum.

        Args:
            measure: ``events``, ``low``, ``best`` or ``high``; or ``true``, the true number of deaths, drawn
                for each event in each draw (`true_deaths`).
            groups: names and part indices, such as ``grid.everywhere``, ``grid.places``, ``grid.regions``.
            within: the periods of the panel to return; all by default.

        Returns:
            Shape (draws, periods, groups, strata).

        Example:
            ``panel.series("best", panel.grid.everywhere).sum(axis=(2, 3))`` is national deaths by draw and
            period.
        """
        groups, window = tuple(groups), within or self.grid.span
        if measure == TRUE:
            entries = true_deaths(self.reported, self.spread, self.draws)
            shape = (self.draws, len(window), len(groups), self.grid.shape[2])
            slabs = (gathered(slab, 0, self.grid, self.draws, groups, window) for slab in entries)
            return sum(slabs, start=np.zeros(shape, np.int64))
        row, first = MEASURES.index(measure), window.first - self.grid.span.first
        fixed = self.placed[row][first : first + len(window)]
        placed = np.stack([fixed[:, list(parts)].sum(axis=1) for _, parts in groups], axis=1)
        return placed + gathered(self.spread, row, self.grid, self.draws, groups, window)


def make_panel(
    cell_table: pl.DataFrame,
    case: Case,
    as_of: date,
    step: Step,
    seed: int,
    draws: int = DRAWS,
    covers: Sequence[Days] | None = None,
) -> Panel:
    """Computes the panel of a case from its cells.

    Args:
        cell_table: cells of the step, with periods as whole numbers.
        case: places, strata, data set, partial data and totals.
        as_of: the as-of day; later cells are ignored.
        step: the length of a period.
        seed: the seed of the draws.
        draws: the number of draws.
        covers: the days on which the case's data set knows of everything; None to go by its cells.

    Raises:
        DataError: no event of the case's data set is known on that day.
    """
    known = known_in(cell_table, case, step, covers)
    reach = Span(period_of(case.start, step), min(last_complete(as_of, step), known.last), step)
    span = known.within(reach)
    if not len(span):
        raise DataError(nothing_known(case, as_of, reach, known))
    complete_to = known.complete_to
    grid = Grid(span, case.parts, tuple(stratum.id for stratum in case.strata))
    table = fates(cell_table, case, grid, last_complete(as_of, step), known)
    covered = known.mask(span)
    rng = np.random.default_rng([seed, draws])
    fixed, loose = table.filter(fate=PLACED), single_events(table.filter(fate=SPREAD))
    placed = _placed(fixed, grid)
    where = _by_draw(loose, placed[0], covered, grid, draws, rng)
    spread = _spread(loose, where)
    filling = _filling(fixed, loose, where, known.totals, complete_to, grid, draws, rng)
    estimated = np.array([period > complete_to for period in span])
    accounts = _accounts(table, step)
    _check(accounts, placed, spread, draws)
    reported = _reported(fixed, loose, len(filling.cell), grid, draws, seed)
    return Panel(grid, draws, placed, concatenate([spread, filling]), estimated, covered, accounts, reported)


def _strata(table: pl.DataFrame, grid: Grid) -> Ints:
    order = {stratum: number for number, stratum in enumerate(grid.strata)}
    return np.array([order[stratum] for stratum in table["stratum"]], dtype=np.int64)


def _amounts(table: pl.DataFrame) -> Ints:
    return table.select(MEASURES).to_numpy().T.astype(np.int64)


def _placed(fixed: pl.DataFrame, grid: Grid) -> Ints:
    placed = np.zeros((len(MEASURES), *grid.shape), dtype=np.int64)
    part = fixed["parts"].list.first().to_numpy()
    period = fixed["from"].to_numpy()
    for row, amounts in enumerate(_amounts(fixed)):
        np.add.at(placed[row], (period, part, _strata(fixed, grid)), amounts)
    return placed


def _reported(
    fixed: pl.DataFrame, loose: pl.DataFrame, filling: int, grid: Grid, draws: int, seed: int
) -> Reported:
    """The reported deaths of single events; ``filling`` is the number of imputed events of unknown type."""
    single = single_events(fixed)
    place = single["from"].to_numpy(), single["parts"].list.first().to_numpy(), _strata(single, grid)
    cell = np.ravel_multi_index(place, grid.shape)
    spread = np.repeat(kinds_of(loose), draws)
    filled = np.full(filling, NO_KIND)
    return Reported(cell, _amounts(single)[1:], kinds_of(single), np.concatenate([spread, filled]), seed)


def _by_draw(
    loose: pl.DataFrame, precise: Ints, covered: Bools, grid: Grid, draws: int, rng: np.random.Generator
) -> Ints:
    """Flat index of each imprecise event in each draw, shape (events, draws)."""
    windows = loose.select("from", "to").to_numpy()
    candidates = [np.array(parts) for parts in loose["parts"]]
    weights = pattern(precise, grid.span.step) * covered[:, None, None]
    return place_by_draw(weights, windows, candidates, _strata(loose, grid), draws, rng)


def _spread(loose: pl.DataFrame, where: Ints) -> ImpreciseEvents:
    events, draws = where.shape
    return ImpreciseEvents(
        np.tile(np.arange(draws), events), where.ravel(), np.repeat(_amounts(loose), draws, axis=1)
    )


def _filling(
    fixed: pl.DataFrame,
    loose: pl.DataFrame,
    where: Ints,
    totals: dict[int, int],
    complete_to: int,
    grid: Grid,
    draws: int,
    rng: np.random.Generator,
) -> ImpreciseEvents:
    """Imputed events that make up the difference between the partial file and the totals, by draw."""
    both = pl.concat([fixed.select("last", "best"), loose.select("last", "best")])
    partial = both.filter(pl.col("last") > complete_to)
    counted = dict(partial.group_by("last").agg(pl.col("best").sum()).iter_rows())
    shortfall = {
        month - grid.span.first: deaths - counted.get(month, 0)
        for month, deaths in totals.items()
        if month in grid.span
    }
    coarse = pl.col("place_precision") > _SUBSET_PRECISION
    last_year = pl.col("last").is_between(complete_to - _DONOR_MONTHS + 1, complete_to)
    itself = pl.col("last") > complete_to
    stands = (coarse & last_year) | itself
    pinned = single_events(fixed.filter(stands))
    chosen = loose.select(stands).to_series().to_numpy()
    rows = pl.concat([pinned, loose.filter(chosen)])
    per_period = grid.shape[1] * grid.shape[2]
    flat = pinned["parts"].list.first().to_numpy() * grid.shape[2] + _strata(pinned, grid)
    placed = np.concatenate([np.repeat(flat[:, None], draws, axis=1), where[chosen] % per_period])
    donors = Donors(placed, rows.select(itself).to_series().to_numpy(), *_amounts(rows)[1:])
    return fill(shortfall, donors, per_period, draws, rng)


def _accounts(table: pl.DataFrame, step: Step) -> pl.DataFrame:
    years = [first_day(period, step).year for period in table["last"]]
    return (
        table.with_columns(pl.Series("year", years, dtype=pl.Int64))
        .group_by("dataset", "year", "stratum", "fate")
        .agg(pl.col(MEASURES).sum())
        .sort("dataset", "year", "stratum", "fate")
    )


def _check(accounts: pl.DataFrame, placed: Ints, spread: ImpreciseEvents, draws: int) -> None:
    """Checks that rows = placed + spread (in every draw) + remainder, for events and deaths."""
    rows = accounts.select(MEASURES).sum().to_numpy().ravel()
    left = accounts.filter(pl.col("fate").is_in(REMAINDER)).select(MEASURES).sum().to_numpy().ravel()
    for row in range(len(MEASURES)):
        loose = np.bincount(spread.draw, spread.amounts[row], minlength=draws)
        counted_events = placed[row].sum() + loose + left[row]
        if not (counted_events == rows[row]).all():
            raise AssertionError(
                f"{MEASURES[row]}: the panel and its remainder hold {counted_events}, the rows {rows[row]}"
            )

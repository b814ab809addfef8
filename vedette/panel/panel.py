"""The panel: events and deaths by period, place and stratum, in which every event is accounted for.

Every event known by the as-of day is placed exactly, placed by draw, counted in no place, or in a
remainder with the reason. The sum is checked each time a panel is computed. What a draw says of the country
(the period of an event, the imputed events, the true deaths) is drawn in an order and from a pattern that no
place enters, so that the areas of a case never change it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from vedette.case import Case
from vedette.errors import DataError
from vedette.panel.allocation import REMAINDER, fates, grid_of, known_cells
from vedette.panel.event_cells import MEASURES
from vedette.panel.grid import Bools, Floats, Grid, Group, Ints
from vedette.panel.imprecise import (
    ImpreciseEvents,
    concatenate,
    gathered,
    parts_by_draw,
    pattern,
    periods_by_draw,
    single_events,
)
from vedette.panel.known import known_in, nothing_known, runs_of
from vedette.panel.reconcile import Donors, fill
from vedette.panel.truth import TRUE, Reported, true_deaths
from vedette.periods import Days, Span, Step, first_day, last_complete, period_of

DRAWS = 200
_DONOR_MONTHS = 12
_SUBSET_PRECISION = 2
_PARTS, _FILLING = 3, 4
"""Numbers of the rng streams of places and of imputed events."""


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
            ``fate`` is ``placed``, ``spread``, ``in no place`` or one of ``REMAINDER``.
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
            entries = true_deaths(self.reported, self.draws)
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
    found = known_cells(cell_table, case, span, last_complete(as_of, step), known)
    grid, covered = grid_of(found, case, span), known.mask(span)
    table = fates(found, grid)
    counted = _counted(table, grid)
    fixed, loose = counted.filter(pl.col("flat").is_not_null()), _single(counted)
    placed = _placed(fixed, grid)
    drawn = _drawn(counted, loose, placed[0], covered, grid, draws, seed)
    spread = _spread(loose, drawn)
    filling = _filling(counted, drawn, known.totals, known.complete_to, grid, draws, seed)
    estimated = np.array([period > known.complete_to for period in span])
    accounts = _accounts(table, step)
    _check(accounts, placed, spread, draws)
    reported = Reported(counted, drawn, filling, seed)
    return Panel(grid, draws, placed, concatenate([spread, filling]), estimated, covered, accounts, reported)


def _counted(table: pl.DataFrame, grid: Grid) -> pl.DataFrame:
    """The cells that the panel counts, with the number of their stratum and, if placed exactly, ``flat``.

    ``flat`` is the index into (periods, parts, strata); it is null for cells with several periods or parts.
    """
    kept = table.filter(pl.col("left_out").is_null())
    order = {stratum: number for number, stratum in enumerate(grid.strata)}
    _periods, parts, strata = grid.shape
    exact = (pl.col("from") == pl.col("to")) & (pl.col("parts").list.len() == 1)
    index = (pl.col("from").cast(pl.Int64) * parts + pl.col("parts").list.first()) * strata
    return kept.with_columns(
        pl.col("stratum").replace_strict(order, return_dtype=pl.Int64).alias("stratum_number")
    ).with_columns(pl.when(exact).then(index + pl.col("stratum_number")).alias("flat"))


def _single(counted: pl.DataFrame) -> pl.DataFrame:
    """The events of cells that are placed by draw, one a row, in the order of the cells."""
    return single_events(counted.filter(pl.col("flat").is_null()))


def _amounts(table: pl.DataFrame) -> Ints:
    return table.select(MEASURES).to_numpy().T.astype(np.int64)


def _placed(fixed: pl.DataFrame, grid: Grid) -> Ints:
    placed = np.zeros((len(MEASURES), int(np.prod(grid.shape))), dtype=np.int64)
    for row, amounts in enumerate(_amounts(fixed)):
        np.add.at(placed[row], fixed["flat"].to_numpy(), amounts)
    return placed.reshape(len(MEASURES), *grid.shape)


def _drawn(
    counted: pl.DataFrame,
    loose: pl.DataFrame,
    precise: Ints,
    covered: Bools,
    grid: Grid,
    draws: int,
    seed: int,
) -> Ints:
    """Flat index of each event placed by draw in each draw, shape (events, draws)."""
    step, (_periods, parts, strata) = grid.span.step, grid.shape
    stratum, windows = (
        loose["stratum_number"].to_numpy(),
        loose.select("from", "to").to_numpy().astype(np.int64),
    )
    several = windows[:, 0] < windows[:, 1]
    period = np.repeat(windows[:, :1], draws, axis=1)
    chance = np.random.default_rng([seed, draws]).random((int(several.sum()), draws))
    country = dated_pattern(counted, covered, grid)
    period[several] = periods_by_draw(country, windows[several], stratum[several], chance)
    chance = np.random.default_rng([seed, draws, _PARTS]).random(period.shape)
    possible = [tuple(numbers) for numbers in loose["parts"].to_list()]
    areas = pattern(precise[:, : grid.areas], step)
    part = parts_by_draw(areas, period, possible, stratum, chance)
    return np.asarray((period * parts + part) * strata + stratum[:, None])


def dated_pattern(counted: pl.DataFrame, covered: Bools, grid: Grid) -> Floats:
    """Weights that date events of several periods: `pattern` of the country, shape (periods, strata)."""
    dated = counted.filter(pl.col("from") == pl.col("to"))
    whole = np.zeros((grid.shape[0], 1, grid.shape[2]), np.int64)
    where = (dated["from"].to_numpy(), dated["stratum_number"].to_numpy())
    np.add.at(whole[:, 0], where, dated["events"].to_numpy())
    return np.asarray(pattern(whole, grid.span.step)[:, 0] * covered[:, None])


def _spread(loose: pl.DataFrame, where: Ints) -> ImpreciseEvents:
    events, draws = where.shape
    return ImpreciseEvents(
        np.tile(np.arange(draws), events), where.ravel(), np.repeat(_amounts(loose), draws, axis=1)
    )


def _filling(
    counted: pl.DataFrame,
    drawn: Ints,
    totals: dict[int, int],
    complete_to: int,
    grid: Grid,
    draws: int,
    seed: int,
) -> ImpreciseEvents:
    """Imputed events that make up the difference between the partial file and the totals, by draw."""
    partial = counted.filter(pl.col("last") > complete_to)
    deaths = dict(partial.group_by("last").agg(pl.col("best").sum()).iter_rows())
    shortfall = {
        month - grid.span.first: total - deaths.get(month, 0)
        for month, total in totals.items()
        if month in grid.span
    }
    coarse = pl.col("place_precision") > _SUBSET_PRECISION
    last_year = pl.col("last").is_between(complete_to - _DONOR_MONTHS + 1, complete_to)
    itself = pl.col("last") > complete_to
    loose = pl.col("flat").is_null()
    first_row = pl.when(loose).then(pl.col("events")).otherwise(0).cum_sum() - pl.col("events")
    stands = counted.with_columns(first_row.alias("first_row")).filter((coarse & last_year) | itself)
    rows = single_events(stands.with_columns(itself.alias("itself")))
    per_period = grid.shape[1] * grid.shape[2]
    where = np.repeat(rows["flat"].fill_null(-1).to_numpy()[:, None], draws, axis=1)
    by_draw = where[:, 0] < 0
    number = pl.int_range(pl.len()).over("first_row")
    where[by_draw] = drawn[rows.filter(loose).select(pl.col("first_row") + number).to_series().to_numpy()]
    donors = Donors(where % per_period, rows["itself"].to_numpy(), *_amounts(rows)[1:])
    return fill(shortfall, donors, per_period, draws, np.random.default_rng([seed, draws, _FILLING]))


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

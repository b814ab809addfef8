"""Allocation: how each cell enters the panel (placed, spread or excluded), and the last complete period."""

from datetime import date

import polars as pl

from vedette.case import Case
from vedette.errors import DataError
from vedette.panel.event_cells import UNRESOLVED
from vedette.panel.grid import Grid
from vedette.periods import Step, first_day, parse, period_of

PLACED, SPREAD = "placed", "spread"
BEFORE = "before the first period"
AFTER = "after the last period that can be counted"
NO_PLACE = "province not in the case"
COVERED = "covered by the complete file"
REMAINDER = (BEFORE, AFTER, NO_PLACE, COVERED)
_WHOLE_YEARS = ("ucdp-ged", "ucdp-ged-precise")
_WHOLE_MONTHS = ("ucdp-candidate",)


def reach(cell_table: pl.DataFrame, case: Case, step: Step) -> int:
    """The last period that the case's data set covers completely.

    UCDP releases cover full years and its candidate events full months; other files may end on any day, so
    their last period is taken as incomplete.
    """
    last = cell_table.filter(dataset=case.dataset)["last"].max()
    if not isinstance(last, int):
        raise DataError(
            f"{case.id}: no events of {case.dataset!r} are at hand. Put them in observed.csv, or load event "
            f"files with: vedette events load {case.id} FILE"
        )
    if case.dataset in _WHOLE_YEARS:
        return period_of(date(first_day(last, step).year + 1, 1, 1), step) - 1
    return last if case.dataset in _WHOLE_MONTHS else last - 1


def known_totals(case: Case, complete: int, step: Step) -> dict[int, int]:
    """National totals of deaths by month covered only by a partial file, up to the first gap in them."""
    if case.partial is None or case.totals is None or step is not Step.MONTH:
        return {}
    known = {
        parse(period, step): deaths for period, deaths in case.totals.select("period", "deaths").iter_rows()
    }
    totals: dict[int, int] = {}
    for period in range(complete + 1, case.partial.last + 1):
        if period < case.partial.first or period not in known:
            break
        totals[period] = known[period]
    return totals


def fates(cell_table: pl.DataFrame, case: Case, grid: Grid, known_to: int, complete: int) -> pl.DataFrame:
    """The known cells with stratum, candidate parts, window on the grid and fate."""
    span = grid.span
    datasets = [case.dataset, *([case.partial.dataset] if case.partial else [])]
    known = cell_table.filter(pl.col("dataset").is_in(datasets), pl.col("last") <= known_to)
    known = known.with_columns(case.strata_of(known).alias("stratum"))
    spots = known.select("place", "regions").unique(maintain_order=True)
    parts = [grid.candidates(place, regions).tolist() for place, regions in spots.iter_rows()]
    known = known.join(
        spots.with_columns(pl.Series("parts", parts, dtype=pl.List(pl.Int64))),
        on=["place", "regions"],
        how="left",
        maintain_order="left",
    )
    exact = (pl.col("parts").list.len() == 1) & (pl.col("from") == pl.col("to"))
    return known.with_columns(
        pl.col("first").clip(span.first).alias("from") - span.first, (pl.col("last") - span.first).alias("to")
    ).with_columns(
        pl.when(pl.col("last") < span.first)
        .then(pl.lit(BEFORE))
        .when(pl.col("last") > span.last)
        .then(pl.lit(AFTER))
        .when((pl.col("dataset") != case.dataset) & (pl.col("last") <= complete))
        .then(pl.lit(COVERED))
        .when(pl.col("place").str.starts_with(UNRESOLVED))
        .then(pl.lit(NO_PLACE))
        .when(exact)
        .then(pl.lit(PLACED))
        .otherwise(pl.lit(SPREAD))
        .alias("fate")
    )

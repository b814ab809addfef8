"""Allocation: how each cell enters the panel: placed, spread or excluded."""

import numpy as np
import polars as pl

from vedette.case import Case
from vedette.panel.event_cells import UNRESOLVED
from vedette.panel.grid import Grid
from vedette.panel.known import KnownPeriods

PLACED, SPREAD = "placed", "spread"
BEFORE = "before the first period"
AFTER = "after the last period that can be counted"
NO_PLACE = "province not in the case"
COVERED = "covered by the complete file"
UNCOVERED = "in a period that no file covers"
REMAINDER = (BEFORE, AFTER, NO_PLACE, COVERED, UNCOVERED)


def fates(
    cell_table: pl.DataFrame, case: Case, grid: Grid, known_to: int, periods: KnownPeriods
) -> pl.DataFrame:
    """The known cells with stratum, candidate parts, window of known periods on the grid, and fate."""
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
    by_file = pl.Series([p for run in periods.covered for p in run], dtype=pl.Int32)
    return known.with_columns(_window(known, grid, periods)).with_columns(
        pl.when(pl.col("last") < span.first)
        .then(pl.lit(BEFORE))
        .when(pl.col("last") > span.last)
        .then(pl.lit(AFTER))
        .when((pl.col("dataset") != case.dataset) & pl.col("last").is_in(by_file.implode()))
        .then(pl.lit(COVERED))
        .when(pl.col("from") > pl.col("to"))
        .then(pl.lit(UNCOVERED))
        .when(pl.col("place").str.starts_with(UNRESOLVED))
        .then(pl.lit(NO_PLACE))
        .when(exact)
        .then(pl.lit(PLACED))
        .otherwise(pl.lit(SPREAD))
        .alias("fate")
    )


def _window(known: pl.DataFrame, grid: Grid, periods: KnownPeriods) -> list[pl.Series]:
    """The first and the last known period in which each cell may lie; ``to`` before ``from`` if in none."""
    covered = np.flatnonzero(periods.mask(grid.span))
    first, last = (known[name].to_numpy() - grid.span.first for name in ("first", "last"))
    start = np.searchsorted(covered, np.maximum(first, 0))
    end = np.searchsorted(covered, last, side="right") - 1
    inside = (start <= end) & (start < len(covered)) & (end >= 0)
    start, end = np.where(inside, start, 0), np.where(inside, end, 0)
    return [
        pl.Series("from", np.where(inside, covered[start], 1), dtype=pl.Int64),
        pl.Series("to", np.where(inside, covered[end], 0), dtype=pl.Int64),
    ]

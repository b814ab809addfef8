"""Allocation: how each cell enters the panel: placed, spread or excluded."""

import numpy as np
import polars as pl

from vedette.case import Case, MapPart
from vedette.events import UNRESOLVED
from vedette.panel.event_cells import MEASURES, PRECISION, WHO
from vedette.panel.grid import NOWHERE, Grid
from vedette.panel.known import KnownPeriods
from vedette.periods import Span

PLACED, SPREAD = "placed", "spread"
BEFORE = "before the first period"
AFTER = "after the last period that can be counted"
COVERED = "covered by the complete file"
UNCOVERED = "in a period that no file covers"
REMAINDER = (BEFORE, AFTER, COVERED, UNCOVERED)


def known_cells(
    cell_table: pl.DataFrame, case: Case, span: Span, known_to: int, periods: KnownPeriods
) -> pl.DataFrame:
    """The known cells with stratum, window of known periods in the span, and reason to be left out.

    Their order does not depend on places: events that differ in nothing but place may stand in any order.
    ``left_out`` is one of `REMAINDER`, or null for a cell that the panel counts.
    """
    datasets = [case.dataset, *([case.partial.dataset] if case.partial else [])]
    known = cell_table.filter(pl.col("dataset").is_in(datasets), pl.col("last") <= known_to)
    of_each = [(pl.col(measure) / pl.col("events")).alias(f"{measure} of each") for measure in MEASURES[1:]]
    order = ("dataset", "first", "last", *WHO, *PRECISION)
    known = known.sort(*order, *of_each, "events", "place", "regions")
    by_file = pl.Series([p for run in periods.covered for p in run], dtype=pl.Int32)
    return known.with_columns(
        case.strata_of(known).alias("stratum"), *_window(known, span, periods)
    ).with_columns(
        pl.when(pl.col("last") < span.first)
        .then(pl.lit(BEFORE))
        .when(pl.col("last") > span.last)
        .then(pl.lit(AFTER))
        .when((pl.col("dataset") != case.dataset) & pl.col("last").is_in(by_file.implode()))
        .then(pl.lit(COVERED))
        .when(pl.col("from") > pl.col("to"))
        .then(pl.lit(UNCOVERED))
        .alias("left_out"),
    )


def grid_of(known: pl.DataFrame, case: Case, span: Span) -> Grid:
    """The grid of a case, with a part for the events in no place if cells that are counted hold any."""
    parts = case.parts
    astray = known.filter(pl.col("left_out").is_null(), pl.col("place").str.starts_with(UNRESOLVED))
    if case.places.geometry and not astray.is_empty():
        parts = (*parts, MapPart(NOWHERE, NOWHERE))
    return Grid(span, parts, tuple(stratum.id for stratum in case.strata))


def fates(known: pl.DataFrame, grid: Grid) -> pl.DataFrame:
    """The known cells with the parts of the map in which they may lie, and their fate.

    The fate is `PLACED` (one period and one area), `SPREAD`, `NOWHERE`, or why the cell is left out.
    """
    spots = known.select("place", "regions").unique(maintain_order=True)
    parts = [grid.candidates(place, regions).tolist() for place, regions in spots.iter_rows()]
    exact = (pl.col("parts").list.len() == 1) & (pl.col("from") == pl.col("to"))
    astray = pl.col("parts").list.last() >= grid.areas
    return known.join(
        spots.with_columns(pl.Series("parts", parts, dtype=pl.List(pl.Int64))),
        on=["place", "regions"],
        how="left",
        maintain_order="left",
    ).with_columns(
        pl.when(pl.col("left_out").is_not_null())
        .then(pl.col("left_out"))
        .when(astray)
        .then(pl.lit(NOWHERE))
        .when(exact)
        .then(pl.lit(PLACED))
        .otherwise(pl.lit(SPREAD))
        .alias("fate")
    )


def _window(known: pl.DataFrame, span: Span, periods: KnownPeriods) -> list[pl.Series]:
    """The first and the last known period in which each cell may lie; ``to`` before ``from`` if in none."""
    covered = np.flatnonzero(periods.mask(span))
    first, last = (known[name].to_numpy() - span.first for name in ("first", "last"))
    start = np.searchsorted(covered, np.maximum(first, 0))
    end = np.searchsorted(covered, last, side="right") - 1
    inside = (start <= end) & (start < len(covered)) & (end >= 0)
    start, end = np.where(inside, start, 0), np.where(inside, end, 0)
    return [
        pl.Series("from", np.where(inside, covered[start], 1), dtype=pl.Int64),
        pl.Series("to", np.where(inside, covered[end], 0), dtype=pl.Int64),
    ]

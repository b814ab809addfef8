"""Cells: events aggregated by period, place and dyad, with their precision.

A *cell* counts the events (and the low, best and high estimate of deaths) with the same data set, window of
periods, place, dyad, type of violence and precision of date and place. Events that span several periods or
whose deaths are in doubt are counted together only where their deaths are the same: each of them is drawn by
itself, and what a draw of the country holds must not depend on the places that parted them into cells.
``observed.csv`` contains cells, so a case can be passed on without the event files. The panel is computed
from cells only; a case gives the same results with the event files as with ``observed.csv``.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from vedette.case import Case
from vedette.events import PRECISE, UNRESOLVED, place_events
from vedette.periods import Step, label, parse, period_column

UNKNOWN_REGIONS = "?"
MEASURES = ("events", "low", "best", "high")
WHERE = ("place", "regions")
WHO = ("dyad_id", "dyad", "side_a_id", "side_a", "side_b_id", "side_b", "type")
PRECISION = ("date_precision", "place_precision")
KEYS = ("dataset", "first", "last", *WHERE, *WHO, *PRECISION)
COLUMNS = (*KEYS, *MEASURES)

_SURVEYED = "ucdp"
"""Data sets for whose events the true number of deaths is drawn from a survey of coders."""


def cells(table: pl.DataFrame, case: Case, step: Step) -> pl.DataFrame:
    """Aggregates events into cells.

    Args:
        table: events in the columns of the store.
        case: the case, for its places, their aliases and the drawn regions.
        step: the length of a period.

    Returns:
        The columns ``COLUMNS``, sorted; ``first`` and ``last`` are periods (whole numbers). ``place``
        is empty where an event is spread and ``?NAME`` where it lies in no place (`place_events`).
    """
    dated = table.with_columns(
        period_column("date_start", step).alias("first"), period_column("date_end", step).alias("last")
    )
    placed = with_places(dated, case)
    apart = (
        (pl.col("first") != pl.col("last"))
        | (pl.col("low") != pl.col("high"))
        | pl.col("dataset").str.starts_with(_SURVEYED)
    )
    sizes = [pl.when(apart).then(pl.col(m)).alias(f"{m} of each") for m in MEASURES[1:]]
    return (
        placed.group_by(*KEYS, *sizes)
        .agg(pl.len().alias("events"), *(pl.col(m).sum() for m in MEASURES[1:]))
        .with_columns(pl.col(MEASURES).cast(pl.Int64), pl.col(PRECISION).cast(pl.Int64))
        .select(COLUMNS)
        .sort(COLUMNS)
    )


def with_places(table: pl.DataFrame, case: Case) -> pl.DataFrame:
    """Events with the columns ``place`` and ``regions`` of `cells`."""
    placed = table.with_columns(place_events(table, case)["place"])
    return placed.with_columns(_regions(placed, case))


def unresolved(cell_table: pl.DataFrame) -> pl.DataFrame:
    """Province names that the case does not know: ``name``, ``events``, ``best``."""
    return (
        cell_table.filter(pl.col("place").str.starts_with(UNRESOLVED))
        .group_by(pl.col("place").str.slice(1).alias("name"))
        .agg(pl.col("events").sum(), pl.col("best").sum())
        .sort("events", "name", descending=[True, False])
    )


def to_labels(cell_table: pl.DataFrame, step: Step) -> pl.DataFrame:
    """Replaces period numbers by labels (2014-06), as in ``observed.csv``."""
    return _mapped(cell_table, lambda period: label(period, step), pl.String)


def from_labels(cell_table: pl.DataFrame, step: Step) -> pl.DataFrame:
    """Reads the labels of ``observed.csv`` as periods."""
    return _mapped(cell_table, lambda text: parse(text, step), pl.Int32)


def _mapped(table: pl.DataFrame, how: Callable[[Any], object], kind: type[pl.DataType]) -> pl.DataFrame:
    if table.is_empty():
        return table.with_columns(pl.lit(None, dtype=kind).alias(column) for column in ("first", "last"))
    values = pl.concat([table["first"], table["last"]]).unique().sort()
    written = pl.Series([how(value) for value in values], dtype=kind)
    return table.with_columns(pl.col("first", "last").replace_strict(values, written, return_dtype=kind))


def _regions(table: pl.DataFrame, case: Case) -> pl.Series:
    """Ids of the drawn regions that contain each event's point, ``?`` if the point is too imprecise."""
    in_an_area = (pl.col("place") != "") & ~pl.col("place").str.starts_with(UNRESOLVED)
    guide = table.select(
        (pl.col("place_precision") <= PRECISE)
        & in_an_area
        & pl.col("longitude").is_not_null()
        & pl.col("latitude").is_not_null()
    ).to_series()
    points = table.filter(guide).select("longitude", "latitude").to_numpy()
    regions = np.full(table.height, UNKNOWN_REGIONS, dtype=object)
    regions[guide.to_numpy()] = [";".join(ids) for ids in case.regions_at(points)]
    return pl.Series("regions", regions.tolist(), dtype=pl.String)

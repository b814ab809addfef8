"""The rows behind a panel: events, or where a case carries totals alone its cells, each with its place."""

import polars as pl

from vedette.case import Case
from vedette.events import is_counted
from vedette.panel.allocation import known_cells
from vedette.panel.event_cells import with_places
from vedette.panel.holdings import FILES, Holdings
from vedette.panel.known import known_in
from vedette.panel.panel import Panel
from vedette.periods import period_column


def counted_rows(holdings: Holdings, case: Case, panel: Panel, dataset: str) -> pl.DataFrame:
    """Returns the rows of a data set that a panel counts, in the order of their days.

    From event files a row is an event, with the columns of `vedette.events.Store.table`; from observed.csv a
    cell, with the columns of that file. Each has ``first`` and ``last`` (periods), ``place`` (an area, empty
    where it is spread over the areas, ``?NAME`` where it lies in none), ``regions`` (drawn ones that hold its
    point, joined by ``;``), ``stratum``, and ``events``, ``low``, ``best``, ``high``.
    """
    rows = (
        _of_files(holdings, case, dataset)
        if holdings.origins.get(dataset) == FILES
        else _cells(holdings, dataset)
    )
    span = panel.grid.span
    known = known_in(holdings.cells, case, holdings.step, holdings.covers)
    sorted_rows = known_cells(rows, case, span, span.last, known)
    order = ["date_start", "source_id"] if "source_id" in rows.columns else ["first", "last"]
    return sorted_rows.filter(pl.col("left_out").is_null()).drop("left_out", "from", "to").sort(order)


def _cells(holdings: Holdings, dataset: str) -> pl.DataFrame:
    return holdings.cells.filter(dataset=dataset)


def _of_files(holdings: Holdings, case: Case, dataset: str) -> pl.DataFrame:
    found = holdings.events(dataset).filter(country=case.country.name).filter(is_counted(case, dataset))
    dated = found.with_columns(
        period_column("date_start", holdings.step).alias("first"),
        period_column("date_end", holdings.step).alias("last"),
        pl.lit(1, dtype=pl.Int64).alias("events"),
        pl.col("low", "best", "high").cast(pl.Int64),
    )
    return with_places(dated, case)

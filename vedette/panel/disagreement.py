"""Compares a case's sources of events: event files with observed.csv, the panel with national totals."""

import polars as pl

from vedette.case import Case
from vedette.panel.event_cells import KEYS, MEASURES, from_labels
from vedette.panel.holdings import FILES, Holdings
from vedette.panel.panel import Panel
from vedette.periods import Step, first_day, parse


def disagreements(case: Case, holdings: Holdings, last: int) -> pl.DataFrame:
    """Cells up to the period ``last`` in which the event files and observed.csv differ.

    Returns:
        The key columns, then each measure twice: of the event files and, with ``_observed``, of observed.csv.
        Empty if they agree in every cell or if one of them is missing.
    """
    compared = [dataset for dataset, origin in holdings.origins.items() if origin == FILES]
    if case.observed is None or holdings.step is not Step.MONTH or not compared:
        return holdings.cells.clear()
    observed = from_labels(case.observed.filter(pl.col("dataset").is_in(compared)), Step.MONTH)
    counted = holdings.cells.filter(pl.col("dataset").is_in(observed["dataset"].unique().to_list()))
    both = counted.join(observed, on=KEYS, how="full", coalesce=True, suffix="_observed")
    both = both.filter(pl.col("last") <= last)
    same = pl.all_horizontal(pl.col(m).eq_missing(pl.col(f"{m}_observed")) for m in MEASURES)
    return both.filter(~same).sort(KEYS)


def against_totals(case: Case, panel: Panel) -> pl.DataFrame:
    """Deaths of the panel and of the national totals by complete year of observed months.

    Returns:
        ``year``, ``panel`` (median over draws), ``total``, ``difference``; empty without totals or if the
        periods of the panel are not months.
    """
    empty = pl.DataFrame(
        schema={"year": pl.Int64, "panel": pl.Int64, "total": pl.Int64, "difference": pl.Int64}
    )
    if case.totals is None or panel.grid.span.step is not Step.MONTH:
        return empty
    deaths = panel.series("best", panel.grid.everywhere).sum(axis=(2, 3))
    known = {
        parse(period, Step.MONTH): total
        for period, total in case.totals.select("period", "deaths").iter_rows()
    }
    rows = []
    for index, period in enumerate(panel.grid.span):
        if period in known and panel.covered[index] and not panel.estimated[index]:
            year = first_day(period, Step.MONTH).year
            rows.append(
                {
                    "year": year,
                    "panel": int(sorted(deaths[:, index])[panel.draws // 2]),
                    "total": known[period],
                }
            )
    if not rows:
        return empty
    by_year = (
        pl.DataFrame(rows).group_by("year").agg(pl.len().alias("months"), pl.col("panel", "total").sum())
    )
    difference = (pl.col("panel") - pl.col("total")).alias("difference")
    return by_year.filter(months=12).with_columns(difference).drop("months").sort("year")

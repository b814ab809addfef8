"""Rows of the publishers whose low, best and high estimates of deaths are out of order."""

from collections.abc import Iterator

import polars as pl

from vedette.case import Case
from vedette.errors import Problem
from vedette.panel.holdings import FILES, Holdings
from vedette.periods import last_day
from vedette.plurals import counted


def out_of_order(case: Case, holdings: Holdings, last: int) -> int:
    """How many rows up to a period break low <= best <= high: events of files, else cells of observed.csv.

    They stand as published; draws of true deaths put the three in order first.
    """
    cells = holdings.cells.filter(pl.col("last") <= last)
    rows = 0
    for dataset, origin in holdings.origins.items():
        if origin == FILES:
            rows += holdings.store.disordered(dataset, case.country, last_day(last, holdings.step))
        else:
            wrong = (pl.col("low") > pl.col("best")) | (pl.col("best") > pl.col("high"))
            rows += cells.filter(wrong, dataset=dataset).height
    return rows


def disorder_warnings(case: Case, holdings: Holdings) -> Iterator[Problem]:
    """A warning with the number of events in files whose estimates are out of order."""
    last = holdings.cells["last"].max()
    if FILES not in holdings.origins.values() or not isinstance(last, int):
        return
    files = [dataset for dataset, origin in holdings.origins.items() if origin == FILES]
    day = last_day(last, holdings.step)
    rows = sum(holdings.store.disordered(dataset, case.country, day) for dataset in files)
    if rows:
        found = f"{counted(rows, 'event')} where it fails"
        cure = "Kept as published; look at the source if it matters."
        yield Problem("events", 0, "low, best, high", "low <= best <= high", found, cure)

"""Rows of posture and timeline: until when one can mean, where they come from, and their months."""

from collections.abc import Iterable

import polars as pl

from vedette.brief.figures import Link, from_assumption, from_data
from vedette.periods import Step, label, period_column
from vedette.plurals import counted

RECALLED = "recalled"


def over() -> pl.Expr:
    """The last day that the date of a row can mean, given how precisely it is dated."""
    day, precision = pl.col("date"), pl.col("precision")
    return (
        pl.when(precision == "week")
        .then(day.dt.offset_by("6d"))
        .when(precision == "month")
        .then(day.dt.month_end())
        .when(precision == "year")
        .then(day.dt.offset_by("1y").dt.offset_by("-1d"))
        .otherwise(day)
    )


def links(rows: pl.DataFrame, file: str) -> Iterable[Link]:
    """Where rows of a file come from: the sources of those read on a page, and how many have none."""
    pages = rows.filter(pl.col("basis") != RECALLED)
    sources = pages["source"].unique().sort().to_list()
    if sources:
        yield from_data(f"{counted(pages.height, 'row')} of {file} read on a page", ", ".join(sources))
    recalled = rows.height - pages.height
    if recalled:
        yield from_assumption(
            f"{counted(recalled, 'row')} of {file} without a page", "vedette", "unsourced recall"
        )


def period_rows(posture: pl.DataFrame, step: Step) -> pl.DataFrame:
    """Rows of one series of posture with their ``period`` and ``mark``, the last of each period alone."""
    months = [label(period, step) for period in posture.select(period_column("date", step)).to_series()]
    marked = pl.when(pl.col("basis") == RECALLED).then(pl.lit("assumed")).otherwise(pl.lit("observed"))
    rows = posture.sort("date", maintain_order=True).with_columns(
        marked.alias("mark"), pl.col("value").cast(pl.Float64)
    )
    return rows.with_columns(pl.Series("period", sorted(months))).unique(
        "period", keep="last", maintain_order=True
    )

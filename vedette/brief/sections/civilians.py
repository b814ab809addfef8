"""Attacks on civilians: who did them, and how many of the dead were civilians, where the data set says so."""

import polars as pl

from vedette.brief.blocks import Block, Shown
from vedette.brief.figures import CellFormat, Column, Figure, Mark, Table, by, from_data
from vedette.brief.inputs.count_tables import credit
from vedette.brief.inputs.findings import Findings
from vedette.brief.prose import text
from vedette.brief.words import percent
from vedette.panel import FILES
from vedette.periods import Span, first_day
from vedette.plurals import counted

ONE_SIDED = "one-sided"
"""UCDP's type of events in which an organised actor deliberately kills civilians."""
MOST = 8
_COLUMNS = (
    Column("name", "perpetrator"),
    Column("before", "12 months before", CellFormat.NUMBER),
    Column("best", "last 12 months, best", CellFormat.NUMBER),
    Column("low", "low", CellFormat.NUMBER),
    Column("high", "high", CellFormat.NUMBER),
    Column("events", "events", CellFormat.NUMBER),
    Column("ever", "since the data begin", CellFormat.NUMBER),
)


def civilians(findings: Findings) -> list[Block]:
    """Perpetrators of attacks on civilians, and civilians among the dead, as far as the data set tells."""
    return [*_perpetrators(findings), *_among_the_dead(findings)]


def by_perpetrator(cells: pl.DataFrame, now: Span, before: Span) -> pl.DataFrame:
    """Deaths in attacks on civilians by who did them, of those who did any in either span.

    Columns: ``name, ever`` (of all cells), ``low, best, high, events`` (of ``now``), ``before`` (best of that span).

    Args:
        cells: with the columns ``type, side_a, last, low, best, high, events``; ``last`` is a period.
        now: the span that is looked at.
        before: the span that it is set beside.
    """
    attacks = cells.filter(pl.col("type") == ONE_SIDED)
    sums = attacks.group_by("side_a").agg(pl.col("best").sum().alias("ever"))
    earlier = _sums(_within(attacks, before), "best").rename({"best": "before"})
    return (
        sums.join(_sums(_within(attacks, now), "low", "best", "high", "events"), on="side_a", how="left")
        .join(earlier, on="side_a", how="left")
        .fill_null(0)
        .filter((pl.col("best") > 0) | (pl.col("before") > 0))
        .sort(["best", "before", "side_a"], descending=[True, True, False])
        .rename({"side_a": "name"})
    )


def _perpetrators(findings: Findings) -> list[Block]:
    rows = by_perpetrator(findings.known_cells, findings.last_year, findings.year_before)
    if rows.is_empty():
        return []
    labels = findings.last_year.labels()
    figure = Figure(
        "one-sided-by-perpetrator",
        f"Deaths in attacks on civilians by who did them, {labels[0]} to {labels[-1]}",
        Mark.OBSERVED,
        (*findings.data, by("rows of one-sided violence added up by their first side")),
        "deaths",
        table=Table.of(rows.head(MOST), _COLUMNS),
    )
    lead = rows.row(0, named=True)
    title = (
        f"Most civilians were killed on purpose by: {lead['name']}, {counted(lead['best'], 'death')} in twelve months"
        if lead["best"]
        else "No attack on civilians in twelve months is among the events at hand"
    )
    note = "One-sided violence: an organised actor kills civilians on purpose. Civilians who die in fighting are not in it."
    if findings.panel.estimated.any():
        note += " Counted are events at hand; in estimated months these are not all."
    if rows.height > MOST:
        note += f" Shown are {MOST} of {rows.height}."
    return [Shown(figure, title, note)]


def _within(cells: pl.DataFrame, span: Span) -> pl.DataFrame:
    return cells.filter(pl.col("last") >= span.first, pl.col("last") <= span.last)


def _sums(cells: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return cells.group_by("side_a").agg(pl.col(*columns).sum())


def _among_the_dead(findings: Findings) -> list[Block]:
    """Of the dead of the last twelve months in event files at hand, those whom the publisher calls civilians."""
    case, span = findings.case, findings.last_year
    for dataset, origin in reversed(findings.holdings.origins.items()):
        if origin != FILES:
            continue
        events = findings.holdings.events(dataset, findings.as_of)
        if "deaths_civilians" not in events.columns:
            continue
        first, end = first_day(span.first, span.step), first_day(span.last + 1, span.step)
        known = events.filter(
            pl.col("country") == case.country.name,
            pl.col("date_end") >= first,
            pl.col("date_end") < end,
            pl.col("best") > 0,
        ).drop_nulls("deaths_civilians")
        dead, civil = int(known["best"].sum()), int(known["deaths_civilians"].sum())
        if not dead or not events["deaths_civilians"].sum():
            continue
        chain = (from_data(counted(known.height, "event"), credit(case, dataset)), by("added up"))
        total = Figure("dead-in-files", "Deaths in event files", Mark.OBSERVED, chain, "deaths", value=dead)
        share = Figure(
            "civilians-among-the-dead",
            "Civilians among the dead",
            Mark.OBSERVED,
            chain,
            "deaths",
            value=civil,
            show=f"{civil:,} ({percent(civil / dead)})",
        )
        words = "Of {total} deaths in the last twelve months of the event files, the publisher calls {share} civilians."
        return [text(words, total=total, share=share)]
    return []

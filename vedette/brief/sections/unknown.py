"""What is not known: the remainder, how precisely events are known, and where data sets disagree."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from vedette.brief.blocks import Block, Caption, Section, Shown
from vedette.brief.charts import data_coverage
from vedette.brief.figures import CellFormat, Column, Figure, Mark, Table, by, from_data
from vedette.brief.inputs.count_tables import credit
from vedette.brief.inputs.findings import Findings
from vedette.brief.prose import Note, text
from vedette.brief.sections.gaps import gaps_note
from vedette.brief.sections.releases import releases_note
from vedette.message import say
from vedette.panel import FILES, NOWHERE, REMAINDER, against_totals, disagreements, out_of_order
from vedette.periods import first_day
from vedette.plurals import counted, plural

_MEASURES = (
    Column("events", "events", CellFormat.NUMBER),
    Column("low", "deaths, low", CellFormat.NUMBER),
    Column("best", "best", CellFormat.NUMBER),
    Column("high", "high", CellFormat.NUMBER),
)
_ACCOUNTS = (
    Column("dataset", "data set"),
    Column("year", "year"),
    Column("stratum", "between"),
    Column("fate", "where it went"),
    *_MEASURES,
)
_FATES = (Column("dataset", "data set"), Column("fate", "where it went"), *_MEASURES)
_COVERAGE = (
    Column("by", "known by"),
    Column("year", "year", CellFormat.NUMBER),
    Column("class", "how"),
    Column("events", "events", CellFormat.NUMBER),
    Column("mark", "mark"),
)
_TOTALS = (
    Column("year", "year"),
    Column("panel", "events here", CellFormat.NUMBER),
    Column("total", "national total", CellFormat.NUMBER),
    Column("difference", "difference", CellFormat.NUMBER),
)
_CLASSES = ("day; town or near it", "week; district", "month; governorate", "longer; coarser or none")
_PLACE = {1: 0, 2: 0, 3: 1, 4: 2}
_DATE = {1: 0, 2: 1, 3: 1, 4: 2}


def unknown(findings: Findings) -> Section:
    """Where every row went, how well events are known, and which figures clash."""
    blocks: list[Block] = [_lead(findings), *releases_note(findings), *gaps_note(findings)]
    blocks += [_fates(findings), _precision(findings)]
    totals = _totals(findings)
    if totals:
        blocks.append(totals)
    blocks += _clashes(findings)
    return Section("unknown", say("What is not known"), tuple(blocks))


def estimated_share(findings: Findings) -> Figure | None:
    """Share of the last year's deaths that no event at hand accounts for."""
    if not findings.panel.estimated.any() or findings.case.partial is None:
        return None
    first = max(findings.last_year.first, findings.span.first + int(np.argmax(findings.panel.estimated)))
    estimated = findings.national.filter(
        pl.col("period").is_in(findings.span.labels()[first - findings.span.first :])
    )
    placed = findings.known_cells.filter(
        pl.col("dataset") == findings.case.partial.dataset, pl.col("last") >= first
    )
    total = findings.over(findings.last_year, findings.panel.grid.everywhere)["best"][0]
    missing = max(0, int(estimated["best"].sum()) - int(placed["best"].sum()))
    share = missing / total if total else 0.0
    return Figure(
        "estimated-share",
        "Share of the last year's deaths known only as a national total",
        Mark.ESTIMATED,
        findings.chain(Mark.ESTIMATED),
        "share of deaths",
        value=share,
        show=f"{100 * share:.0f} %",
    )


def _lead(findings: Findings) -> Block:
    rows = findings.panel.accounts
    events = int(rows["events"].sum())
    spread = int(rows.filter(fate="spread")["events"].sum())
    left = int(rows.filter(pl.col("fate").is_in(REMAINDER))["events"].sum())
    astray = int(rows.filter(fate=NOWHERE)["events"].sum())
    groups = (
        (
            *("spread", spread, "rows-spread", "Events spread over draws"),
            f"{plural(spread, 'is', 'are')} known only to a span of time or a part of the map and spread over draws",
        ),
        (
            *("astray", astray, "rows-in-no-place", "Events in no place of the case"),
            f"{plural(astray, 'lies', 'lie')} in no place of the case and {plural(astray, 'counts', 'count')} for the "
            "country alone",
        ),
        (
            *("left", left, "rows-remainder", "Events in the remainder"),
            f"{plural(left, 'is', 'are')} left out of the counts, for the reasons in the table (the remainder)",
        ),
    )
    figures = {"rows": _count(findings, "rows", "Events read", events)}
    figures |= {
        name: _count(findings, key, title, number) for name, number, key, title, _ in groups if number
    }
    clauses = "; ".join(f"{{{name}}} {words}" for name, number, _, _, words in groups if number)
    told = (
        f"Of {{rows}} {plural(events, 'event')} read, {clauses}. " if clauses else "{rows} events were read. "
    )
    told += (
        "All others are counted in their month and place. The parts add up to the rows read, for events and for deaths; "
        "the sum is checked each time."
    )
    if wrong := out_of_order(findings.case, findings.holdings, findings.span.last):
        figures["wrong"] = _count(findings, "rows-disordered", "Rows with estimates out of order", wrong)
        told += (
            f" In {{wrong}} {plural(wrong, 'row')} the publisher's low, best and high estimates are out of order; they are "
            "counted as published."
        )
    return text(told, **figures)


def _count(findings: Findings, key: str, title: str, value: int) -> Figure:
    return Figure(key, title, Mark.OBSERVED, findings.data, "events", value=value)


def _uncounted(findings: Findings) -> Iterator[tuple[str, int]]:
    """By data set of the case, the events in its country that are no violence that it counts."""
    types = findings.holdings.store.uncounted(findings.case)
    sums = types.group_by("dataset", maintain_order=True).agg(pl.col("events").sum())
    yield from sums.filter(pl.col("dataset").is_in(list(findings.holdings.elsewhere))).iter_rows()


def _fates(findings: Findings) -> Block:
    rows = findings.panel.accounts
    sums = rows.group_by("dataset", "fate", maintain_order=True).agg(
        pl.col("events", "low", "best", "high").sum()
    )
    outside = [
        {"dataset": dataset, "fate": "in other countries", "events": events}
        for dataset, events in findings.holdings.elsewhere.items()
        if events
    ]
    outside += [
        {"dataset": dataset, "fate": "no violence that the case counts", "events": events}
        for dataset, events in _uncounted(findings)
    ]
    sums = pl.concat(
        [sums, pl.DataFrame(outside, schema_overrides={"events": sums.schema["events"]})], how="diagonal"
    )
    names = {dataset: credit(findings.case, dataset) for dataset in sums["dataset"].unique()}
    figure = Figure(
        "fates",
        "Where the rows went",
        Mark.OBSERVED,
        findings.data,
        "events and deaths",
        table=Table.of(sums.with_columns(pl.col("dataset").replace_strict(names)), _FATES),
    )
    note = "Data sets are never added up; where there are two, the second is a subset of later months."
    return Shown(figure, "Nothing is lost: where the rows went", note)


def _precision(findings: Findings) -> Block:
    accounts = Figure(
        "accounts",
        "Where the rows went, by year and who fights",
        Mark.OBSERVED,
        findings.data,
        "events and deaths",
        table=Table.of(findings.panel.accounts.with_columns(pl.col("year").cast(pl.String)), _ACCOUNTS),
    )
    rows = pl.concat(
        [
            _classes(findings, "place_precision", _PLACE, "Place"),
            _classes(findings, "date_precision", _DATE, "Date"),
        ]
    )
    figure = Figure(
        "precision",
        "Events by year and precision",
        Mark.OBSERVED,
        findings.data,
        "events",
        table=Table.of(rows, _COVERAGE),
    )
    caption = Caption(
        "precision-chart",
        "How precisely events are known, by year",
        "Events at hand by year of their last day; years of a partial file are pale and hold only what is placed exactly",
        "Stacked bars of events by year. The numbers are in the tables below the chart.",
    )
    chart = data_coverage(caption, figure, _CLASSES)
    return replace(chart, data=(*chart.data, accounts))


def _classes(findings: Findings, column: str, rungs: dict[int, int], title: str) -> pl.DataFrame:
    cells = findings.known_cells
    years = [first_day(period, findings.span.step).year for period in cells["last"]]
    partial = pl.col("dataset") != findings.case.dataset
    rung = pl.col(column).replace_strict(rungs, default=len(_CLASSES) - 1, return_dtype=pl.Int64)
    return (
        cells.with_columns(
            pl.Series("year", years, dtype=pl.Int64),
            rung.alias("rung"),
            pl.when(partial).then(pl.lit("estimated")).otherwise(pl.lit("observed")).alias("mark"),
        )
        .group_by("year", "rung", "mark")
        .agg(pl.col("events").sum())
        .sort("year", "rung")
        .select(
            pl.lit(title).alias("by"),
            "year",
            pl.col("rung").replace_strict(dict(enumerate(_CLASSES))).alias("class"),
            "events",
            "mark",
        )
    )


def _totals(findings: Findings) -> Block | None:
    rows = against_totals(findings.case, findings.panel)
    if rows.is_empty():
        return None
    figure = Figure(
        "totals",
        "Deaths against national totals",
        Mark.OBSERVED,
        (*findings.data, from_data("totals.csv", "national totals by month"), by("subtracted, by year")),
        "deaths",
        table=Table.of(rows.with_columns(pl.col("year").cast(pl.String)), _TOTALS),
    )
    return Shown(
        figure,
        "Events and national totals differ most in " + _widest(rows),
        "Best estimates of deaths by year, complete years only: the events behind this brief against the national totals of "
        "the case, which may come from another release. Where they differ, neither is corrected.",
    )


def _widest(rows: pl.DataFrame) -> str:
    row = rows.sort(pl.col("difference").abs(), descending=True, maintain_order=True).row(0, named=True)
    return f"{row['year']}: {row['panel']:,} and {counted(row['total'], 'death')}"


def _clashes(findings: Findings) -> list[Block]:
    files = [dataset for dataset, origin in findings.holdings.origins.items() if origin == FILES]
    if findings.case.observed is None or not files:
        return []
    differing = disagreements(findings.case, findings.holdings, findings.span.last)
    if differing.is_empty():
        return [text("The event files at hand agree with the observed.csv of the case to the event.")]
    count = Figure(
        "disagreements",
        "Cells in which event files and observed.csv differ",
        Mark.OBSERVED,
        findings.data,
        "cells",
        value=differing.height,
    )
    body = text(
        f"The event files at hand and the observed.csv of the case differ in {{count}} {plural(differing.height, 'cell')}. This "
        "brief follows the event files; `vedette events aggregate` writes observed.csv anew.",
        count=count,
    )
    return [Note("Files and observed.csv disagree", body)]

"""A closer look, where event files are at hand: weeks, and the last events as reported."""

from dataclasses import replace

import polars as pl

from vedette.brief.blocks import Block, Caption, Reports, Section
from vedette.brief.charts import week_view
from vedette.brief.figures import Column, Figure, Mark, Table, by, from_data
from vedette.brief.inputs.count_tables import credit
from vedette.brief.inputs.findings import Findings
from vedette.brief.sections.columns import series
from vedette.events import AGGREGATES_ONLY, is_counted
from vedette.message import say
from vedette.panel import FILES, cells, make_panel
from vedette.periods import Step
from vedette.plurals import counted

_WEEKS, _EVENTS = 26, 10
_SERIES = series("week")
_REPORTS = tuple(Column(key, key) for key in ("date", "place", "sides", "deaths", "headline", "source"))


def closer(findings: Findings) -> Section | None:
    """Weeks and single events of the newest data set whose files are at hand; None without files."""
    datasets = [dataset for dataset, origin in findings.holdings.origins.items() if origin == FILES]
    in_country = pl.col("country") == findings.case.country.name
    tables = {
        dataset: findings.holdings.events(dataset, findings.as_of).filter(
            in_country, is_counted(findings.case, dataset)
        )
        for dataset in datasets
    }
    known = {dataset: events for dataset, events in tables.items() if not events.is_empty()}
    if not known:
        return None
    newest = list(known)[-1]
    blocks: list[Block] = [_weeks(findings, newest, known[newest])]
    open_ones = {dataset: events for dataset, events in known.items() if dataset not in AGGREGATES_ONLY}
    blocks += [_reports(findings, dataset, events) for dataset, events in reversed(open_ones.items())]
    return Section("closer", say("A closer look"), tuple(blocks))


def _weeks(findings: Findings, dataset: str, events: pl.DataFrame) -> Block:
    case = replace(findings.case, dataset=dataset, partial=None)
    holdings = findings.holdings
    own = dataset == findings.case.dataset
    covers = holdings.covers if own else holdings.store.covers(dataset, case.country, holdings.known_on)
    weeks = cells(events, case, Step.WEEK)
    panel = make_panel(weeks, case, findings.as_of, Step.WEEK, findings.seed, covers=covers)
    weekly = replace(findings, case=case, panel=panel).national.tail(_WEEKS)
    mark = Mark.ESTIMATED if (weekly["mark"] == Mark.ESTIMATED.value).any() else Mark.OBSERVED
    rows = from_data(counted(events.height, "event"), credit(findings.case, dataset))
    chain = (rows, by("added up by week, events known only to a span of time spread over draws"))
    figure = Figure(
        "deaths-by-week", "Deaths by week", mark, chain, "deaths a week", table=Table.of(weekly, _SERIES)
    )
    partial = findings.case.partial
    note = (
        "Only events placed exactly: less than what happened."
        if partial and dataset == partial.dataset
        else ""
    )
    caption = Caption(
        "weeks",
        "The last weeks of the event files",
        f"Deaths a week, {credit(findings.case, dataset)}",
        "Bars of deaths by week. The numbers are in the table below the chart.",
        note,
    )
    return week_view(caption, figure)


def _reports(findings: Findings, dataset: str, events: pl.DataFrame) -> Block:
    rows = events.sort("date_end", "source_id", descending=True).head(_EVENTS)
    shown = rows.select(
        pl.col("date_end").cast(pl.String).alias("date"),
        pl.col("place_name").fill_null("").alias("place"),
        (pl.col("side_a") + " – " + pl.col("side_b")).alias("sides"),
        pl.format("{} ({}–{})", "best", "low", "high").alias("deaths"),
        pl.col("headline").fill_null(""),
        pl.col("source_name").fill_null("").alias("source"),
    )
    newest = f"the {rows.height} newest of {counted(events.height, 'event')}"
    chain = (from_data(newest, credit(findings.case, dataset)),)
    figure = Figure(
        f"last-events-{dataset}",
        "The last events reported",
        Mark.OBSERVED,
        chain,
        "events",
        table=Table.of(shown, _REPORTS),
    )
    return Reports(
        figure, f"The last events in {credit(findings.case, dataset)}", "As the data set records them."
    )

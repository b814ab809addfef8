"""Who was there: what a backer had in place, beside the violence, with the events of the time."""

import polars as pl

from vedette.brief.blocks import Block, Caption, Chart, Section, Shown
from vedette.brief.charts import posture_and_violence
from vedette.brief.figures import CellFormat, Column, Figure, Mark, Table
from vedette.brief.inputs.findings import Findings
from vedette.brief.prose import text
from vedette.brief.sections.columns import series
from vedette.brief.sections.known import RECALLED, links, over, period_rows
from vedette.brief.sections.posture import given, other_posture
from vedette.message import say

_LATEST_EVENTS = 12
_POSTURE = (
    Column("period", "month"),
    Column("value", "in place", CellFormat.NUMBER),
    Column("basis", "read on a page or recalled"),
    Column("source", "source"),
    Column("mark", "mark"),
)
_DEATHS = series("month")
_MILESTONES = (Column("number", "no", CellFormat.NUMBER), Column("date", "date"), Column("text", "event"))
_EVENTS = (
    Column("date", "date"),
    Column("place", "place"),
    Column("summary", "event"),
    Column("source", "source"),
)


def present(findings: Findings) -> Section | None:
    """Posture and timeline; None for a case that has neither."""
    posture, timeline = _posture_rows(findings), _timeline_rows(findings)
    blocks: list[Block] = []
    if not posture.is_empty():
        blocks += [_lead(findings, posture), _chart(findings, posture, timeline)]
        blocks += other_posture(findings, posture)
    if findings.evidence is not None:
        blocks += given(findings.evidence)
    if not timeline.is_empty():
        blocks.append(_latest(timeline))
    return Section("present", say("Who was there"), tuple(blocks)) if blocks else None


def _posture_rows(findings: Findings) -> pl.DataFrame:
    """The first series of the case's posture as known by the as-of day."""
    known = findings.case.posture.filter(over() <= findings.as_of)
    if known.is_empty():
        return known
    return known.filter(pl.col("series") == known["series"][0]).sort("date")


def _timeline_rows(findings: Findings) -> pl.DataFrame:
    """Events known by the as-of day that were read on a page."""
    known = findings.case.timeline.filter(over() <= findings.as_of, pl.col("basis") != RECALLED)
    return known.sort("date")


def _value(row: pl.DataFrame, key: str, title: str) -> Figure:
    cells = row.row(0, named=True)
    chain = tuple(links(row, "posture.csv"))
    return Figure(key, title, Mark.OBSERVED, chain, cells["unit"], value=cells["value"])


def _lead(findings: Findings, posture: pl.DataFrame) -> Block:
    pages = posture.filter(pl.col("basis") != RECALLED)
    if pages.is_empty():
        return text("No figure of posture in this case was read on a page.")
    backer, unit = pages["backer"][0], pages["unit"][0]
    peak = pages.sort("value", descending=True, maintain_order=True).head(1)
    newest = pages.tail(1)
    return text(
        f"{backer}: {{latest}} {unit} in {_month(newest)}, by the newest figure read on a page; the highest such figure is "
        f"{{peak}}, in {_month(peak)}. Beside each other the two series invite a causal reading that they do not support: "
        "no effect is estimated here.",
        latest=_value(newest, "posture-latest", "Latest figure read on a page"),
        peak=_value(peak, "posture-peak", "Highest figure read on a page"),
    )


def _month(row: pl.DataFrame) -> str:
    return f"{row['date'][0]:%B %Y}"


def _chart(findings: Findings, posture: pl.DataFrame, timeline: pl.DataFrame) -> Chart:
    in_place = _posture_figure(findings, posture)
    backer, kind = posture["backer"][0], posture["kind"][0]
    first = min(str(in_place.records()[0]["period"]), findings.last_year.labels()[0])
    caption = Caption(
        "posture-chart",
        f"{backer} {kind} and deaths, month by month",
        f"Above: {in_place.unit} in place. Below: deaths a month, best estimate with low and high",
        "Two series on one axis of time, with numbered milestones. The numbers are in the tables below the chart.",
        "Hollow points were recalled without a page and are not fact. The line breaks where months have no figure.",
    )
    titles = (f"{backer}: {kind}", "Deaths a month")
    return posture_and_violence(
        caption, in_place, _deaths(findings, first), _milestones(findings, timeline), titles
    )


def _posture_figure(findings: Findings, posture: pl.DataFrame) -> Figure:
    rows = period_rows(posture, findings.span.step)
    return Figure(
        "posture",
        f"{posture['backer'][0]}, {posture['kind'][0]}",
        Mark.ASSUMED if (posture["basis"] == RECALLED).any() else Mark.OBSERVED,
        tuple(links(posture, "posture.csv")),
        posture["unit"][0],
        table=Table.of(rows, _POSTURE),
    )


def _deaths(findings: Findings, first: str) -> Figure:
    mark = Mark.ESTIMATED if findings.panel.estimated.any() else Mark.OBSERVED
    return Figure(
        "deaths-by-month",
        "Deaths by month",
        mark,
        findings.chain(mark),
        "deaths a month",
        table=Table.of(findings.national.filter(pl.col("period") >= first), _DEATHS),
    )


def _milestones(findings: Findings, timeline: pl.DataFrame) -> Figure:
    numbered = drawn(timeline, findings.milestones).with_row_index("number", offset=1)
    rows = numbered.select("number", pl.col("date").cast(pl.String), pl.col("summary").alias("text"))
    return Figure(
        "milestones",
        "Milestones",
        Mark.OBSERVED,
        tuple(links(numbered, "timeline.csv")) or findings.data,
        "events",
        table=Table.of(rows, _MILESTONES),
    )


def drawn(timeline: pl.DataFrame, most: int | None) -> pl.DataFrame:
    """The events of a timeline that charts number, in order of time.

    Without ``most`` those with a weight; else so many, the heaviest first, of one weight the newest.
    """
    if most is None:
        return timeline.filter(pl.col("weight") > 0)
    return timeline.sort("weight", "date", descending=True, maintain_order=True).head(most).sort("date")


def _latest(timeline: pl.DataFrame) -> Block:
    rows = timeline.tail(_LATEST_EVENTS).reverse()
    shown = rows.with_columns(
        pl.when(pl.col("precision") == "day")
        .then(pl.col("date").dt.to_string("%Y-%m-%d"))
        .otherwise(pl.col("date").dt.to_string("%Y-%m"))
        .alias("date")
    )
    figure = Figure(
        "timeline-latest",
        "The newest events of the timeline",
        Mark.OBSERVED,
        tuple(links(rows, "timeline.csv")),
        "events",
        table=Table.of(shown, _EVENTS),
    )
    return Shown(
        figure, "The newest events of the timeline", "Each as the source reports it; a sample, not a census."
    )

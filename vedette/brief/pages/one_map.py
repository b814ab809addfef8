"""One map: deaths by place in the last twelve months."""

from dataclasses import replace

import polars as pl

from vedette.brief.blocks import Caption, Section
from vedette.brief.charts import place_map
from vedette.brief.figures import Figure, Mark, Table
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.known import span_words
from vedette.brief.prose import text
from vedette.brief.sections.where import MAP, by_place, mark_of
from vedette.message import listed, say, say_many
from vedette.panel import NOWHERE

HEIGHT = 220
_FIRST, _NAMED = 3, 8


def one_map(findings: Findings) -> Section:
    """The map; a sentence where the case has no areas."""
    if not has_map(findings):
        words = text(
            say("The case has no areas (places.geojson), so deaths are counted for the whole country alone.")
        )
        return Section("map-now", say("Where is not known"), (words,), say("Where"))
    rows = by_place(findings).filter(pl.col("group") != NOWHERE)
    mark = mark_of(rows)
    headline = _headline(rows, estimated=mark is Mark.ESTIMATED)
    period = span_words(findings.last_year)
    drawn = rows.select(
        pl.col("group").alias("place"),
        "name",
        pl.col("best").alias("value"),
        *("low", "high", "mark"),
    )
    figure = Figure(
        "deaths-by-place-now",
        say("Deaths by place, {period}", period=period),
        mark,
        findings.chain(mark),
        "deaths",
        table=Table.of([{**row, "period": period} for row in drawn.to_dicts()], MAP),
    )
    caption = Caption(
        "map-on-page-one",
        "",
        say("Deaths by place, {period}, best estimate", period=period),
        say("A map of deaths by place. {headline}.", headline=headline),
    )
    regions = {each.name: each.polygon for each in findings.case.regions if each.polygon is not None}
    chart = place_map(caption, figure, findings.case.places.geometry, regions, height=HEIGHT, named=_NAMED)
    panes = tuple(replace(pane, title="") for pane in chart.panes)
    return Section("map-now", headline, (replace(chart, panes=panes),), say("Where"), half=True)


def has_map(findings: Findings) -> bool:
    """Whether the case has areas to draw."""
    return bool(findings.case.places.geometry)


def _headline(rows: pl.DataFrame, *, estimated: bool) -> str:
    """The places with most deaths; that they are estimated, where deaths without a place are spread."""
    top = rows.filter(pl.col("best") > 0).head(_FIRST)["name"].to_list()
    if not top:
        return say("No deaths in any place in the last twelve months")
    if estimated:
        return say_many(
            len(top),
            "{places} is estimated to have seen most deaths in the last twelve months",
            "{places} are estimated to have seen most deaths in the last twelve months",
            places=listed(top),
        )
    return say_many(
        len(top),
        "{places} saw most deaths in the last twelve months",
        "{places} saw most deaths in the last twelve months",
        places=listed(top),
    )

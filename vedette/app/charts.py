"""Charts of pages: drawn as in the brief, each to be had as SVG, PNG and CSV.

A page shows one thus. Its filters are a `ChartAsked`; it gives its charts (`vedette.brief.Chart`) to
`of_chart`, and shows them where that answers nothing::

    charts = [violence_chart(...), map_chart(...)]
    if answer := of_chart(request, asked, charts):
        return answer
    return page(request, "name.html", asked=asked, charts=charts)

In the template ``{{ show.chart(chart) }}`` (parts.html) draws headline, legend, panes, note, its numbers as a
table and where they come from, with links to the three forms. The page links ``/static/charts.css`` in its
block ``head``. A whole chart stands at the address of its page with ``chart=ID&form=svg`` (``png``, ``csv``),
one pane of it with ``pane=0`` besides: the filters stay, so that a picture can be cited.

On the page colours are those of the brief in the light and their counterparts of ``charts.css`` in the dark;
a picture that leaves the page is drawn on its own light ground, with its words, sources and day.
"""

from collections.abc import Iterable
from datetime import date

import polars as pl
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from vedette import brief, commands
from vedette.app.pages.asked import AnswerForm, ChartAsked
from vedette.app.site import table


def of_chart(
    request: Request, asked: ChartAsked, charts: Iterable["brief.Chart"], day: date | None = None
) -> Response | None:
    """Returns the picture or the numbers that an address asks for; None where it asks for the page.

    ``day`` is the one up to which what is drawn was known; by default that of the ledger.

    Raises:
        HTTPException: the page has no such chart, or the chart no such pane.
    """
    if asked.chart is None:
        return None
    chart = next((each for each in charts if each.id == asked.chart), None)
    if chart is None:
        raise HTTPException(404, f"This page has no chart {asked.chart}.")
    if asked.form is AnswerForm.CSV:
        return table(numbers_of(chart), chart.id)
    svg = _svg(request, asked, chart, day)
    if asked.form is AnswerForm.PNG:
        return _file(brief.png_of_svg(svg), "image/png", f"{chart.id}.png")
    return _file(svg.encode(), "image/svg+xml", f"{chart.id}.svg")


def numbers_of(chart: "brief.Chart") -> pl.DataFrame:
    """Returns the numbers that a chart draws; ``figure`` says of which, where there are several."""
    tables = [
        pl.DataFrame(figure.records(), infer_schema_length=None).with_columns(
            *([pl.lit(figure.title).alias("figure")] if len(chart.data) > 1 else [])
        )
        for figure in chart.data
        if figure.table is not None and figure.table.rows
    ]
    return pl.concat(tables, how="diagonal_relaxed") if tables else pl.DataFrame()


def _svg(request: Request, asked: ChartAsked, chart: "brief.Chart", day: date | None) -> str:
    if asked.pane is None:
        return brief.whole_picture(chart, _foot(request, day))
    if asked.pane >= len(chart.panes):
        raise HTTPException(404, f"The chart {chart.id} has the panes 0 to {len(chart.panes) - 1}.")
    return brief.pane_picture(chart, asked.pane)


def _foot(request: Request, day: date | None) -> str:
    """Of which case a picture is, in which edition, and as known when."""
    ledger = request.app.state.held.ledger()
    case, known = ledger.case, day or commands.present_of(ledger)
    return f"{case.title}: {case.edition} edition, known as of {known}. Made by vedette."


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})

"""Violence: a map by month, the series, places, the norm, and the rows behind every number."""

from enum import StrEnum
from math import ceil
from typing import Annotated

import polars as pl
from fastapi import APIRouter, Query, Request
from pydantic import ConfigDict, Field
from starlette.responses import JSONResponse, Response

from vedette import commands
from vedette.app.charts import of_chart
from vedette.app.pages.asked import AnswerForm, ChartAsked, HeldCase, Words
from vedette.app.served import Held
from vedette.app.site import page, table
from vedette.errors import DataError

router = APIRouter()

_SHOWN = 100
"""Rows on a page."""
_NORM = "deaths-against-norm"


class Counted(StrEnum):
    """What is counted."""

    DEATHS = "deaths"
    EVENTS = "events"


class ViolenceAsked(ChartAsked):
    """Which violence is shown, in which months, and of which month the map is."""

    model_config = ConfigDict(populate_by_name=True)

    place: Words = None
    stratum: Words = None
    first: Words = Field(None, alias="from")
    last: Words = Field(None, alias="to")
    measure: Counted = Counted.DEATHS
    at: Words = None

    def query(self) -> "commands.ViolenceQuery":
        """Returns the question that the filters ask."""
        return commands.ViolenceQuery(self.place, self.stratum, self.first, self.last, self.measure)


class EventsAsked(ViolenceAsked):
    """Which rows are listed, and which page of them."""

    page: int = Field(1, ge=1)


Asked = Annotated[ViolenceAsked, Query()]


@router.get("/violence")
def violence(request: Request, held: HeldCase, asked: Asked) -> Response:
    """How much violence there was where, when, between whom, and against the norm."""
    counts = _counts(held)
    if isinstance(counts, str):
        return page(request, "no_violence.html", lines=counts.split("\n"))
    found = commands.violence(counts, asked.query())
    norm, chart = found.norm(), found.chart()
    if asked.form is AnswerForm.CSV and asked.chart in (None, _NORM):
        if asked.chart is None:
            return table(found.by_place.drop("group"), f"violence-by-place-{found.last}")
        return table(pl.DataFrame(norm.figure.records() if norm else []), _NORM)
    if answer := of_chart(request, asked, [chart], counts.day):
        return answer
    months = commands.areas_by_period(counts, asked.query())
    at = asked.at if asked.at in months.periods else found.last
    return page(
        request,
        "violence.html",
        asked=asked,
        found=found,
        counts=counts,
        chart=chart,
        norm=norm,
        months=months,
        at=months.periods.index(at),
    )


@router.get("/violence/months")
def months(held: HeldCase, asked: Asked) -> Response:
    """The numbers of the map, by area and month."""
    counts = held.counts()
    found = commands.areas_by_period(counts, asked.query())
    if asked.form is AnswerForm.CSV:
        return table(found.table(), f"{asked.measure}-by-area")
    unit = asked.measure.removesuffix("s")
    return JSONResponse({**found.document(), "names": dict(counts.names), "unit": unit})


@router.get("/violence/events")
def events(request: Request, held: HeldCase, asked: Annotated[EventsAsked, Query()]) -> Response:
    """The rows behind a number, the newest first."""
    counts = _counts(held)
    if isinstance(counts, str):
        return page(request, "no_violence.html", lines=counts.split("\n"))
    found = commands.event_rows(counts, asked.query())
    if asked.form is AnswerForm.CSV:
        return table(found.rows, "events")
    pages = max(1, ceil(found.rows.height / _SHOWN))
    number = min(asked.page, pages)
    rows = found.rows.slice((number - 1) * _SHOWN, _SHOWN).to_dicts()
    return page(
        request,
        "events.html",
        asked=asked,
        found=found,
        rows=rows,
        pages=pages,
        number=number,
        counts=counts,
    )


@router.get("/violence/events/{dataset}/{event}")
def event(request: Request, held: HeldCase, dataset: str, event: str) -> Response:
    """One event: as it is counted, and as its publisher wrote it."""
    return page(request, "event.html", found=commands.one_event(held.counts(), dataset, source_id=event))


def _counts(held: Held) -> "commands.CountedViolence | str":
    """What the case counts; why there is nothing, where there is nothing."""
    try:
        return held.counts()
    except DataError as error:
        return str(error).replace(held.ledger().case.typed, "CASE")

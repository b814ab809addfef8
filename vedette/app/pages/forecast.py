"""Forecast: what may come, how the forecast did, and the register of those that were issued."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import polars as pl
from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.jobs import Job, Jobs
from vedette.app.pages.asked import HeldCase
from vedette.app.pages.issues import only_whole
from vedette.app.sections import brief_sections
from vedette.app.served import Held
from vedette.app.site import page, table
from vedette.app.visitors import Role, posting

router = APIRouter()

_FEW = 16
_SHOWN = 400
"""Rows of a table on a page; all of them are in its CSV."""


class ForecastUnits(StrEnum):
    """The units of a forecast."""

    COUNTRY = "country"
    PLACE = "place"
    STRATUM = "stratum"
    CELL = "cell"


class ForecastTable(StrEnum):
    """A table of the page that may be had as CSV."""

    MONTHS = "months"
    TOTALS = "totals"
    RIVALS = "rivals"
    NONE = ""


class ForecastAsked(BaseModel):
    """What is forecast: of which units, over how many months; ``csv`` asks for a table."""

    by: ForecastUnits = ForecastUnits.COUNTRY
    horizon: Annotated[int, Field(ge=1, le=36)] = 12
    csv: ForecastTable = ForecastTable.NONE


class RegisterAsked(BaseModel):
    """Whether the cells of a registered forecast are wanted as CSV."""

    csv: bool = False


@router.get("/forecast")
def forecast(request: Request, held: HeldCase, asked: Annotated[ForecastAsked, Query()]) -> Response:
    """Deaths ahead by unit: totals with words beside numbers, each month, fans as in the brief."""
    case = held.ledger().case
    months = min(asked.horizon, case.horizon)
    job = _job(request, held, "outlook", {"by": asked.by, "months": months})
    if asked.csv and job.answer:
        return table(_rows(job.answer[asked.csv]), f"forecast-{asked.by}-{asked.csv}")
    return page(
        request,
        "forecast.html",
        asked=asked,
        months=months,
        found=job,
        answer=job.answer,
        totals=_totals(job.answer),
        made=brief_sections(request),
        shown=_SHOWN,
    )


@router.get("/record")
def record(request: Request, held: HeldCase) -> Response:
    """How past forecasts did: calibration, scores against simple ones by horizon, what they missed."""
    return page(request, "record.html", made=brief_sections(request))


@router.get("/register")
def register(request: Request, held: HeldCase) -> Response:
    """The forecasts that were registered, each with its scores on what has come."""
    only_whole(held)
    entries = held.once("registered", lambda: commands.registered(held.served.case)).issued
    scores = _job(request, held, "register-scores", {}) if entries else None
    rows = {row["id"]: row for row in scores.answer["rows"]} if scores and scores.answer else {}
    present = commands.present_of(held.ledger()).isoformat()
    jobs: Jobs = request.app.state.jobs
    return page(
        request,
        "register.html",
        entries=entries[::-1],
        scores=scores,
        rows=rows,
        today=[each for each in entries if each.as_of == present],
        registering=next((job for job in jobs.all() if job.verb == "register"), None),
    )


@router.post("/register")
def put(request: Request, held: HeldCase, form_token: Annotated[str, Form()] = "") -> Response:
    """Freezes the forecasts of deaths of the country and its places, as of the present of the case."""
    lead = posting(request, form_token, Role.LEAD)
    only_whole(held)
    jobs: Jobs = request.app.state.jobs
    jobs.ask("register", {"by": lead.name}, held.stamp(), anew=True)
    return RedirectResponse("/register", status_code=303)


@router.get("/register/{name}")
def one(request: Request, held: HeldCase, name: str, asked: Annotated[RegisterAsked, Query()]) -> Response:
    """A registered forecast: each cell come or still open, its scores, what was revised since."""
    only_whole(held)
    job = _job(request, held, "registered", {"id": name})
    if asked.csv and job.answer:
        return table(_rows(job.answer["cells"]), name)
    return page(request, "registered.html", name=name, found=job, answer=job.answer, shown=_SHOWN)


def _totals(answer: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The totals that a page shows: of many units those over all months alone."""
    rows: list[dict[str, Any]] = answer["totals"] if answer else []
    longest = max((row["months"] for row in rows), default=0)
    return rows if len(rows) <= _FEW else [row for row in rows if row["months"] == longest]


def _job(request: Request, held: Held, verb: str, options: dict[str, Any]) -> Job:
    jobs: Jobs = request.app.state.jobs
    return jobs.ask(verb, options, held.stamp())


def _rows(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None)

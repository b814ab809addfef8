"""What interventions changed, and what followed where foreign troops left."""

from datetime import date
from typing import Annotated, Literal

import polars as pl
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, BeforeValidator, Field
from starlette.responses import Response

from vedette import commands
from vedette.app.charts import of_chart
from vedette.app.mechanism import heavy
from vedette.app.pages.asked import AnswerForm, ChartAsked, HeldCase, Words
from vedette.app.pages.scenarios import Draws
from vedette.app.scenario_charts import effect_chart
from vedette.app.served import Held
from vedette.app.site import page, table

router = APIRouter()


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


class InterventionsAsked(BaseModel):
    """Which interventions are listed."""

    kind: Words = None
    named: Words = None
    form: AnswerForm = AnswerForm.PAGE


class EffectAsked(ChartAsked):
    """Where an effect is looked for: a series, over how many periods, deaths or events, on how many draws."""

    on: str = "all"
    months: Annotated[int | None, BeforeValidator(_none_if_empty), Field(ge=1, le=60)] = None
    measure: commands.Measure = commands.Measure.DEATHS
    draws: Draws = None


class PrecedentsAsked(BaseModel):
    """Which departure is asked about, followed how long, with whose troops left."""

    like: Words = None
    years: int = Field(3, ge=1, le=5)
    others: Literal["any", "gone", "stayed"] = "any"
    role: Annotated[Literal["main", "co-backer", "contributor"] | None, BeforeValidator(_none_if_empty)] = (
        None
    )
    doubts: bool = False
    form: AnswerForm = AnswerForm.PAGE


@router.get("/effects")
def effects(request: Request, held: HeldCase, asked: Annotated[InterventionsAsked, Query()]) -> Response:
    """The interventions of the case, of which one may ask what they changed."""
    every = _interventions(held).rows()
    words = (asked.named or "").casefold()
    rows = [
        row
        for row in every
        if asked.kind in (None, row["kind"]) and words in f"{row['id']} {row['what']}".casefold()
    ]
    if asked.form is AnswerForm.CSV:
        return table(pl.DataFrame(rows), "interventions")
    kinds = sorted({row["kind"] for row in every})
    return page(request, "effects.html", asked=asked, rows=rows, kinds=kinds, every=every)


@router.get("/effects/{of}")
def effect(request: Request, held: HeldCase, of: str, asked: Annotated[EffectAsked, Query()]) -> Response:
    """What an intervention changed against what would have been, and what that cannot rule out."""
    options = {
        "of": of,
        "on": asked.on,
        "months": asked.months,
        "measure": asked.measure.value,
        "draws": asked.draws or commands.DRAWS,
    }
    job = heavy(request, "effect", start=True, **options)
    assert job is not None
    answer = job.answer
    charts = [effect_chart(answer)] if answer and answer["periods"] else []
    if asked.form is AnswerForm.CSV and asked.chart is None and answer:
        return table(pl.DataFrame(answer["rows"], infer_schema_length=None), f"effect-{job.key}")
    if answered := of_chart(request, asked, charts):
        return answered
    named = {row["id"]: row for row in _interventions(held).rows()}
    return page(
        request,
        "effect.html",
        asked=asked,
        of=of,
        row=named.get(of),
        job=job,
        answer=answer,
        charts=charts,
        measures=[*commands.Measure],
    )


@router.get("/precedents")
def precedents(request: Request, held: HeldCase, asked: Annotated[PrecedentsAsked, Query()]) -> Response:
    """Departures of foreign troops in all wars, or what followed those like the one asked about."""
    if asked.like is None:
        found = held.once("precedents", lambda: commands.precedents(held.served.case, as_of=_day(held)))
        if asked.form is AnswerForm.CSV:
            return table(found.table(doubts=asked.doubts), "doubts" if asked.doubts else "departures")
        told = held.once("precedents told", lambda: commands.precedents_told(found))
        doubts = commands.doubts_told(found) if asked.doubts else None
        return page(request, "precedents.html", asked=asked, told=told, doubts=doubts, last=found.record.last)
    options = {"like": asked.like, "years": asked.years, "others": asked.others, "role": asked.role}
    job = heavy(request, "precedents", start=True, **options)
    assert job is not None
    answer = job.answer
    if asked.form is AnswerForm.CSV and answer:
        return table(pl.DataFrame(answer["table"], infer_schema_length=None), "precedents")
    return page(request, "precedents_like.html", asked=asked, job=job, answer=answer)


def _interventions(held: Held) -> "commands.InterventionList":
    edition = held.ledger().case.edition
    return held.once("interventions", lambda: commands.listed_interventions(held.served.case, edition))


def _day(held: Held) -> date | None:
    return held.served.as_of or held.ledger().case.as_of

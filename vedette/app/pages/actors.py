"""Actors: a list, one of them with its ties, one tie with its claims."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from vedette import commands
from vedette.app.drawings.answer import of_drawing
from vedette.app.pages.actor_drawings import over_time_of, tie_drawings
from vedette.app.pages.asked import AnswerForm, ChartAsked, Day, HeldCase, Words
from vedette.app.site import page, table

router = APIRouter()


class Listed(BaseModel):
    """Which actors are listed."""

    named: Words = None
    kind: Words = None
    form: AnswerForm = AnswerForm.PAGE


class OnDay(ChartAsked):
    """The day of a profile, all times where it is left out; ``chart`` names a drawing or a table."""

    at: Day = None


class Tie(ChartAsked):
    """Which tie is shown, and on which day."""

    subject: str
    relation: str
    object: str
    at: Day = None


@router.get("/actors")
def actors(request: Request, held: HeldCase, asked: Annotated[Listed, Query()]) -> Response:
    """The actors whose id, name or another spelling holds the words asked for."""
    found = commands.actors(held.ledger(), named=asked.named, kind=asked.kind)
    if asked.form is AnswerForm.CSV:
        return table(found.table(), "actors")
    return page(request, "actors.html", found=found, asked=asked)


@router.get("/actors/{actor}")
def actor(request: Request, held: HeldCase, actor: str, asked: Annotated[OnDay, Query()]) -> Response:
    """An actor: names, status, ties, headcounts and posture over time, the claims for and against."""
    ledger = held.ledger()
    found = commands.who(ledger, actor, at=asked.at)
    over_time = over_time_of(ledger, found, asked.at)
    if asked.form is AnswerForm.CSV:
        tables = {"strength": over_time.strength, "posture": over_time.posture}
        rows = tables.get(asked.chart or "", found.table())
        return table(rows, f"{asked.chart or 'claims-on'}-{found.profile.actor['id']}")
    if answer := of_drawing(request, asked, over_time.drawings.values()):
        return answer
    return page(request, "actor.html", found=found, asked=asked, over_time=over_time)


@router.get("/tie")
def tie(request: Request, held: HeldCase, asked: Annotated[Tie, Query()]) -> Response:
    """A tie in full: belief, its range and its course, each report with its claims and what each moves."""
    ledger = held.ledger()
    found = commands.tie(ledger, asked.subject, words=f"{asked.relation}/{asked.object}", at=asked.at)
    drawings = {drawing.id: drawing for drawing in tie_drawings(ledger, found.beliefs[0])}
    if asked.form is AnswerForm.CSV:
        return table(found.table(), f"claims-on-{asked.subject}-{asked.relation}-{asked.object}")
    if answer := of_drawing(request, asked, drawings.values()):
        return answer
    return page(request, "tie.html", found=found, asked=asked, drawings=drawings)

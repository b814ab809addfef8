"""Who backs, commands, pays and fights whom on a day."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from vedette import commands
from vedette.app.pages.asked import AnswerForm, Day, HeldCase, Words
from vedette.app.site import page, table

router = APIRouter()


class TiesAsked(BaseModel):
    """Which ties are shown."""

    at: Day = None
    kind: Words = None
    least: float | None = Field(None, ge=0, le=1)
    form: AnswerForm = AnswerForm.PAGE


@router.get("/network")
def network(request: Request, held: HeldCase, asked: Annotated[TiesAsked, Query()]) -> Response:
    """The ties of a day, those that faded, and the kinds to choose from."""
    ledger = held.ledger()
    kinds = commands.tie_kinds(asked.kind)
    found = commands.network(ledger, at=asked.at, kinds=kinds, least=asked.least)
    if asked.form is AnswerForm.CSV:
        return table(found.table, f"ties-{found.at}")
    return page(request, "network.html", found=found, asked=asked, kinds=commands.tie_kinds())

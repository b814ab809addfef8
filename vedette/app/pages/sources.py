"""Sources: a list, and one with its claims."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from vedette import commands
from vedette.app.pages.asked import AnswerForm, HeldCase, Words
from vedette.app.site import page, table

router = APIRouter()


class SourcesAsked(BaseModel):
    """Which sources are listed."""

    named: Words = None
    form: AnswerForm = AnswerForm.PAGE


@router.get("/sources")
def sources(request: Request, held: HeldCase, asked: Annotated[SourcesAsked, Query()]) -> Response:
    """The sources that claims are from, with their grade and how many claims rest on each."""
    found = commands.sources(held.ledger(), named=asked.named)
    if asked.form is AnswerForm.CSV:
        return table(found, "sources")
    return page(request, "sources.html", rows=found.to_dicts(), asked=asked)


@router.get("/sources/{source}")
def one_source(request: Request, held: HeldCase, source: str) -> Response:
    """One source and the claims that are from it."""
    ledger = held.ledger()
    found = commands.claims(ledger, commands.ClaimQuery(by=source))
    return page(request, "source.html", row=commands.source(ledger, source), found=found)

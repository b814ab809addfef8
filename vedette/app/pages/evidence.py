"""Claims and questions: lists, one claim, rival answers."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from vedette import commands
from vedette.app.pages.asked import AnswerForm, HeldCase, Words
from vedette.app.pages.rows import adding
from vedette.app.site import page, table

router = APIRouter()

_SHOWN = 100
"""Claims on a page."""


class ClaimsAsked(BaseModel):
    """Which claims are listed, and from which on."""

    about: Words = None
    by: Words = None
    relation: Words = None
    question: Words = None
    contested: bool = False
    recalled: bool = False
    retracted: bool = False
    order: str = ""
    start: int = 0
    form: AnswerForm = AnswerForm.PAGE


@router.get("/evidence")
def evidence(request: Request, held: HeldCase, asked: Annotated[ClaimsAsked, Query()]) -> Response:
    """The claims that the filters let through, the newest first."""
    query = commands.ClaimQuery(**asked.model_dump(exclude={"start", "form"}))
    found = commands.claims(held.ledger(), query)
    if asked.form is AnswerForm.CSV:
        return table(found.table(), "claims")
    rows = found.claims.reverse().slice(max(asked.start, 0), _SHOWN).to_dicts()
    return page(request, "evidence.html", found=found, asked=asked, rows=rows, shown=_SHOWN)


@router.get("/evidence/add")
def add(request: Request, held: HeldCase) -> Response:
    """A form for a claim; what the address gives of it (``?subject=&relation=``) stands in it."""
    return adding(request, held, "claims")


@router.get("/evidence/{claim}")
def one_claim(request: Request, held: HeldCase, claim: str) -> Response:
    """One claim: what it says, who says so, in which source, and what it counts for."""
    ledger = held.ledger()
    row = commands.claim(ledger, claim)
    history = None if ledger.case.withheld else commands.history_of(held.served.case, claim)
    return page(request, "claim.html", row=row, history=history)


@router.get("/questions/{question}")
def rivals(request: Request, held: HeldCase, question: str) -> Response:
    """A question of the case with its rival answers side by side."""
    ledger = held.ledger()
    found = commands.claims(ledger, commands.ClaimQuery(question=question))
    asked = next(each for each in ledger.case.questions if each.id == question)
    return page(request, "question.html", found=found, asked=asked)

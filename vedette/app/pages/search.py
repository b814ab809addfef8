"""One search over actors, places, sources, claims, questions and the case's own words, in every spelling."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from vedette import commands
from vedette.app.addresses import found_address
from vedette.app.pages.asked import AnswerForm, HeldCase
from vedette.app.site import page, table

router = APIRouter()

_SHOWN = 12
"""Hits of a group that are shown while no group is chosen."""
_LONGEST = 200

TITLES = {
    "actors": "Actors",
    "places": "Places and sites",
    "questions": "Questions",
    "sources": "Sources",
    "claims": "Claims",
    "case": "Words of the case",
}


class SearchAsked(BaseModel):
    """Which words are looked up, and in which group; in all where it is left out."""

    q: Annotated[str, Field(max_length=_LONGEST)] = ""
    group: str = ""
    form: AnswerForm = AnswerForm.PAGE


@router.get("/search")
def search(request: Request, held: HeldCase, asked: Annotated[SearchAsked, Query()]) -> Response:
    """What the words stand in, by group, each with the reason why it was found."""
    ledger = held.ledger()
    found = commands.look_up(ledger, asked.q)
    if asked.form is AnswerForm.CSV:
        return table(found.table(), "found")
    groups = found.by_group()
    if asked.group:
        groups = {name: hits for name, hits in groups.items() if name == asked.group}
    areas = {*ledger.case.places.names, *(region.id for region in ledger.case.regions)}
    shown = {
        name: [(hit, found_address(hit, areas)) for hit in hits[: None if asked.group else _SHOWN]]
        for name, hits in groups.items()
    }
    totals = {name: len(hits) for name, hits in groups.items()}
    return page(request, "search.html", found=found, asked=asked, shown=shown, totals=totals, titles=TITLES)

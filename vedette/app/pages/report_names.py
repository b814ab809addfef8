"""Names of a report that the case does not know, to be made actors, spellings of actors, or set aside."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.pages.asked import HeldCase
from vedette.app.pages.marked import part_of
from vedette.app.pages.reading import read_again, whole
from vedette.app.posted import Posted, PostedForm
from vedette.app.served import Held
from vedette.app.site import page
from vedette.app.visitors import Role, posting
from vedette.errors import UsageError, VedetteError

router = APIRouter()

_SHOWN = 25
"""Names on a page."""
_ACTOR = ("name", "kind", "parent", "aliases")


class NamesAsked(BaseModel):
    """In which part of the report names are looked for, where the list begins, what was just done."""

    part: int = 0
    start: int = 0
    did: str = ""
    of: str = ""


@router.get("/reading/{report}/names")
def names(request: Request, held: HeldCase, report: str, asked: Annotated[NamesAsked, Query()]) -> Response:
    """The names of a report that the case does not know, with what each may be."""
    whole(held)
    return _shown(request, held, report, asked)


@router.post("/reading/{report}/names")
def decide(request: Request, held: HeldCase, report: str, form: PostedForm) -> Response:
    """Adds a name as an actor or as a spelling of one, or sets it aside; then reads the text again."""
    who = posting(request, form["form_token"], Role.ANALYST)
    whole(held)
    case, name = held.served.case, form["of"]
    try:
        match form["do"]:
            case "add":
                commands.add_actor(case, {k: v for k, v in form.several(*_ACTOR).items() if v})
            case "alias":
                commands.add_alias(case, form["actor"], name=name)
            case "aside":
                commands.set_name_aside(case, name)
            case "offer":
                commands.offer_name_again(case, name)
            case _:
                raise UsageError(f"nothing is called {form['do']!r} here. Use a button of the page.")
    except VedetteError as error:
        return _shown(request, held, report, NamesAsked(), typed=form, wrong=str(error).split("\n"))
    if form["do"] in ("add", "alias") and (job := read_again(request, held, report, who.name)):
        return RedirectResponse(job, status_code=303)
    address = request.url.include_query_params(did=form["do"], of=name)
    return RedirectResponse(f"{address.path}?{address.query}", status_code=303)


def _shown(
    request: Request,
    held: Held,
    report: str,
    asked: NamesAsked,
    *,
    typed: Posted | None = None,
    wrong: Sequence[str] = (),
) -> Response:
    ledger = held.ledger()
    review = commands.review_report(ledger, report)
    part = part_of(review, asked.part)
    found = commands.new_names(ledger, report, first=part.first, last=part.last)
    start = max(asked.start, 0)
    return page(
        request,
        "report_names.html",
        status=400 if wrong else 200,
        found=found,
        listed=found.names[start : start + _SHOWN],
        start=start,
        shown=_SHOWN,
        head=review.head,
        part=part,
        choices=commands.claim_choices(ledger),
        asked=asked,
        typed=typed or Posted({}, None),
        wrong=wrong,
    )

"""A second person's check: claims that nobody has checked, each beside the text that it was read from."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.pages.asked import HeldCase
from vedette.app.pages.reading import whole
from vedette.app.posted import Posted, PostedForm
from vedette.app.served import Held
from vedette.app.site import page
from vedette.app.visitors import Role, posting, visitor
from vedette.errors import UsageError, VedetteError

router = APIRouter()

_SHOWN = 100
"""Claims in the list of a page."""


class ChecksAsked(BaseModel):
    """Of which source claims are checked, which one is shown, where the list begins, what was done."""

    source: str = ""
    at: str = ""
    start: int = 0
    did: str = ""
    of: str = ""


@router.get("/checks")
def checks(request: Request, held: HeldCase, asked: Annotated[ChecksAsked, Query()]) -> Response:
    """The claims that no second person has checked, and one of them beside its text."""
    whole(held)
    return _shown(request, held, asked)


@router.post("/checks")
def checked(request: Request, held: HeldCase, form: PostedForm) -> Response:
    """Notes that a claim was checked, or what is wrong with it."""
    who = posting(request, form["form_token"], Role.ANALYST)
    whole(held)
    claim, comment, source = form["claim"], form["comment"], form["source"]
    waiting = [one.claim["id"] for one in commands.checks_waiting(held.ledger().case, source=source).claims]
    try:
        match form["do"]:
            case "confirm":
                commands.check_claim(held.served.case, claim, by=who.name, comment=comment)
            case "object":
                commands.object_to_claim(held.served.case, claim, comment=comment, by=who.name)
            case _:
                raise UsageError(f"nothing is called {form['do']!r} here. Use a button of the page.")
    except VedetteError as error:
        asked = ChecksAsked(source=source, at=claim)
        return _shown(request, held, asked, typed=form, wrong=str(error).split("\n"))
    place = waiting.index(claim) + 1 if claim in waiting else 0
    upcoming = next(iter(waiting[place:]), "")
    address = urlencode({"did": form["do"], "of": claim, "at": upcoming, "source": source})
    return RedirectResponse(f"/checks?{address}#now", status_code=303)


def _shown(
    request: Request,
    held: Held,
    asked: ChecksAsked,
    *,
    typed: Posted | None = None,
    wrong: Sequence[str] = (),
) -> Response:
    waiting = commands.checks_waiting(held.ledger().case, source=asked.source).claims
    ids = [one.claim["id"] for one in waiting]
    place = ids.index(asked.at) if asked.at in ids else 0
    now = waiting[place] if waiting else None
    start = max(asked.start, 0)
    return page(
        request,
        "second_checks.html",
        status=400 if wrong else 200,
        waiting=waiting[start : start + _SHOWN],
        count=len(waiting),
        start=start,
        shown=_SHOWN,
        now=now,
        row=defaultdict(str, now.claim) if now else None,
        known=set(held.ledger().claims["id"]),
        context=commands.claim_context(held.ledger(), now) if now else None,
        before=ids[place - 1] if place else "",
        after=ids[place + 1] if place + 1 < len(ids) else "",
        me=visitor(request).name,
        asked=asked,
        comment=typed["comment"] if typed else "",
        wrong=wrong,
    )

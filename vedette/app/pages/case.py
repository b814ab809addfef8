"""The case itself: what a check finds, its settings, editions and licences, and the log of its changes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from vedette import commands
from vedette.app.pages.asked import HeldCase
from vedette.app.site import page

router = APIRouter()


@router.get("/case")
def case(request: Request, held: HeldCase) -> Response:
    """What a check of the case finds worth a look, and what the case is made of."""
    return page(request, "case.html", checked=commands.check(held.served.case))


@router.get("/log")
def log(request: Request, held: HeldCase) -> Response:
    """Who changed what in the case, the newest first."""
    return page(request, "log.html", found=commands.log(held.served.case))

"""The case itself: what a check finds, its settings, editions and licences, and the log of its changes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from vedette import commands
from vedette.app.jobs import Jobs
from vedette.app.pages.asked import HeldCase
from vedette.app.served import Held
from vedette.app.site import page
from vedette.errors import UsageError

router = APIRouter()


@router.get("/case")
def case(request: Request, held: HeldCase) -> Response:
    """What a check of the case finds worth a look, and what the case is made of."""
    _whole(held)
    jobs: Jobs = request.app.state.jobs
    return page(request, "case.html", checked=jobs.ask("check", {}, held.stamp()))


@router.get("/log")
def log(request: Request, held: HeldCase) -> Response:
    """Who changed what in the case, the newest first."""
    _whole(held)
    return page(request, "log.html", found=commands.log(held.served.case))


def _whole(held: Held) -> None:
    """Refuses what stands in no edition that withholds something: it may name what is withheld."""
    case = held.ledger().case
    if case.withheld:
        raise UsageError(
            f"The {case.edition} edition holds neither the check nor the log of the case: both may name what "
            "it withholds. Serve the edition that withholds nothing, with --edition."
        )

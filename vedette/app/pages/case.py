"""The case itself: what a check finds, its settings, editions and licences."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from vedette.app.jobs import Jobs
from vedette.app.pages.asked import HeldCase, whole
from vedette.app.site import page

router = APIRouter()


@router.get("/case")
def case(request: Request, held: HeldCase) -> Response:
    """What a check of the case finds worth a look, and what the case is made of."""
    whole(held, "the check and the log of the case")
    jobs: Jobs = request.app.state.jobs
    return page(request, "case.html", checked=jobs.ask("check", {}, held.stamp()))

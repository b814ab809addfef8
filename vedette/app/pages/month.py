"""The first page: the question of the case, what changed in the last month, and what waits to be done."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from vedette import commands
from vedette.app.jobs import Jobs
from vedette.app.pages.asked import Day, HeldCase
from vedette.app.site import page

router = APIRouter()


class ChangesAsked(BaseModel):
    """Between which days changes are told; the last month of the case where they are left out."""

    first: Day = None
    last: Day = None


@router.get("/")
def month(request: Request, held: HeldCase, asked: Annotated[ChangesAsked, Query()]) -> Response:
    """What a reader of the case must know today."""
    jobs: Jobs = request.app.state.jobs
    ledger = held.ledger()
    last = asked.last or commands.present_of(ledger)
    first = asked.first or last.replace(day=1) - timedelta(days=1)
    options = {"first": first, "last": asked.last}
    return page(
        request,
        "month.html",
        first=first,
        last=last,
        changes=jobs.ask("changes", options, held.stamp()),
        claims=commands.claims(ledger, commands.ClaimQuery()).claims.height,
        contested=commands.claims(ledger, commands.ClaimQuery(contested=True)).claims.height,
        network=commands.network(ledger),
    )

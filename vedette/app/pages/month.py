"""The first page: the question of the case, how old its data are, and what waits to be done."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from vedette import commands
from vedette.app.pages.asked import HeldCase
from vedette.app.site import page

router = APIRouter()


@router.get("/")
def month(request: Request, held: HeldCase) -> Response:
    """What a reader of the case must know today."""
    ledger = held.ledger()
    return page(
        request,
        "month.html",
        newest=commands.claims(ledger, commands.ClaimQuery()),
        contested=commands.claims(ledger, commands.ClaimQuery(contested=True)),
        network=commands.network(ledger),
    )

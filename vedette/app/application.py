"""The web application: its addresses, and what stands before them."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from vedette.app import login
from vedette.app.access import Gate
from vedette.app.jobs import Jobs
from vedette.app.pages import (
    actors,
    case,
    evidence,
    figures,
    jobs,
    month,
    network,
    sources,
)
from vedette.app.policy import Policy
from vedette.app.served import Held, Served
from vedette.app.site import page
from vedette.app.tokens import Doorkeeper
from vedette.errors import UsageError, VedetteError

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_PAGES = (
    actors,
    case,
    evidence,
    figures,
    jobs,
    month,
    network,
    sources,
)


def workbench(served: Served, door: Doorkeeper, hosts: Sequence[str] = LOOPBACK) -> FastAPI:
    """Returns the application that serves a case to whoever the doorkeeper lets in.

    ``hosts`` are the names under which it may be asked for; any other is refused, so that no page of the web
    can reach it under a name of its own.
    """
    app = FastAPI(
        title="vedette",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(Policy),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(Gate, door=door),
        ],
    )
    held = Held(served)
    app.state.held, app.state.door = held, door
    app.state.jobs = Jobs(served, held.ledger().case.edition)
    app.include_router(login.router)
    for each in _PAGES:
        app.include_router(each.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    app.add_exception_handler(VedetteError, _told)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _missing)
    return app


def _told(request: Request, error: Exception) -> Response:
    """What is wrong and how to mend it, as on the command line."""
    status = 400 if isinstance(error, UsageError) else 409
    return page(
        request, "wrong.html", status=status, title="That cannot be shown", lines=str(error).split("\n")
    )


def _unfit(request: Request, error: Exception) -> Response:
    """A filter in the address that is none."""
    assert isinstance(error, RequestValidationError)
    lines = [f"{each['loc'][-1]}: {each['msg']}; found {each.get('input')!r}." for each in error.errors()]
    return page(request, "wrong.html", status=400, title="That address asks for something else", lines=lines)


def _missing(request: Request, error: Exception) -> Response:
    """An address at which there is nothing."""
    assert isinstance(error, HTTPException)
    return page(
        request, "wrong.html", status=error.status_code, title="Nothing is here", lines=[error.detail]
    )

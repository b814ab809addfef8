"""The web application: its addresses, and what stands before them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from vedette.app import login
from vedette.app.access import Gate
from vedette.app.audit import Audit, AuditLog
from vedette.app.jobs import Jobs
from vedette.app.limits import Limits, OwnPages
from vedette.app.pages import (
    actors,
    api,
    arms,
    assumptions,
    brief,
    case,
    changes_log,
    effects,
    evidence,
    figures,
    forecast,
    imports,
    issues,
    jobs,
    levers,
    month,
    network,
    notes,
    reading,
    report,
    report_names,
    rows,
    scenarios,
    search,
    second_checks,
    sources,
    violence,
)
from vedette.app.policy import Policy
from vedette.app.served import Held, Served
from vedette.app.tokens import Doorkeeper
from vedette.app.wrongs import show_errors

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_PAGES = (
    actors,
    api,
    arms,
    assumptions,
    brief,
    case,
    changes_log,
    effects,
    evidence,
    figures,
    forecast,
    imports,
    issues,
    jobs,
    levers,
    month,
    network,
    notes,
    reading,
    report,
    report_names,
    rows,
    scenarios,
    search,
    second_checks,
    sources,
    violence,
)
"""The pages, each with its addresses."""

_THREADS = 8
"""Requests that are answered at the same time; more would only hold more memory."""


@asynccontextmanager
async def _few_threads(_: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
    yield


def workbench(
    served: Served, door: Doorkeeper, hosts: Sequence[str] = LOOPBACK, audit: AuditLog | None = None
) -> FastAPI:
    """Returns the application that serves a case to whoever the doorkeeper lets in.

    ``hosts`` are the names under which it may be asked for; any other is refused, so that no page of the web
    can reach it under a name of its own. ``audit`` takes down who came in, was refused, and posted.
    """
    app = FastAPI(
        title="vedette",
        lifespan=_few_threads,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(Policy),
            *([Middleware(Audit, log=audit)] if audit else []),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(Gate, door=door),
            Middleware(OwnPages, entry=not door.from_afar),
            Middleware(Limits),
        ],
    )
    held = Held(served)
    app.state.held, app.state.door = held, door
    app.state.jobs = Jobs(served, held.ledger().case.edition)
    app.include_router(login.router)
    for each in _PAGES:
        app.include_router(each.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    show_errors(app)
    return app

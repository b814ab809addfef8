"""Long work: what runs and what is done, how far one job is, and how to stop it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from vedette.app.access import must_match
from vedette.app.jobs import Job, Jobs, JobStanding
from vedette.app.site import page

router = APIRouter()

FOR_LEADS = ("issue", "register")
"""Verbs that only a lead may ask for."""
_PAUSE = 0.3
"""Seconds between two looks at a job that runs."""


@router.get("/jobs")
def jobs(request: Request) -> Response:
    """The jobs that are kept, the newest first."""
    kept: Jobs = request.app.state.jobs
    return page(request, "jobs.html", jobs=kept.all())


@router.get("/jobs/{key}/progress")
async def progress(request: Request, key: str) -> Response:
    """The states of a job as they come, as events that a page can follow."""
    return StreamingResponse(_states(_job(request, key)), media_type="text/event-stream")


@router.post("/jobs/{key}/stop")
def stop(request: Request, key: str, form_token: Annotated[str, Form()] = "") -> Response:
    """Stops a job that runs."""
    must_match(request, form_token)
    kept: Jobs = request.app.state.jobs
    kept.stop(_job(request, key))
    return RedirectResponse("/jobs", status_code=303)


@router.post("/jobs/{key}/again")
def again(
    request: Request,
    key: str,
    back: Annotated[str, Form()] = "/jobs",
    form_token: Annotated[str, Form()] = "",
) -> Response:
    """Starts a job once more that failed or was stopped, and leads back to the page that shows it."""
    must_match(request, form_token)
    kept: Jobs = request.app.state.jobs
    job = _job(request, key)
    if job.verb in FOR_LEADS:
        raise HTTPException(403, "This is asked for anew on its own page, by a lead.")
    kept.again(job)
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    return RedirectResponse(back if inside else "/jobs", status_code=303)


def _job(request: Request, key: str) -> Job:
    kept: Jobs = request.app.state.jobs
    job = kept.find(key)
    if job is None:
        raise HTTPException(404, "There is no such job. See: /jobs")
    return job


async def _states(job: Job) -> AsyncIterator[str]:
    told = ""
    while True:
        state = job.state
        if (now := json.dumps(asdict(state))) != told:
            told = now
            yield f"data: {now}\n\n"
        if state.standing is not JobStanding.RUNNING:
            return
        await asyncio.sleep(_PAUSE)

"""Files that come into the case: chosen, shown with what they would change, then taken or discarded."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.edits import Typed, TypedForm
from vedette.app.jobs import Job, Jobs
from vedette.app.limits import limit_of
from vedette.app.mistakes import lines_of, status_of
from vedette.app.pages.asked import HeldCase, whole
from vedette.app.served import Held
from vedette.app.site import page
from vedette.app.visitors import Role, posting
from vedette.app.works.importing import plan_import, take_import
from vedette.errors import UsageError, VedetteError
from vedette.progress import quiet

router = APIRouter()

_AT_ONCE = 2_000_000
"""Bytes of a sheet or the like up to which it is read while the browser waits; larger ones are jobs."""
_WHAT = "what is imported"
_SAID = ("table", "sheet", "source", "release", "dates", "covers", "published")


class WaitingAsked(BaseModel):
    """The mark of the changes that were confirmed, where they are being taken in."""

    taking: str = ""


@router.get("/import")
def choose(request: Request, held: HeldCase) -> Response:
    """A form to choose a file, and what is said of it."""
    whole(held, _WHAT)
    return _choice(request, {}, [])


@router.post("/import")
def upload(request: Request, held: HeldCase, typed: TypedForm) -> Response:
    """Keeps a file in a private place and leads to what it would change."""
    posting(request, typed.token, Role.ANALYST)
    whole(held, _WHAT)
    try:
        kept = _kept(typed)
    except VedetteError as error:
        return _choice(request, typed.texts, lines_of(error, held), status_of(error))
    return RedirectResponse(f"/import/{kept.key}", status_code=303)


@router.get("/import/{key}")
def waiting(request: Request, held: HeldCase, key: str, asked: Annotated[WaitingAsked, Query()]) -> Response:
    """What a file would change, or how far taking it in is."""
    whole(held, _WHAT)
    kept = commands.incoming_file(key)
    jobs: Jobs = request.app.state.jobs
    if asked.taking:
        job = next((each for each in jobs.all() if each.options.get("mark") == asked.taking), None)
        return page(request, "importing.html", upload=kept, job=job, plan=None, done=_answer(job), wrong=[])
    if not kept.there:
        raise UsageError("This file was taken in already. The log has the change: /log")
    return _planned(request, held, kept, [])


@router.post("/import/{key}")
def decided(request: Request, held: HeldCase, key: str, typed: TypedForm) -> Response:
    """Takes a file in, discards it, or notes more of what it holds."""
    who = posting(request, typed.token, Role.ANALYST)
    whole(held, _WHAT)
    kept = commands.incoming_file(key)
    match typed.texts.get("verb", ""):
        case "discard":
            commands.remove_incoming(kept)
            return RedirectResponse("/import", status_code=303)
        case "say":
            commands.incoming_with(kept, **_more(typed))
            return RedirectResponse(f"/import/{key}", status_code=303)
        case "take":
            return _taken(request, held, kept, typed.texts.get("mark", ""), who.name)
        case verb:
            raise UsageError(f"a file is taken, discarded, or more is said of it; found {verb!r}.")


def _kept(typed: Typed) -> "commands.IncomingFile":
    """The file of a form, kept."""
    file = typed.files.get("file")
    if file is None or not file.filename:
        raise UsageError("expected a file; found none. Choose one.")
    said = {name: typed.texts.get(name, "").strip() for name in _SAID}
    options = {name: text for name, text in said.items() if text}
    kind = typed.texts.get("kind", "")
    return commands.keep_incoming(file.file, file.filename, kind=kind, options=options)


def _more(typed: Typed) -> dict[str, Any]:
    """What a form says of the columns of a sheet, or of entities that are no actors of the case."""
    columns = {
        text: typed.texts.get(f"field.{number}", "")
        for name, text in typed.texts.items()
        if name.startswith("column.") and (number := name.removeprefix("column."))
    }
    unlike = [name.removeprefix("unlike.") for name in typed.texts if name.startswith("unlike.")]
    return {**({"columns": columns} if columns else {}), **({"unlike": unlike} if unlike else {})}


def _large(kept: "commands.IncomingFile") -> bool:
    return kept.kind == "events" or kept.path.stat().st_size > _AT_ONCE


def _planned(
    request: Request, held: Held, kept: "commands.IncomingFile", wrong: list[str], status: int = 200
) -> Response:
    """The page of what a file would change; of a large one the job that finds out."""
    options: dict[str, Any] = {"key": kept.key, "said": kept.options}
    jobs: Jobs = request.app.state.jobs
    plan, job = None, None
    if _large(kept):
        job = jobs.ask("plan_import", options, held.stamp())
        plan = job.answer
    else:
        try:
            plan = plan_import(held.served, options, quiet)
        except VedetteError as error:
            wrong, status = [*wrong, *lines_of(error, held)], status_of(error)
    return page(
        request, "importing.html", status=status, upload=kept, job=job, plan=plan, done=None, wrong=wrong
    )


def _taken(request: Request, held: Held, kept: "commands.IncomingFile", mark: str, who: str) -> Response:
    options = {"key": kept.key, "mark": mark, "by": who}
    if _large(kept):
        jobs: Jobs = request.app.state.jobs
        jobs.ask("take_import", options, kept.key)
        return RedirectResponse(f"/import/{kept.key}?taking={mark}", status_code=303)
    try:
        done = take_import(held.served, options, quiet)
    except VedetteError as error:
        return _planned(request, held, kept, lines_of(error, held), status_of(error))
    return page(request, "importing.html", upload=kept, job=None, plan=None, done=done, wrong=[])


def _answer(job: Job | None) -> Any:
    return job.answer if job else None


def _choice(request: Request, texts: Any, wrong: list[str], status: int = 200) -> Response:
    return page(
        request,
        "import.html",
        status=status,
        texts=texts,
        wrong=wrong,
        kinds=commands.KINDS,
        most=limit_of("/import"),
    )

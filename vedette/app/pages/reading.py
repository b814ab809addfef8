"""Reading: the reports that were read, and the upload of one."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.jobs import Job, Jobs
from vedette.app.limits import UPLOADS
from vedette.app.pages.asked import AnswerForm, HeldCase
from vedette.app.pages.marked import part_of
from vedette.app.posted import Posted, PostedForm
from vedette.app.served import Held
from vedette.app.site import page, table
from vedette.app.visitors import Role, posting
from vedette.errors import UsageError, VedetteError

router = APIRouter()

_READING = ("read", "read_again")
"""The verbs of jobs that end with a report to review."""
_SOURCE = ("title", "publisher", "date", "url", "reliability", "handling", "protected")
"""The columns of sources.csv that the form of an upload asks for."""


class ReportsAsked(BaseModel):
    """Which job of reading is shown, and in which form the list is wanted."""

    read: str = ""
    form: AnswerForm = AnswerForm.PAGE


@router.get("/reading")
def reports(request: Request, held: HeldCase, asked: Annotated[ReportsAsked, Query()]) -> Response:
    """The reports that were read, those with open proposals first, and a form to read one more."""
    whole(held)
    jobs: Jobs = request.app.state.jobs
    job = jobs.find(asked.read)
    if asked.form is AnswerForm.CSV:
        return table(commands.read_reports(held.ledger()).table(), "reports")
    if job and job.verb in _READING and job.answer:
        return RedirectResponse(f"/reading/{job.answer['report']}?read={job.key}", status_code=303)
    return _list(request, held, job=job)


@router.post("/reading")
def upload(request: Request, held: HeldCase, form: PostedForm) -> Response:
    """Takes a report and has it read; what is wrong with the form is shown beside what was typed."""
    who = posting(request, form["form_token"], Role.ANALYST)
    whole(held)
    kept = form["kept"]
    try:
        kept = _kept(held, form)
        server = _server(form, commands.upload_name(held.served.case, kept))
        source = _source(held, form)
    except VedetteError as error:
        typed = Posted({**form.fields, "kept": kept}, None)
        return _list(request, held, typed=typed, wrong=str(error).split("\n"))
    options = {
        "upload": kept,
        "source": source,
        "model_address": server.address if server else "",
        "model": server.model if server else "",
        "by": who.name,
    }
    jobs: Jobs = request.app.state.jobs
    job = jobs.ask("read", options, kept)
    return RedirectResponse(f"/reading?read={job.key}", status_code=303)


def read_again(request: Request, held: Held, report: str, who: str) -> str:
    """Reads the kept text of a report again; for a long one gives the address of the job that does."""
    case, review = held.served.case, commands.review_report(held.ledger(), report)
    if part_of(review, 1).parts == 1:
        commands.read_again(case, report)
        return ""
    jobs: Jobs = request.app.state.jobs
    job = jobs.ask("read_again", {"report": report, "by": who}, held.stamp())
    return f"/reading?read={job.key}"


def whole(held: Held) -> None:
    """Refuses the texts of reports to an edition that withholds something."""
    case = held.ledger().case
    if case.withheld:
        raise UsageError(
            f"The {case.edition} edition holds no texts of reports: they may say what it withholds. "
            "Serve the edition that withholds nothing, with --edition."
        )


def _list(
    request: Request,
    held: Held,
    *,
    job: Job | None = None,
    typed: Posted | None = None,
    wrong: Sequence[str] = (),
) -> Response:
    case, ledger = held.served.case, held.ledger()
    typed = typed or Posted({"source": ""}, None)
    if job and job.verb == "read" and not typed["kept"]:
        options = {"kept": job.options["upload"], "source": job.options["source"]}
        typed = Posted(options, None)
    return page(
        request,
        "reading.html",
        status=400 if wrong else 200,
        found=commands.read_reports(ledger),
        unchecked=len(commands.checks_waiting(ledger.case).claims),
        choices=commands.claim_choices(ledger),
        kept_name=commands.upload_name(case, typed["kept"]) if typed["kept"] else "",
        job=job,
        typed=typed,
        wrong=wrong,
        endings=commands.REPORT_ENDINGS,
        largest=UPLOADS["/reading"],
    )


def _kept(held: Held, form: Posted) -> str:
    """The key of the upload: of the file that came with the form, else of one that waits from before."""
    case = held.served.case
    if form.file:
        return commands.keep_upload(case, form.file.filename or "", content=form.file.file.read())
    if not commands.upload_name(case, form["kept"]):
        raise UsageError("expected a report; found no file. Choose one.")
    return form["kept"]


def _source(held: Held, form: Posted) -> str:
    """The id of the source: the one chosen, or one that is added from what was typed."""
    if form["source"] or not any(form[name] for name in _SOURCE[:4]):
        return form["source"]
    cells = form.several(*_SOURCE)
    cells["protected"] = "true" if form["protected"] else "false"
    return str(commands.add_source(held.served.case, cells).row["id"])


def _server(form: Posted, name: str) -> commands.ModelServer | None:
    """The language model that is asked too; none unless an address was typed, and sending agreed to."""
    if bool(form["model_address"]) != bool(form["model"]):
        raise UsageError("the address of a language model and its name go together. Give both, or neither.")
    if not form["model_address"]:
        return None
    server = commands.ModelServer(form["model_address"], form["model"])
    if not server.local and not form["agreed"]:
        raise UsageError(
            f"Each sentence of {name} that names an actor goes to {server.host}, with the names of those "
            "actors. Nothing was sent. To send them, tick that you agree, then read the report."
        )
    return server

"""The first page: what matters, what changed since the last issue, and what the next one waits for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from vedette import commands
from vedette.app.jobs import Job, Jobs, JobStanding
from vedette.app.pages.asked import Day, HeldCase
from vedette.app.sections import known_sections
from vedette.app.served import Held
from vedette.app.site import page
from vedette.brief.blocks import asked_in
from vedette.plurals import counted

router = APIRouter()

_LINES = 5
_FORERUNNERS = ("signs", "claims", "ahead", "network")
"""The parts of what changed whose first sentence follows the first lines, as long as there is room."""


class ChangesAsked(BaseModel):
    """Between which days changes are told: since the last issue, or in the last month, where left out."""

    first: Day = None
    last: Day = None


@dataclass(frozen=True)
class RoundStep:
    """A step of the monthly round: what it is, whether it is ``done``, ``open`` or ``at work``, and where."""

    title: str
    state: str
    words: str
    address: str


@router.get("/")
def month(request: Request, held: HeldCase, asked: Annotated[ChangesAsked, Query()]) -> Response:
    """What a reader of the case must know today."""
    jobs: Jobs = request.app.state.jobs
    ledger = held.ledger()
    case, issued = ledger.case, commands.last_issued(ledger.case)
    last = asked.last or commands.present_of(ledger)
    covered = issued.known if issued and issued.known < last else last.replace(day=1) - timedelta(days=1)
    first = asked.first or covered
    changes = jobs.ask("changes", {"first": first, "last": asked.last}, held.stamp())
    checked = None if case.withheld else jobs.ask("check", {}, held.stamp())
    return page(
        request,
        "month.html",
        asks=asked_in(case.question),
        first=first,
        last=last,
        issued=issued,
        changes=changes,
        checked=checked,
        lines=_lines(changes.answer),
        steps=list(_steps(request, held, checked)),
        contested=commands.claims(ledger, commands.ClaimQuery(contested=True)).claims.height,
        network=commands.network(ledger),
    )


def _lines(answer: Mapping[str, Any] | None) -> list[str]:
    """What matters in five lines at most: the first lines of what changed, then those of its parts."""
    if answer is None:
        return []
    parts = {part["id"]: part["lines"] for part in answer["parts"]}
    more = [parts[name][0] for name in _FORERUNNERS if parts.get(name)]
    return [*answer["lead"], *more][:_LINES]


def _steps(request: Request, held: Held, checked: Job | None) -> Iterator[RoundStep]:
    """What stands between now and the next issue; nothing of it is decided in an edition that withholds."""
    ledger = held.ledger()
    case, served = ledger.case, held.served
    if case.withheld:
        return
    present = commands.present_of(ledger)
    waiting = len(held.once("proposals", lambda: commands.open_proposals(served.case)).proposals)
    yield RoundStep("Load what is new", "done", commands.age_of_claims(ledger).sentence(), "/import")
    yield RoundStep(
        "Judge what reports say",
        "open" if waiting else "done",
        f"{counted(waiting, 'proposal')} to judge" if waiting else "Nothing waits",
        "/reading",
    )
    yield _checking(checked)
    yield _registering(held, present)
    yield _drafting(request)
    notes = len(case.notes)
    yield RoundStep(
        "Say it in your own words", "done" if notes else "open", counted(notes, "note"), "/brief/notes"
    )
    last = commands.last_issued(case)
    day = served.as_of or case.as_of or date.today()
    if last and last.day >= day:
        words = f"Issue {last.number} is of {last.day}: the next one takes a later day"
        yield RoundStep("Issue it", "done", words, "/brief/issues")
    else:
        number = last.number + 1 if last else 1
        yield RoundStep(
            "Issue it", "open", f"Issue {number} of the {case.edition} edition, of {day}", "/brief/issue"
        )


def _checking(checked: Job | None) -> RoundStep:
    if checked is None or checked.answer is None:
        return RoundStep("Check the case", *_at_work(checked), "/case")
    remarks = len(checked.answer["warnings"])
    words = (
        counted(remarks, "remark is", "remarks are") + " worth a look"
        if remarks
        else "No mistakes, no remarks"
    )
    return RoundStep("Check the case", "done", words, "/case")


def _registering(held: Held, present: date) -> RoundStep:
    found = held.once("registered", lambda: commands.registered(held.served.case)).issued
    today = [each for each in found if each.as_of == present.isoformat()]
    if today:
        return RoundStep("Register the forecast", "done", counted(len(today), "forecast"), "/register")
    return RoundStep("Register the forecast", "open", f"None yet as of {present}", "/register")


def _drafting(request: Request) -> RoundStep:
    made = known_sections(request)
    if made is None:
        return RoundStep("Read the draft", "open", "It is composed when it is first opened", "/brief")
    if made.answer is None:
        return RoundStep("Read the draft", *_at_work(made.job), "/brief")
    return RoundStep("Read the draft", "open", f"Composed, as of {made.answer['as_of']}", "/brief")


def _at_work(job: Job | None) -> tuple[str, str]:
    if job is not None and job.state.standing is JobStanding.RUNNING:
        return "at work", job.state.what
    return "open", job.state.what.split("\n")[0] if job is not None else ""

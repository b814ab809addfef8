"""One report under review: its text with the proposals marked, and the one that is judged."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.pages.asked import HeldCase
from vedette.app.pages.marked import marked_text
from vedette.app.pages.reading import read_again, whole
from vedette.app.posted import Posted, PostedForm
from vedette.app.served import Held
from vedette.app.site import page
from vedette.app.visitors import Role, posting
from vedette.errors import UsageError, VedetteError

router = APIRouter()


class ReportAsked(BaseModel):
    """Which proposal and part of a report are shown, and what was just done.

    ``at`` is the proposal, the next open one where it is left out; ``did`` what was done to the one ``of``.
    """

    at: str = ""
    part: int = 0
    did: str = ""
    of: str = ""
    read: str = ""


@router.get("/reading/{report}")
def review(request: Request, held: HeldCase, report: str, asked: Annotated[ReportAsked, Query()]) -> Response:
    """A report on the left, the proposal to judge on the right."""
    whole(held)
    return _shown(request, held, report, asked)


@router.post("/reading/{report}")
def judge(request: Request, held: HeldCase, report: str, form: PostedForm) -> Response:
    """Does what a button of the page says; what is wrong is shown beside what was typed."""
    who = posting(request, form["form_token"], Role.ANALYST)
    whole(held)
    case, key = held.served.case, form["proposal"]
    try:
        match form["do"]:
            case "accept":
                commands.accept_proposal(
                    case, (one := _proposal(held, report, key)), edits=_edits(held, one, form)
                )
            case "discard":
                commands.reject_proposal(case, _proposal(held, report, key), why=form["why"])
            case "reopen":
                commands.reopen_proposal(case, _proposal(held, report, key))
            case "undo":
                key = commands.undo_judgement(case, who.name).proposal
            case "gap":
                commands.note_gap(case, form["gap"], about=_place(held, report, key))
            case "mark":
                paragraph = int(form["paragraph"]) if form["paragraph"].isdecimal() else 0
                key = commands.propose_words(case, report, paragraph=paragraph, words=form["words"]).id
            case "again":
                if job := read_again(request, held, report, who.name):
                    return RedirectResponse(job, status_code=303)
            case _:
                raise UsageError(f"nothing is called {form['do']!r} here. Use a button of the page.")
    except VedetteError as error:
        asked = ReportAsked(at=form["proposal"])
        return _shown(request, held, report, asked, typed=form, wrong=str(error).split("\n"))
    return RedirectResponse(_after(held, report, form["do"], key), status_code=303)


def _after(held: Held, report: str, done: str, key: str) -> str:
    """The address after something was done: the next open proposal after a judgement, else the same one."""
    review = commands.review_report(held.ledger(), report)
    upcoming = review.next_open(key) if done in ("accept", "discard") else review.find(key)
    at = {"at": upcoming.proposal.id} if upcoming else {}
    return f"/reading/{report}?{urlencode({'did': done, 'of': key, **at})}#now"


def _shown(
    request: Request,
    held: Held,
    report: str,
    asked: ReportAsked,
    *,
    typed: Posted | None = None,
    wrong: Sequence[str] = (),
) -> Response:
    ledger = held.ledger()
    found = commands.review_report(ledger, report)
    now = found.find(asked.at) or found.next_open()
    cells = {**now.cells, **(typed.fields if typed else {})} if now else {}
    job = request.app.state.jobs.find(asked.read)
    number = now.number if now else 0
    return page(
        request,
        "report.html",
        status=400 if wrong else 200,
        found=found,
        text=marked_text(found, now, asked.part),
        now=now,
        cells=cells,
        before=found.proposals[number - 2] if number > 1 else None,
        after=found.proposals[number] if 0 < number < len(found.proposals) else None,
        upcoming=found.next_open(now.proposal.id) if now else None,
        moves=commands.moves_by_credibility(ledger, now.proposal.claim) if now and not now.judgement else {},
        choices=commands.claim_choices(ledger),
        did=_did(found, asked),
        asked=asked,
        read=job.answer if job and "added" in (job.answer or {}) else None,
        wrong=wrong,
        typed=typed,
    )


def _did(found: commands.ReportReview, asked: ReportAsked) -> str:
    """What was just done, as a sentence; it follows from what the case holds, not from the address alone."""
    one = found.find(asked.of)
    match asked.did:
        case "accept" | "discard" if one and one.judgement:
            said = f"{one.judgement.outcome.capitalize()}: {one.sentence}."
            same = [key for key in one.supports if key != one.proposal.id]
            if asked.did == "accept" and same:
                said += f" The case held the same already in {', '.join(same)}: this one supports it."
            return said
        case "undo" | "reopen" if one and one.judgement is None:
            return f"Open again: {one.sentence}."
        case "gap":
            return "The information gap is noted in the notes of the case."
        case "mark" if one:
            return "The words are marked as a proposal. Fill in what they say, then accept it."
        case "again":
            return "The text was read again with the names that the case has now."
    return ""


def _proposal(held: Held, report: str, key: str) -> commands.Proposal:
    found = commands.review_report(held.ledger(), report).find(key)
    if found is None:
        raise UsageError(f"this report has no proposal {key!r} any more. Load the page again.")
    return found.proposal


def _edits(held: Held, one: commands.Proposal, form: Posted) -> Mapping[str, str]:
    """The columns that a form has otherwise than the proposal, with a draft of a statement that fits them."""
    columns = (
        name for name in commands.CLAIM_COLUMNS if name in form.fields and name not in ("id", "checked_by")
    )
    edits = {name: form[name] for name in columns if form[name] != one.cells[name]}
    if edits.keys() & {*commands.TRIPLE}:
        edits = commands.with_draft(held.ledger().case, one, edits=edits)
    return edits


def _place(held: Held, report: str, key: str) -> str:
    """Where a gap came up: the file, and page or paragraph of the proposal that was shown."""
    found = commands.review_report(held.ledger(), report)
    one = found.find(key)
    if one is None:
        return found.head.file
    page_ = f"page {one.cells['page']}, " if one.cells["page"] else ""
    return f"{found.head.file}, {page_}paragraph {one.cells['paragraph']}"

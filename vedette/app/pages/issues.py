"""Issues: what was issued and whether it still is as it was, and how the next one is issued."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.files import brief_answer, file_answer
from vedette.app.jobs import Jobs
from vedette.app.pages.asked import HeldCase, Number, Words
from vedette.app.pages.brief import Draft, PageLanguage, chosen_edition, editions_of, next_issue
from vedette.app.served import Held
from vedette.app.site import page, table
from vedette.app.visitors import Role, posting
from vedette.errors import UsageError

router = APIRouter()


class IssuesAsked(BaseModel):
    """The issues of which edition, in which form."""

    edition: Words = None
    form: str = "page"


class IssueAsked(Draft):
    """What is to be issued, and which issue it corrects."""

    corrects: Number = None


@router.get("/brief/issues")
def issues(request: Request, held: HeldCase, asked: Annotated[IssuesAsked, Query()]) -> Response:
    """The issues of an edition, each file checked against its hash."""
    edition = chosen_edition(held, asked.edition)
    found = _issues(held, edition)
    if asked.form == "csv":
        return table(found.table(), f"issues-{edition}")
    rows = found.table().reverse().to_dicts()
    files = {issue.number: issue.files() for issue in found.issues}
    return page(
        request,
        "issues.html",
        found=found,
        rows=rows,
        files=files,
        asked=asked,
        edition=edition,
        editions=editions_of(held),
    )


@router.get("/brief/issues/{edition}/{number}/{name}")
def issue_file(held: HeldCase, edition: str, number: int, name: str) -> Response:
    """A file of an issue, as it was issued."""
    found = _issues(held, chosen_edition(held, edition))
    issue = next((each for each in found.issues if each.number == number), None)
    if issue is None or name not in issue.files():
        raise HTTPException(404, f"Issue {number} of the {edition} edition has no file {name!r}.")
    content = (issue.folder / name).read_bytes()
    kept = f"{held.ledger().case.id}-{edition}-{issue.day}-issue-{number}-{name}"
    return brief_answer(content, kept) if name.endswith(".html") else file_answer(content, kept)


@router.get("/brief/issue")
def ask_to_issue(request: Request, held: HeldCase, asked: Annotated[IssueAsked, Query()]) -> Response:
    """What would be issued: edition, number, day, what it covers; and a form that issues it."""
    return _form(request, held, asked)


@router.post("/brief/issue")
def issue(
    request: Request,
    held: HeldCase,
    asked: Annotated[IssueAsked, Query()],
    number: Annotated[int, Form()],
    why: Annotated[str, Form()] = "",
    agreed: Annotated[str, Form()] = "",
    form_token: Annotated[str, Form()] = "",
) -> Response:
    """Issues the brief of an edition under the number that its form named."""
    lead = posting(request, form_token, Role.LEAD)
    only_whole(held)
    edition = chosen_edition(held, asked.edition)
    if not agreed:
        wrong = "Say that you have read the draft: an issue is never changed or taken back."
        return _form(request, held, asked, why=why, wrong=wrong)
    if asked.corrects and not why.strip():
        wrong = "Say why: readers of the correction see the reason."
        return _form(request, held, asked, why=why, wrong=wrong)
    options = {
        "edition": edition,
        "language": asked.language,
        "short": asked.short,
        "number": number,
        "corrects": asked.corrects,
        "why": why,
        "by": lead.name,
    }
    jobs: Jobs = request.app.state.jobs
    job = jobs.ask("issue", options, held.stamp(), anew=True)
    return RedirectResponse(f"/brief/issuing/{job.key}", status_code=303)


@router.get("/brief/issuing/{key}")
def issuing(request: Request, key: str) -> Response:
    """How far an issue is, and what came of it."""
    jobs: Jobs = request.app.state.jobs
    job = jobs.find(key)
    if job is None or job.verb != "issue":
        raise HTTPException(404, "Nothing is issued there. See: /brief/issues")
    return page(request, "issuing.html", asked=job)


def only_whole(held: Held) -> None:
    """Refuses what takes the whole case where an edition is served that withholds something.

    Raises:
        UsageError: it does.
    """
    case = held.ledger().case
    if case.withheld:
        raise UsageError(
            f"The {case.edition} edition is served, which withholds something: nothing is written or issued "
            "from it. Serve the edition that withholds nothing, with --edition."
        )


def _issues(held: Held, edition: str) -> "commands.IssueList":
    """The issues of an edition, each file checked against its hash, once for a state of the files."""
    return held.once(f"issues {edition}", lambda: commands.issues(held.served.case, edition))


def _form(request: Request, held: Held, asked: IssueAsked, *, why: str = "", wrong: str = "") -> Response:
    only_whole(held)
    edition = chosen_edition(held, asked.edition)
    ahead = next_issue(held, edition)
    return page(
        request,
        "issue.html",
        status=400 if wrong else 200,
        asked=asked,
        ahead=ahead,
        edition=edition,
        editions=editions_of(held),
        languages=[*PageLanguage],
        issues=_issues(held, edition).issues,
        why=why,
        wrong=wrong,
    )

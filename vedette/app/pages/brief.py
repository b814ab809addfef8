"""The brief: which edition and language, read and kept as files, issued, and what was issued."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.files import brief_answer, file_answer
from vedette.app.jobs import Job, Jobs
from vedette.app.pages.asked import HeldCase, Words
from vedette.app.sections import brief_sections
from vedette.app.served import Held
from vedette.app.site import page
from vedette.errors import DataError, UsageError

router = APIRouter()


class PageLanguage(StrEnum):
    """The language of the two pages."""

    EN = "en"
    FR = "fr"
    AR = "ar"


class BriefForm(StrEnum):
    """A form in which a brief is kept."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    JSON = "json"


class Draft(BaseModel):
    """Which brief: the edition (that which is served where it is left out), the language, the pages alone."""

    edition: Words = None
    language: PageLanguage = PageLanguage.EN
    short: bool = False

    def query(self, **more: str) -> str:
        """Returns it as the end of an address."""
        own = {"edition": self.edition or "", "language": self.language.value, "short": self.short or ""}
        return urlencode({name: value for name, value in {**own, **more}.items() if value})


class DraftAsked(Draft):
    """Which brief, and whether its files are wanted."""

    make: bool = False


@router.get("/brief")
def brief(request: Request, held: HeldCase, asked: Annotated[DraftAsked, Query()]) -> Response:
    """The draft of an edition: what would be issued, its files, and its two pages."""
    edition = chosen_edition(held, asked.edition)
    case, made = held.ledger().case, brief_sections(request)
    shown = edition == case.edition and asked.language is PageLanguage.EN
    try:
        ahead, touched = next_issue(held, edition), []
    except DataError as error:
        ahead, touched = None, str(error).split("\n")
    return page(
        request,
        "brief.html",
        asked=asked,
        edition=edition,
        editions=editions_of(held),
        made=made,
        pages=made.of_pages(),
        shown=shown,
        documents=_documents(request, held, edition, asked, make=asked.make),
        ahead=ahead,
        touched=touched,
    )


@router.get("/brief/sections/{name}")
def section(request: Request, name: str) -> Response:
    """One section of the brief of the edition that is served."""
    made = brief_sections(request)
    if made.answer and not list(made.find(name)):
        raise HTTPException(404, f"The brief has no section {name!r}.")
    return page(request, "section.html", made=made, name=name)


@router.get("/brief/files/{form}")
def brief_file(
    request: Request, held: HeldCase, form: BriefForm, asked: Annotated[Draft, Query()]
) -> Response:
    """The draft as a file; where it is not made yet, the page that makes it."""
    edition = chosen_edition(held, asked.edition)
    content = _content(request, held, edition, asked, form)
    if content is None:
        return RedirectResponse(f"/brief?{asked.query(make='true')}", status_code=303)
    case = held.ledger().case
    day = held.served.as_of or case.as_of or date.today()
    name = f"{case.id}-{edition}-{day}-draft.{form}"
    return brief_answer(content, name) if form is BriefForm.HTML else file_answer(content, name)


def next_issue(held: Held, edition: str) -> "commands.NextIssue":
    """Returns what issuing an edition now would issue.

    Raises:
        DataError: a file of an issue is not as it was issued.
    """
    served, today = held.served, date.today()
    return held.once(
        f"next issue {edition} {today}",
        lambda: commands.next_issue(served.case, edition, as_of=served.as_of),
    )


def editions_of(held: Held) -> list[str]:
    """Returns the editions to choose from: all, or the served one alone where it withholds something."""
    case = held.ledger().case
    return [case.edition] if case.withheld else [each.id for each in case.editions]


def chosen_edition(held: Held, edition: str | None) -> str:
    """Returns the edition that an address names; the served one where it names none.

    Raises:
        UsageError: it may not be made from what is served.
    """
    possible, served = editions_of(held), held.ledger().case.edition
    if edition is not None and edition not in possible:
        raise UsageError(
            f"edition: expected one of {', '.join(possible)}; found {edition!r}. An edition that withholds "
            "something makes itself alone: serve the one that withholds nothing, with --edition."
        )
    return edition or served


def _documents(request: Request, held: Held, edition: str, asked: Draft, *, make: bool) -> Job | None:
    """The job that writes a draft in all forms; started where it is wanted, else as it stands."""
    jobs: Jobs = request.app.state.jobs
    today = None if held.served.as_of or held.ledger().case.as_of else date.today()
    options = {"edition": edition, "language": asked.language, "short": asked.short, "today": today}
    take = jobs.ask if make else jobs.known
    return take("documents", options, held.stamp())


def _content(request: Request, held: Held, edition: str, asked: Draft, form: BriefForm) -> bytes | None:
    """The bytes of a draft in a form; None where nobody made it yet."""
    name, served = f"brief.{form}", held.ledger().case.edition
    usual = (edition, asked.language, asked.short) == (served, PageLanguage.EN, False)
    jobs = [_documents(request, held, edition, asked, make=False)]
    if usual and form in (BriefForm.HTML, BriefForm.JSON):
        jobs.append(brief_sections(request).job)
    for job in jobs:
        if job and job.answer and (file := job.file(name)):
            return file.read_bytes()
    return None

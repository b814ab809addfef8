"""The log of a case: who changed what, and how it is taken back and had again."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from vedette import commands
from vedette.app.edits import TypedForm, tried
from vedette.app.mistakes import lines_of, status_of
from vedette.app.pages.asked import HeldCase, whole
from vedette.app.served import Held
from vedette.app.site import page
from vedette.app.visitors import Role, posting

router = APIRouter()

_SHOWN = 50
"""Changes on a page."""


class LogAsked(BaseModel):
    """Whose changes are listed, of which file and command, and from which on."""

    who: str = ""
    file: str = ""
    command: str = ""
    start: int = Field(default=0, ge=0)


@router.get("/log")
def log(request: Request, held: HeldCase, asked: Annotated[LogAsked, Query()]) -> Response:
    """Who changed what in the case, the newest first, with what can be taken back."""
    whole(held, "the log of the case")
    return _shown(request, held, asked)


@router.post("/log")
def undo(request: Request, held: HeldCase, typed: TypedForm) -> Response:
    """Takes a change back, if the last change is still the one that the form was made for."""
    posting(request, typed.token, Role.ANALYST)
    whole(held, "the log of the case")
    line = typed.texts.get("line", "")
    return tried(
        lambda: commands.undo(held.served.case, line, seen=typed.seen),
        done=lambda _: "/log",
        again=lambda error: _shown(request, held, LogAsked(), lines_of(error, held), status_of(error)),
    )


def _shown(
    request: Request, held: Held, asked: LogAsked, wrong: "list[str] | None" = None, status: int = 200
) -> Response:
    found = commands.log_in_words(held.served.case, who=asked.who, file=asked.file, command=asked.command)
    return page(
        request,
        "log.html",
        status=status,
        found=found,
        changes=found.changes[asked.start : asked.start + _SHOWN],
        asked=asked,
        shown=_SHOWN,
        wrong=wrong or [],
        standing=_standing(held),
    )


def _standing(held: Held) -> set[str]:
    """The ids of the rows that stand in the tables of the case now."""
    case = held.last().case
    tables = (case.actors, case.sites, case.sources, case.claims, case.interventions)
    return {key for table in tables for key in table["id"]}

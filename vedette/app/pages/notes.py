"""The author's own words in the brief: by section, read and edited."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.pages.asked import HeldCase
from vedette.app.pages.issues import only_whole
from vedette.app.served import Held
from vedette.app.site import page
from vedette.app.visitors import Role, posting
from vedette.brief.markdown import to_markup
from vedette.errors import UsageError, VedetteError

router = APIRouter()


class NoteAsked(BaseModel):
    """Which note is edited: its number in notes.md, or the heading of one more."""

    number: int | None = None
    heading: str = commands.NOTE_HEADINGS[0]


class NoteTyped(BaseModel):
    """A note as it was typed; ``number`` and ``was`` name the one that it replaces."""

    heading: str
    text: str = ""
    handling: str = "clear"
    number: int | None = None
    was: str = ""
    form_token: str = ""


@router.get("/brief/notes")
def notes(request: Request, held: HeldCase) -> Response:
    """The notes that the edition holds, by the section of the brief that each opens."""
    case = held.ledger().case
    standing = () if case.withheld else commands.notes(held.served.case)
    return page(
        request,
        "notes.html",
        notes=case.notes,
        standing=standing,
        headings=commands.NOTE_HEADINGS,
        markup=to_markup,
    )


@router.get("/brief/notes/edit")
def edit(request: Request, held: HeldCase, asked: Annotated[NoteAsked, Query()]) -> Response:
    """A form with one note, or an empty one under a heading."""
    only_whole(held)
    note = _note(held, asked.number) if asked.number is not None else None
    if asked.number is not None and note is None:
        raise UsageError("There is no such note any more. See: /brief/notes")
    return _form(request, _typed(note) if note else NoteTyped(heading=asked.heading))


@router.post("/brief/notes")
def save(request: Request, held: HeldCase, typed: Annotated[NoteTyped, Form()]) -> Response:
    """Writes a note; where somebody changed it meanwhile, both stand side by side and nothing is written."""
    posting(request, typed.form_token, Role.ANALYST)
    only_whole(held)
    try:
        commands.write_note(
            held.served.case,
            typed.heading,
            text=typed.text,
            handling=typed.handling,
            number=typed.number,
            was=typed.was,
        )
    except VedetteError as error:
        return _form(request, typed, wrong=str(error), standing=_note(held, typed.number))
    return RedirectResponse("/brief/notes", status_code=303)


def _note(held: Held, number: int | None) -> "commands.NoteText | None":
    found = commands.notes(held.served.case)
    return next((note for note in found if note.number == number), None)


def _typed(note: "commands.NoteText") -> NoteTyped:
    """A note as it is typed when nothing was changed yet."""
    return NoteTyped(
        heading=note.heading, text=note.text, handling=note.handling, number=note.number, was=note.digest
    )


def _form(
    request: Request, typed: NoteTyped, *, wrong: str = "", standing: "commands.NoteText | None" = None
) -> Response:
    """The form as it was typed; ``standing`` is shown beside it where it is not what was read."""
    theirs = standing if standing and standing.digest != typed.was else None
    return page(
        request,
        "note.html",
        status=409 if wrong else 200,
        typed=typed,
        wrong=wrong.split("\n") if wrong else [],
        theirs=theirs,
        headings=commands.NOTE_HEADINGS,
        marks=commands.NOTE_MARKS,
        most=commands.MOST_NOTE_LETTERS,
    )

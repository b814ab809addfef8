"""A figure of the brief, traced to its rows and claims; and how sections of the brief are set."""

import json
from typing import Annotated, Any

import polars as pl
from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from vedette import commands
from vedette.app.pages.asked import AnswerForm, HeldCase
from vedette.app.section_files import FIGURES
from vedette.app.sections import Sections, brief_sections
from vedette.app.site import page, table
from vedette.brief.styles import fragment_styles

router = APIRouter()


class FigureAsked(BaseModel):
    """In which form the rows of a figure are wanted."""

    form: AnswerForm = AnswerForm.PAGE


@router.get("/styles/composed.css")
def styles() -> Response:
    """How the blocks of the brief are set on pages of the workbench."""
    return Response(fragment_styles(), media_type="text/css; charset=utf-8")


@router.get("/figures/{name}")
def figure(request: Request, held: HeldCase, name: str, asked: Annotated[FigureAsked, Query()]) -> Response:
    """A figure: its value, where it comes from, the claims that it rests on, and its rows."""
    made = brief_sections(request)
    found = _figure(made, name)
    if asked.form is AnswerForm.CSV and found:
        names = [column["key"] for column in found["columns"]]
        rows = pl.DataFrame(found["rows"], schema=names, orient="row", infer_schema_length=None)
        return table(rows, name)
    known = set(commands.sources(held.ledger())["id"])
    return page(request, "figure.html", made=made, name=name, found=found, sources=known)


def _figure(made: Sections, name: str) -> dict[str, Any] | None:
    """A figure by its id; None while the brief is being composed."""
    file = made.job.file(FIGURES) if made.answer else None
    if file is None:
        return None
    found: dict[str, Any] | None = json.loads(file.read_text(encoding="utf-8")).get(name)
    if found is None:
        raise HTTPException(404, f"The brief has no figure {name!r}.")
    return found

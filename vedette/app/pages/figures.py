"""A figure of the brief, traced to its rows and claims; and how sections of the brief are set."""

import json
from typing import Annotated, Any

import polars as pl
from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from vedette import brief, commands
from vedette.app.files import file_answer
from vedette.app.pages.asked import AnswerForm, HeldCase
from vedette.app.section_files import FIGURES, chart_file
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


@router.get("/charts/{name}")
def chart(request: Request, name: str, asked: Annotated[FigureAsked, Query()]) -> Response:
    """A chart of the brief: the page of what it draws, or the chart itself as a picture or as numbers."""
    made = brief_sections(request)
    if made.answer is None:
        return page(request, "composing.html", made=made)
    form = "csv" if asked.form is AnswerForm.CSV else "svg"
    file = made.job.file(chart_file(name, form))
    if file is None:
        raise HTTPException(404, f"The brief has no chart {name!r}.")
    match asked.form:
        case AnswerForm.CSV:
            return file_answer(file.read_bytes(), f"{name}.csv", "text/csv; charset=utf-8")
        case AnswerForm.PNG:
            picture = brief.png_of_svg(file.read_text(encoding="utf-8"))
            return file_answer(picture, f"{name}.png", "image/png")
        case _:
            return file_answer(file.read_bytes(), f"{name}.svg", "image/svg+xml", inline=True)

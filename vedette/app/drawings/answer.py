"""Gives a drawing as a file, in place of the page on which it stands."""

from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from vedette import brief, commands
from vedette.app.drawings.svg import Drawing
from vedette.app.pages.asked import AnswerForm, ChartAsked


def of_drawing(request: Request, asked: ChartAsked, drawings: Iterable[Drawing]) -> Response | None:
    """Returns the drawing that an address asks for, as SVG or PNG; None where it asks for none.

    Raises:
        HTTPException: the page has no such drawing.
    """
    if asked.chart is None:
        return None
    drawing = next((each for each in drawings if each.id == asked.chart), None)
    if drawing is None:
        raise HTTPException(404, f"This page has no drawing {asked.chart}.")
    svg = drawing.whole(_foot(request))
    if asked.form is AnswerForm.PNG:
        return _file(brief.png_of_svg(svg), "image/png", f"{drawing.id}.png")
    return _file(svg.encode(), "image/svg+xml", f"{drawing.id}.svg")


def _foot(request: Request) -> str:
    """Of which case a drawing is, in which edition, and as known when."""
    ledger = request.app.state.held.ledger()
    case = ledger.case
    return (
        f"{case.title}: {case.edition} edition, known as of {commands.present_of(ledger)}. Made by vedette."
    )


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})

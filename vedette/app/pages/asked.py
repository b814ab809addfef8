"""What pages take from the address: the day, an open filter, the form of the answer."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, BeforeValidator, Field

from vedette.app.served import Held
from vedette.errors import UsageError


class AnswerForm(StrEnum):
    """In which form an answer is wanted."""

    PAGE = "page"
    CSV = "csv"
    SVG = "svg"
    PNG = "png"


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


Day = Annotated[date | None, BeforeValidator(_none_if_empty)]
"""A day of a filter; left empty it is that of the case."""

Words = Annotated[str | None, BeforeValidator(_none_if_empty)]
"""A filter that lets all through where it is left empty."""


class ChartAsked(BaseModel):
    """Which chart of a page is asked for, and in which form; see `vedette.app.charts`.

    ``pane`` is the number of one drawing of the chart, from 0; the whole chart where it is left out.
    """

    chart: Words = None
    pane: Annotated[int | None, BeforeValidator(_none_if_empty), Field(ge=0)] = None
    form: AnswerForm = AnswerForm.PAGE


Number = Annotated[int | None, BeforeValidator(_none_if_empty)]
"""A number of a filter that may be left empty."""


def _held(request: Request) -> Held:
    held: Held = request.app.state.held
    return held


HeldCase = Annotated[Held, Depends(_held)]


def whole(held: Held, what: str) -> None:
    """Refuses what stands in no edition that withholds something: it may name what is withheld.

    Raises:
        UsageError: the edition that is served withholds something.
    """
    case = held.ledger().case
    if case.withheld:
        raise UsageError(
            f"The {case.edition} edition does not hold {what}: they may name what it withholds. "
            "Serve the edition that withholds nothing, with --edition."
        )

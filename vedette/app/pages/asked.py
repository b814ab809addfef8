"""What pages take from the address: the day, an open filter, the form of the answer."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BeforeValidator

from vedette.app.served import Held


class AnswerForm(StrEnum):
    """In which form an answer is wanted."""

    PAGE = "page"
    CSV = "csv"


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


Day = Annotated[date | None, BeforeValidator(_none_if_empty)]
"""A day of a filter; left empty it is that of the case."""

Words = Annotated[str | None, BeforeValidator(_none_if_empty)]
"""A filter that lets all through where it is left empty."""


def _held(request: Request) -> Held:
    held: Held = request.app.state.held
    return held


HeldCase = Annotated[Held, Depends(_held)]

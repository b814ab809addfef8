"""The schema of ``reactions``: how likely one actor answers the choice of another in one way or another."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vedette.case.schema import Text


class Reaction(BaseModel):
    """Odds, by one author, of what ``who`` does if ``to`` chooses one thing or another.

    ``odds`` has a row for each choice of ``to``, named by a scenario that holds it, and in it the odds of
    what ``who`` does, each named by a scenario in which it does so. Each row sums to 1.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    who: Annotated[Text, Field(description="an actor that sets a lever")]
    to: Annotated[Text, Field(description="an actor that sets a lever")]
    author: Text
    date: date
    source: Text
    why: Text
    odds: Annotated[dict[Text, dict[Text, float]], Field(min_length=1, description="a row for each choice")]

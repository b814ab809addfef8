"""The rows of forces.csv."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from vedette.case.schema.claims import in_order
from vedette.case.schema.kinds import LARGEST, PartialDay, Text
from vedette.case.schema.row import Row
from vedette.problems import wrong

Status = Literal["state", "hybrid", "non-state", "foreign"]
Main = Literal["", "army", "yes", "elsewhere"]
COUNTED = ("army", "yes")
"""The words of ``main`` for a force that the index of arms counts; it is withheld without the army."""
ELSEWHERE = "elsewhere"
"""The word of ``main`` for an armed group whose war is elsewhere: named beside the index, not in it."""
Most = Annotated[
    float | None,
    Field(gt=0, le=LARGEST, allow_inf_nan=False, description="a number of persons above 0, or nothing"),
]


class Force(Row):
    """What a force is over an interval: its status, what it is part of, and its place in the index of arms.

    ``part_of`` names the force or ministry that it lies within, in one tree. ``most`` is the largest strength
    of a main force of which no headcount is at hand, by the judgement of ``author``.
    """

    file = "forces.csv"
    key = ("force", "from", "to", "status")

    force: Text
    start: PartialDay = Field("", alias="from")
    end: PartialDay = Field("", alias="to")
    status: Status
    part_of: str = ""
    main: Main = ""
    most: Most = None
    author: str = ""
    known: PartialDay = ""
    claim: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _holds(self) -> "Force":
        in_order(self.start, self.end)
        if self.main and self.status == "foreign":
            raise wrong(
                "main", "nothing, as foreign troops are not in the index", self.main, "Leave it empty."
            )
        if self.most is not None and self.main not in COUNTED:
            raise wrong(
                "most",
                "nothing, as only main forces have a most",
                self.most,
                "Write yes under main, or leave it out.",
            )
        if (self.most is None) == bool(self.author):
            expected = (
                "nothing without a most" if self.author else f"who holds that it is at most {self.most:g}"
            )
            raise wrong("author", expected, self.author, "Fill in most and author, or neither.")
        return self

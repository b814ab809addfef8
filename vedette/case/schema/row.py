"""The base model of a row of a table, and types of cells that several tables share."""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

Basis = Literal["page", "recalled"]
Handling = Annotated[
    Literal["", "clear", "green", "amber", "amber+strict", "red"],
    Field(description="a marking of the Traffic Light Protocol: clear, green, amber, amber+strict or red"),
]
Reliability = Annotated[
    Literal["A", "B", "C", "D", "E", "F", ""], Field(description="a grade from A to F, or nothing")
]


class Row(BaseModel):
    """A row of a table of the case folder.

    ``key`` names the columns that form the primary key (all columns if empty).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    file: ClassVar[str]
    key: ClassVar[tuple[str, ...]] = ()

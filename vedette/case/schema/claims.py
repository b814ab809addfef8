"""The rows of claims.csv and retractions.csv."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from vedette.case.schema.kinds import NumberOrNone, PartialDay, Text
from vedette.case.schema.relations import ALONE, RELATIONS, SPOKEN, SUPPORTING, RelationKind
from vedette.case.schema.row import Basis, Handling, Reliability, Row
from vedette.problems import did_you_mean, shown, wrong

Hedge = Literal[
    "documented",
    "asserted",
    "reported",
    "claimed",
    "alleged",
    "suspected",
    "accused",
    "denied",
    "assessed",
    "expected",
    "proposed",
]
STRENGTH = "strength"
PERSONS = "persons"
"""The unit of a strength that the index of arms counts; words after it say which other persons are meant."""
_HEADS = "persons, or persons with words after it that say which: persons on the payroll"
_IN_PERSONS = "Write the number of persons in full (160000, not 160 thousand), and the unit so."
_OF_TWO = (RelationKind.SUPPORT, RelationKind.STRUCTURE, RelationKind.STANCE)
_TWO = "Name the two sides of the tie; for a part of an actor add one with a parent: vedette add actor."
UNTIED = ("expected", "proposed")
"""Hedges of claims that do not count as evidence of a tie, since they only expect or propose it."""

SpeakerKind = Literal["document", "named", "group", "anonymous", "protected"]


def in_order(start: str, end: str) -> None:
    """Checks that an interval does not end before it starts, at the coarser precision of the two dates.

    Raises:
        PydanticCustomError: it ends before it starts.
    """
    shared = min(len(start), len(end))
    if end[:shared] < start[:shared]:
        raise wrong("to", f"a date not before `from` ({start})", end, "Swap or correct the two.")


class Claim(Row):
    """A claim of a source: speaker, subject, relation, object, dates and grades."""

    file = "claims.csv"
    key = ("id",)

    id: Text
    source: str = ""
    page: str = ""
    speaker: str = ""
    speaker_kind: SpeakerKind = "document"
    speaker_of: str = ""
    speaker_id: str = ""
    hedge: Hedge
    polarity: Annotated[Literal["+", "-"], Field(description="+ (it is so) or - (it is not so)")] = "+"
    subject: Text
    relation: Text
    object: str = ""
    low: NumberOrNone = None
    high: NumberOrNone = None
    unit: str = ""
    start: PartialDay = Field("", alias="from")
    end: PartialDay = Field("", alias="to")
    place: str = ""
    origin: str = ""
    said: PartialDay = ""
    known: PartialDay = ""
    reliability: Reliability = ""
    credibility: Annotated[int, Field(ge=1, le=6, description="a grade from 1 to 6")] = 6
    handling: Handling = ""
    basis: Basis = "page"
    question: str = ""
    statement: str = ""
    note: str = ""
    checked_by: str = ""

    @model_validator(mode="after")
    def _holds(self) -> "Claim":
        in_order(self.start, self.end)
        self._relation_known()
        self._figure_whole()
        self._basis_kept()
        if self.hedge == "denied" and self.polarity != "-":
            raise wrong("polarity", "- with the hedge denied", self.polarity, "Write -, or another hedge.")
        if (self.speaker_kind == "document") == bool(self.speaker):
            expected = "nothing, as the document speaks" if self.speaker else "who speaks"
            raise wrong(
                "speaker", expected, self.speaker, "Name the speaker with its speaker_kind, or neither."
            )
        if self.speaker_id and not self.speaker:
            cure = "Leave it empty, or say under speaker who speaks."
            raise wrong("speaker_id", "nothing, as the document speaks", self.speaker_id, cure)
        return self

    def _relation_known(self) -> None:
        relation = RELATIONS.get(self.relation)
        if relation is None:
            cure = did_you_mean(self.relation, RELATIONS)
            raise wrong("relation", "a relation of the vocabulary", self.relation, cure)
        if relation.kind in _OF_TWO and self.object == self.subject:
            raise wrong("object", f"another than the subject of {self.relation}", self.object, _TWO)
        if not self.object and self.relation not in ALONE:
            raise wrong(
                "object", f"whom {self.relation} is about", self.object, "Name an actor, site or place."
            )
        if relation.kind in SPOKEN and not self.statement:
            cure = "Say in your own words what is claimed."
            raise wrong("statement", f"a statement, as {self.relation} needs one", self.statement, cure)

    def _figure_whole(self) -> None:
        if (self.low is None) != (self.high is None):
            column = "low" if self.low is None else "high"
            raise wrong(
                column, "both ends of the figure", None, "Write the same number twice for one number."
            )
        if self.low is not None and self.high is not None and self.high < self.low:
            raise wrong("high", f"a number not below low ({self.low:g})", self.high, "Swap the two.")
        if (self.low is None) == bool(self.unit):
            expected = "a figure with the unit" if self.unit else "the unit of the figure"
            raise wrong("unit", expected, self.unit, "Fill in both, or neither.")
        if self.low is not None and self.low < 0 and self.relation in (STRENGTH, *SUPPORTING):
            raise wrong(
                "low", "a number of 0 or more", self.low, "Correct it: people and support are counted."
            )
        if self.relation == STRENGTH and self.unit and not self.unit.startswith(PERSONS):
            raise wrong("unit", _HEADS, self.unit, _IN_PERSONS)

    def _basis_kept(self) -> None:
        if self.basis == "page" and not self.source:
            cure = "Name it, or write recalled under basis."
            raise wrong("source", "the id of the source that was read", self.source, cure)
        if self.basis == "recalled" and (
            self.source or self.credibility != 6 or self.reliability not in ("F", "")
        ):
            found = f"{shown(self.source)}, {self.reliability}{self.credibility}"
            cure = "Leave the source out and grade it F6, or write page under basis."
            raise wrong("basis", "no source and the grade F6 of what is recalled", found, cure)


class Retraction(Row):
    """The withdrawal of a claim: from the day on which it became known, the claim counts for nothing."""

    file = "retractions.csv"
    key = ("claim",)

    claim: Text
    known: Annotated[PartialDay, Field(min_length=4)]
    why: Text
    source: str = ""

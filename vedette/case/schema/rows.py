"""The tables of a case: one row model for each.

A column without a default is required and must be filled in every row; other columns and their cells may be
left out.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from vedette.case.schema.claims import Claim as Claim
from vedette.case.schema.claims import Retraction as Retraction
from vedette.case.schema.claims import in_order
from vedette.case.schema.forces import Force as Force
from vedette.case.schema.kinds import (
    MOST,
    Amount,
    Count,
    Day,
    DayOrMonth,
    Latitude,
    Longitude,
    Month,
    PartialDay,
    Slug,
    Text,
)
from vedette.case.schema.row import Basis, Handling, Reliability
from vedette.case.schema.row import Row as Row
from vedette.problems import did_you_mean, wrong

DATASETS = ("ucdp", "ucdp-ged-precise", "acled", "gdelt")
"""The event data sets that vedette reads."""

Dataset = Literal["ucdp", "ucdp-ged-precise", "acled", "gdelt"]
Precision = Literal["day", "week", "month", "year"]

_UCDP_TYPES = ("state-based", "non-state", "one-sided")


class Site(Row):
    """A base, crossing or town."""

    file = "sites.csv"
    key = ("id",)

    id: Text
    name: Text
    kind: Text
    place: str = ""
    latitude: Latitude = None
    longitude: Longitude = None
    source: str = ""
    note: str = ""


class Actor(Row):
    """A state, force, armed group, party, tribe, person or institution."""

    file = "actors.csv"
    key = ("id",)

    id: Text
    name: Text
    kind: Text
    parent: str = ""
    start: PartialDay = Field("", alias="from")
    end: PartialDay = Field("", alias="to")
    ucdp: str = ""
    gw: str = ""
    iso3: Annotated[str, Field(pattern=r"^([A-Z]{3})?$", description="three capital letters, like IRQ")] = ""
    aliases: str = ""
    groups: str = ""
    handling: Handling = ""

    @model_validator(mode="after")
    def _ends_after_start(self) -> "Actor":
        in_order(self.start, self.end)
        return self


class Source(Row):
    """A document: publisher, date, address, reliability and handling."""

    file = "sources.csv"
    key = ("id",)

    id: Text
    title: Text
    publisher: str = ""
    date: PartialDay = ""
    url: Annotated[
        str, Field(pattern=r"^(https?://\S+)?$", description="an address that starts with https://")
    ] = ""
    reliability: Reliability = ""
    handling: Handling = ""
    protected: bool = False


class Total(Row):
    """The best estimate of deaths in the whole country in a month, three types of violence summed."""

    file = "totals.csv"
    key = ("period",)

    period: Month
    deaths: Count
    source: Text


def _page_names_its_source(row: "Posture | Moment") -> "Posture | Moment":
    if row.basis == "page" and not row.source:
        cure = "Name it, or write recalled under basis."
        raise wrong("source", "the id of the source that was read", row.source, cure)
    return row


class Posture(Row):
    """A backer's troops, money, advisers, sorties or bases on a day."""

    file = "posture.csv"

    date: Day
    precision: Precision
    backer: Text
    kind: Text
    value: Amount
    unit: Text
    series: str = ""
    source: str = ""
    basis: Basis
    note: str = ""

    _sourced = model_validator(mode="after")(_page_names_its_source)


class Moment(Row):
    """One entry of the timeline; entries with a higher ``weight`` are shown first where space is short."""

    file = "timeline.csv"

    date: Day
    precision: Precision
    kind: Text
    actor: str = ""
    target: str = ""
    place: str = ""
    latitude: Latitude = None
    longitude: Longitude = None
    summary: Text
    source: str = ""
    basis: Basis
    weight: Count = 0

    _sourced = model_validator(mode="after")(_page_names_its_source)


class InterventionRow(Row):
    """An action or event whose effect can be estimated."""

    file = "interventions.csv"
    key = ("id",)

    id: Slug
    name: Text
    start: DayOrMonth = Field(alias="from")
    end: PartialDay = Field("", alias="to")
    kind: Text
    what: Text
    source: Text
    note: str = ""
    places: str = ""

    @model_validator(mode="after")
    def _ends_after_start(self) -> "InterventionRow":
        in_order(self.start, self.end)
        return self


class Cell(Row):
    """Events and deaths of one data set in one window, place, dyad, type and precision.

    Events of other deaths may stand in a row of their own, so no part of a row is a key.
    """

    file = "observed.csv"

    dataset: Dataset
    first: Month
    last: Month
    place: str = ""
    regions: str = ""
    dyad_id: str = ""
    dyad: str = ""
    side_a_id: str = ""
    side_a: str = ""
    side_b_id: str = ""
    side_b: str = ""
    type: Text
    date_precision: Annotated[int, Field(ge=1, le=5, description="a date precision from 1 (day) to 5 (year)")]
    place_precision: Annotated[
        int, Field(ge=1, le=7, description="a place precision from 1 (exact) to 7 (international)")
    ]
    events: Annotated[
        int, Field(ge=1, le=MOST, description="a whole number of events, 1 or more, up to a billion")
    ]
    low: Count
    best: Count
    high: Count

    @model_validator(mode="after")
    def _in_order(self) -> "Cell":
        if self.last < self.first:
            raise wrong("last", f"a month not before `first` ({self.first})", self.last, "Swap the two.")
        if self.dataset.startswith("ucdp") and self.type not in _UCDP_TYPES:
            raise wrong("type", " | ".join(_UCDP_TYPES), self.type, did_you_mean(self.type, _UCDP_TYPES))
        return self


TABLES: tuple[type[Row], ...] = (
    Site,
    Actor,
    Source,
    Claim,
    Retraction,
    Force,
    Cell,
    Total,
    Posture,
    Moment,
    InterventionRow,
)
"""The models of all tables of a case folder."""

"""The schema of ``case.yaml``: question, country, strata, data set and their settings."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.dataclasses import dataclass

from vedette.case.checking.files import read_text
from vedette.case.checking.yaml_text import load_yaml
from vedette.case.schema.event_types import unknown_types
from vedette.case.schema.judgement import EDITIONS, Edition, Question, Weights
from vedette.case.schema.kinds import (
    Address,
    Code,
    Day,
    DayRun,
    FileName,
    Latitude,
    Longitude,
    Month,
    Slug,
    Text,
)
from vedette.case.schema.rows import Dataset
from vedette.case.schema.strata import OTHER, Stratum
from vedette.errors import Problem
from vedette.periods import Days, Step, joined, parse, parse_days
from vedette.problems import key_problems, shown, wrong

FILE = "case.yaml"
SCHEMA = 2
"""The version of the case layout that this program writes; it reads this one and all earlier ones."""

_entry = ConfigDict(extra="forbid")
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, config=_entry)
class Country:
    """The country of a case: name, ISO 3166-1 alpha-3 code, Gleditsch-Ward number if it has one."""

    name: Text
    iso3: Annotated[str, Field(pattern="^[A-Z]{3}$", description="three capital letters, like IRQ")]
    gw: Annotated[int, Field(ge=2, le=999, description="a Gleditsch-Ward number, like 645")] | None = None


@dataclass(frozen=True, config=_entry)
class Credit:
    """The credit of a data set as the brief prints it."""

    dataset: Text
    text: Text
    licence: Text
    url: str = ""


@dataclass(frozen=True, config=_entry)
class Download:
    """A file that the user may download; ``bytes`` and ``sha256`` are None if not known."""

    name: Text
    url: Address
    file: FileName
    bytes: Annotated[int, Field(gt=0, description="the size in bytes")] | None = None
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="64 hexadecimal digits")] | None = None
    licence: str = ""


@dataclass(frozen=True)
class Partial:
    """A file with only some of the events of some months (periods, both ends included)."""

    dataset: str
    first: int
    last: int


class PlaceProperties(BaseModel):
    """How places.geojson is read: the properties with the id and the name, and the level of the areas."""

    model_config = _entry
    id: str | None = None
    name: str | None = None
    level: Annotated[int, Field(ge=1, le=3, description="1 (province), 2 (district) or 3")] | None = None
    latitude_first: bool = False


class RegionEntry(BaseModel):
    """A named region: made of places, or drawn in a file of polygons."""

    model_config = _entry
    id: Slug
    name: Text
    places: tuple[Code, ...] = ()
    polygons: FileName | None = None
    note: str = ""
    author: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _one_kind(self) -> "RegionEntry":
        if bool(self.places) == bool(self.polygons):
            found = "both" if self.places else "neither"
            raise wrong("", "either `places` or `polygons`", found, "Keep one of the two.")
        return self


class PartialEntry(BaseModel):
    """``events.partial``."""

    model_config = _entry
    dataset: Dataset
    first: Month
    last: Month

    @model_validator(mode="after")
    def _in_order(self) -> "PartialEntry":
        if self.last < self.first:
            raise wrong("last", f"a month not before `first` ({self.first})", self.last, "Swap the two.")
        return self

    def value(self) -> Partial:
        """The entry with its months as periods."""
        return Partial(self.dataset, parse(self.first, Step.MONTH), parse(self.last, Step.MONTH))


class EventsEntry(BaseModel):
    """``events``: the data set from which the panel is computed, and what of it is counted.

    ``types`` are types and sub-types of events; none for those of `usual_types`. ``literal`` are words such
    as Nan that are names here, though elsewhere they stand for a missing value.
    """

    model_config = _entry
    dataset: Dataset
    partial: PartialEntry | None = None
    types: tuple[Text, ...] = ()
    literal: tuple[Text, ...] = ()
    covers: tuple[DayRun, ...] = ()

    def days(self) -> tuple[Days, ...]:
        """The days that observed.csv covers, as runs in order."""
        return joined(map(parse_days, self.covers))


class Settings(BaseModel):
    """All of ``case.yaml``."""

    model_config = _entry
    layout: Annotated[int, Field(ge=1, description=f"a number from 1 to {SCHEMA}", alias="schema")] = 1
    id: Slug
    title: Text
    question: str = ""
    country: Country
    step: Step = Step.MONTH
    start: Day
    as_of: Day | None = None
    horizon: Annotated[int, Field(ge=1, le=120, description="periods ahead, from 1 to 120")] = 12
    scale: Literal["icd203", "phia"] = "icd203"
    bounds: tuple[Longitude, Latitude, Longitude, Latitude] | None = None
    places: PlaceProperties = PlaceProperties()
    aliases: dict[Code, tuple[Text, ...]] = {}
    regions: tuple[RegionEntry, ...] = ()
    strata: tuple[Stratum, ...] = ()
    events: EventsEntry
    credits: tuple[Credit, ...] = ()
    downloads: tuple[Download, ...] = ()
    belief: Weights = Weights()
    editions: Annotated[tuple[Edition, ...], Field(min_length=1, description="at least one edition")] = (
        EDITIONS
    )
    anonymity: Annotated[int, Field(ge=2, le=100, description="a number of actors, from 2 to 100")] = 5
    questions: tuple[Question, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Settings":
        if self.as_of and self.as_of < self.start:
            raise wrong("as_of", f"a day not before `start` ({self.start})", str(self.as_of), "Correct one.")
        if self.bounds and not _is_box(self.bounds):
            cure = "Write [west, south, east, north]."
            raise wrong("bounds", "west < east and south < north", list(self.bounds), cure)
        return self


def read_settings(folder: Path) -> tuple[Settings | None, list[Problem]]:
    """Reads ``case.yaml`` through YAML's safe loader and checks every key."""
    text = read_text(folder / FILE)
    if isinstance(text, Problem):
        return None, [text]
    loaded, problems = load_yaml(text, FILE)
    if problems:
        return None, problems
    if later := _later(loaded):
        return None, [later]
    try:
        settings = Settings.model_validate(loaded)
    except ValidationError as error:
        return None, list(key_problems(error, FILE, Settings))
    return settings, list(_contradictions(settings))


def schema_of(folder: Path) -> int:
    """The value of ``schema`` in ``case.yaml``; 1 if it is missing or the file cannot be read."""
    settings, _ = read_settings(folder)
    return settings.layout if settings else 1


def _later(loaded: object) -> Problem | None:
    """The problem of a case that a later version wrote, in which keys may have another meaning."""
    found = loaded.get("schema") if isinstance(loaded, dict) else None
    if not isinstance(found, int) or found <= SCHEMA:
        return None
    cure = "A later vedette wrote this case: open it with that one."
    return Problem(FILE, 0, "schema", f"a number from 1 to {SCHEMA}", str(found), cure)


def _contradictions(settings: Settings) -> Iterator[Problem]:
    yield from _repeated("regions", [entry.id for entry in settings.regions], {})
    yield from _repeated("strata", [entry.id for entry in settings.strata], {OTHER: "the rest of the dyads"})
    yield from _dyads_twice(settings.strata)
    yield from _repeated("editions", [entry.id for entry in settings.editions], {})
    yield from _repeated("questions", [entry.id for entry in settings.questions], {})
    yield from unknown_types(settings.events.dataset, settings.events.types)


def _dyads_twice(strata: tuple[Stratum, ...]) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for index, stratum in enumerate(strata):
        for dyad in stratum.dyads:
            holder = taken.setdefault(dyad, stratum.id)
            if holder != stratum.id:
                column, cure = f"strata[{index}].dyads", f"Remove it here or from {holder}."
                yield Problem(FILE, 0, column, "each dyad in one stratum", shown(dyad), cure)


def _repeated(name: str, ids: list[str], taken: dict[str, str]) -> Iterator[Problem]:
    for index, dyad in enumerate(ids):
        place = f"{name}[{index}]"
        holder = taken.setdefault(dyad, place)
        if holder != place:
            cure = f"Choose another: {holder} has it."
            yield Problem(FILE, 0, f"{place}.id", "each id once", shown(dyad), cure)


def _is_box(bounds: tuple[float | None, ...]) -> bool:
    west, south, east, north = bounds
    if west is None or south is None or east is None or north is None:
        return False
    return west < east and south < north

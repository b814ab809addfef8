"""The entries of ``signs:`` in ``mechanisms.yaml``: what to watch, who measures it, and when it alarms."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vedette.case.schema import Number, Slug, Text
from vedette.message import Message, say, say_many
from vedette.problems import one_side, wrong

ALL = "all"
"""In place of a list: every stratum, or every site of the case."""

KINDS = ("deaths", "events", "posture", "strength", "attacks")


class _Entry(BaseModel):
    """The base of the entries here: no unknown keys, immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PostureSeries(_Entry):
    """A series of ``posture.csv``: what one backer has in place; ``series`` where the file has several."""

    backer: Text
    kind: Text
    series: Text | None = None


class RecordedAttacks(_Entry):
    """Attacks in ``timeline.csv``: at sites of the case, or on a target whose text holds one of ``targets``.

    ``sites`` are ids of ``sites.csv``, or all. The timeline is a sample, so a month without an attack in it
    is not one without attacks.
    """

    sites: Literal["all"] | tuple[Text, ...] = ()
    targets: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _somewhere(self) -> "RecordedAttacks":
        if not self.sites and not self.targets:
            raise wrong("", "sites, targets, or both", "neither", "Name sites of sites.csv, or write all.")
        return self


Strata = Literal["all"] | Annotated[tuple[Slug, ...], Field(min_length=1, description="ids of strata")]
Forces = Annotated[tuple[Text, ...], Field(min_length=1, description="ids of forces with a strength")]


class Measured(_Entry):
    """What of the case measures a sign, one of five.

    ``deaths`` and ``events``: strata counted by the case's data set (``all``: deaths of the whole country,
    by national totals too), in ``places`` if given. ``posture``: a series of ``posture.csv``. ``strength``:
    forces whose headcounts are claimed. ``attacks``: attacks in the timeline.
    """

    deaths: Strata | None = None
    events: Strata | None = None
    places: Annotated[tuple[str, ...], Field(description="ids of places of the case")] = ()
    posture: PostureSeries | None = None
    strength: Forces | None = None
    attacks: RecordedAttacks | None = None

    @model_validator(mode="after")
    def _one(self) -> "Measured":
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            expected = f"one of {', '.join(KINDS)}"
            raise wrong("", expected, " and ".join(given) or "none of them", "Keep exactly one.")
        if self.places and self.kind not in ("deaths", "events"):
            raise wrong("places", "places with deaths or events only", self.places, "Leave them out.")
        return self

    @property
    def kind(self) -> str:
        """Which of the five it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def strata(self) -> tuple[str, ...]:
        """The strata counted; none stands for all of them."""
        named = self.deaths if self.deaths is not None else self.events
        return named if isinstance(named, tuple) else ()


class Alarm(_Entry):
    """A level that warns once it is passed ``for`` so many months in a row."""

    above: Number | None = None
    below: Number | None = None
    months: Annotated[int, Field(alias="for", ge=1, le=60, description="months from 1 to 60")] = 1

    @model_validator(mode="after")
    def _one_side(self) -> "Alarm":
        one_side(self.above, self.below)
        return self

    @property
    def level(self) -> float:
        """The level."""
        return float(self.above if self.above is not None else self.below or 0.0)

    @property
    def words(self) -> Message:
        """``above 150 for 3 months in a row``."""
        level = f"{self.level:,.6g}"
        words = say("below {level}", level=level) if self.above is None else say("above {level}", level=level)
        if self.months == 1:
            return words
        return say_many(
            self.months, "{level} for {count} month", "{level} for {count} months in a row", level=words
        )

    def __str__(self) -> str:
        return self.words


class Sign(_Entry):
    """An early sign: something in the mechanism that somebody measures.

    ``of`` is a lever, group of events, rate, stock or outcome of the mechanism, ``who`` says in words who
    measures it and how often. ``warns`` is the outcome that it warns of: if left out, the one that it is of,
    or that reads what it is of. ``alarm_only``: what is recorded is less or more than what it is of (a
    sample, an upper bound), so that its level says nothing about the mechanism and only its alarm is read.
    """

    id: Slug
    name: Text
    of: Slug
    measured: Annotated[Measured, Field(description="which file of the case measures it")]
    who: Text
    alarm: Alarm
    warns: Slug | None = None
    alarm_only: bool = False
    note: str = ""

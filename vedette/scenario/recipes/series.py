"""The inputs of recipes, as written: a series of the case, and an interval of months."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from vedette.case.schema import Number, Text
from vedette.periods import Step, parse, period_of
from vedette.problems import wrong

By = Literal["month", "quarter", "year"]
_FAR = 10**6
KINDS = ("deaths", "events", "strength", "posture", "figures")
_ONLY = {
    "places": ("deaths", "events"),
    "backer": ("posture",),
    "series": ("posture",),
    "subject": ("figures",),
    "rivals": ("strength", "figures"),
}
"""Keys that only some kinds of series have."""


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


YearOrMonth = Annotated[
    str,
    BeforeValidator(_as_text),
    Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$", description="a year like 2014 or a month like 2014-06"),
]


class RecipePart(BaseModel):
    """The base of all parts of a recipe: no unknown keys, immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class SeriesEntry(RecipePart):
    """A series of the case, exactly one of five kinds.

    ``deaths`` and ``events``: a stratum (or ``all``), in ``places`` (all if left out). ``strength``: an
    actor, by its claims of strength. ``posture``: a kind of posture.csv, of ``backer`` and ``series``.
    ``figures``: a relation of figures in claims.csv, of ``subject``. Where figures of one period clash,
    ``rivals`` names the rule by which they are pooled. ``times`` multiplies (for units).
    """

    deaths: Text | None = None
    events: Text | None = None
    strength: Text | None = None
    posture: Text | None = None
    figures: Text | None = None
    places: tuple[str, ...] = ()
    backer: Text | None = None
    series: Text | None = None
    subject: Text | None = None
    rivals: Literal["equal", "graded"] | None = None
    times: Number = 1.0

    @model_validator(mode="after")
    def _one_kind(self) -> "SeriesEntry":
        kinds = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(kinds) != 1:
            raise wrong("", f"one of {', '.join(KINDS)}", kinds, "Name exactly one series.")
        for key, allowed in _ONLY.items():
            if getattr(self, key) and kinds[0] not in allowed:
                expected = f"no {key} of {kinds[0]}"
                raise wrong(key, expected, getattr(self, key), "Leave it out.")
        if self.posture and not self.backer:
            raise wrong("backer", "the backer of a posture", None, "Add it, as posture.csv spells it.")
        if self.figures and not self.subject:
            raise wrong("subject", "the subject of the figures", None, "Add it: an actor or a site.")
        if self.times <= 0:
            raise wrong("times", "a number above 0", self.times, "Correct it.")
        return self

    @property
    def kind(self) -> str:
        """deaths, events, strength, posture or figures."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def words(self) -> str:
        """What the series is: ``deaths of islamic-state in IQ-DI``."""
        named = str(getattr(self, self.kind))
        match self.kind:
            case "posture":
                return f"{named} of {self.backer}"
            case "figures":
                return f"{named} of {self.subject}"
        return f"{self.kind} of {named}" + (f" in {', '.join(self.places)}" if self.places else "")


class RecipeMonths(RecipePart):
    """From when to when a recipe looks; without an end, up to the as-of.

    ``last_months`` looks at so many months up to the as-of, whatever day that is.
    """

    first: YearOrMonth | None = Field(None, alias="from")
    last: YearOrMonth | None = Field(None, alias="to")
    last_months: Annotated[int, Field(ge=1, description="a number of months, 1 or more")] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "RecipeMonths":
        if self.last_months and (self.first or self.last):
            found = self.first or self.last
            raise wrong("last_months", "either last_months or from and to", found, "Leave one out.")
        first, last = self._written
        if self.first and self.last and last < first:
            raise wrong("to", f"a month not before from ({self.first})", self.last, "Swap the two.")
        return self

    @property
    def _written(self) -> tuple[int, int]:
        first = month_of(self.first, last=False) if self.first else -_FAR
        return first, month_of(self.last, last=True) if self.last else _FAR

    def bounds(self, as_of: date | None) -> tuple[int, int]:
        """The first and the last month, as numbers, on a day; open ends lie far off."""
        if self.last_months and as_of is not None:
            now = period_of(as_of, Step.MONTH)
            return now - self.last_months + 1, now
        return self._written


def month_of(moment: str, last: bool) -> int:
    """The month of a moment; of a year its first or its last.

    >>> month_of("2014", last=True) - month_of("2014-01", last=False)
    11
    """
    text = moment if "-" in moment else f"{moment}-{'12' if last else '01'}"
    return parse(text, Step.MONTH)

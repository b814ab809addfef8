"""The recipes that a ``fit:`` or ``read:`` may name, each as written."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from vedette.case.schema import Code, Number, Text
from vedette.problems import wrong
from vedette.scenario.recipes.pooling import Rule
from vedette.scenario.recipes.series import By, RecipeMonths, RecipePart, SeriesEntry, YearOrMonth

LEAST = 8
"""The least number of independent points of a recipe."""


def same_series(words: str, key: str) -> PydanticCustomError:
    """The error of a recipe that holds a series against itself, which tells nothing of the case."""
    return wrong(key, "another series than of", words, "A series goes in step with itself: name another.")


def _two_series(of: SeriesEntry, other: SeriesEntry, key: str) -> None:
    if of.model_copy(update={"times": 1.0}) == other.model_copy(update={"times": 1.0}):
        raise same_series(other.words, key)


class ElasticityRecipe(RecipeMonths):
    """How many per cent ``of`` rises where ``against`` rises by 1 %: the slope of the logarithms."""

    of: SeriesEntry
    against: SeriesEntry
    by: By = "year"

    @model_validator(mode="after")
    def _of_two(self) -> "ElasticityRecipe":
        _two_series(self.of, self.against, "against")
        return self


class DoseRecipe(RecipeMonths):
    """The factor on ``of`` where the posture ``against`` is higher by ``dose``: exp(slope * dose)."""

    of: SeriesEntry
    against: SeriesEntry
    dose: Number
    by: By = "quarter"

    @model_validator(mode="after")
    def _on_posture(self) -> "DoseRecipe":
        if self.against.kind != "posture":
            raise wrong(
                "against", "a posture", self.against.words, "Name posture and backer, or use elasticity."
            )
        _two_series(self.of, self.against, "against")
        if self.dose == 0:
            raise wrong("dose", "a number that is not 0", self.dose, "Say how much more.")
        return self


class ShareRecipe(RecipeMonths):
    """The part that ``of`` is in ``within``, both summed over the interval."""

    of: SeriesEntry
    within: SeriesEntry = Field(alias="in")
    by: By = "month"

    @model_validator(mode="after")
    def _part_of_a_whole(self) -> "ShareRecipe":
        _two_series(self.of, self.within, "in")
        if self.of.kind != self.within.kind and {self.of.kind, self.within.kind} & {"deaths", "events"}:
            cure = "A part is counted in the same unit as its whole: name such a series."
            raise wrong("in", f"a series of {self.of.kind}", self.within.words, cure)
        return self


class RateRecipe(RecipeMonths):
    """The mean of a series a month."""

    of: SeriesEntry
    by: By = "month"


class GrowthRecipe(RecipeMonths):
    """The part by which a series grows each month: exp(slope of the logarithm by month) - 1."""

    of: SeriesEntry
    by: By = "month"


class BeforeAfterRecipe(RecipeMonths):
    """``of`` from ``at`` on, against before: the difference, or where the unit is number the ratio."""

    of: SeriesEntry
    at: YearOrMonth
    by: By = "month"


class EffectRecipe(RecipePart):
    """What an intervention changed, by the pool: see `vedette.effect.what_changed`.

    ``of``: the intervention as `vedette effect --of` takes it. ``series``: counts, as ``--on`` has them.
    ``months``: the length of the window; the horizon of the case if left out. ``read``: the ratio over the
    window, the ``size`` of the likeliest shape where it is largest, or its ``half-life``.
    """

    of: Text
    series: Text = "all"
    months: Annotated[int, Field(ge=1, le=60, description="months from 1 to 60")] | None = None
    measure: Literal["deaths", "events"] = "deaths"
    read: Literal["ratio", "size", "half-life"] = "ratio"


class BoundaryRecipe(RecipePart):
    """A level between the highest of a series ``without`` and the lowest ``with`` what counts."""

    of: SeriesEntry
    without: RecipeMonths
    having: RecipeMonths = Field(alias="with")
    by: By = "month"


class PoolRecipe(RecipeMonths):
    """Figures that clash, pooled by a named rule: those of a series, or the claims named."""

    of: SeriesEntry | None = None
    claims: Annotated[tuple[Code, ...], Field(description="ids of claims with a figure")] = ()
    rule: Rule | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "PoolRecipe":
        if (self.of is None) == (not self.claims):
            raise wrong("", "of (strength or figures) or claims", self.claims, "Give one of the two.")
        if self.of is not None and self.of.kind not in ("strength", "figures"):
            raise wrong("of", "strength or figures", self.of.words, "Use count for counts and posture.")
        if self.of is not None and self.of.rivals:
            raise wrong("of.rivals", "none: rule says it", self.of.rivals, "Write it under rule.")
        return self


class CountRecipe(RecipeMonths):
    """A number in a data file: the total, mean, last, highest or lowest month of a series."""

    of: SeriesEntry
    read: Literal["total", "mean", "last", "highest", "lowest"] = "total"

    @model_validator(mode="after")
    def _in_a_file(self) -> "CountRecipe":
        if self.of.kind not in ("deaths", "events", "posture"):
            raise wrong("of", "deaths, events or posture", self.of.words, "Use figures for claims.")
        return self


class _OneOf(RecipePart):
    """Exactly one recipe."""

    @model_validator(mode="after")
    def _exactly_one(self) -> "_OneOf":
        present = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(present) != 1:
            names = [field.alias or name for name, field in type(self).model_fields.items()]
            raise wrong("", f"one recipe: {', '.join(names)}", present, "Name exactly one.")
        return self

    @property
    def chosen(self) -> RecipePart:
        """The recipe."""
        parts = (getattr(self, name) for name in type(self).model_fields)
        return next(part for part in parts if isinstance(part, RecipePart))

    @property
    def name(self) -> str:
        """What it is called in the file."""
        fields = type(self).model_fields
        return next(fields[name].alias or name for name in fields if getattr(self, name) is not None)


class FitRecipe(_OneOf):
    """What an estimate is computed by."""

    elasticity: ElasticityRecipe | None = None
    share: ShareRecipe | None = None
    rate: RateRecipe | None = None
    growth: GrowthRecipe | None = None
    dose_response: DoseRecipe | None = Field(None, alias="dose-response")
    before_after: BeforeAfterRecipe | None = Field(None, alias="before-after")
    effect: EffectRecipe | None = None
    boundary: BoundaryRecipe | None = None
    figures: PoolRecipe | None = None


class ReadRecipe(_OneOf):
    """What an observation is read from."""

    count: CountRecipe | None = None
    figures: PoolRecipe | None = None


def recipes() -> tuple[str, ...]:
    """The names of the recipes of a fit."""
    return tuple(field.alias or name for name, field in FitRecipe.model_fields.items())

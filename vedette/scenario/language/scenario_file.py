"""The schema of a file in ``scenarios/``: paths of levers, and rules that change them on the way."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from vedette.case.schema import Month, Number, Slug, Text
from vedette.problems import one_side, wrong
from vedette.scenario.language.entries import Entry


class LeverPath(Entry):
    """A lever over time: one ``value`` throughout, or a ``path`` of values by month.

    ``between`` says what holds between the months given: ``step``, the last value, or ``line``, a straight
    line. Without it every month must be given. After the last month given its value holds.
    """

    value: Number | None = None
    path: dict[Month, Number | None] = Field(default_factory=dict)
    between: Literal["step", "line"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, entry: object) -> object:
        return {"value": entry} if isinstance(entry, int | float) else entry

    @model_validator(mode="after")
    def _one_kind(self) -> "LeverPath":
        if (self.value is None) == (not self.path):
            raise wrong("", "a number, or a path of values by month", self.value, "Give one of the two.")
        return self


class Condition(Entry):
    """When a rule acts: once a sign lay ``above`` or ``below`` a level ``for`` some months in a row.

    Only months that are over count: a month is known ``lag`` months later, at the earliest in the next one.
    ``first`` and ``last`` limit the months that count, ``after`` counts those from the month on in which
    another rule of the scenario acted.
    """

    sign: Slug
    above: Number | None = None
    below: Number | None = None
    months: int = Field(alias="for", default=1)
    lag: int = 1
    first: Month | None = None
    last: Month | None = None
    after: Slug | None = None

    @model_validator(mode="after")
    def _past_only(self) -> "Condition":
        one_side(self.above, self.below)
        if self.months < 1:
            raise wrong("for", "1 month or more", self.months, "Say how many months in a row.")
        if self.lag < 1:
            cure = "A rule sees only months that are over: write 1 or more, or leave it out."
            raise wrong("lag", "a month of the past", f"a lag of {self.lag}", cure)
        if self.first and self.last and self.last < self.first:
            raise wrong("last", f"a month not before first ({self.first})", self.last, "Swap the two.")
        return self


class RuleLever(Entry):
    """What a rule sets a lever to: ``to``, ``over`` some months.

    ``between: line`` draws a straight line from the value of the month before to the one of the last of these
    months; ``step`` changes nothing before that month. With one month, the default, both act at once.
    """

    to: Number
    over: int = 1
    between: Literal["step", "line"] = "line"

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, entry: object) -> object:
        return {"to": entry} if isinstance(entry, int | float) else entry

    @model_validator(mode="after")
    def _some_months(self) -> "RuleLever":
        if self.over < 1:
            raise wrong("over", "1 month or more", self.over, "Say over how many months.")
        return self


class RuleEntry(Entry):
    """Levers that a scenario changes once when a sign says so; from then on their paths are the rule's."""

    id: Slug | None = None
    when: Condition
    levers: Annotated[dict[Slug, RuleLever], Field(min_length=1, description="at least one lever")]
    why: str = ""


class ScenarioFile(Entry):
    """All of a file in ``scenarios/``: the levers that differ from the base scenario, and its rules."""

    id: Slug
    name: Text
    author: Text
    source: Text
    note: str = ""
    levers: dict[Slug, LeverPath] = Field(default_factory=dict)
    rules: tuple[RuleEntry, ...] = ()

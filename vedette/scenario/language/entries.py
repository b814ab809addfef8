"""The schema of ``mechanisms.yaml``: one model for each kind of entry."""

import re
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from vedette.case.schema import Code, Handling, Month, Number, Slug, Text
from vedette.problems import one_side, wrong
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.from_case import FromCase
from vedette.scenario.language.ground import Ground, Mark
from vedette.scenario.language.hindcast_entries import HindcastEntry, StockRecord
from vedette.scenario.language.judgements import Judged
from vedette.scenario.language.precedent_sets import PrecedentSet, precedent_ground
from vedette.scenario.language.reaction_entries import Reaction
from vedette.scenario.language.sign_entries import Sign
from vedette.scenario.language.strengths import strength_ground
from vedette.scenario.language.units import Unit
from vedette.scenario.recipes.computing import computed
from vedette.scenario.recipes.earned import UNREAD, computed_only, with_fallback
from vedette.scenario.recipes.recipe import FitRecipe, ReadRecipe

FILE = "mechanisms.yaml"


class Entry(BaseModel):
    """The base of all entries: no unknown keys, immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Entry):
    """An entry that others refer to."""

    id: Slug
    name: Text


class Quantity(Named):
    """An uncertain number of the mechanism; its mark follows from what it rests on."""

    unit: Unit
    _ground: Ground = PrivateAttr()

    @property
    def ground(self) -> Ground:
        """What it rests on."""
        return self._ground

    @property
    def distribution(self) -> Distribution:
        """What is drawn from."""
        return self._ground.distribution

    @property
    def mark(self) -> Mark:
        """Observed, estimated or assumed."""
        return self._ground.mark


class Assumption(Judged, Quantity):
    """An assumed number: its authors, and why nothing better is known."""

    claims: Annotated[tuple[Code, ...], Field(description="ids of claims of the case")] = ()

    @model_validator(mode="after")
    def _pooled(self, info: ValidationInfo) -> "Assumption":
        self._ground = self.pool(info.context)
        return self


class Estimate(Quantity):
    """A number that the program computes from the case, with its uncertainty.

    ``fit`` names a recipe, ``precedents`` departures elsewhere, ``strength`` main forces as the index
    of arms counts them; exactly one of the three. With too few independent points ``else`` holds: an
    assumption by named authors. Data are those known on the as-of of the case.
    """

    fit: FitRecipe | None = None
    precedents: PrecedentSet | None = None
    strength: Annotated[tuple[Text, ...], Field(min_length=1, description="ids of main forces")] | None = None
    fallback: Annotated[Judged | None, Field(alias="else", description="an assumption by an author")] = None
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _not_typed(cls, entry: object) -> object:
        return computed_only(entry, ("fit", "precedents", "strength"), "estimate")

    @model_validator(mode="after")
    def _computed(self, info: ValidationInfo) -> "Estimate":
        known = info.context
        if not isinstance(known, FromCase) or not known.countable:
            self._ground = UNREAD
            return self
        if self.precedents is not None:
            key, found = "precedents", precedent_ground(self.precedents, self.unit, known.as_of)
        elif self.strength is not None:
            key, found = "strength", strength_ground(self.strength, self.unit, known)
        else:
            assert self.fit is not None
            key, found = "fit", computed(self.fit, self.unit, known, "fit")
        self._ground = with_fallback(found, self.fallback, known, key)
        return self


class Observation(Quantity):
    """A number that stands in the data: a count in a file, or a documented figure.

    Figures that clash are pooled by a rule that is named, and the number is then estimated.
    """

    read: ReadRecipe
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _not_typed(cls, entry: object) -> object:
        return computed_only(entry, ("read",), "observation")

    @model_validator(mode="after")
    def _found(self, info: ValidationInfo) -> "Observation":
        known = info.context
        if not isinstance(known, FromCase) or not known.countable:
            self._ground = UNREAD
        else:
            self._ground = with_fallback(computed(self.read, self.unit, known, "read"), None, known, "read")
        return self


class LeverRecord(Entry):
    """Where posture.csv says what a lever has been: the rows of a backer and a kind, of one ``series``.

    A figure holds for at most ``carried`` months after its own.
    """

    backer: Annotated[Text, Field(description="an actor, by id, name or alias")]
    kind: Annotated[Text, Field(description="a kind of posture.csv")]
    series: str = ""
    carried: Annotated[int, Field(ge=0, le=120, description="months, from 0 to 120")] = 12


class Lever(Named):
    """What a decision-maker can change: ``who``, an actor of the case. Its path stands in each scenario."""

    unit: Unit
    who: Annotated[Text, Field(description="an actor of the case")]
    record: LeverRecord | None = None
    note: str = ""

    @field_validator("who", mode="before")
    @classmethod
    def _one(cls, who: object) -> object:
        if isinstance(who, list):
            cure = "Make a lever of its own for each, or name the one who decides."
            raise wrong("", "one actor of the case", ", ".join(map(str, who)), cure)
        return who


class Happening(Named):
    """An entry of the calendar: 1 in the months from ``first`` to ``last``, else 0; may be past.

    It could be foreseen from ``known`` on; where that is left out, no month of it was known before it came.
    """

    first: Month
    last: Month | None = None
    known: Month | None = None
    source: Text
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> "Happening":
        if self.last is not None and self.last < self.first:
            raise wrong("last", f"a month not before first ({self.first})", self.last, "Swap the two.")
        return self


class EventGroup(Named):
    """Forecast violence: deaths or events of strata in places (all if left out).

    Its path in a draw is that of the forecast, times what the effects on it say.
    """

    measure: Literal["deaths", "events"] = "deaths"
    strata: Annotated[tuple[str, ...], Field(description="ids of strata of the case")] = ()
    places: Annotated[tuple[str, ...], Field(description="ids of places of the case")] = ()

    @property
    def unit(self) -> str:
        """Deaths a month, or attacks a month."""
        return "deaths/month" if self.measure == "deaths" else "attacks/month"


class Ratio(Entry):
    """Sums of nodes, one over the other."""

    of: Annotated[tuple[Slug, ...], Field(min_length=1, description="ids of nodes")]
    over: Annotated[tuple[Slug, ...], Field(min_length=1, description="ids of nodes")]


class Rate(Named):
    """A value of one month: ``base`` (a quantity), or a sum, product or ratio of nodes; changed by effects.

    ``scatter`` is the standard deviation of the logarithm from month to month, pure chance.
    """

    unit: Unit
    base: Slug | None = None
    sum: tuple[Slug, ...] = ()
    product: tuple[Slug, ...] = ()
    ratio: Ratio | None = None
    scatter: Slug | None = None

    @model_validator(mode="after")
    def _one_start(self) -> "Rate":
        starts = [name for name in ("base", "sum", "product", "ratio") if getattr(self, name)]
        if len(starts) != 1:
            listed = " and ".join(starts)
            raise wrong("", "one of base, sum, product or ratio", listed, "Keep exactly one.")
        return self


class Stock(Named):
    """A quantity that is kept from month to month.

    value next month = value * 0.5^(1 / half_life) + inflow - outflow, held between 0 (or ``least``) and
    ``most``; shares and indices never pass 1.
    """

    unit: Unit
    initial: Slug
    inflow: tuple[Slug, ...] = ()
    outflow: tuple[Slug, ...] = ()
    half_life: Slug | None = None
    most: Number | None = None
    record: StockRecord | None = None


Form = Literal["elasticity", "saturating", "threshold", "shock", "share", "hysteresis"]
NEEDS: dict[str, tuple[str, ...]] = {
    "saturating": ("half",),
    "threshold": ("at",),
    "shock": ("half_life",),
    "hysteresis": ("at", "until"),
}
"""The quantities that an effect of a form needs beside its size."""


class While(Entry):
    """A condition of a threshold on a second lever: ``above`` or ``below`` a quantity."""

    lever: Slug
    above: Slug | None = None
    below: Slug | None = None

    @model_validator(mode="after")
    def _one_side(self) -> "While":
        one_side(self.above, self.below)
        return self

    @property
    def at(self) -> str:
        """The quantity that the lever is compared with."""
        return str(self.above or self.below)


class EffectEntry(Entry):
    """The effect of one node on another; x is the source, y the target.

    ``elasticity``: y times (x / reference)^size.
    ``share``: y plus size * x.
    ``saturating``: y plus size * x / (x + half).
    ``threshold``: y times size while x is above (``side: above``) or below ``at``; with ``while`` only as
    long as another lever is above or below a level too. A size of ``paths`` has a factor for each year since.
    ``shock``: y times size^m, where m adds x each month and halves in ``half_life`` months.
    ``hysteresis``: y times size^(m - u); m becomes 1 when x passes ``at`` and 0 when it is back at ``until``,
    else it stays. At the start m is what the calendar entry ``past`` was in the last month, u its mean over
    the last twelve; both 0 without one.
    """

    id: Slug
    source: Slug = Field(alias="from")
    target: Slug = Field(alias="to")
    form: Form
    size: Slug
    reference: Number | None = None
    half: Slug | None = None
    at: Slug | None = None
    until: Slug | None = None
    past: Annotated[Slug, Field(description="the id of a calendar entry")] | None = None
    side: Literal["above", "below"] = "above"
    only: While | None = Field(default=None, alias="while")
    half_life: Slug | None = None
    why: str = ""

    @model_validator(mode="after")
    def _has_parts(self) -> "EffectEntry":
        needs = NEEDS.get(self.form, ())
        for part in ("half", "at", "until", "half_life"):
            present = getattr(self, part) is not None
            if present != (part in needs):
                expected = f"{part} of a {self.form}" if not present else f"no {part} of a {self.form}"
                raise wrong(
                    part, expected, getattr(self, part), "Add it." if not present else "Leave it out."
                )
        if self.only is not None and self.form != "threshold":
            raise wrong("while", f"no while of a {self.form}", "one", "Leave it out, or choose threshold.")
        if self.past is not None and self.form != "hysteresis":
            raise wrong("past", f"no past of a {self.form}", self.past, "Leave it out.")
        if self.reference is not None and (self.form != "elasticity" or self.reference <= 0):
            raise wrong("reference", "a number above 0, of an elasticity", self.reference, "Correct it.")
        return self


class Branch(Named):
    """One alternative: other distributions of assumptions, and effects that are left out."""

    weight: Annotated[float, Field(ge=0, le=1, description="a weight from 0 to 1")] | None = None
    sets: dict[Slug, Distribution] = {}
    without: tuple[Slug, ...] = ()
    author: Text
    source: Text
    why: Text


class Alternatives(Named):
    """Branches of a logic tree, of which one is true: weighted, or expressly unweighted."""

    unweighted: bool = False
    branches: Annotated[tuple[Branch, ...], Field(min_length=2, description="at least two branches")]

    @model_validator(mode="after")
    def _weights(self) -> "Alternatives":
        weights = [branch.weight for branch in self.branches]
        if self.unweighted:
            if any(weight is not None for weight in weights):
                cure = "Remove the weights, or remove unweighted."
                raise wrong("branches", "no weights where unweighted is true", weights, cure)
            return self
        if any(weight is None for weight in weights):
            cure = "Weigh every branch, or write unweighted: true."
            raise wrong("branches", "a weight for each branch", weights, cure)
        total = sum(weight or 0.0 for weight in weights)
        if abs(total - 1.0) > 1e-6:
            cure = "Correct the weights, or write unweighted: true and leave them out."
            raise wrong("branches", "weights that sum to 1", f"{weights}, sum {total:g}", cure)
        return self


class Threshold(Entry):
    """A value whose passing has a name, such as a resurgence; in the outcome's unit."""

    name: Text
    above: Number | None = None
    below: Number | None = None

    @model_validator(mode="after")
    def _one_side(self) -> "Threshold":
        one_side(self.above, self.below)
        return self


_NUMBER = re.compile(r"(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,15})?")
"""A number in digits, perhaps with commas between thousands."""


class Matters(Entry):
    """The smallest difference that matters to a reader, written like ``20 deaths/month``."""

    least: Annotated[float, Field(gt=0, allow_inf_nan=False, description="a number above 0")]
    unit: Text

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, entry: object) -> object:
        number, _, unit = str(entry).strip().partition(" ")
        least = float(number.replace(",", "")) if _NUMBER.fullmatch(number) else 0.0
        if not isinstance(entry, str) or not unit.strip() or not least > 0:
            cure = "Write both in one text, the unit that of the outcome."
            raise wrong("", "a number above 0 and a unit, like 20 deaths/month", entry, cure)
        return {"least": least, "unit": unit.strip()}


class Outcome(Named):
    """A result of the simulation: the mean, the total, the last or the highest month of a node.

    ``matters``: the smallest difference between two scenarios that matters to the reader, in the unit of the
    outcome; ``why`` says why that one.
    """

    of: Slug
    read: Literal["mean", "total", "last", "highest"] = "mean"
    unit: Unit
    good: Literal["up", "down"]
    threshold: Threshold | None = None
    matters: Matters | None = None
    why: str = ""


class MechanismHead(BaseModel):
    """The keys of ``mechanisms.yaml`` that are read before the rest, which is ignored here."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    start: Month
    handling: Handling = ""


class MechanismFile(MechanismHead):
    """All of ``mechanisms.yaml``."""

    model_config = Entry.model_config
    base: Annotated[Slug, Field(description="the id of the scenario that the others start from")]
    end: Month
    compared: Annotated[tuple[Text, ...], Field(description="scenarios that a brief compares")] = ()
    observations: tuple[Observation, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    levers: tuple[Lever, ...] = ()
    calendar: tuple[Happening, ...] = ()
    events: tuple[EventGroup, ...] = ()
    rates: tuple[Rate, ...] = ()
    stocks: tuple[Stock, ...] = ()
    effects: tuple[EffectEntry, ...] = ()
    alternatives: tuple[Alternatives, ...] = ()
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1, description="at least one outcome")]
    signs: tuple[Sign, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    hindcast: HindcastEntry | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "MechanismFile":
        if self.end < self.start:
            raise wrong("end", f"a month not before start ({self.start})", self.end, "Swap the two.")
        return self

"""The keys of ``case.yaml`` about evidence: weights of claims, editions, questions."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vedette.case.schema.kinds import Slug, Text
from vedette.case.schema.relations import RELATIONS, TIES
from vedette.problems import did_you_mean, wrong

_entry = ConfigDict(extra="forbid", frozen=True)

Chance = Annotated[float, Field(gt=0, lt=1, description="a probability between 0 and 1")]
Ratio = Annotated[float, Field(ge=1, le=1000, description="a likelihood ratio, 1 or more")]
Years = Annotated[float, Field(gt=0, le=1000, description="years above 0, at most 1000")]
Part = Annotated[float, Field(ge=-1, le=1, description="a number between -1 and 1")]

TLP = ("clear", "green", "amber", "amber+strict", "red")
"""The markings of the Traffic Light Protocol, from the most open."""


_FREE = ("prior", "half_life")
"""Entries of `Weights` whose keys are relations or kinds of relations."""


class Weights(BaseModel):
    """The weights of claims.

    The log likelihood ratio of a claim is ``ln(reliability) * credibility * hedge``, with the opposite sign
    for claims of negative polarity.
    """

    model_config = _entry
    prior: dict[str, Chance] = {"default": 0.1}
    """Prior probability of a tie, by relation or kind of relation; ``default`` for the rest."""
    reliability: dict[str, Ratio] = {"A": 20, "B": 8, "C": 3, "D": 1.5, "E": 1.1, "F": 1}
    credibility: dict[int, Part] = {1: 1, 2: 0.8, 3: 0.5, 4: 0, 5: -0.5, 6: 0}
    hedge: dict[str, Part] = {
        "documented": 1,
        "asserted": 0.8,
        "reported": 0.8,
        "claimed": 0.6,
        "denied": 0.6,
        "assessed": 0.5,
        "alleged": 0.4,
        "accused": 0.3,
        "suspected": 0.3,
        "expected": 0,
        "proposed": 0,
    }
    half_life: dict[str, Years] = {}
    """Years in which belief in a tie comes half way back to its prior, by relation or kind of relation."""
    least: Annotated[float, Field(ge=0, le=1, description="a probability from 0 to 1")] = 0.5
    """The belief below which a tie is listed with the day it was last said, and enters nothing else."""

    @model_validator(mode="before")
    @classmethod
    def _over_defaults(cls, weights: Any) -> Any:
        """Fills in the defaults; a single number is the prior of all relations."""
        if not isinstance(weights, dict):
            return weights
        whole = dict(weights)
        if isinstance(whole.get("prior"), int | float):
            whole["prior"] = {"default": whole["prior"]}
        for name, field in cls.model_fields.items():
            if isinstance(whole.get(name), dict):
                unknown = [] if name in _FREE else sorted(map(str, set(whole[name]) - set(field.default)))
                if unknown:
                    known = ", ".join(map(str, field.default))
                    raise wrong(f"{name}.{unknown[0]}", f"one of {known}", unknown[0], "Correct it.")
                whole[name] = {**field.default, **whole[name]}
        return whole

    @model_validator(mode="after")
    def _half_lives_of_ties(self) -> "Weights":
        kinds = [kind.value for kind in TIES]
        ties = [word for word, relation in RELATIONS.items() if relation.kind in TIES]
        for name in self.half_life:
            if name not in (*kinds, *ties):
                expected = f"a relation, or a kind of relation: {', '.join(kinds)}"
                raise wrong(f"half_life.{name}", expected, name, did_you_mean(name, [*kinds, *ties]))
        return self

    @model_validator(mode="after")
    def _foreseen_moves_nothing(self) -> "Weights":
        for hedge in ("expected", "proposed"):
            if self.hedge[hedge]:
                cure = "What is expected or proposed has not happened: leave it at 0."
                raise wrong(f"hedge.{hedge}", "0", self.hedge[hedge], cure)
        return self


class Edition(BaseModel):
    """An edition: the most restricted marking it allows, and whether it includes protected sources."""

    model_config = _entry
    id: Slug
    handling: Literal["clear", "green", "amber", "amber+strict", "red"]
    protected: bool = False

    def allows(self, handling: str) -> bool:
        """Whether the edition may contain something with this marking (no marking counts as clear)."""
        return TLP.index(handling or "clear") <= TLP.index(self.handling)


EDITIONS = (Edition(id="public", handling="clear"), Edition(id="internal", handling="red", protected=True))
"""The editions of a case whose case.yaml defines none; the first is the default."""


class Question(BaseModel):
    """A question that sources answer differently; their answers are listed side by side."""

    model_config = _entry
    id: Slug
    text: Text

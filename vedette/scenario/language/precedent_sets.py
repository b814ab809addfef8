"""Sets of precedents in ``mechanisms.yaml``: estimates computed from departures elsewhere."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vedette.case.schema import Text
from vedette.errors import DataError, VedetteError
from vedette.precedents import factor_of
from vedette.problems import wrong
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.ground import Ground, TooFew

LEAST_WARS = 5
"""The least number of wars among precedents."""


class PrecedentSet(BaseModel):
    """A set of precedents: who leaves whom, and how many years after are looked at.

    ``alone`` takes only departures after which nobody's troops stayed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    like: Text
    years: Annotated[int, Field(ge=1, le=5, description="years from 1 to 5")] = 3
    alone: bool = False

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, entry: object) -> object:
        return {"like": entry} if isinstance(entry, str) else entry


def precedent_ground(precedents: PrecedentSet, unit: str, as_of: date | None) -> Ground | TooFew:
    """The factor that a set of precedents gives, as known on a day, or that it rests on too few wars.

    Raises:
        PydanticCustomError: no such precedents, another unit, or a case without a day.
    """
    if unit != "number":
        raise wrong("unit", "number, since precedents tell a factor", unit, "Write number.")
    if as_of is None:
        cure = "Write as_of in case.yaml: what precedents say depends on the day."
        raise wrong("precedents", "a case with an as-of", "none", cure)
    try:
        factor = factor_of(precedents.like, as_of, precedents.years, precedents.alone)
    except DataError as error:
        return TooFew(0, LEAST_WARS, str(error), "war")
    except VedetteError as error:
        raise wrong("precedents", "precedents that are known", precedents.like, str(error)) from error
    if factor.wars < LEAST_WARS:
        return TooFew(factor.wars, LEAST_WARS, factor.fit, "war")
    spread = Distribution(form="lognormal", low=factor.low, high=factor.high)
    return Ground(spread, "estimated", factor.fit, factor.source, points=factor.wars)

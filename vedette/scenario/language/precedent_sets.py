"""Sets of precedents in ``mechanisms.yaml``: estimates computed from departures elsewhere."""

from datetime import date
from math import floor
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vedette.case.schema import Text
from vedette.errors import DataError, VedetteError
from vedette.precedents import LEAST_WARS, factor_of
from vedette.problems import wrong
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.ground import Ground, TooFew


class PrecedentSet(BaseModel):
    """A set of precedents: who leaves whom, and how many years after are looked at.

    ``others`` takes departures after which others were ``gone`` or some ``stayed``; ``role`` is that of who
    leaves, where it is not as coded.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    like: Text
    years: Annotated[int, Field(ge=1, le=5, description="years from 1 to 5")] = 3
    others: Literal["any", "gone", "stayed"] = "any"
    role: Literal["main", "co-backer", "contributor"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, entry: object) -> object:
        return {"like": entry} if isinstance(entry, str) else entry


def precedent_ground(precedents: PrecedentSet, unit: str, as_of: date | None) -> Ground | TooFew:
    """The factor by year that a set of precedents gives, as known on a day, or that it rests on too few wars.

    Raises:
        PydanticCustomError: no such precedents, another unit, or a case without a day.
    """
    if unit != "number":
        raise wrong("unit", "number, since precedents tell a factor", unit, "Write number.")
    if as_of is None:
        cure = "Write as_of in case.yaml: what precedents say depends on the day."
        raise wrong("precedents", "a case with an as-of", "none", cure)
    try:
        factor = factor_of(precedents.like, as_of, precedents.years, precedents.others, precedents.role)
    except DataError as error:
        return TooFew(0, int(LEAST_WARS), str(error), "war")
    except VedetteError as error:
        raise wrong("precedents", "precedents that are known", precedents.like, str(error)) from error
    if not factor.estimated:
        return TooFew(floor(factor.wars), int(LEAST_WARS), factor.fit, "war")
    spread = Distribution(form="paths", rows=factor.rows)
    return Ground(spread, "estimated", factor.fit, factor.source, points=round(factor.wars))

"""Sets of precedents in ``mechanisms.yaml``: estimates computed from departures elsewhere."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from vedette.case.schema import Text
from vedette.errors import VedetteError
from vedette.precedents import factor_of
from vedette.problems import wrong


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


def filled(entry: object, as_of: object) -> object:
    """An estimate as written, with the distribution, fit and source of its precedents if it names any.

    Raises:
        PydanticCustomError: no such precedents, or something that they say is written too.
    """
    if not isinstance(entry, dict) or entry.get("precedents") is None:
        return entry
    for name in ("distribution", "fit", "source"):
        if name in entry:
            raise wrong(name, "none where precedents are named", entry[name], "Leave one of the two out.")
    if entry.get("unit") != "number":
        raise wrong("unit", "number, since precedents tell a factor", entry.get("unit"), "Write number.")
    try:
        precedents = PrecedentSet.model_validate(entry["precedents"])
    except ValidationError:  # the field itself tells what is wrong with it
        point = {"form": "point", "value": 1.0}
        return {**entry, "distribution": point, "fit": "precedents", "source": "precedents"}
    return {**entry, **_from(precedents, as_of)}


def _from(precedents: PrecedentSet, as_of: object) -> dict[str, object]:
    if not isinstance(as_of, date):
        cure = "Write as_of in case.yaml: what precedents say depends on the day."
        raise wrong("precedents", "a case with an as-of", "none", cure)
    try:
        factor = factor_of(precedents.like, as_of, precedents.years, precedents.alone)
    except VedetteError as error:
        raise wrong("precedents", "precedents that are known", precedents.like, str(error)) from error
    spread = {"form": "lognormal", "low": factor.low, "high": factor.high}
    return {"distribution": spread, "fit": factor.fit, "source": factor.source}

"""The outlook of a brief: one forecast of everything, and what the pool behind it learned."""

from collections.abc import Mapping
from dataclasses import dataclass

from vedette.brief.figures import Link, from_assumption, from_fit
from vedette.case import Case
from vedette.changes import forecast_deaths
from vedette.model import (
    PARTS,
    By,
    Forecast,
    History,
    Learned,
    LevelPrior,
    Pool,
    prior_known,
)
from vedette.model.arrangement import arranged
from vedette.periods import label
from vedette.plurals import counted

UNITS = (By.COUNTRY, By.STRATUM, By.PLACE)
ASSUMED = "assumed"
_AUTHOR, _TABLE = "the authors of vedette", "vedette/model/level/motion.csv"


@dataclass(frozen=True, eq=False)
class Outlook:
    """One forecast by country, stratum, place, and place and stratum; in every draw its parts add up.

    Attributes:
        of: the forecast by kind of unit; draw s is the same future in all.
        members: names of the methods in the pool, for country, stratum and place.
        learned: weights by horizon, their order that of ``members``, for the same.
        prior: what is taken for granted about how violence moves.
    """

    of: dict[By, Forecast]
    members: dict[By, tuple[str, ...]]
    learned: dict[By, Learned]
    prior: LevelPrior

    @property
    def country(self) -> Forecast:
        """The forecast of the country."""
        return self.of[By.COUNTRY]

    @property
    def chain(self) -> tuple[Link, ...]:
        """How the forecast came about: the draws, what was learned, what was taken for granted."""
        forecast = self.country
        fit = from_fit(
            f"{forecast.model}, {counted(len(forecast.draws), 'draw')}, seed {forecast.seed}, data to "
            f"{label(forecast.origin, forecast.step)}; weights learned from past scores; country, places and "
            "strata brought to the same sum in every draw"
        )
        return (fit, prior_link(self.prior))


def outlook_of(case: Case, pasts: Mapping[By, History], seed: int) -> Outlook:
    """The forecast of deaths for as many months as the case names, and what the pool behind it learned."""
    whole = forecast_deaths(case, pasts, seed)
    forecasts = (whole.country, whole.places, whole.strata, whole.cells)
    shown = {by: pasts[by] for by in UNITS}
    country = pasts[By.COUNTRY]
    return Outlook(
        dict(zip(PARTS, forecasts, strict=True)),
        {by: tuple(member.name for member in Pool().members(past)) for by, past in shown.items()},
        case.cache.keep(learned_by_units, shown, case.horizon),
        prior_known(country.measure, country.span),
    )


def learned_by_units(pasts: Mapping[By, History], horizon: int) -> dict[By, Learned]:
    """What the pool learned from each history for its forecast."""
    return {by: Pool().learn(arranged(past), horizon) for by, past in pasts.items()}


def prior_link(prior: LevelPrior) -> Link:
    """Where the prior comes from."""
    statement = "how fast violence drifts, leaps and calms down"
    if prior.basis == ASSUMED:
        return from_assumption(statement, _AUTHOR, _TABLE)
    return from_fit(f"{statement}: learned across countries, data to {prior.known_until}", _TABLE)

"""Keep issued forecasts, and score them when what they spoke of has come."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from vedette.case import read_case
from vedette.commands.defaults import SEED
from vedette.commands.forecasting import forecast
from vedette.commands.known import KnownCase, panel_of
from vedette.files import changing
from vedette.model import By, Forecast, History, Measure, counted_history, panel_history
from vedette.progress import Report, quiet
from vedette.score.register import (
    REGISTER,
    Issued,
    ScoredForecast,
    issue,
    read_forecast,
    read_register,
    score_issued,
)

_DRAWS = 2000
_BY = {By.COUNTRY: "the country", By.PLACE: "places"}


def issue_forecast(known: KnownCase, forecast: Forecast, *, measure: Measure, by: By) -> tuple[Issued, bool]:
    """Puts a forecast into the register of a case; returns its entry, and whether it was not there before."""
    case = known.case
    past = panel_history(known.panel, case, measure, by)
    with changing(case.writable_workspace(), "forecast --register") as change:
        return issue(change, forecast, past, case=case.id, by=by.value, as_of=known.day)


@dataclass(frozen=True, eq=False)
class RegisteredDeaths:
    """A forecast of deaths as it stands in the register, and whether it was not there before."""

    issued: Issued
    added: bool
    forecast: Forecast


def register_deaths(
    case: str, *, as_of: date | None = None, seed: int = SEED, report: Report = quiet
) -> tuple[RegisteredDeaths, ...]:
    """Forecasts deaths of the country and its places, and freezes both forecasts in the register.

    They have as many draws as those of the brief, so that they are the forecasts that it gives.

    Raises:
        DataError: too few months to learn from.
        StorageError: the register cannot be written.
    """
    units = [By.COUNTRY, By.PLACE] if read_case(case).places.geometry else [By.COUNTRY]
    made = []
    for number, by in enumerate(units):
        report(f"Forecasting {_BY[by]}", number / len(units))
        result = forecast(case, by=by, as_of=as_of, draws=_DRAWS, seed=seed)
        assert result.known is not None
        issued, added = issue_forecast(result.known, result.forecast, measure=Measure.DEATHS, by=by)
        made.append(RegisteredDeaths(issued, added, result.forecast))
    report("Forecasting", 1.0)
    return tuple(made)


@dataclass(frozen=True)
class RegisterResult:
    """The forecasts in the register of a case, by origin."""

    issued: tuple[Issued, ...]

    def table(self) -> pl.DataFrame:
        """Returns a row for each forecast: its id, as-of, day of issue, and the last period it speaks of."""
        rows = [
            {"id": each.id, "as_of": each.as_of, "issued": each.issued_at[:10], "until": each.last}
            for each in self.issued
        ]
        return pl.DataFrame(rows)

    def document(self) -> list[dict[str, Any]]:
        """Returns the entry of each forecast."""
        return [asdict(each) for each in self.issued]


@dataclass(frozen=True)
class RegisterScores:
    """The forecasts in the register of a case, scored on what has come since."""

    scored: tuple[ScoredForecast, ...]

    def table(self) -> pl.DataFrame:
        """Returns a row for each forecast with its scores."""
        return pl.DataFrame([each.row() for each in self.scored], infer_schema_length=None)

    def document(self) -> list[dict[str, Any]]:
        """Returns for each forecast its line in the table, its entry, scores by horizon, and revisions."""
        return [_scored_document(each) for each in self.scored]


def _scored_document(scored: ScoredForecast) -> dict[str, Any]:
    horizons = scored.card.means("model", "horizon").to_dicts() if scored.card else []
    return {
        **scored.row(),
        "issued": asdict(scored.issued),
        "by_horizon": horizons,
        "revisions": scored.revised.to_dicts(),
    }


def registered(case: str) -> RegisterResult:
    """Returns the forecasts in the register of a case, by origin."""
    return RegisterResult(read_register(read_case(case).workspace() / REGISTER))


def score_registered(case: str, as_of: date | None = None, *, report: Report = quiet) -> RegisterScores:
    """Scores each forecast in the register on what is known by the as-of, or now."""
    read = read_case(case)
    register = read.workspace() / REGISTER
    issued, found = read_register(register), []
    known: dict[tuple[str, str, int], tuple[History, list[int]]] = {}
    for done, each in enumerate(issued, start=1):
        kind = (each.measure, each.by, each.seed)
        if kind not in known:
            measure, by = Measure(each.measure), By(each.by)
            _, panel, _ = panel_of(read, as_of, seed=each.seed)
            unknown = [period for gap in panel.gaps for period in gap]
            known[kind] = counted_history(panel, read, measure, by), unknown
        found.append(score_issued(each, *read_forecast(register, each), *known[kind]))
        report("Scoring the register", done / len(issued))
    return RegisterScores(tuple(found))

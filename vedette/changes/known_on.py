"""What was known of a case on one day: its panel, its forecast of deaths and its ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vedette.case import Case
from vedette.case.issues import Issue
from vedette.evidence import Ledger, read_ledger
from vedette.model import (
    By,
    Coherent,
    Forecast,
    History,
    Measure,
    Pool,
    forecast_coherent,
    histories_of_parts,
)
from vedette.model.exchange import read_draws
from vedette.panel import Holdings, Panel, gather, panel_on, present
from vedette.panel.known import known_in
from vedette.periods import Step, last_day, period_of

DRAWS = 2000
"""Futures behind each forecast, as many as in the brief."""
LEAST_MONTHS = 24
"""Months that a forecast learns from, at least."""


@dataclass(frozen=True, eq=False)
class DeathsForecast:
    """A forecast of deaths for the country and its places, of the same futures."""

    country: Forecast
    places: Forecast


@dataclass(frozen=True, eq=False)
class AsKnown:
    """A case as known on a day, that day included.

    Attributes:
        day: the day.
        holdings: the cells, as their files had them on the day.
        panel: counts by month, place and stratum.
        ledger: the claims.
        forecast: of deaths; None where too few months were known.
        issue: the brief that was issued of the day, whose forecast this is; None for none.
    """

    day: date
    holdings: Holdings
    panel: Panel
    ledger: Ledger
    forecast: DeathsForecast | None
    issue: Issue | None = None

    @property
    def origin(self) -> int:
        """The last month known."""
        return self.panel.grid.span.last


def as_known(case: Case, day: date | None, seed: int) -> AsKnown:
    """Reads what was known of a case on a day, and forecasts as many months from there as the case names.

    Args:
        case: the case, or an edition of it.
        day: the as-of day; that of the case if None, else the end of its data.
        seed: of all random streams.

    Raises:
        DataError: no month can be counted as of the day.
    """
    holdings, panel, known = _counted(case, day, seed)
    forecast = forecast_from_panel(case, panel, seed)
    return AsKnown(known, holdings, panel, read_ledger(case, known), forecast)


def as_issued(case: Case, issue: Issue) -> AsKnown:
    """Reads what was known of a case on the day of an issued brief, with the forecast that it gave.

    Raises:
        DataError: no month can be counted as of the day any more.
    """
    holdings, panel, known = _counted(case, issue.known, issue.seed)
    forecast = DeathsForecast(read_draws(issue.draws("country")), read_draws(issue.draws("place")))
    return AsKnown(known, holdings, panel, read_ledger(case, known), forecast, issue)


def forecast_from_panel(case: Case, panel: Panel, seed: int) -> DeathsForecast | None:
    """The forecast of deaths from a panel, as in the brief; None with fewer than `LEAST_MONTHS` known."""
    if len(panel.stretch) < LEAST_MONTHS:
        return None
    whole = forecast_deaths(case, histories_of_parts(panel, case, Measure.DEATHS), seed)
    return DeathsForecast(whole.country, whole.places)


def forecast_deaths(case: Case, pasts: Mapping[By, History], seed: int) -> Coherent:
    """The pool's forecast of deaths, as many months ahead as the case names; kept once for all who ask.

    ``pasts`` holds the history of deaths by each of `vedette.model.PARTS`.
    """
    return case.cache.keep(forecast_coherent, Pool(), pasts, case.horizon, DRAWS, seed)


def _counted(case: Case, day: date | None, seed: int) -> tuple[Holdings, Panel, date]:
    holdings = gather(case, Step.MONTH, day or case.as_of)
    known = day or case.as_of or present(holdings.cells, case, holdings.step, holdings.covers)
    return holdings, panel_on(holdings, case, known, seed), known


def last_known(case: Case, day: date | None) -> date:
    """The day, by default the as-of of the case, else the last that its data cover.

    Raises:
        DataError: it has no data.
    """
    if known := day or case.as_of:
        return known
    holdings = gather(case, Step.MONTH)
    return present(holdings.cells, case, holdings.step, holdings.covers)


def first_day_known(case: Case) -> date:
    """The last day of the first month that a case can count.

    Raises:
        DataError: it has no data.
    """
    holdings = gather(case, Step.MONTH)
    periods = known_in(holdings.cells, case, Step.MONTH, holdings.covers)
    return last_day(max(periods.covered[0].first, period_of(case.start, Step.MONTH)), Step.MONTH)

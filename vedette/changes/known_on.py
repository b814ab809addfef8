"""What was known of a case on one day: its panel, its forecast and its ledger."""

from dataclasses import dataclass
from datetime import date

from vedette.case import Case
from vedette.evidence import Ledger, read_ledger
from vedette.model import PARTS, Coherent, Measure, Pool, forecast_coherent, panel_history
from vedette.panel import Holdings, Panel, gather, panel_on
from vedette.periods import Step

DRAWS = 2000
"""Futures behind each forecast, as many as in the brief."""
LEAST_MONTHS = 24
"""Months that a forecast learns from, at least."""
FARTHEST = 36
"""The most months ahead that are forecast."""


@dataclass(frozen=True, eq=False)
class AsKnown:
    """A case as known on a day, that day included.

    Attributes:
        day: the day.
        holdings: the cells, as their files had them on the day.
        panel: counts by month, place and stratum.
        ledger: the claims.
        forecast: of deaths, by country and place among others; None where too few months were known.
    """

    day: date
    holdings: Holdings
    panel: Panel
    ledger: Ledger
    forecast: Coherent | None

    @property
    def origin(self) -> int:
        """The last month known."""
        return self.panel.grid.span.last


def as_known(case: Case, day: date, horizon: int, seed: int) -> AsKnown:
    """Reads what was known of a case on a day, and forecasts ``horizon`` months from there.

    Args:
        case: the case, or an edition of it.
        day: the as-of day.
        horizon: the months to forecast.
        seed: of all random streams.

    Raises:
        DataError: no month can be counted as of the day.
    """
    holdings = gather(case, Step.MONTH, day)
    panel = panel_on(holdings, case, day, seed)
    return AsKnown(
        day, holdings, panel, read_ledger(case, day), forecast_from_panel(case, panel, horizon, seed)
    )


def forecast_from_panel(case: Case, panel: Panel, horizon: int, seed: int) -> Coherent | None:
    """The forecast of deaths from a panel, as in the brief; None with fewer than `LEAST_MONTHS` known."""
    if len(panel.stretch) < LEAST_MONTHS:
        return None
    pasts = {by: panel_history(panel, case, Measure.DEATHS, by) for by in PARTS}
    return forecast_coherent(Pool(), pasts, horizon, DRAWS, seed)

"""Scores of a registered forecast, with the cells still open and those revised since."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import polars as pl

from vedette.model import YEAR, Conflictology, Forecast, History, IntArray
from vedette.model import forecast as forecast_from
from vedette.periods import label, parse
from vedette.score.cells import score_forecast
from vedette.score.register.register import Issued, known_table
from vedette.score.rolling import TAIL, recently_active
from vedette.score.scorecard import Scorecard, Terms

LEVELS = (0.5, 0.8, 0.9)


@dataclass(frozen=True, eq=False)
class ScoredForecast:
    """A registered forecast against the data known now.

    ``card`` scores it beside a conflictology of the counts known then, over the periods that have come and
    were observed; None while none has. ``open`` counts the cells still to come. ``revised`` holds the cells
    up to the origin that say something else now: period, unit, then, now (null where there is none).
    """

    issued: Issued
    card: Scorecard | None
    open: int
    revised: pl.DataFrame

    def row(self) -> dict[str, object]:
        """The outcome in one line; empty scores while nothing has come."""
        line: dict[str, object] = {
            "id": self.issued.id,
            "scored": 0,
            "open": self.open,
            "crps_fair": None,
            "skill": None,
            "inside_90": None,
            "revised": self.revised.height,
            "revised_by": self._revised_by(),
        }
        if self.card is not None:
            base = self.card.models[-1]
            means = self.card.means("model").row(0, named=True)
            skill = self.card.skill(base)["skill"][0] if base != self.issued.model else None
            coverage = self.card.coverage("model").filter(model=self.issued.model, level=0.9)["share"][0]
            line |= {"scored": means["cells"], "crps_fair": means["crps_fair"]}
            line |= {"skill": skill, "inside_90": coverage}
        return line

    def _revised_by(self) -> int:
        now, then = (self.revised[name].fill_null(0).to_numpy().sum() for name in ("now", "then"))
        return int(now - then)


def score_issued(
    issued: Issued, ahead: Forecast, known: pl.DataFrame, now: History, unknown: Collection[int] = ()
) -> ScoredForecast:
    """Scores a registered forecast against the history known now.

    Args:
        issued: what the register says.
        ahead: its draws.
        known: the counts known then: period, unit, count.
        now: the history of the same measure and units, as known now.
        unknown: periods within it that no file covers now.
    """
    then = _history(known, ahead, issued)
    places = [place for place, period in enumerate(ahead.periods) if _observed(now, period)]
    units = [unit for unit in ahead.units if unit in now.units]
    remaining = ahead.draws.shape[1] * len(ahead.units) - len(places) * len(units)
    card = _card(_only(ahead, places, units), then, now) if places and units else None
    since = revised(known, now.until(min(ahead.origin, now.span.last)), unknown)
    return ScoredForecast(issued, card, remaining, since)


def revised(known: pl.DataFrame, now: History, unknown: Collection[int] = ()) -> pl.DataFrame:
    """The cells whose counts were revised: period, unit, then, now; null where there is none.

    >>> from vedette.periods import Step
    >>> known = pl.DataFrame({"period": ["2013-06", "2013-07"], "unit": ["IQ-NI"] * 2, "count": [3, 4]})
    >>> revised(known, History.of([[3], [9]], ["IQ-NI"], 24161, Step.MONTH)).rows()
    [('2013-07', 'IQ-NI', 4, 9)]
    """
    gaps = [label(period, now.span.step) for period in unknown]
    counted = known_table(now).filter(~pl.col("period").is_in(gaps))
    both = known.rename({"count": "then"}).join(
        counted.rename({"count": "now"}), on=["period", "unit"], how="full", coalesce=True
    )
    return both.filter(pl.col("then").ne_missing(pl.col("now"))).sort("period", "unit")


def _history(known: pl.DataFrame, ahead: Forecast, issued: Issued) -> History:
    """The counts known then as a history of the units that were forecast."""
    wide = known.pivot("unit", index="period", values="count").sort("period")
    first = parse(str(wide["period"][0]), ahead.step)
    counts = wide.select(ahead.units).to_numpy().astype(np.int64)
    return History.of(counts, ahead.units, first, ahead.step, measure=issued.measure)


def _observed(now: History, period: int) -> bool:
    return period in now.span and bool(now.observed[period - now.span.first])


def _only(ahead: Forecast, places: list[int], units: list[str]) -> Forecast:
    """The periods that have come and the units that still exist."""
    where = [ahead.units.index(unit) for unit in units]
    return Forecast(
        ahead.draws[:, places][:, :, where],
        ahead.origin,
        ahead.step,
        tuple(ahead.horizons[place] for place in places),
        tuple(units),
        ahead.measure,
        ahead.model,
        ahead.seed,
    )


def _card(ahead: Forecast, then: History, now: History) -> Scorecard:
    """The forecast and a conflictology of its own day, scored on the same cells."""
    truth = now.truth[np.asarray(ahead.periods) - now.span.first]
    truth = truth[:, [now.units.index(unit) for unit in ahead.units]]
    units = [then.units.index(unit) for unit in ahead.units]
    year = YEAR[ahead.step]
    active = recently_active(then.truth, year)[-1][units]
    terms = Terms(len(ahead.draws), ahead.seed, 0.9, LEVELS, _high(then.truth), None, year)
    reach = ahead.horizons[-1]
    base = forecast_from(Conflictology(year), then, ahead.origin, reach, len(ahead.draws), ahead.seed)
    places = [horizon - 1 for horizon in ahead.horizons]
    plain = _only(base, places, list(ahead.units))
    both = {each.model: each for each in (ahead, plain)}
    tables = [score_forecast(each, truth, active, terms) for each in both.values()]
    return Scorecard(pl.concat(tables), ahead.measure, terms)


def _high(truth: IntArray) -> float:
    return float(np.quantile(truth, TAIL, method="inverted_cdf"))

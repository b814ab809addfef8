"""The forecast of the first day and that of the last day for the same months, and what moved it."""

from dataclasses import dataclass

import numpy as np

from vedette.case import Case
from vedette.changes.came import ALL, ENDS
from vedette.changes.known_on import AsKnown, forecast_from_panel
from vedette.changes.revised import WhatRevised
from vedette.changes.thresholds import COUNTRY, ERRORS, PLACE, median_error, told
from vedette.changes.wording import day_words
from vedette.model import FloatArray, Forecast
from vedette.panel import panel_on
from vedette.periods import Span, Step, last_day


@dataclass(frozen=True)
class ForecastMoved:
    """Deaths forecast for the same months on the two days: medians with their 90 % intervals.

    ``error`` is the standard error of simulation of the difference of the medians; ``told`` says whether the
    difference is larger than noise: see `vedette.changes.thresholds`.
    """

    unit: str
    name: str
    first: str
    last: str
    then: float
    then_low: float
    then_high: float
    now: float
    now_low: float
    now_high: float
    error: float
    told: bool


@dataclass(frozen=True)
class ForecastsCompared:
    """The forecasts of the two days for the months that both reach.

    Attributes:
        months: these months.
        country: all of them together.
        by_month: each of them in the country.
        places: all of them together by place; those that moved most first.
        with_revisions: the median for the country from the months up to the first day as they stand now, so
            that what is left of the movement comes from the months since; None where nothing was revised.
        draws: futures behind each forecast.
        missing: why there is nothing; else empty.
    """

    months: tuple[str, ...] = ()
    country: ForecastMoved | None = None
    by_month: tuple[ForecastMoved, ...] = ()
    places: tuple[ForecastMoved, ...] = ()
    with_revisions: float | None = None
    draws: int = 0
    missing: str = ""

    @property
    def by_revisions(self) -> float | None:
        """How far revisions of the past moved the median for the country."""
        if self.country is None or self.with_revisions is None:
            return None
        return self.with_revisions - self.country.then

    @property
    def by_months_since(self) -> float | None:
        """How far the months that came moved it."""
        if self.country is None:
            return None
        start = self.country.then if self.with_revisions is None else self.with_revisions
        return self.country.now - start


def compare_forecasts(
    case: Case, then: AsKnown, now: AsKnown, revised: WhatRevised, seed: int
) -> ForecastsCompared:
    """Compares the forecasts of the two days in the months that both reach.

    Where past months were revised, the forecast is made a third time: from the months up to the first day as
    they stand on the last one.
    """
    if then.forecast is None or now.forecast is None:
        return ForecastsCompared(missing="on one of the two days too few months were known to forecast from")
    last = min(then.forecast.country.periods[-1], now.forecast.country.periods[-1])
    span = Span(now.origin + 1, last, Step.MONTH)
    if not len(span):
        return ForecastsCompared(
            missing=f"the forecast of {day_words(then.day)} does not reach beyond {day_words(now.day)}: "
            "no month is in both"
        )
    names, units = case.places.names, then.forecast.places.units
    places = [
        _moved(unit, names.get(unit, unit), span, (then.forecast.places, now.forecast.places), PLACE)
        for unit in units
        if unit in now.forecast.places.units
    ]
    country = (then.forecast.country, now.forecast.country)
    months = [Span(month, month, Step.MONTH) for month in span]
    return ForecastsCompared(
        tuple(span.labels()),
        _moved(ALL, case.country.name, span, country, COUNTRY),
        tuple(_moved(ALL, case.country.name, month, country, COUNTRY) for month in months),
        tuple(sorted(places, key=lambda row: (not row.told, -abs(row.now - row.then), row.unit))),
        _with_revisions(case, then, now, revised, span, seed),
        len(now.forecast.country.draws),
    )


def _with_revisions(
    case: Case, then: AsKnown, now: AsKnown, revised: WhatRevised, span: Span, seed: int
) -> float | None:
    if not (revised.cells or revised.months) or then.forecast is None:
        return None
    panel = panel_on(now.holdings, case, last_day(then.origin, Step.MONTH), seed)
    between = forecast_from_panel(case, panel, seed)
    return None if between is None else float(np.median(_sums(between.country, 0, span)))


def _moved(unit: str, name: str, span: Span, both: tuple[Forecast, Forecast], least: float) -> ForecastMoved:
    then, now = (_sums(each, 0 if unit == ALL else each.units.index(unit), span) for each in both)
    was, was_low, was_high = (float(end) for end in np.quantile(then, (0.5, ENDS, 1 - ENDS)))
    stands, low, high = (float(end) for end in np.quantile(now, (0.5, ENDS, 1 - ENDS)))
    error = float(np.hypot(median_error(then), median_error(now)))
    large = told(was, stands, least * len(span)) and abs(stands - was) > ERRORS * error
    labels = span.labels()
    return ForecastMoved(
        unit, name, labels[0], labels[-1], was, was_low, was_high, stands, low, high, error, large
    )


def _sums(forecast: Forecast, unit: int, span: Span) -> FloatArray:
    """Deaths of a unit over a span in each draw, (S,)."""
    first = span.first - forecast.periods[0]
    return np.asarray(forecast.draws[:, first : first + len(span), unit].sum(axis=1), dtype=np.float64)

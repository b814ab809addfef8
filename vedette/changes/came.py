"""What came against what was forecast on the first day, in the country and in places."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vedette.case import Case
from vedette.changes.known_on import AsKnown, DeathsForecast
from vedette.changes.thresholds import COUNTRY, INSIDE, PLACE, told
from vedette.events import CountingRelease
from vedette.message import Day, Message, joined, say, say_many
from vedette.model import FloatArray, Forecast
from vedette.panel import NOWHERE, Panel
from vedette.panel.grid import Group, Ints
from vedette.periods import Days, Span, Step, first_day, label

ALL = "all"
"""The unit of the country."""
TOTALS = "totals.csv"
ENDS = (1 - INSIDE) / 2
OBSERVED, ESTIMATED = "observed", "estimated"


@dataclass(frozen=True)
class Came:
    """Deaths that came in a unit over some months, against the forecast of the first day.

    Attributes:
        unit: id of a place; ``all`` for the country.
        name: its name.
        first: the first month, like 2014-06.
        last: the last month.
        came: deaths by the best estimate; the median where they are estimated in draws.
        came_low: the 5 % quantile over draws of the panel.
        came_high: the 95 % quantile.
        mark: ``observed``, or ``estimated`` where draws of the panel differ.
        median: of the forecast; None without one, like all that follows.
        low: the 5 % quantile of the forecast.
        high: the 95 % quantile.
        below: the share of the draws of the forecast below what came, equal ones counted half.
        miss: ``above`` or ``below`` where what came lies outside the middle 90 %; else empty.
        told: whether the miss is large enough to be told: see `vedette.changes.thresholds`.
    """

    unit: str
    name: str
    first: str
    last: str
    came: float
    came_low: float
    came_high: float
    mark: str
    median: float | None = None
    low: float | None = None
    high: float | None = None
    below: float | None = None
    miss: str = ""
    told: bool = False


@dataclass(frozen=True)
class DeathSeries:
    """The series of deaths that some months are counted in: its name, and the file it is read from."""

    name: str
    file: str
    months: tuple[str, ...]

    @property
    def words(self) -> Message:
        """The name and the file."""
        return say("{series}, {file}", series=self.name, file=self.file)

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class OtherCount:
    """What another series of deaths says of a month; it is not compared with the forecast."""

    month: str
    series: str
    deaths: int
    counted: int


@dataclass(frozen=True)
class WhatCame:
    """Deaths since the first day against its forecast.

    Attributes:
        months: the months that were completed between the two days and that the data hold.
        country: all of them together.
        by_month: each of them in the country; empty for a single month.
        places: all of them together by place; the largest misses first.
        learned: the series that the forecast learned from.
        counted: the series of what came.
        other: what other series say of the same months.
        draws: futures behind the forecast; 0 without one.
        unplaced: deaths that lie in no single place, or in no single month, and are spread over draws.
        expected_misses: how many of the places are to be outside the middle 90 % if all forecasts are right.
        missing: why there is nothing, or no forecast; else empty.
    """

    months: tuple[str, ...] = ()
    country: Came | None = None
    by_month: tuple[Came, ...] = ()
    places: tuple[Came, ...] = ()
    learned: tuple[DeathSeries, ...] = ()
    counted: tuple[DeathSeries, ...] = ()
    other: tuple[OtherCount, ...] = ()
    draws: int = 0
    unplaced: float = 0.0
    expected_misses: float = 0.0
    missing: str = ""

    @property
    def misses(self) -> tuple[Came, ...]:
        """The places whose miss is told, the largest first."""
        return tuple(place for place in self.places if place.told)


def what_came(case: Case, then: AsKnown, now: AsKnown) -> WhatCame:
    """Holds the deaths of the months since the first day against the forecast of that day."""
    since = Span(then.origin + 1, now.origin, Step.MONTH)
    if not len(since):
        return WhatCame(missing=_nothing(then, now))
    covered = now.panel.covered[since.first - now.panel.grid.span.first :]
    if not covered.all():
        gaps = [_month(month) for month, known in zip(since, covered, strict=True) if not known]
        return WhatCame(
            missing=say(
                "no file covers {months}, so that what came since is not known", months=joined(gaps, ", ")
            )
        )
    forecast = then.forecast
    reached = (
        since
        if forecast is None
        else Span(since.first, min(since.last, forecast.country.periods[-1]), Step.MONTH)
    )
    country = None if forecast is None else _path(forecast.country, 0, reached)
    whole = _counts(now.panel, now.panel.grid.everywhere, reached)[:, :, 0]
    names = {**case.places.names, NOWHERE: NOWHERE.capitalize()}
    groups = now.panel.grid.places
    local = _counts(now.panel, groups, reached)
    rows = [
        _row(unit, names[unit], reached, local[:, :, place], _of(forecast, unit, reached), PLACE)
        for place, (unit, _) in enumerate(groups)
    ]
    places = sorted(rows, key=lambda row: (not row.told, -abs(row.came - (row.median or 0.0)), row.unit))
    months = [
        _row(
            ALL,
            case.country.name,
            Span(month, month, Step.MONTH),
            whole[:, [number]],
            None if country is None else country[:, [number]],
            COUNTRY,
        )
        for number, month in enumerate(reached)
    ]
    return WhatCame(
        tuple(reached.labels()),
        _row(ALL, case.country.name, reached, whole, country, COUNTRY),
        tuple(months) if len(months) > 1 else (),
        tuple(places),
        tuple(series_of(case, then, then.panel.grid.span)),
        tuple(series_of(case, now, reached)),
        tuple(_other(case, now, reached, whole)),
        0 if forecast is None else len(forecast.country.draws),
        float(np.median(whole.sum(axis=1))) - float(local.sum(axis=1).min(axis=0).sum()),
        0.0 if forecast is None else (1 - INSIDE) * len(rows),
        _unforecast(then) if forecast is None else _cut(reached, since),
    )


def series_of(case: Case, known: AsKnown, span: Span) -> Iterator[DeathSeries]:
    """The series that the deaths of some months are counted in."""
    panel = known.panel
    estimated = {
        month
        for month, marked in zip(panel.grid.span, panel.estimated, strict=True)
        if marked and month in span
    }
    counted = tuple(label(month, Step.MONTH) for month in span if month not in estimated)
    if counted:
        release = known.holdings.releases_to(known.day) or dataset_name(case)
        yield DeathSeries(
            say("events of {release}", release=release), known.holdings.origins[case.dataset], counted
        )
    if estimated:
        yield DeathSeries(
            say("national totals by month"), TOTALS, tuple(label(m, Step.MONTH) for m in sorted(estimated))
        )


def dataset_name(case: Case) -> str:
    """The name of the data set that a case counts, like UCDP GED."""
    return CountingRelease(case.dataset, "", Days(case.start, case.start)).title


def _counts(panel: Panel, groups: tuple[Group, ...], span: Span) -> Ints:
    """Deaths by draw of the panel, month and group."""
    return np.asarray(panel.series("best", groups, span).sum(axis=3))


def _of(forecast: DeathsForecast | None, unit: str, span: Span) -> FloatArray | None:
    """Draws of a place in the months of a span, (S, months); None where it was not forecast."""
    if forecast is None or unit not in forecast.places.units:
        return None
    return _path(forecast.places, forecast.places.units.index(unit), span)


def _path(forecast: Forecast, unit: int, span: Span) -> FloatArray:
    """Draws of a unit in the months of a span, (S, months)."""
    first = span.first - forecast.periods[0]
    return np.asarray(forecast.draws[:, first : first + len(span), unit], dtype=np.float64)


def _row(unit: str, name: str, span: Span, counts: Ints, ahead: FloatArray | None, least: float) -> Came:
    """A row from counts (panel draws, months) and a forecast (draws, months)."""
    totals, labels = counts.sum(axis=1), span.labels()
    low, came, high = (
        float(np.quantile(totals, level, method="inverted_cdf")) for level in (ENDS, 0.5, 1 - ENDS)
    )
    mark = OBSERVED if low == high else ESTIMATED
    about = (unit, name, labels[0], labels[-1], came, low, high, mark)
    if ahead is None:
        return Came(*about)
    sums = np.sort(ahead.sum(axis=1))
    left, right = (np.searchsorted(sums, totals, side=side).mean() / len(sums) for side in ("left", "right"))
    below = float(left + right) / 2
    miss = "above" if below > 1 - ENDS else "below" if below < ENDS else ""
    bottom, median, top = (float(end) for end in np.quantile(sums, (ENDS, 0.5, 1 - ENDS)))
    large = bool(miss) and told(median, came, least * len(span))
    return Came(*about, median, bottom, top, below, miss, large)


def _other(case: Case, now: AsKnown, span: Span, whole: Ints) -> Iterator[OtherCount]:
    """The national totals of months that are counted in events, where they say something else."""
    if case.totals is None:
        return
    known = dict(case.totals.select("period", "deaths").iter_rows())
    start = now.panel.grid.span.first
    for number, month in enumerate(span):
        name, counted = label(month, Step.MONTH), int(np.median(whole[:, number]))
        if name in known and not now.panel.estimated[month - start] and known[name] != counted:
            yield OtherCount(name, f"national totals by month, {TOTALS},", int(known[name]), counted)


def _nothing(then: AsKnown, now: AsKnown) -> str:
    return say(
        "no month of data was completed between the two days: the data end with {then} on {first}, with "
        "{now} on {last}",
        then=_month(then.origin),
        first=Day.at(then.day, "day"),
        now=_month(now.origin),
        last=Day.at(now.day, "day"),
    )


def _month(period: int) -> Day:
    return Day.at(first_day(period, Step.MONTH), "year")


def _unforecast(then: AsKnown) -> str:
    return say(
        "too few months were known on {day} to forecast from: {months} in a row",
        day=Day.at(then.day, "day"),
        months=len(then.panel.stretch),
    )


def _cut(reached: Span, since: Span) -> str:
    if len(reached) == len(since):
        return ""
    return say_many(
        len(reached),
        "the forecast of the first day reaches {count} month, to {last}; what came after is not held "
        "against it",
        "the forecast of the first day reaches {count} months, to {last}; what came after is not held "
        "against it",
        last=_month(reached.last),
    )

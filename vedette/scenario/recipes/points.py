"""The points of a series of the case, as known on a day: one for each period, with draws of its doubt."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from vedette.errors import DataError, EventsError
from vedette.model import FloatArray, IntArray
from vedette.panel import Panel, gather
from vedette.periods import Step, label, period_of
from vedette.plurals import counted
from vedette.problems import did_you_mean, wrong
from vedette.randomness import rng_stream
from vedette.scenario.language.from_case import SEED, FromCase
from vedette.scenario.recipes.pooling import ClaimFigure, figures_of, pooled, weights_of
from vedette.scenario.recipes.series import By, RecipeMonths, SeriesEntry

DRAWS = 400
"""Draws of the doubt of each point, but for counts, which have those of the panel."""
_MONTHS: dict[By, int] = {"month": 1, "quarter": 3, "year": 12}
_UNIT = re.compile(r"(?P<unit>[^,]+?)(?: an? (?P<per>month|year))?")
_HALF = 0.5
"""What a period without a death or event counts for where a logarithm is taken."""


@dataclass(frozen=True, eq=False)
class SeriesPoints:
    """The points of a series.

    Attributes:
        at: the number of the period of each point, in order (n,).
        labels: how each period is written.
        values: draws, in ``unit`` a month for counts and sums, (S, n).
        claims, sources: what they rest on.
        rivals: in how many periods figures of several sources clash.
        imputed: in how many periods counts are estimated from a partial file and totals.
    """

    at: IntArray
    labels: tuple[str, ...]
    values: FloatArray
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    rivals: int = 0
    imputed: int = 0

    def __len__(self) -> int:
        return len(self.at)

    @property
    def logs(self) -> FloatArray:
        """Logarithms of the draws, (S, n); what is below a half counts as a half."""
        return np.asarray(np.log(np.maximum(self.values, _HALF)))

    @property
    def middles(self) -> FloatArray:
        """The median of each point, (n,)."""
        return np.asarray(np.median(self.values, axis=0))

    def only(self, at: Collection[int]) -> "SeriesPoints":
        """The points of some periods."""
        keep = [place for place, period in enumerate(self.at.tolist()) if period in at]
        labels = tuple(self.labels[place] for place in keep)
        return replace(self, at=self.at[keep], labels=labels, values=self.values[:, keep])


def points_of(
    series: SeriesEntry, by: By, interval: RecipeMonths, known: FromCase, column: str
) -> SeriesPoints:
    """The points of a series, month by month, by quarter or by year, known on the day of ``known``.

    Args:
        series: the series.
        by: the length of a period.
        interval: the first and the last month; later than the day nothing is known.
        known: the case and the day.
        column: the key of the recipe, for messages.

    Raises:
        PydanticCustomError: the case has no such series at all.
    """
    match series.kind:
        case "deaths" | "events":
            return _counts(series, by, interval, known, column)
        case "posture":
            return _posture(series, by, interval, known, column)
        case _:
            return _figures(series, by, interval, known, column)


def written(at: int, by: By) -> str:
    """How a period is written: ``2014``, ``2014-Q2``, ``2014-06``."""
    match by:
        case "year":
            return str(at)
        case "quarter":
            return f"{at // 4}-Q{at % 4 + 1}"
    return label(at, Step.MONTH)


def _counts(
    series: SeriesEntry, by: By, interval: RecipeMonths, known: FromCase, column: str
) -> SeriesPoints:
    case, stratum = known.case, str(getattr(series, series.kind))
    strata = [each.id for each in case.strata]
    if stratum not in (*strata, "all"):
        cure = did_you_mean(stratum, [*strata, "all"])
        raise wrong(f"{column}.{series.kind}", "a stratum of the case, or all", stratum, cure)
    for place in series.places:
        if place not in case.places.ids:
            cure = did_you_mean(place, case.places.ids)
            raise wrong(f"{column}.places", "places of the case", place, cure)
    panel = _panel(known, f"{column}.{series.kind}")
    if panel is None:
        return _made((), (), by)
    grid = panel.grid
    chosen = series.places or tuple(case.places.ids)
    parts = [part for place, group in grid.places if place in chosen for part in group]
    group = ("chosen", tuple(parts)) if series.places else grid.everywhere[0]
    measure = "true" if series.kind == "deaths" else "events"
    whole = panel.series(measure, [group])[:, :, 0, :]
    columns = list(range(len(grid.strata))) if stratum == "all" else [grid.strata.index(stratum)]
    values = whole[:, :, columns].sum(axis=2) * float(series.times)
    first, last = interval.bounds(known.day)
    inside = [
        place for place, month in enumerate(grid.span) if panel.covered[place] and first <= month <= last
    ]
    periods: dict[int, list[int]] = {}
    for index in inside:
        periods.setdefault((grid.span.first + index) // _MONTHS[by], []).append(index)
    kept = {at: months for at, months in periods.items() if 2 * len(months) >= _MONTHS[by]}
    draws = [values[:, months].mean(axis=1) for months in kept.values()]
    imputed = sum(bool(panel.estimated[months].any()) for months in kept.values())
    source = f"{case.dataset} counts of this case"
    return _made(kept, draws, by, sources=(source,), imputed=imputed)


def _panel(known: FromCase, column: str) -> Panel | None:
    """The panel known on the day; None where the counts of the case begin later."""
    try:
        return known.panel
    except (DataError, EventsError) as error:
        try:
            gather(known.case)
        except (DataError, EventsError):
            raise wrong(column, "a case with event counts", "none", str(error)) from error
        return None


def _posture(
    series: SeriesEntry, by: By, interval: RecipeMonths, known: FromCase, column: str
) -> SeriesPoints:
    table = known.case.posture
    for key, name, cell in (
        ("posture", "kind", series.posture),
        ("backer", "backer", series.backer),
        ("series", "series", series.series),
    ):
        have = sorted(set(table[name]))
        if cell is not None and cell not in have:
            raise wrong(f"{column}.{key}", f"a {name} of posture.csv", cell, did_you_mean(cell, have))
        table = table.filter(pl.col(name) == cell) if cell is not None else table
    if known.as_of is not None:
        table = table.filter(pl.col("date") <= known.as_of)
    table = table.filter(pl.col("basis") != "recalled")
    first, last = interval.bounds(known.day)
    periods: dict[int, list[float]] = {}
    sources = set()
    for row in table.sort("date").iter_rows(named=True):
        month = period_of(row["date"], Step.MONTH)
        if first <= month <= last:
            periods.setdefault(month // _MONTHS[by], []).append(float(row["value"]) * float(series.times))
            sources.add(row["source"])
    rng = rng_stream(SEED, "recipe", series.words, by)
    draws = [np.array(values)[rng.integers(0, len(values), DRAWS)] for values in periods.values()]
    return _made(periods, draws, by, sources=sources)


def _figures(
    series: SeriesEntry, by: By, interval: RecipeMonths, known: FromCase, column: str
) -> SeriesPoints:
    first, last = interval.bounds(known.day)
    periods: dict[int, list[ClaimFigure]] = {}
    for figure in series_figures(series, known, column):
        if first <= month_given(figure) <= last:
            periods.setdefault(month_given(figure) // _MONTHS[by], []).append(figure)
    rule = series.rivals or "equal"
    counting = {at: figures for at, figures in periods.items() if weights_of(figures, rule).sum()}
    draws = [
        pooled(figures, rule, DRAWS, rng_stream(SEED, "recipe", series.words, by, at))
        for at, figures in counting.items()
    ]
    every = [figure for figures in counting.values() for figure in figures]
    rivals = sum(len({one.origin for one in figures}) > 1 for figures in counting.values())
    claims = sorted({figure.claim for figure in every})
    return _made(
        counting, draws, by, claims=claims, sources={figure.source for figure in every}, rivals=rivals
    )


def series_figures(series: SeriesEntry, known: FromCase, column: str) -> list[ClaimFigure]:
    """The figures of a series of strengths or figures, as amounts a month, times its factor.

    Raises:
        PydanticCustomError: no claim of the case gives such a figure, known by the day or later.
    """
    strength = series.kind == "strength"
    relation = "strength" if strength else str(series.figures)
    subject = str(series.strength if strength else series.subject)
    found = figures_of(known.ledger, relation, subject)
    if not found and not figures_of(known.whole_ledger, relation, subject):
        claims = known.case.claims.filter(relation=relation, polarity="+").drop_nulls("low")
        cure = did_you_mean(subject, sorted(set(claims["subject"])))
        where = "strength" if strength else "subject"
        raise wrong(f"{column}.{where}", f"an actor with claims of {relation}", subject, cure)
    usable = [each for each in found if each.unit == "persons"] if strength else monthly(found)
    times = float(series.times)
    return [replace(each, low=each.low * times, high=each.high * times) for each in usable]


def month_given(figure: ClaimFigure) -> int:
    """The month in the middle of the time for which a figure is given."""
    return period_of(date.fromordinal((figure.first + figure.last) // 2), Step.MONTH)


def monthly(figures: Sequence[ClaimFigure]) -> list[ClaimFigure]:
    """Figures of whole months in the unit that most have, as amounts a month.

    A sum over several months is divided evenly; one whose interval holds others in the same unit is left
    out, since the finer ones say it too.
    """
    units = [match["unit"] for each in figures if (match := _UNIT.fullmatch(each.unit))]
    most = max(sorted(set(units)), key=units.count, default="")
    kept = []
    for figure in figures:
        match = _UNIT.fullmatch(figure.unit)
        whole = len(figure.said_from) in (4, 7) and len(figure.said_to) in (4, 7)
        if match is None or match["unit"] != most or not whole:
            continue
        first, last = (period_of(date.fromordinal(day), Step.MONTH) for day in (figure.first, figure.last))
        share = {"month": 1, "year": 12, None: last - first + 1}[match["per"]]
        kept.append(replace(figure, low=figure.low / share, high=figure.high / share))
    return [one for one in kept if not any(_holds(one, other) for other in kept)]


def _holds(one: ClaimFigure, other: ClaimFigure) -> bool:
    ends = (one.first, one.last)
    return ends != (other.first, other.last) and ends[0] <= other.first and other.last <= ends[1]


def _made(
    periods: Collection[int],
    draws: Sequence[FloatArray],
    by: By,
    claims: Iterable[str] = (),
    sources: Iterable[str] = (),
    rivals: int = 0,
    imputed: int = 0,
) -> SeriesPoints:
    order = sorted(range(len(periods)), key=list(periods).__getitem__)
    at = np.array([list(periods)[place] for place in order], dtype=np.int64)
    values = np.stack([draws[place] for place in order], axis=1) if order else np.zeros((1, 0))
    labels = tuple(written(int(period), by) for period in at)
    return SeriesPoints(at, labels, values, tuple(claims), tuple(sorted(sources)), rivals, imputed)


def spoken(labels: Sequence[str]) -> str:
    """Periods in words, or their number where there are more than eight.

    >>> spoken(["2011", "2012"]), spoken([str(year) for year in range(2001, 2010)])
    ('2011, 2012', '9 periods from 2001 to 2009')
    """
    if len(labels) <= 8:
        return ", ".join(labels)
    return f"{counted(len(labels), 'period')} from {labels[0]} to {labels[-1]}"

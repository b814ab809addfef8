"""Say how much violence there was: where, when, between whom, and against the norm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from vedette.brief.blocks import Caption, Chart, Shown
from vedette.brief.charts import count_view
from vedette.brief.charts.maps import ladder, rung_labels
from vedette.brief.charts.style import LADDER
from vedette.brief.figures import NO_FILE, CellFormat, Column, Figure, Mark, Table
from vedette.brief.pages.deaths_now import norm_line, norm_table, norm_words
from vedette.brief.pages.norm import SPANS, AgainstNorm, compared
from vedette.brief.sections.columns import series as series_columns
from vedette.commands.counting_violence import EVERYWHERE, CountedViolence
from vedette.errors import UsageError
from vedette.model import Measure
from vedette.panel import NOWHERE, WithoutPlace, spread_by_period, without_place, written
from vedette.periods import Span, Step, parse
from vedette.plurals import counted as counted_words

SHOWN = 36
"""Periods that are shown where nothing else is asked for."""
_YEAR = 12
SHADES = len(LADDER) - 1
"""Shades of a map besides that of none."""


@dataclass(frozen=True)
class ViolenceQuery:
    """Which violence is asked for; a field left empty lets all through.

    ``place`` is an area or a region by id or name, ``stratum`` one by id, ``first`` and ``last`` periods by
    their labels (``2019-07``); the last `SHOWN` of the data where both are left out.
    """

    place: str | None = None
    stratum: str | None = None
    first: str | None = None
    last: str | None = None
    measure: str = Measure.DEATHS


@dataclass(frozen=True, eq=False)
class ViolenceResult:
    """How much violence there was in a span of periods.

    Attributes:
        counted: what the case counts.
        query: what was asked.
        group: the group of parts that the place means.
        strata: the strata counted; None for all.
        span: the periods.
        total: ``low, best, high, events, mark`` over the known periods of the span.
        unknown: the runs of periods of the span that no file covers.
        series: ``period, low, best, high, events, mark`` of the place and strata asked for.
        strata_series: the same by ``stratum``, where all are asked for.
        by_place: by area, then what lies in none: see `_by_place`; no rows for a case without areas.
        norms: the last month, quarter and year of the span against the norm; none where periods are no months
            or where the span ends before the data of a year.
        unplaced: the deaths of the span without a place, of all strata; None for a case without areas.
    """

    counted: CountedViolence
    query: ViolenceQuery
    group: str
    strata: tuple[str, ...] | None
    span: Span
    total: Mapping[str, Any]
    unknown: tuple[Span, ...]
    series: pl.DataFrame
    strata_series: pl.DataFrame
    by_place: pl.DataFrame
    norms: tuple[AgainstNorm, ...]
    unplaced: WithoutPlace | None

    @property
    def first(self) -> str:
        """The label of the first period."""
        return self.span.labels()[0]

    @property
    def last(self) -> str:
        """The label of the last period."""
        return self.span.labels()[-1]

    @property
    def value(self) -> str:
        """The column of tables that is asked for."""
        return "best" if self.query.measure == Measure.DEATHS else "events"

    @property
    def where(self) -> str:
        """What the place is called."""
        return self.counted.names[self.group]

    @property
    def who(self) -> str:
        """What the stratum is called; empty for all."""
        return self.counted.tables.strata[self.strata[0]] if self.strata else ""

    @property
    def national(self) -> int:
        """Deaths of the country in the span, all strata, best estimate."""
        counted = self.counted
        row = counted.tables.over(self.span, [counted.groups[EVERYWHERE]]).row(0, named=True)
        return int(row["best"])

    @property
    def gaps(self) -> str:
        """The periods that no file covers, in words; empty where there are none."""
        return ", ".join(map(written, self.unknown))

    def norm(self) -> Shown | None:
        """The last month, quarter and year against the norm, as on the first page of a brief."""
        return norm_table(self.counted.tables, self.norms, norm_line(self.norms[-1])) if self.norms else None

    def chart(self) -> Chart:
        """The series: all strata together or one, then each apart."""
        tables, deaths = self.counted.tables, self.value == "best"
        rows = [self.series.with_columns(pl.lit(self.who or "All").alias("stratum"))]
        named = {key: name for key, name in tables.strata.items() if self._any(key)}
        if not self.strata and len(named) > 1:
            each = self.strata_series.filter(pl.col("stratum").is_in(list(named)))
            rows.append(each.with_columns(pl.col("stratum").replace_strict(named)).drop("group"))
        shown = pl.concat(
            [row.select("stratum", "period", "low", "best", "high", "events", "mark") for row in rows]
        )
        if not deaths:
            shown = shown.with_columns(pl.col("events").alias(name) for name in ("low", "best", "high"))
        mark = _weakest(self.series)
        step = str(tables.span.step)
        unit = f"deaths a {step}" if deaths else f"events a {step}"
        title = f"{'Deaths' if deaths else 'Events'} by {step}, {self.where}"
        figure = Figure(
            "violence-by-period",
            title,
            mark,
            tables.chain(mark),
            unit,
            table=Table.of(shown, series_columns(step, Column("stratum", "between"))),
        )
        caption = Caption(
            "violence-series",
            "",
            f"{title}, {self.first} to {self.last}; each pane has its own scale",
            f"Bars of {unit}. The numbers are in the table below the chart.",
            f"{step.capitalize()}s that no file covers are left blank: {self.gaps}." if self.unknown else "",
        )
        return count_view(caption, figure)

    def _any(self, stratum: str) -> bool:
        own = self.strata_series.filter(stratum=stratum)
        return bool((own["high"].fill_null(0) > 0).any() or (own["events"].fill_null(0) > 0).any())

    def places(self) -> Shown:
        """The areas as a table, the most first."""
        mark = _weakest(self.by_place)
        figure = Figure(
            "violence-by-place",
            f"Violence by place, {self.first} to {self.last}",
            mark,
            self.counted.tables.chain(mark),
            "deaths",
            table=Table.of(self.by_place, _PLACES),
        )
        return Shown(figure, f"By place, {self.first} to {self.last}")

    def document(self) -> dict[str, Any]:
        """Returns the query, the total, the series, the places, the norms and what has no place."""
        return {
            "case": self.counted.case.id,
            "edition": self.counted.case.edition,
            "as_of": self.counted.day,
            "place": None if self.group == EVERYWHERE else self.group,
            "stratum": self.query.stratum,
            "from": self.first,
            "to": self.last,
            "total": dict(self.total),
            "unknown": [written(each) for each in self.unknown],
            "series": self.series.drop("group").to_dicts(),
            "by_place": self.by_place.to_dicts(),
            "norms": [_norm_document(each) for each in self.norms],
            "unplaced": self.unplaced.document() if self.unplaced else None,
        }


_PLACES = (
    Column("name", "place"),
    Column("best", "deaths, best", CellFormat.NUMBER),
    Column("low", "low", CellFormat.NUMBER),
    Column("high", "high", CellFormat.NUMBER),
    Column("events", "events", CellFormat.NUMBER),
    Column("year", "12 months to the last", CellFormat.NUMBER),
    Column("norm", "five-year norm", CellFormat.NUMBER),
    Column("against", "against the norm"),
    Column("mark", "mark"),
)


def violence(counted: CountedViolence, query: ViolenceQuery) -> ViolenceResult:
    """Returns how much violence there was, for what a query asks.

    Raises:
        UsageError: a place or stratum that the case does not have, or periods out of its data.
    """
    group, strata, span = (
        counted.group_of(query.place),
        counted.strata_of(query.stratum),
        span_of(counted, query),
    )
    tables = counted.tables
    total = tables.over(span, [counted.groups[group]], strata).row(0, named=True)
    labels = span.labels()
    inside = pl.col("group").eq(group) & pl.col("period").is_in(labels)
    by_stratum = counted.by_stratum.filter(inside)
    series = by_stratum.filter(stratum=strata[0]).drop("stratum") if strata else counted.in_all.filter(inside)
    found = without_place(counted.panel, counted.case, [span])
    return ViolenceResult(
        counted,
        query,
        group,
        strata,
        span,
        total,
        _gaps_in(counted, span),
        series,
        by_stratum,
        _by_place(counted, span, strata=strata),
        _norms(counted, group, strata=strata, last=span.last),
        found[0] if found else None,
    )


def span_of(counted: CountedViolence, query: ViolenceQuery) -> Span:
    """The periods that a query asks for."""
    whole = counted.tables.span
    last = parse(query.last, whole.step) if query.last else whole.last
    first = parse(query.first, whole.step) if query.first else max(whole.first, last - SHOWN + 1)
    for named, period, text in (("from", first, query.first), ("to", last, query.last)):
        if period not in whole:
            labels = whole.labels()
            raise UsageError(
                f"{named} {text}: expected a {whole.step} of the data, {labels[0]} to {labels[-1]}. "
                "Choose one between them."
            )
    if first > last:
        raise UsageError(
            f"from {query.first} to {query.last}: expected a first {whole.step} before the last."
        )
    return Span(first, last, whole.step)


def _gaps_in(counted: CountedViolence, span: Span) -> tuple[Span, ...]:
    """The runs of periods within a span that no file covers."""
    cut = (
        Span(max(gap.first, span.first), min(gap.last, span.last), span.step) for gap in counted.panel.gaps
    )
    return tuple(each for each in cut if len(each))


def _norms(
    counted: CountedViolence, group: str, *, strata: Sequence[str] | None, last: int
) -> tuple[AgainstNorm, ...]:
    """The last month, quarter and year against the norm."""
    if counted.tables.span.step is not Step.MONTH:
        return ()
    deaths = counted.expected(group, strata)
    spans = [Span(last - months + 1, last, Step.MONTH) for months in SPANS]
    return tuple(
        compared(counted.tables, span, deaths, _now(counted, span, groups=[group], strata=strata)[0])
        for span in spans
        if span.first >= counted.tables.span.first
    )


def _now(
    counted: CountedViolence, span: Span, *, groups: Sequence[str], strata: Sequence[str] | None
) -> list[dict[str, Any] | None]:
    """The rows of `CountTables.over` of groups; None for each where no file covers a part of the span."""
    if _gaps_in(counted, span):
        return [None] * len(groups)
    return [
        *counted.tables.over(span, [counted.groups[each] for each in groups], strata).iter_rows(named=True)
    ]


def _by_place(counted: CountedViolence, span: Span, *, strata: Sequence[str] | None) -> pl.DataFrame:
    """By area, the most first, then what lies in no place.

    Columns: ``group, name, low, best, high, events, mark`` of the span, and of the twelve months to its end
    ``year`` (best estimate), ``norm`` and ``against``, the norm in words.
    """
    schema = {"group": pl.String, **{column.key: pl.String for column in _PLACES}}
    groups = [each for each in (*counted.areas, NOWHERE) if each in counted.groups]
    if not counted.areas:
        return pl.DataFrame(schema=schema)
    rows = counted.tables.over(span, [counted.groups[each] for each in groups], strata)
    year = Span(span.last - _YEAR + 1, span.last, span.step)
    against: list[dict[str, Any]] = [{"year": None, "norm": None, "against": ""}] * len(groups)
    if span.step is Step.MONTH and year.first >= counted.tables.span.first:
        against = [
            _against(compared(counted.tables, year, counted.expected(group, strata), now))
            for group, now in zip(groups, _now(counted, year, groups=groups, strata=strata), strict=True)
        ]
    named = rows.with_columns(pl.col("group").replace_strict(dict(counted.names)).alias("name"))
    table = pl.concat([named, pl.DataFrame(against, infer_schema_length=None)], how="horizontal")
    return table.sort(pl.col("group") == NOWHERE, "best", "name", descending=[False, True, False])


def _against(row: AgainstNorm) -> dict[str, Any]:
    return {
        "year": None if row.now is None else row.now["best"],
        "norm": None if row.norm is None else round(row.norm),
        "against": str(norm_words(row)),
    }


def _norm_document(row: AgainstNorm) -> dict[str, Any]:
    labels = row.span.labels()
    return {"from": labels[0], "to": labels[-1], "now": row.now, "years": row.years, "norm": row.norm}


def _weakest(rows: pl.DataFrame) -> Mark:
    return Mark.ESTIMATED if (rows["mark"] == Mark.ESTIMATED.value).any() else Mark.OBSERVED


Count = tuple[int, int, int, bool]
"""Best, low and high, and whether it is estimated; of events the number three times."""


@dataclass(frozen=True, eq=False)
class AreasByPeriod:
    """Violence by area and period, for a map whose period changes.

    Attributes:
        periods: labels, in order.
        areas: by area the number of each period; None where no file covers it.
        country: the number of the whole country.
        apart: in each period, in no area of the case.
        spread: in each period, spread over the areas since nobody names one.
        steps: where the colours of the map change, from 1 on; the same for all periods.
    """

    periods: Sequence[str]
    areas: Mapping[str, Sequence[Count | None]]
    country: Sequence[Count | None]
    apart: Sequence[int]
    spread: Sequence[int]
    steps: Sequence[int]

    @property
    def labels(self) -> list[str]:
        """What each colour stands for, from none on."""
        return rung_labels(list(self.steps))

    @property
    def shades(self) -> list[int]:
        """The shade of each colour, from none on: 0, then up to `SHADES`, the darkest always used."""
        return [0, *range(SHADES + 1 - len(self.steps), SHADES + 1)]

    def shade_of(self, count: Count | None) -> int | None:
        """The shade of a count; None where it is not known."""
        return None if count is None else self.shades[sum(count[0] >= step for step in self.steps)]

    def table(self) -> pl.DataFrame:
        """Returns a row for each area and period: ``period, place, best, low, high, mark``."""
        rows = [
            (period, place, *(count[:3] if count else (None,) * 3), _mark_word(count))
            for place, counts in self.areas.items()
            for period, count in zip(self.periods, counts, strict=True)
        ]
        names = ("period", "place", "best", "low", "high", "mark")
        return pl.DataFrame(rows, schema=names, orient="row")

    def document(self) -> dict[str, Any]:
        """Returns everything by name."""
        return {**vars(self), "shades": self.shades}


def areas_by_period(counted: CountedViolence, query: ViolenceQuery) -> AreasByPeriod:
    """Returns violence by area in each period that a query asks for; its place does not count.

    Raises:
        UsageError: a stratum that the case does not have, or periods out of its data.
    """
    span, strata = span_of(counted, query), counted.strata_of(query.stratum)
    names = ("best", "low", "high") if query.measure == Measure.DEATHS else ("events",) * 3
    table = counted.by_stratum.filter(stratum=strata[0]) if strata else counted.in_all
    own = pl.col("group").is_in(counted.areas)
    within = table.filter(pl.col("period").is_in(span.labels()))
    highest = within.filter(own)[names[0]].max()
    start = span.first - counted.tables.span.first
    spread = spread_by_period(counted.panel, names[0], strata or counted.panel.grid.strata)
    astray = within.filter(group=NOWHERE)[names[0]].fill_null(0).to_list()
    return AreasByPeriod(
        span.labels(),
        {area: _counts(within.filter(group=area), names) for area in counted.areas},
        _counts(within.filter(group=EVERYWHERE), names),
        astray or [0] * len(span),
        np.round(spread[start : start + len(span)]).astype(int).tolist(),
        ladder(highest if isinstance(highest, int) else 0),
    )


def _counts(rows: pl.DataFrame, names: Sequence[str]) -> list[Count | None]:
    estimated = (rows["mark"] == Mark.ESTIMATED.value).to_list()
    cells = zip(*(rows[name].to_list() for name in names), estimated, strict=True)
    return [None if best is None else (best, low, high, mark) for best, low, high, mark in cells]


def _mark_word(count: Count | None) -> str:
    if count is None:
        return NO_FILE
    return Mark.ESTIMATED.value if count[3] else Mark.OBSERVED.value


def count_words(count: Count | None, measure: str) -> str:
    """Returns a count of an area in words: ``12 deaths (10–15), estimated``.

    >>> count_words((12, 10, 15, True), "deaths"), count_words(None, "deaths")
    ('12 deaths (10–15), estimated', 'not known')
    """
    if count is None:
        return "not known"
    best, low, high, estimated = count
    span = "" if low == high else f" ({low:,}–{high:,})"
    return f"{counted_words(best, measure.removesuffix('s'))}{span}{', estimated' if estimated else ''}"


def deaths_words(row: Mapping[str, Any]) -> str:
    """Returns deaths with low and high in words: ``1,204 deaths (1,100–1,350)``."""
    words = counted_words(row["best"], "death")
    return words if row["low"] == row["high"] else f"{words} ({row['low']:,}–{row['high']:,})"

"""Lists the rows behind numbers of violence: events, or the totals that a case carries in their place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from vedette.brief.inputs.count_tables import credit
from vedette.case.schema.judgement import Edition
from vedette.commands.counting_violence import EVERYWHERE, CountedViolence
from vedette.commands.violence_answer import ViolenceQuery, span_of
from vedette.errors import UsageError
from vedette.events import UNRESOLVED, may_show_rows
from vedette.panel import FILES, NOWHERE
from vedette.periods import Span, label

SPREAD = "spread"
"""The place to ask for where events are wanted whose publisher names no area."""

DATE_PRECISION = {
    1: "to the day",
    2: "to two to six days",
    3: "to the week",
    4: "to the month",
    5: "to longer",
}
PLACE_PRECISION = {
    1: "exact place",
    2: "within about 25 km",
    3: "district",
    4: "province",
    5: "larger than a province, or along a line",
    6: "country",
    7: "international waters",
}

_TEXTS = ("source_id", "side_a", "side_b", "dyad", "type", "headline", "source_name", "source_date", "file")
COLUMNS = (
    *("dataset", "source_id", "from", "to", "place", "named", "dyad", "stratum", "type", "events"),
    *("low", "best", "high", "date_precision", "place_precision", "headline", "source_name", "source_date"),
    *("within", "file", "row"),
)
"""The columns of `EventRows.rows`."""


@dataclass(frozen=True, eq=False)
class EventRows:
    """The rows behind numbers of violence, the newest first.

    Attributes:
        counted: what the case counts.
        query: what was asked.
        where: what the place is called.
        span: the periods.
        rows: an event, or a cell of observed.csv, each, with the columns `COLUMNS`: ``from`` and ``to`` are
            days (periods of a cell), ``place`` the name of the area (empty where none is named), ``named``
            what the publisher names, ``within`` whether it lies surely within the periods.
        unshown: rows that may not be shown in this edition, by data set.
        spread: how many events of the periods name no area and may lie in the place asked for.
    """

    counted: CountedViolence
    query: ViolenceQuery
    where: str
    span: Span
    rows: pl.DataFrame
    unshown: Mapping[str, int]
    spread: int

    @property
    def totals(self) -> Mapping[str, int]:
        """Events and deaths of the rows together: ``events, low, best, high``."""
        return {name: int(self.rows[name].sum()) for name in ("events", "low", "best", "high")}

    @property
    def reaching_over(self) -> int:
        """How many events lie within the periods or beside them: their dates reach over an end."""
        return int(self.rows.filter(~pl.col("within"))["events"].sum())

    def credit(self, dataset: str) -> str:
        """How a data set is credited."""
        return credit(self.counted.case, dataset)

    @property
    def datasets(self) -> list[str]:
        """The data sets of the rows."""
        return sorted(self.rows["dataset"].unique())

    def document(self) -> dict[str, Any]:
        """Returns the query, the totals and the rows."""
        labels = self.span.labels()
        return {
            "case": self.counted.case.id,
            "place": self.query.place,
            "stratum": self.query.stratum,
            "from": labels[0],
            "to": labels[-1],
            "totals": dict(self.totals),
            "reaching_over": self.reaching_over,
            "unshown": dict(self.unshown),
            "rows": self.rows.to_dicts(),
        }


@dataclass(frozen=True, eq=False)
class EventResult:
    """One event: its row as it is counted, and as its publisher wrote it."""

    row: Mapping[str, Any]
    original: Mapping[str, str]
    credit: str

    def document(self) -> dict[str, Any]:
        """Returns both rows."""
        return {"row": dict(self.row), "original": dict(self.original), "credit": self.credit}


def event_rows(counted: CountedViolence, query: ViolenceQuery) -> EventRows:
    """Returns the rows behind the numbers that a query asks for; ``place`` may be `SPREAD` too.

    Raises:
        UsageError: a place or stratum that the case does not have, or periods out of its data.
    """
    span, strata = span_of(counted, query), counted.strata_of(query.stratum)
    group = SPREAD if query.place == SPREAD else counted.group_of(query.place)
    shown, unshown = [], {}
    for dataset, rows in counted.rows.items():
        of_span = rows.filter(pl.col("first") <= span.last, pl.col("last") >= span.first)
        of_span = of_span.filter(pl.col("stratum").is_in(strata)) if strata else of_span
        single = counted.tables.holdings.origins[dataset] == FILES
        if single and not may_show_rows(dataset, _edition(counted)):
            listed = _listed(counted, of_span, span=span, single=True)
            unshown[dataset] = listed.filter(_in_group(counted, group)).height
        else:
            shown.append(_listed(counted, of_span, span=span, single=single))
    every = pl.concat(shown) if shown else _empty()
    found = every.filter(_in_group(counted, group))
    areas = group not in (EVERYWHERE, NOWHERE, SPREAD)
    return EventRows(
        counted,
        query,
        "no area named" if group == SPREAD else counted.names[group],
        span,
        found.sort("to", "from", "source_id", "best", descending=True).select(COLUMNS),
        unshown,
        int(every.filter(pl.col("area") == "")["events"].sum()) if areas else 0,
    )


def _edition(counted: CountedViolence) -> Edition | None:
    """The edition in which the case is told; None for the full case."""
    case = counted.case
    return next((each for each in case.editions if each.id == case.edition), None)


def one_event(counted: CountedViolence, dataset: str, *, source_id: str) -> EventResult:
    """Returns an event of a case as it is counted and as its publisher wrote it.

    Raises:
        UsageError: the case counts no such event, or rows of its data set may not be shown in this edition.
    """
    holdings = counted.tables.holdings
    rows = _rows_of_event(counted, dataset, source_id=source_id)
    found = _listed(counted, rows, span=counted.tables.span, single=True)
    original = holdings.store.original(dataset, source_id, holdings.known_on)
    return EventResult(found.row(0, named=True), original, credit(counted.case, dataset))


def _rows_of_event(counted: CountedViolence, dataset: str, *, source_id: str) -> pl.DataFrame:
    """The row of an event that may be shown."""
    single = counted.tables.holdings.origins.get(dataset) == FILES
    if single and not may_show_rows(dataset, _edition(counted)):
        raise UsageError(
            f"The terms of {dataset} let no single row go on, so the {counted.case.edition} edition shows "
            "none. Serve the edition that may hold everything, with --edition."
        )
    rows = counted.rows[dataset].filter(source_id=source_id) if single else pl.DataFrame()
    if rows.is_empty():
        found = f"The case counts no event {source_id!r} of {dataset!r}."
        raise UsageError(f"{found} Choose one from the list of events.")
    return rows


def _listed(counted: CountedViolence, rows: pl.DataFrame, *, span: Span, single: bool) -> pl.DataFrame:
    """Rows of a data set: `COLUMNS`, ``area`` (an id, empty, or ``?NAME``) and ``regions``."""
    areas = {area: counted.names[area] for area in counted.areas or counted.case.places.ids}
    own = _of_event() if single else _of_cell(counted)
    missing = [pl.lit(None, pl.String).alias(name) for name in _TEXTS if name not in rows.columns]
    return (
        rows.with_columns(*missing, *([] if single else [pl.lit(None, pl.Int32).alias("row")]))
        .with_columns(
            *own,
            pl.col("place").alias("area"),
            pl.col("place").replace_strict(areas, default="", return_dtype=pl.String),
            ((pl.col("first") >= span.first) & (pl.col("last") <= span.last)).alias("within"),
            pl.col("stratum").replace_strict(counted.tables.strata),
            pl.col("row").cast(pl.Int32),
            pl.col("low", "best", "high", "events").cast(pl.Int64),
            _in_words("date_precision", DATE_PRECISION),
            _in_words("place_precision", PLACE_PRECISION),
            _BETWEEN,
        )
        .select(*COLUMNS, "area", "regions")
    )


_BETWEEN = (
    pl.when(pl.col("dyad").fill_null("") != "")
    .then(pl.col("dyad"))
    .otherwise(pl.concat_str("side_a", "side_b", separator=" – ", ignore_nulls=True))
    .alias("dyad")
)
"""Who fights whom: the dyad, or its sides where the publisher names none."""


def _of_event() -> list[pl.Expr]:
    """The days of an event, and the place that its publisher names."""
    named = pl.concat_str("district_name", "place_name", separator=", ", ignore_nulls=True)
    days = (("date_start", "from"), ("date_end", "to"))
    return [
        *(pl.col(name).cast(pl.String).alias(to) for name, to in days),
        named.fill_null("").alias("named"),
    ]


def _of_cell(counted: CountedViolence) -> list[pl.Expr]:
    """The periods of a cell, and the name of a place that lies in no area."""
    labels = {period: label(period, counted.tables.span.step) for period in counted.tables.span}
    named = pl.when(pl.col("place").str.starts_with(UNRESOLVED)).then(pl.col("place").str.slice(1))
    periods = (
        pl.col(name).replace_strict(labels, default=None, return_dtype=pl.String).alias(to)
        for name, to in (("first", "from"), ("last", "to"))
    )
    return [*periods, named.fill_null("").alias("named")]


def _in_words(column: str, words: Mapping[int, str]) -> pl.Expr:
    """A precision in words; empty for a number without."""
    return pl.col(column).cast(pl.Int64).replace_strict(dict(words), default="", return_dtype=pl.String)


def _empty() -> pl.DataFrame:
    kinds = dict.fromkeys((*COLUMNS, "area", "regions"), pl.String)
    numbers = dict.fromkeys(("events", "low", "best", "high", "row"), pl.Int64)
    return pl.DataFrame(schema={**kinds, **numbers, "within": pl.Boolean})


def _in_group(counted: CountedViolence, group: str) -> pl.Expr:
    """Whether a row lies in a group, by the columns ``area`` or ``place``, and ``regions``."""
    area, regions = pl.col("area"), pl.col("regions").str.split(";")
    if group == EVERYWHERE:
        return pl.lit(value=True)
    if group == SPREAD:
        return area == ""
    if group == NOWHERE:
        return area.str.starts_with(UNRESOLVED)
    region = next((each for each in counted.case.regions if each.id == group), None)
    if region is None:
        return area == group
    return area.is_in(region.places) | regions.list.contains(group)

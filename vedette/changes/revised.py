"""What the data changed in the past: events added, withdrawn, revised and moved since the first day.

Only events of months that were complete on the first day count, as the files of the two days have them. A
case that works from ``observed.csv`` alone holds one state of the data, so that nothing can be said of
revisions but what issued briefs and registered forecasts kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from vedette.case import Case
from vedette.changes.came import dataset_name
from vedette.changes.known_on import AsKnown
from vedette.changes.wording import day_words
from vedette.events import UNRESOLVED, is_counted, place_events
from vedette.model import By, Measure, counted_history
from vedette.panel import panel_on
from vedette.panel.holdings import FILES
from vedette.periods import Step, label, last_day, period_column
from vedette.score.register import REGISTER, read_forecast, read_register
from vedette.score.register.outcome import revised as revised_counts

SPREAD = "somewhere in the country"
"""The place of an event that its row puts in no area, but in the country."""
_COUNTED = (
    *("date_start", "date_end", "date_precision", "place_precision", "latitude", "longitude"),
    *("type", "subtype", "dyad_id", "side_a_id", "side_b_id", "low", "best", "high"),
)
"""The columns of an event that counts depend on."""


@dataclass(frozen=True)
class RevisedCell:
    """What changed in one place and month: numbers of events, and deaths by the best estimate.

    ``moved_in`` and ``moved_out`` are events that stand in another place or month than before;
    ``deaths_then`` and ``deaths_now`` are all deaths of the place and month in events.
    """

    month: str
    place: str
    name: str
    added: int
    withdrawn: int
    revised: int
    moved_in: int
    moved_out: int
    deaths_then: int
    deaths_now: int


@dataclass(frozen=True)
class RevisedMonth:
    """The deaths of a month in the country as they were kept, and as they stand now."""

    month: str
    then: int
    now: int


@dataclass(frozen=True)
class WhatRevised:
    """Changes of the data about months that were complete on the first day.

    Attributes:
        until: the last of these months.
        series: which data the numbers are from.
        cells: what changed, by month and place.
        added: events of these months that no file knew on the first day.
        withdrawn: events that a file knew then and none knows now.
        revised: events of which something that counts changed, at the same place and in the same month.
        moved: events that stand in another place or month.
        deaths_then: deaths of all events of these months, as known on the first day.
        deaths_now: the same, as known on the last day.
        releases_then: which releases counted on the first day, in words.
        releases_now: which count on the last day.
        kept: the issued brief or registered forecast whose counts are compared; empty for none.
        months: months in which its counts differ from those now.
        missing: what cannot be told, and why; else empty.
    """

    until: str
    series: str
    cells: tuple[RevisedCell, ...] = ()
    added: int = 0
    withdrawn: int = 0
    revised: int = 0
    moved: int = 0
    deaths_then: int = 0
    deaths_now: int = 0
    releases_then: str = ""
    releases_now: str = ""
    kept: str = ""
    months: tuple[RevisedMonth, ...] = ()
    missing: str = ""


def what_revised(case: Case, then: AsKnown, now: AsKnown) -> WhatRevised:
    """Compares the events of the two days, or where there are none what was kept of the first."""
    until = label(then.origin, Step.MONTH)
    if now.holdings.origins[case.dataset] != FILES:
        return _by_counts_kept(case, then, now, until)
    before, after = (_events(case, known) for known in (then, now))
    both = before.join(after, on="source_id", how="full", suffix="_now", coalesce=True)
    past = pl.col("month") <= then.origin
    kinds = both.with_columns(_kind(then.origin)).filter(pl.col("kind") != "")
    count = dict(kinds.group_by("kind").len().iter_rows())
    return WhatRevised(
        until,
        f"events of {dataset_name(case)}, event files",
        _cells(case, before.filter(past), after.filter(past), kinds, then.origin),
        added=count.get("added", 0),
        withdrawn=count.get("withdrawn", 0),
        revised=count.get("revised", 0),
        moved=count.get("moved", 0),
        deaths_then=int(before.filter(past)["best"].sum()),
        deaths_now=int(after.filter(past)["best"].sum()),
        releases_then=then.holdings.releases_to(last_day(then.origin, Step.MONTH)),
        releases_now=now.holdings.releases_to(last_day(then.origin, Step.MONTH)),
        missing=_unsaid(now.holdings.store.unpublished(case.dataset)),
    )


def _events(case: Case, known: AsKnown) -> pl.DataFrame:
    """The events that the case counts, as known on a day: id, month of the start, place, and what counts."""
    table = known.holdings.events(case.dataset, known.day)
    table = table.filter(pl.col("country") == case.country.name).filter(is_counted(case, case.dataset))
    placed = table.with_columns(
        period_column("date_start", Step.MONTH).alias("month"), place_events(table, case)["place"]
    )
    return placed.select("source_id", "month", "place", "best", pl.struct(*_COUNTED).alias("content"))


def _kind(origin: int) -> pl.Expr:
    """What became of an event whose month then or now is one of those up to ``origin``; empty for nothing."""
    then_in, now_in = pl.col("month") <= origin, pl.col("month_now") <= origin
    moved = (pl.col("month") != pl.col("month_now")) | (pl.col("place") != pl.col("place_now"))
    return (
        pl.when(pl.col("month").is_null() & now_in)
        .then(pl.lit("added"))
        .when(then_in & pl.col("month_now").is_null())
        .then(pl.lit("withdrawn"))
        .when((then_in | now_in) & moved)
        .then(pl.lit("moved"))
        .when(then_in & now_in & (pl.col("content") != pl.col("content_now")))
        .then(pl.lit("revised"))
        .otherwise(pl.lit(""))
        .alias("kind")
    )


def _cells(
    case: Case, before: pl.DataFrame, after: pl.DataFrame, kinds: pl.DataFrame, origin: int
) -> tuple[RevisedCell, ...]:
    """The months and places in which something changed, in order of time."""
    numbers: dict[tuple[int, str], dict[str, int]] = {}
    for month, place, month_now, place_now, kind in kinds.select(
        "month", "place", "month_now", "place_now", "kind"
    ).iter_rows():
        names = {"moved": ("moved_out", "moved_in"), "added": ("", "added")}.get(kind, (kind, ""))
        for where, name in (((month, place), names[0]), ((month_now, place_now), names[1])):
            if name and where[0] is not None and where[0] <= origin:
                cell = numbers.setdefault(where, {})
                cell[name] = cell.get(name, 0) + 1
    sums = [
        {
            (month, place): deaths
            for month, place, deaths in table.group_by("month", "place").agg(pl.col("best").sum()).iter_rows()
        }
        for table in (before, after)
    ]
    counts = ("added", "withdrawn", "revised", "moved_in", "moved_out")
    return tuple(
        RevisedCell(
            label(where[0], Step.MONTH),
            where[1],
            place_name(case.places.names, where[1]),
            *(cell.get(name, 0) for name in counts),
            *(int(deaths.get(where, 0)) for deaths in sums),
        )
        for where, cell in sorted(numbers.items())
    )


def place_name(names: Mapping[str, str], place: str) -> str:
    """How the place of an event is called."""
    if place.startswith(UNRESOLVED):
        return f"{place.removeprefix(UNRESOLVED)} (no place of the case)"
    return names.get(place, place) if place else SPREAD


def _unsaid(files: tuple[str, ...]) -> str:
    if not files:
        return ""
    return (
        f"when {', '.join(files)} came out is not said, so what they hold counts on both days as when it was "
        "loaded: say it with vedette events load CASE FILE --published DAY"
    )


def _by_counts_kept(case: Case, then: AsKnown, now: AsKnown, until: str) -> WhatRevised:
    """The months whose deaths in the country differ from those that were kept."""
    file = now.holdings.origins[case.dataset]
    missing = (
        f"{case.id} works from {file}, which holds one state of the data: which events were added, "
        f"withdrawn, revised or moved since {day_words(then.day)} cannot be told. Load the event "
        "files of both days to see it"
    )
    kept = _kept(case, then)
    if kept is None or (case.withheld and now.panel.estimated.any()):
        return WhatRevised(until, file, missing=missing)
    panel = panel_on(now.holdings, case, now.day, kept.seed)
    history = counted_history(panel, case, Measure.DEATHS, By.COUNTRY)
    unknown = [period for gap in panel.gaps for period in gap]
    rows = revised_counts(kept.counts, history.until(min(then.origin, history.span.last)), unknown)
    months = tuple(
        RevisedMonth(month, int(was or 0), int(stands or 0))
        for month, was, stands in rows.select("period", "then", "now").iter_rows()
        if month <= until
    )
    return WhatRevised(until, file, kept=kept.name, months=months, missing=missing)


@dataclass(frozen=True, eq=False)
class KeptCounts:
    """Deaths by month in the country that were kept when a forecast was issued: period, unit, count."""

    name: str
    seed: int
    counts: pl.DataFrame


def _kept(case: Case, then: AsKnown) -> KeptCounts | None:
    """The counts of the issued brief of the first day, or of the newest registered forecast by then."""
    if then.issue is not None:
        counts = pl.read_parquet(then.issue.counts(By.COUNTRY.value))
        return KeptCounts(f"the brief issued as number {then.issue.number}", then.issue.seed, counts)
    register = case.workspace() / REGISTER
    entries = [
        each
        for each in read_register(register)
        if (each.measure, each.by) == (Measure.DEATHS.value, By.COUNTRY.value) and each.as_of <= str(then.day)
    ]
    if not entries:
        return None
    newest = max(entries, key=lambda each: (each.as_of, each.issued_at))
    counts = read_forecast(register, newest)[1]
    return KeptCounts(f"the registered forecast {newest.id}", newest.seed, counts)

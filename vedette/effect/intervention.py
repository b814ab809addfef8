"""Finds interventions by name: a row of interventions.csv, a day of the timeline, a step of a posture."""

import re
from dataclasses import dataclass
from datetime import date

import polars as pl

from vedette.case import Case
from vedette.errors import UsageError
from vedette.periods import Step, first_possible, last_possible, parse_day, period_of
from vedette.problems import did_you_mean

_STEP = re.compile(r"(?P<series>.+)@(?P<month>\d{4}-\d{2})")


@dataclass(frozen=True)
class Intervention:
    """An action or event whose effect can be estimated, ``first`` to ``last`` (days; None if ongoing).

    ``places``: ids of the places that it could change at first hand; empty for the whole country.
    """

    id: str
    name: str
    kind: str
    what: str
    first: date
    last: date | None
    source: str
    note: str = ""
    places: tuple[str, ...] = ()

    def start(self, step: Step) -> int:
        """The period in which it began, which is the first that it can have changed."""
        return period_of(self.first, step)

    def touches(self, first: int, last: int, step: Step) -> bool:
        """Whether it falls in the periods from ``first`` to ``last``.

        For an ongoing intervention only its beginning counts.
        """
        ends = period_of(self.last or self.first, step)
        return self.start(step) <= last and first <= ends


def interventions(case: Case) -> tuple[Intervention, ...]:
    """The interventions in interventions.csv, sorted by their first day.

    Example:
        >>> from vedette.case import read_case
        >>> [each.id for each in interventions(read_case("iraq"))][:3]
        ['invasion-2003', 'samarra-2006', 'surge-2007']
    """
    listed = (
        Intervention(
            row["id"],
            row["name"],
            row["kind"],
            row["what"],
            first_possible(row["from"]),
            last_possible(row["to"]) if row["to"] else None,
            row["source"],
            row["note"],
            tuple(place.strip() for place in row["places"].split(";") if place.strip()),
        )
        for row in case.interventions.iter_rows(named=True)
    )
    return tuple(sorted(listed, key=lambda each: (each.first, each.id)))


def find_intervention(case: Case, text: str) -> Intervention:
    """The intervention that a user names.

    The text is the id of a row of ``interventions.csv``; or the day of an entry of the timeline, like
    2006-02-22 (the entry with the highest weight on that day); or a step of a posture, like
    ``us-troops@2007-02``: the series and a month whose figure differs from the one before.

    Raises:
        UsageError: the case has no intervention of that name or day.

    Example:
        >>> from vedette.case import read_case
        >>> find_intervention(read_case("iraq"), "us-troops@2007-06").name
        'us-troops from 149,700 (2007-05) to 160,000 (2007-06)'
    """
    listed = {intervention.id: intervention for intervention in interventions(case)}
    if text in listed:
        return listed[text]
    if step := _STEP.fullmatch(text):
        return _of_posture(case, step["series"], step["month"])
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return _of_timeline(case, parse_day(text))
    raise UsageError(
        f"--of {text}: {case.id} lists no intervention of that id. {did_you_mean(text, listed)} "
        "Or name a day of its timeline, like 2006-02-22, or a step of a posture, like us-troops@2007-02."
    )


def _of_timeline(case: Case, day: date) -> Intervention:
    entries = case.timeline.filter(pl.col("date") == day).sort("weight", descending=True, maintain_order=True)
    if entries.is_empty():
        raise UsageError(f"--of {day}: the timeline of {case.id} has no entry of that day. Name another.")
    row = entries.row(0, named=True)
    source = row["source"] or "recalled, without a source"
    return Intervention(str(day), row["summary"], row["kind"], row["summary"], day, day, source)


def _of_posture(case: Case, series: str, month: str) -> Intervention:
    known = sorted({*case.posture["series"]} - {""})
    if series not in known:
        raise UsageError(f"--of {series}@{month}: there is no such posture. {did_you_mean(series, known)}")
    rows = (
        case.posture.filter(pl.col("series") == series)
        .sort("date")
        .with_columns(month=pl.col("date").dt.strftime("%Y-%m"))
    )
    before, now = rows.filter(pl.col("month") < month), rows.filter(pl.col("month") == month)
    if before.is_empty() or now.is_empty():
        span = f"{rows['month'][0]} to {rows['month'][-1]}" if rows.height else "no month"
        raise UsageError(
            f"--of {series}@{month}: expected a month with a figure and one before it; the figures run from "
            f"{span}, with gaps. Choose a month of posture.csv."
        )
    was, became = before.row(-1, named=True), now.row(-1, named=True)
    name = f"{series} from {was['value']:,.0f} ({was['month']}) to {became['value']:,.0f} ({month})"
    source = became["source"] or "recalled, without a source"
    day = first_possible(month)
    description = f"{became['backer']}: {became['kind']}, {became['unit']}"
    return Intervention(f"{series}@{month}", name, "posture", description, day, last_possible(month), source)

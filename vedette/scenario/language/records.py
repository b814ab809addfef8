"""Levers on record: what a lever is known to have been, month by month, from posture.csv."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from vedette.case import Case
from vedette.errors import Problem, UsageError
from vedette.evidence import Actors
from vedette.model import FloatArray
from vedette.periods import Span, Step, last_possible_column, period_column
from vedette.problems import did_you_mean, shown
from vedette.scenario.language.entries import Lever, LeverRecord, MechanismFile
from vedette.scenario.language.located import Lines
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.sign_entries import PostureSeries
from vedette.scenario.language.units import support

_SAME = {"persons": "people", "dollars/month": "USD/month", "strikes/month": "attacks/month"}
"""Units of posture.csv by the name that mechanisms.yaml has for them."""


@dataclass(frozen=True, eq=False)
class RecordedLevers:
    """What levers are known to have been in T months, as known on a day.

    ``paths`` by lever float (T,), in the unit of the lever; NaN in months without a figure, or with one too
    old to hold. ``without`` names the levers that have no record at all.
    """

    span: Span
    paths: Mapping[str, FloatArray]
    without: tuple[str, ...]


def recorded_levers(mechanism: Mechanism, as_of: date, span: Span) -> RecordedLevers:
    """What the levers of a mechanism are known to have been, as known on a day.

    A lever names its rows of posture.csv by ``record``. A figure counts once its date is over and its source
    is published. It holds from its month until the next one, at most for the months that the record says
    (``carried``); before the first figure nothing is known.

    >>> from vedette.case import read_case
    >>> from vedette.periods import parse
    >>> from vedette.scenario import read_mechanism
    >>> months = Span(parse("2011-11", Step.MONTH), parse("2012-01", Step.MONTH), Step.MONTH)
    >>> levers = recorded_levers(read_mechanism(read_case("iraq")), date(2012, 2, 29), months)
    >>> levers.paths["us-troops"].tolist()
    [39000.0, 9500.0, 200.0]
    """
    levers, case = mechanism.file.levers, mechanism.case
    known = posture_known(case, as_of)
    paths = {lever.id: _path(lever.record, known, case, span) for lever in levers if lever.record}
    return RecordedLevers(span, paths, tuple(lever.id for lever in levers if not lever.record))


def posture_known(case: Case, as_of: date) -> pl.DataFrame:
    """The rows of posture.csv as known on a day: their date is over, and their source is published."""
    week, month, year = (
        pl.col("date").dt.offset_by("6d"),
        pl.col("date").dt.month_end(),
        pl.col("date").dt.offset_by("1y").dt.offset_by("-1d"),
    )
    precision = pl.col("precision")
    over = (
        pl.when(precision == "week")
        .then(week)
        .when(precision == "month")
        .then(month)
        .when(precision == "year")
        .then(year)
        .otherwise(pl.col("date"))
    )
    published = case.sources.select(source="id", published=last_possible_column("date"))
    rows = case.posture.join(published, on="source", how="left", maintain_order="left")
    out = pl.col("published").is_null() | (pl.col("published") <= as_of)
    return rows.filter(over <= as_of, out).drop("published")


def _path(record: LeverRecord | None, known: pl.DataFrame, case: Case, span: Span) -> FloatArray:
    """The value in each month of a span, (T,): of several figures of one month the last."""
    assert record is not None
    rows = rows_of(record, known, case).sort("date", maintain_order=True)
    months = np.array(rows.select(period_column("date", Step.MONTH)).to_series().to_list(), dtype=np.int64)
    values = rows["value"].to_numpy().astype(np.float64)
    asked = np.arange(span.first, span.last + 1)
    place = np.searchsorted(months, asked, side="right") - 1
    path = np.full(len(asked), np.nan)
    found = place >= 0
    found[found] = asked[found] - months[place[found]] <= record.carried
    path[found] = values[place[found]]
    return path


def rows_of(record: LeverRecord | PostureSeries, posture: pl.DataFrame, case: Case) -> pl.DataFrame:
    """The rows of a backer (by id, name or alias), a kind and, where one is named, a series."""
    actors = Actors(case.actors)
    wanted = set(actors.candidates(record.backer))
    same = [bool(wanted & set(actors.candidates(name))) for name in posture["backer"].to_list()]
    rows = posture.filter(pl.Series(same, dtype=pl.Boolean), pl.col("kind") == record.kind)
    return rows.filter(pl.col("series") == record.series) if record.series else rows


def unrecorded(file: MechanismFile, lines: Lines, case: Case) -> Iterator[Problem]:
    """Problems of records that posture.csv lacks, or that do not fit their lever."""
    if case.withheld:
        return
    for index, lever in enumerate(file.levers):
        if lever.record is not None:
            yield from _mistakes(lever, lever.record, ("levers", index, "record"), lines, case)


def _mistakes(
    lever: Lever, record: LeverRecord, keys: tuple[str | int, ...], lines: Lines, case: Case
) -> Iterator[Problem]:
    try:
        Actors(case.actors).resolve(record.backer)
    except UsageError as error:
        yield lines.problem((*keys, "backer"), "an actor of actors.csv", shown(record.backer), str(error))
        return
    kinds = rows_of(LeverRecord(backer=record.backer, kind=record.kind), case.posture, case)
    if kinds.is_empty():
        of_backer = sorted({*case.posture["kind"]})
        cure = f"{did_you_mean(record.kind, of_backer)} Add its figures to posture.csv, or leave record out."
        found = f"none of {record.backer}, kind {record.kind}"
        yield lines.problem(keys, "rows of posture.csv", found, cure)
        return
    series = sorted({*kinds["series"]})
    if record.series and record.series not in series:
        cure = did_you_mean(record.series, series)
        yield lines.problem((*keys, "series"), "a series of these rows", shown(record.series), cure)
    elif not record.series and len(series) > 1:
        cure = "Name one by series: figures that are counted differently make no path."
        yield lines.problem(keys, "rows of one series", ", ".join(map(shown, series)), cure)
    else:
        yield from _unfit(lever, rows_of(record, case.posture, case), keys, lines)


def _unfit(lever: Lever, rows: pl.DataFrame, keys: tuple[str | int, ...], lines: Lines) -> Iterator[Problem]:
    units = sorted({*rows["unit"]})
    if [_SAME.get(unit, unit) for unit in units] != [lever.unit]:
        cure = f"Record figures in {lever.unit}, or change the unit of {lever.id}."
        yield lines.problem(keys, f"figures in {lever.unit}", ", ".join(units), cure)
        return
    low, high = support(lever.unit)
    for row in rows.filter((pl.col("value") < low) | (pl.col("value") > high)).iter_rows(named=True):
        found = f"{row['value']:g} on {row['date']}"
        yield lines.problem(keys, f"{lever.unit} from {low:g} to {high:g}", found, "Correct posture.csv.")
        return

"""Which scenario is on course: levers on record against what each scenario has for the same months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from vedette.model import FloatArray
from vedette.periods import Span, Step, label
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.records import recorded_levers

SAME = 1e-9


@dataclass(frozen=True)
class LeverCourse:
    """A lever with a record.

    Attributes:
        lever: its id.
        name: its name.
        month: the last month on record; empty if none of those asked about is.
        recorded: its value then.
        written: what each scenario has for that month, by id.
        apart: how far the record is from each scenario over the months, by id: mean of |a - b| / max(a, b).
    """

    lever: str
    name: str
    month: str
    recorded: float | None
    written: dict[str, float]
    apart: dict[str, float]


@dataclass(frozen=True)
class ScenarioCourse:
    """Which of some scenarios the levers on record are nearest to.

    Attributes:
        months: first and last month in which scenarios and record can be compared; empty if none has passed.
        levers: those with a record.
        without: the names of the levers without one.
        apart: for each scenario how far the record is from it, the mean over levers; empty without months.
        nearest: the scenarios on course: those that the record is nearest to.
        alike: whether all scenarios are equally near, so that levers on record do not choose.
    """

    months: tuple[str, ...]
    levers: tuple[LeverCourse, ...]
    without: tuple[str, ...]
    apart: dict[str, float]
    nearest: tuple[str, ...]
    alike: bool


def course_of(mechanism: Mechanism, scenarios: Sequence[str], last: int, as_of: date) -> ScenarioCourse:
    """Holds the levers on record, as known on a day, against scenarios from their start to a month.

    ``mechanism`` is that of the file, whose paths are as written.
    """
    first = mechanism.span.first
    span = Span(min(first, last), min(last, mechanism.span.last), Step.MONTH)
    passed = last >= first
    record = recorded_levers(mechanism, as_of, span)
    names = {lever.id: lever.name for lever in mechanism.file.levers}
    levers = tuple(
        _lever(mechanism, scenarios, lever, names[lever], path, span, passed)
        for lever, path in record.paths.items()
    )
    apart = {}
    judged = [lever for lever in levers if lever.apart]
    if judged:
        apart = {name: float(np.mean([lever.apart[name] for lever in judged])) for name in scenarios}
    least = min(apart.values(), default=0.0)
    nearest = tuple(name for name in apart if apart[name] <= least + SAME)
    without = [names[lever] for lever in record.without]
    without += [lever.name for lever in levers if not lever.month]
    months = tuple(span.labels()) if passed else ()
    ends = (months[0], months[-1]) if months else ()
    return ScenarioCourse(ends, levers, tuple(without), apart, nearest, len(nearest) == len(scenarios) > 1)


def _lever(
    mechanism: Mechanism,
    scenarios: Sequence[str],
    lever: str,
    name: str,
    path: FloatArray,
    span: Span,
    passed: bool,
) -> LeverCourse:
    known = np.flatnonzero(~np.isnan(path))
    if not len(known):
        return LeverCourse(lever, name, "", None, {}, {})
    place = [each.id for each in mechanism.file.levers].index(lever)
    paths = {each: mechanism.lever_paths(mechanism.scenario(each))[:, place] for each in scenarios}
    newest = int(known[-1])
    at = max(span.first + newest - mechanism.span.first, 0)
    apart = {each: _apart(path[known], written[known]) for each, written in paths.items()} if passed else {}
    return LeverCourse(
        lever,
        name,
        label(span.first + newest, Step.MONTH),
        float(path[newest]),
        {each: float(written[at]) for each, written in paths.items()},
        apart,
    )


def _apart(record: FloatArray, written: FloatArray) -> float:
    """How far two paths are apart, from 0 (the same) to 1: the mean of |a - b| / max(|a|, |b|)."""
    most = np.maximum(np.abs(record), np.abs(written))
    return float(np.mean(np.abs(record - written) / np.where(most > 0, most, 1.0)))

"""Signs of a case, and which scenario and branch the months since speak for."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from vedette.case import Case
from vedette.commands.age import DataAge, age_of_counts
from vedette.commands.defaults import SEED, SIGN_DRAWS, TRACK_DRAWS
from vedette.commands.known import panel_of
from vedette.commands.shown_mechanism import shown_case, shown_mechanism
from vedette.errors import DataError, UsageError
from vedette.panel import Panel, panel_on
from vedette.periods import Span, Step, label, last_complete, last_day, parse
from vedette.progress import Report, quiet
from vedette.scenario import (
    FUTURES,
    Ensemble,
    Mechanism,
    kept_baseline,
    moved,
    run,
    started_after,
)
from vedette.scenario.hindcast.starts import past_start
from vedette.scenario.hindcast.trials import simulate_start
from vedette.scenario.tracking.alarms import FIRED as FIRED
from vedette.scenario.tracking.course import course_of
from vedette.scenario.tracking.readings import SignRecord
from vedette.scenario.tracking.sign_table import SignRow, sign_rows
from vedette.scenario.tracking.sign_words import false_in_words as false_in_words
from vedette.scenario.tracking.sign_words import state_in_words as state_in_words
from vedette.scenario.tracking.since_start import AHEAD, follow
from vedette.scenario.tracking.track import Track as Track
from vedette.scenario.tracking.track import TrackedAlternative as TrackedAlternative
from vedette.scenario.tracking.track import track as weigh_branches
from vedette.scenario.tracking.weighing import BranchWeight as BranchWeight


@dataclass(frozen=True, eq=False)
class SignsResult:
    """The early signs of a case as known on a day, each with its alarm."""

    case: str
    day: date
    rows: tuple[SignRow, ...]
    draws: int
    seed: int

    def table(self) -> pl.DataFrame:
        """Returns a row for each sign."""
        return pl.DataFrame([row.document() for row in self.rows], infer_schema_length=None)

    def shown(self) -> pl.DataFrame:
        """Returns a row for each sign as it is read: its value, its alarm, what that warns of."""
        return pl.DataFrame(
            [
                {
                    "sign": row.reading.sign.name,
                    "now": row.value,
                    "alarm": f"{row.reading.sign.alarm}: {state_in_words(row)}",
                    "warns of": false_in_words(row),
                    "in the record": row.record,
                    "measured by": row.reading.sign.who,
                    "note": row.reading.sign.note or "-",
                }
                for row in self.rows
            ]
        )

    @property
    def fired(self) -> list[str]:
        """The names of the signs whose alarm is on."""
        return [row.reading.sign.name for row in self.rows if row.state.state == FIRED]

    def document(self) -> dict[str, Any]:
        """Returns the day, and for each sign its measure, value and alarm, and how often that is false."""
        return {
            "case": self.case,
            "as_of": self.day.isoformat(),
            "draws": self.draws,
            "seed": self.seed,
            "signs": [row.document() for row in self.rows],
        }


def signs(
    case: str,
    *,
    as_of: date | None = None,
    edition: str | None = None,
    draws: int = SIGN_DRAWS,
    seed: int = SEED,
    report: Report = quiet,
) -> SignsResult:
    """Returns the early signs of a case: who measures each, its value on a day, fired or not, false alarms.

    How often an alarm is false comes from the record, and from simulated futures of the base scenario. With
    an edition on what that holds; else on the whole case.

    Raises:
        CaseError: the case or its mechanism holds mistakes.
        UsageError: an edition that the case does not have, or that may not show the mechanism.
        DataError: the case has no mechanism, or one without signs.
    """
    read = shown_case(case, edition)
    mechanism = _with_signs(read, as_of)
    _, panel, day = panel_of(read, as_of, seed=seed, step=Step.MONTH)
    mechanism = started_after(mechanism, panel.grid.span.last, day)
    report("Forecasting", 0.0)
    ensemble = _simulated(mechanism, panel, draws=draws, seed=seed)
    report("Forecasting", 1.0)
    return SignsResult(read.id, day, tuple(sign_rows(mechanism, panel, day, ensemble)), draws, seed)


@dataclass(frozen=True, eq=False)
class TrackResult:
    """Which scenario and branch of a case the months since speak for, as known on a day."""

    case: str
    day: date
    found: Track
    today: Mechanism
    """The mechanism as its file has it."""
    age: DataAge

    @property
    def start(self) -> str:
        """The first month tracked."""
        return self.found.ensemble.mechanism.file.start

    @property
    def written(self) -> str:
        """The month in which the mechanism starts by its file."""
        return self.today.file.start

    @property
    def last(self) -> str:
        """The last month tracked."""
        return label(self.found.ensemble.span.first + max(self.found.passed - 1, 0), Step.MONTH)

    @property
    def followed(self) -> str:
        """The scenario whose levers hold where there is no record."""
        return self.found.ensemble.names[0]

    @property
    def hindsight(self) -> bool:
        """Whether the tracking starts before the mechanism does, so that its author knew what came."""
        return self.start < self.written

    @property
    def scenario_names(self) -> dict[str, str]:
        """The names of the scenarios, by id."""
        return {name: scenario.name for name, scenario in self.today.scenarios.items()}

    def table(self) -> pl.DataFrame:
        """Returns a row for each rival of each alternative: its prior, its weight and what it rests on."""
        return pl.DataFrame(list(self._weights()), infer_schema_length=None)

    def document(self) -> dict[str, Any]:
        """Returns the course of the levers, the weights, the power to tell apart, and what to collect."""
        found, ensemble = self.found, self.found.ensemble
        course = found.course
        return {
            "case": self.case,
            "as_of": self.day.isoformat(),
            "start": self.start,
            "months": found.passed,
            "hindsight": self.hindsight,
            "levers_of": self.followed,
            "draws": ensemble.draws,
            "seed": ensemble.seed,
            "baseline": ensemble.baseline.source,
            "course": {
                "months": list(course.months),
                "nearest": [] if course.alike else list(course.nearest),
                "apart": course.apart,
                "levers": [asdict(lever) for lever in course.levers],
                "without_record": list(course.without),
            },
            "signs": [
                {"id": each.sign.id, "months": int(each.known.sum()), "total": each.total}
                for each in found.signs
            ],
            "left_out": found.left_out,
            "alternatives": [
                {
                    "id": each.id,
                    "name": each.name,
                    "none_of_these": each.none_of_these,
                    "weights": [asdict(weight) for weight in each.weights],
                    "power": [asdict(one) for one in each.powers],
                }
                for each in found.alternatives
            ],
            "collecting": [asdict(each) for each in found.collecting],
        }

    def _weights(self) -> Iterator[dict[str, Any]]:
        for each in self.found.alternatives:
            for weight in each.weights:
                yield {"alternative": each.id, **asdict(weight), "none_of_these": each.none_of_these}


def track(
    case: str,
    *,
    as_of: date | None = None,
    edition: str | None = None,
    start: str | None = None,
    end: str | None = None,
    scenario: str | None = None,
    draws: int = TRACK_DRAWS,
    seed: int = SEED,
    report: Report = quiet,
) -> TrackResult:
    """Says which scenario is on course by its levers, and weighs branches by the signs measured since.

    Args:
        case: the case.
        as_of: the day of which what was known by then counts.
        edition: on what this edition holds; on the whole case if left out.
        start: the first month to track, like 2018-10; by default that of the mechanism.
        end: the last month to track; by default the last that is known.
        scenario: the levers that follow where there is no record; by default the base scenario. From a
            start before that of the mechanism levers are as they went, the others drawn from their range.
        draws: how many draws of the mechanism.
        seed: of all random numbers.
        report: called with what is being done.

    Raises:
        CaseError: the case or its mechanism holds mistakes.
        UsageError: a start or an end that the data do not reach, a scenario or an edition that is not known,
            a scenario with an earlier start, or an edition that may not show the mechanism.
        DataError: the case has no mechanism, or one without signs.
    """
    read = shown_case(case, edition)
    written = _with_signs(read, as_of)
    holdings, panel, day = panel_of(read, as_of, seed=seed, step=Step.MONTH)
    first = written.span.first if start is None else _start(start, panel)
    last = last_complete(day, Step.MONTH) if end is None else _end(end, first, panel=panel)
    span = Span(first, max(last, first + AHEAD - 1), Step.MONTH)
    then = panel_on(holdings, read, last_day(first - 1, Step.MONTH), seed)
    report("Forecasting", 0.0)
    if first < written.span.first:
        ensemble = _as_it_went(written, span, then=then, scenario=scenario, draws=draws, seed=seed)
    else:
        ensemble = follow(moved(written, span, day), then, scenario=scenario, draws=draws, seed=seed)
    report("Forecasting", 1.0)
    report("Weighing", 0.0)
    course = course_of(written, sorted(written.scenarios), last, day)
    found = weigh_branches(ensemble, SignRecord(read, panel, day), last, course, seed)
    report("Weighing", 1.0)
    age = age_of_counts(read, holdings, panel=panel)
    return TrackResult(read.id, day, found, written, age)


def _as_it_went(
    written: Mechanism, span: Span, *, then: Panel, scenario: str | None, draws: int, seed: int
) -> Ensemble:
    """A mechanism started in a month before its own, as known then, under the levers as they went.

    Raises:
        UsageError: a scenario is named: none of them reaches so far back.
    """
    if scenario is not None:
        raise UsageError(
            f"--scenario {scenario}: expected none with a --start before {written.file.start}, where the "
            "scenarios begin; levers are as they went. Leave one of the two out."
        )
    past = past_start(written, span.labels()[0], len(span))
    baseline = kept_baseline(past.mechanism, then, FUTURES, seed)
    return simulate_start(written, past, baseline, seed, draws)[0]


def _start(text: str, panel: Panel) -> int:
    """The month of ``--start``, within reach of the counts.

    Raises:
        UsageError: no month, or one with less than a year of counts before it, or after all of them.
    """
    first, span = parse(text, Step.MONTH), panel.stretch
    if not span.first + 12 <= first <= span.last + 1:
        ends = (label(span.first + 12, Step.MONTH), label(span.last + 1, Step.MONTH))
        raise UsageError(
            f"--start {text}: expected a month from {ends[0]}, a year after the first counts, to {ends[1]}, "
            "the one after the last; found another. Choose one of these."
        )
    return first


def _end(text: str, first: int, *, panel: Panel) -> int:
    """The month of ``--end``, from the start to the last that is counted.

    Raises:
        UsageError: no month, or another.
    """
    last, most = parse(text, Step.MONTH), panel.grid.span.last
    if not first <= last <= most:
        ends = f"{label(first, Step.MONTH)}, where the tracking starts, to {label(most, Step.MONTH)}"
        raise UsageError(
            f"--end {text}: expected a month from {ends}, the last that is counted; found another. Choose "
            "one of these, or an earlier --start."
        )
    return last


def _with_signs(case: Case, as_of: date | None) -> Mechanism:
    """The mechanism of a case.

    Raises:
        DataError: it has no signs.
    """
    mechanism = shown_mechanism(case, as_of)
    if not mechanism.file.signs:
        raise DataError(
            f"{case.id}: expected signs in mechanisms.yaml; found none. Write under `signs:` what to watch "
            "and what measures it: see the reference of mechanisms.yaml."
        )
    return mechanism


def _simulated(mechanism: Mechanism, panel: Panel, *, draws: int, seed: int) -> Ensemble:
    """The base scenario above the forecast of a panel."""
    baseline = kept_baseline(mechanism, panel, min(FUTURES, max(2, draws)), seed)
    return run(mechanism, [mechanism.file.base], baseline, draws, seed)

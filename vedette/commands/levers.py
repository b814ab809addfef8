"""The levers of a scenario, and what if some of them were set otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from vedette.case import Case
from vedette.commands.defaults import SEED
from vedette.commands.mechanism import MechanismResult
from vedette.commands.scenarios import ScenarioComparison, compare, simulate
from vedette.commands.shown_mechanism import shown_case, shown_mechanism
from vedette.evidence import Actors
from vedette.periods import Span, Step, label, last_complete
from vedette.progress import Report, quiet
from vedette.scenario import Mechanism, Scenario, recorded_levers
from vedette.scenario.drafts import (
    DRAFT,
    LeverSpan,
    changed_levers,
    lever_span,
    usual_month,
    with_draft,
    with_readings,
)
from vedette.scenario.language.settings import path_in_words

_LOOKED_BACK = 24
"""Months before the start in which a figure on record is still shown beside a lever."""
_STEPS = 100


@dataclass(frozen=True)
class LeverQuestion:
    """What if a scenario had other levers: their values at the end, by when, and which readings hold.

    ``scenario`` is that of the base where it is empty, ``by`` the month in which the scenario's own levers
    arrive. ``levers``: values by lever; ``readings``: the id of a branch by that of its alternative, for
    those that shall hold for certain.
    """

    scenario: str = ""
    levers: Mapping[str, float] = field(default_factory=dict)
    by: str = ""
    readings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LeverSetting:
    """A lever as a scenario has it, between which values it can be set, and what is on record.

    ``path`` says its course in words, ``begins`` and ``ends`` are its values in the first and the last month,
    ``value`` is what is asked for. ``recorded`` is the newest figure known, of ``recorded_in``.
    """

    id: str
    name: str
    unit: str
    who: str
    note: str
    path: str
    begins: float
    ends: float
    value: float
    span: LeverSpan
    recorded: float | None
    recorded_in: str

    @property
    def changed(self) -> bool:
        """Whether it is asked for otherwise than the scenario has it."""
        return self.value != self.ends

    @property
    def step(self) -> float:
        """A round step: about a hundredth of the range."""
        wide = (self.span.high - self.span.low) / _STEPS or 1.0
        power = 10.0 ** np.floor(np.log10(wide))
        return float(power * next(each for each in (1, 2, 5, 10) if each * power >= wide * 0.999))


@dataclass(frozen=True)
class ReadingChoice:
    """A question of the mechanism with its readings: name and ground by id, and the one asked for."""

    id: str
    name: str
    weights: str
    branches: Mapping[str, tuple[str, str]]
    chosen: str


@dataclass(frozen=True, eq=False)
class LeverSheet:
    """The levers of a scenario and the readings of its mechanism, as they can be set."""

    scenario: Scenario
    scenarios: Mapping[str, str]
    months: tuple[str, ...]
    by: str
    levers: tuple[LeverSetting, ...]
    readings: tuple[ReadingChoice, ...]

    @property
    def changed(self) -> dict[str, float]:
        """The levers that are asked for otherwise than the scenario has them."""
        return {lever.id: lever.value for lever in self.levers if lever.changed}


def lever_sheet(known: MechanismResult, question: LeverQuestion, *, as_of: date | None = None) -> LeverSheet:
    """Returns the levers of a scenario with their ranges and what is on record, as a question sets them.

    ``known`` is what `mechanisms` gives for a case, ``as_of`` the day of which figures are known.

    Raises:
        UsageError: a scenario, lever, month or reading that is not there, or a value out of range.
    """
    mechanism = known.mechanism
    read = mechanism.case
    scenario = mechanism.scenario(question.scenario or mechanism.file.base)
    changed = changed_levers(mechanism, scenario, question.levers)
    by = question.by or usual_month(mechanism, scenario)
    with_draft(with_readings(mechanism, question.readings), scenario, changed, by)
    recorded = _recorded(mechanism, as_of or read.as_of)
    paths = mechanism.lever_paths(scenario)
    levers = []
    for place, lever in enumerate(mechanism.file.levers):
        value, month = recorded.get(lever.id, (None, ""))
        path = paths[:, place]
        levers.append(
            LeverSetting(
                lever.id,
                lever.name,
                lever.unit,
                _name(read, lever.who),
                lever.note,
                path_in_words(mechanism, path),
                float(path[0]),
                float(path[-1]),
                changed.get(lever.id, float(path[-1])),
                lever_span(mechanism, lever, value),
                value,
                month,
            )
        )
    names = {name: each.name for name, each in mechanism.scenarios.items()}
    months = tuple(mechanism.span.labels())
    return LeverSheet(scenario, names, months, by, tuple(levers), _readings(mechanism, question.readings))


def what_if(
    case: str,
    question: LeverQuestion,
    *,
    as_of: date | None = None,
    edition: str | None = None,
    draws: int | None = None,
    seed: int = SEED,
    report: Report = quiet,
) -> ScenarioComparison:
    """Compares a scenario with itself under other levers, both under the readings asked for.

    Both are run on the same draws, so that they differ by the levers alone. See `ensemble` for the arguments.

    Raises:
        CaseError: the case or its mechanism holds mistakes.
        UsageError: as `lever_sheet`; or no lever is set otherwise.
        DataError: the case has no mechanism, or one that ends in a month already known.
    """
    read = shown_case(case, edition)
    written = shown_mechanism(read, as_of)
    scenario = written.scenario(question.scenario or written.file.base)
    changed = changed_levers(written, scenario, question.levers)
    by = question.by or usual_month(written, scenario)
    mechanism = with_readings(written, question.readings)
    chosen = [scenario.id]
    if changed:
        mechanism = with_draft(mechanism, scenario, changed, by)
        chosen.append(DRAFT)
    ran = simulate(read, mechanism, chosen=chosen, as_of=as_of, draws=draws, seed=seed, report=report)
    return compare(ran, report=report)


def _recorded(mechanism: Mechanism, as_of: date | None) -> dict[str, tuple[float, str]]:
    """The newest figure on record of each lever that has one, and its month."""
    start = mechanism.span.first
    last = max(start - 1, last_complete(as_of, Step.MONTH)) if as_of else start - 1
    span = Span(start - _LOOKED_BACK, last, Step.MONTH)
    paths = recorded_levers(mechanism, as_of or date.max, span).paths
    newest = {}
    for lever, path in paths.items():
        places = np.flatnonzero(~np.isnan(path))
        if len(places):
            month = label(span.first + int(places[-1]), Step.MONTH)
            newest[lever] = (float(path[places[-1]]), month)
    return newest


def _name(case: Case, actor: str) -> str:
    """The name of an actor that is named by its id, name or alias; empty where the edition has none such."""
    names = dict(case.actors.select("id", "name").iter_rows())
    found = Actors(case.actors).candidates(actor)
    return str(names[found[0]]) if len(found) == 1 else ""


def _readings(mechanism: Mechanism, chosen: Mapping[str, str]) -> tuple[ReadingChoice, ...]:
    return tuple(
        ReadingChoice(
            each.id,
            each.name,
            "nobody weighed them"
            if each.unweighted
            else ", ".join(f"{branch.weight:.0%}" for branch in each.branches),
            {branch.id: (branch.name, branch.why) for branch in each.branches},
            chosen.get(each.id, ""),
        )
        for each in mechanism.file.alternatives
    )

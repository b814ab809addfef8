"""Scenarios that stand in no file: one of the case with some levers set otherwise, under chosen readings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from vedette.errors import UsageError
from vedette.periods import Step, first_day, label, parse
from vedette.problems import did_you_mean
from vedette.scenario.hindcast.levers import lever_range
from vedette.scenario.language.entries import Alternatives, Lever
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.paths import Scenario, along
from vedette.scenario.language.scenario_file import LeverPath
from vedette.scenario.language.settings import amount
from vedette.scenario.language.units import support

DRAFT = "as set here"
"""The id of a draft, which no file can have."""
BEYOND = 10.0
"""A lever may be set to at most so many times the most that scenarios give it."""


@dataclass(frozen=True)
class LeverSpan:
    """Between which values a lever is moved, and the least and most that are taken at all."""

    low: float
    high: float
    least: float
    most: float


def lever_span(mechanism: Mechanism, lever: Lever, recorded: float | None = None) -> LeverSpan:
    """Returns between which values a lever can be set.

    It is moved over what the scenarios give it and what is on record, or from 0 to 1 of a share or an index;
    beyond that up to ten times the most, as far as its unit goes.
    """
    low, high = lever_range(mechanism, lever)
    if recorded is not None:
        low, high = min(low, recorded), max(high, recorded)
    low, high = (0.0, 1.0) if high == low == 0 else (low, high)
    least, most = support(lever.unit)
    return LeverSpan(min(low, max(least, 0.0)), high, least, min(most, BEYOND * max(abs(low), abs(high))))


def written_levers(mechanism: Mechanism, scenario: Scenario) -> dict[str, LeverPath]:
    """The paths of all levers as files write them: those of a scenario or its parts, else of the base."""
    parts = [mechanism.scenarios[name] for name in scenario.parts] or [scenario]
    written = dict(mechanism.base.written)
    for part in parts:
        written |= part.written
    return written


def changed_levers(mechanism: Mechanism, scenario: Scenario, values: Mapping[str, float]) -> dict[str, float]:
    """The values that are not those at which the scenario ends anyway.

    Raises:
        UsageError: a lever that is not there, or a value that is none or lies where its unit makes no sense.
    """
    levers = {lever.id: lever for lever in mechanism.file.levers}
    ends = dict(zip(levers, mechanism.lever_paths(scenario)[-1].tolist(), strict=True))
    changed = {}
    for name, value in values.items():
        if name not in levers:
            raise UsageError(f"there is no lever {name!r}. {did_you_mean(name, list(levers))}")
        span = lever_span(mechanism, levers[name])
        if not span.least <= value <= span.most:
            raise UsageError(
                f"{levers[name].name}: expected {levers[name].unit} from {amount(span.least)} to "
                f"{amount(span.most)}; found {value:g}. Correct it."
            )
        if value != ends[name]:
            changed[name] = value
    return changed


def usual_month(mechanism: Mechanism, scenario: Scenario) -> str:
    """By when levers of a draft reach their value if nobody says: with the last that the scenario moves.

    A year after the start for a scenario that moves none.
    """
    paths = mechanism.lever_paths(scenario)
    moving = [int(rows[-1]) for column in paths.T if len(rows := np.flatnonzero(np.diff(column)))]
    months = max(moving) + 1 if moving else min(12, len(paths) - 1)
    return label(mechanism.span.first + months, Step.MONTH)


def drafted_path(mechanism: Mechanism, path: LeverPath, value: float, by: str) -> LeverPath:
    """A lever that goes in a straight line from where it begins to a value by a month, and stays there."""
    start = label(mechanism.span.first, Step.MONTH)
    begins = float(along(path, mechanism.span)[0])
    if by <= start or begins == value:
        return LeverPath(value=value)
    return LeverPath.model_validate({"path": {start: begins, by: value}, "between": "line"})


def with_draft(mechanism: Mechanism, scenario: Scenario, values: Mapping[str, float], by: str) -> Mechanism:
    """The mechanism with one more scenario, `DRAFT`: a scenario with some levers set otherwise by a month.

    Raises:
        UsageError: a month that is not simulated.
    """
    labels = mechanism.span.labels()
    if by not in labels:
        raise UsageError(f"by: expected a month from {labels[0]} to {labels[-1]}; found {by!r}. Choose one.")
    written = written_levers(mechanism, scenario)
    changed = {name: drafted_path(mechanism, written[name], value, by) for name, value in values.items()}
    written |= changed
    draft = replace(
        scenario,
        id=DRAFT,
        name=drafted_name(mechanism, scenario, values, by),
        paths={name: along(path, mechanism.span) for name, path in written.items()},
        parts=(),
        written=written,
    )
    return replace(mechanism, scenarios={**mechanism.scenarios, DRAFT: draft})


def drafted_name(mechanism: Mechanism, scenario: Scenario, values: Mapping[str, float], by: str) -> str:
    """What a draft is called in sentences: the scenario, and what is set otherwise."""
    levers = {lever.id: lever for lever in mechanism.file.levers}
    when = f"{first_day(parse(by, Step.MONTH), Step.MONTH):%B %Y}"
    parts = [f"{levers[name].name}: {_with_unit(levers[name], value)}" for name, value in values.items()]
    return f"{scenario.name}, but by {when} {'; '.join(parts)}" if parts else scenario.name


def with_readings(mechanism: Mechanism, readings: Mapping[str, str]) -> Mechanism:
    """The mechanism in which one branch of each alternative that is named holds for certain.

    ``readings``: the id of a branch by that of its alternative.

    Raises:
        UsageError: an alternative or a branch that is not there.
    """
    known = {each.id: each for each in mechanism.file.alternatives}
    for name, branch in readings.items():
        if name not in known:
            raise UsageError(f"there is no question {name!r}. {did_you_mean(name, list(known))}")
        ids = [each.id for each in known[name].branches]
        if branch not in ids:
            raise UsageError(f"{name}: there is no reading {branch!r}. {did_you_mean(branch, ids)}")
    if not readings:
        return mechanism
    chosen = tuple(_chosen(each, readings.get(each.id)) for each in mechanism.file.alternatives)
    return replace(mechanism, file=mechanism.file.model_copy(update={"alternatives": chosen}))


def _chosen(alternatives: Alternatives, branch: str | None) -> Alternatives:
    if branch is None:
        return alternatives
    branches = tuple(
        each.model_copy(update={"weight": float(each.id == branch)}) for each in alternatives.branches
    )
    return alternatives.model_copy(update={"unweighted": False, "branches": branches})


def _with_unit(lever: Lever, value: float) -> str:
    return (
        f"{amount(value)} {lever.unit}" if lever.unit not in ("share", "index", "number") else amount(value)
    )

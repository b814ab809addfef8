"""Mechanisms of past days, for replays."""

import os
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from vedette.case import Case
from vedette.errors import DataError, Problem, UsageError
from vedette.files import leads_out
from vedette.periods import Span, Step, label, last_complete, parse_day
from vedette.problems import shown
from vedette.scenario.language.answered_questions import question_problems
from vedette.scenario.language.entries import FILE, EventGroup, MechanismFile, Outcome
from vedette.scenario.language.located import Lines
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.naming import names_of
from vedette.scenario.language.paths import Scenario, misnamed_scenarios
from vedette.scenario.read import examine_mechanism, has_mechanism, read_mechanism

FOLDER = "replays"
ALONE = "forecast"
MONTHS = 36


def past_days(case: Case) -> dict[str, Path]:
    """The folders of ``replays/`` with a mechanism, by name, which is the day as of which it was written."""
    paths = sorted((case.folder / FOLDER).glob(f"*/{FILE}"))
    return {file.parent.name: file.parent for file in paths}


def scenario_problems(case: Case, unsure: Collection[str] = ()) -> Iterator[Problem]:
    """Mistakes in the mechanism of a case, its scenarios and its replays.

    ``unsure`` names tables of the case that hold mistakes: what is cited from them is not judged.
    """
    if has_mechanism(case) and case.step is not Step.MONTH:
        cure = "Write step: month in case.yaml, or move the mechanism away."
        yield Problem(FILE, 0, "", "a case that counts months", f"step {case.step}", cure)
        return
    yield from question_problems(case.folder)
    if has_mechanism(case):
        yield from examine_mechanism(case, None, case.folder, unsure)[1]
    else:
        yield from misnamed_scenarios(case.folder)
    yield from past_problems(case, unsure)


def past_problems(case: Case, unsure: Collection[str] = ()) -> Iterator[Problem]:
    """Mistakes in the mechanisms of past days, and folders of ``replays/`` that would not be read."""
    folder = case.folder / FOLDER
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = f"{FOLDER}/{place.name}"
        if place.name.startswith(".") or not (place.is_dir() or place.is_symlink()):
            continue
        if not _is_day(place.name):
            cure = "Rename it by the day as of which it was written, like 2011-12-18."
            yield Problem(name, 0, "", "a folder named by a day", shown(place.name), cure)
        elif way := leads_out(place, case.folder):
            yield Problem(name, 0, "", "a folder", way.found, way.cure)
        elif not os.path.lexists(place / FILE):
            yield Problem(name, 0, "", FILE, "no such file in it", "Write it, or remove the folder.")
        else:
            wrong = _problems_then(case, parse_day(place.name), place, unsure)
            yield from (replace(problem, file=f"{name}/{problem.file}") for problem in wrong)


def _problems_then(case: Case, day: date, folder: Path, unsure: Collection[str]) -> Iterator[Problem]:
    mechanism, problems = examine_mechanism(replace(case, as_of=day), day, folder, unsure)
    yield from problems
    if mechanism is not None and mechanism.span.first != last_complete(day, Step.MONTH) + 1:
        expected = (
            f"{label(last_complete(day, Step.MONTH) + 1, Step.MONTH)}, the first month not over on the day"
        )
        yield mechanism.lines.problem(("start",), expected, shown(mechanism.file.start), "Correct it.")


def _is_day(name: str) -> bool:
    try:
        return parse_day(name).isoformat() == name
    except UsageError:
        return False


def past_mechanism(case: Case, as_of: date, months: int = MONTHS) -> Mechanism:
    """The mechanism of a case for a past day, or else one that leaves the forecast as it is.

    The first is read from ``replays/DAY/`` as if that day were today, so that it cannot rest on anything
    known later. The second has a group of events for each stratum, no lever, and one scenario: ``forecast``.

    Raises:
        CaseError: the mechanism of that day holds mistakes.
        DataError: it does not start in the first month that was not over on that day.
    """
    then, first = replace(case, as_of=as_of), last_complete(as_of, Step.MONTH) + 1
    folder = past_days(case).get(as_of.isoformat())
    if folder is None:
        return _alone(then, Span(first, first + months - 1, Step.MONTH))
    mechanism = read_mechanism(then, as_of, folder)
    if mechanism.span.first != first:
        raise DataError(
            f"{FOLDER}/{folder.name}/{FILE}: expected start: {label(first, Step.MONTH)}, the month of "
            f"the day; found {label(mechanism.span.first, Step.MONTH)}. Correct it, or rename the folder."
        )
    return mechanism


def _alone(case: Case, span: Span) -> Mechanism:
    groups = tuple(
        EventGroup(id=stratum.id, name=stratum.name, strata=(stratum.id,)) for stratum in case.strata
    )
    outcomes = tuple(
        Outcome(
            id=f"{stratum.id}-total",
            name=stratum.name,
            of=stratum.id,
            read="total",
            unit="deaths",
            good="down",
        )
        for stratum in groups
    )
    first, *_, last = span.labels()
    file = MechanismFile(base=ALONE, start=first, end=last, events=groups, outcomes=outcomes)
    only = Scenario(ALONE, "What the forecast says", "vedette", "the pool", "", {})
    return Mechanism(case, file, names_of(file), Lines(FILE, {}), span, {ALONE: only})

"""Mechanisms of past days, for replays."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from vedette.case import Case
from vedette.errors import DataError
from vedette.periods import Span, Step, label, last_complete
from vedette.scenario.language.entries import FILE, EventGroup, MechanismFile, Outcome
from vedette.scenario.language.located import Lines
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.naming import names_of
from vedette.scenario.language.paths import Scenario
from vedette.scenario.read import read_mechanism

FOLDER = "replays"
ALONE = "forecast"
MONTHS = 36


def past_days(case: Case) -> dict[str, Path]:
    """The folders of ``replays/`` with a mechanism, by name, which is the day as of which it was written."""
    paths = sorted((case.folder / FOLDER).glob(f"*/{FILE}"))
    return {file.parent.name: file.parent for file in paths}


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

"""A mechanism whose start is moved to another month: levers go on from their record."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from vedette.errors import CaseError, DataError
from vedette.periods import Span, Step, label, last_complete
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.paths import along
from vedette.scenario.language.records import recorded_levers
from vedette.scenario.read import no_reference

Known = Mapping[str, Mapping[int, float]]
"""Values on record by lever and month."""


def started_after(mechanism: Mechanism, newest: int, as_of: date) -> Mechanism:
    """A mechanism that starts after the last month of the data, ``newest``, if it would start earlier.

    Raises:
        DataError: it ends before that month.
        CaseError: a lever that an elasticity refers to is at 0 there.
    """
    if mechanism.span.first > newest:
        return mechanism
    if mechanism.span.last <= newest:
        known = label(newest, Step.MONTH)
        raise DataError(
            f"mechanisms.yaml: expected an end after {known}, the last month known; found "
            f"{mechanism.file.end}. Give it a later end, or ask with an earlier --as-of."
        )
    return moved(mechanism, Span(newest + 1, mechanism.span.last, Step.MONTH), as_of)


def moved(mechanism: Mechanism, span: Span, as_of: date) -> Mechanism:
    """A mechanism that runs over other months; ``moved`` says in words how it differs from the file.

    Levers with a record are as recorded up to the last month known on ``as_of``, and go on from there; see
    `vedette.scenario.language.paths.along`.

    Raises:
        CaseError: a lever that an elasticity refers to is at 0 in the first month.
    """
    known = levers_known(mechanism, span, as_of)
    scenarios = {
        name: replace(
            each,
            paths={lever: along(path, span, known.get(lever, {})) for lever, path in each.written.items()},
        )
        for name, each in mechanism.scenarios.items()
    }
    labels = span.labels()
    file = mechanism.file.model_copy(update={"start": labels[0], "end": labels[-1]})
    problems = list(no_reference(file, scenarios, mechanism.lines))
    if problems:
        raise CaseError(f"The mechanism cannot start in {labels[0]}.", problems)
    words = " ".join(_told(mechanism, labels[0], known))
    return replace(mechanism, file=file, span=span, scenarios=scenarios, moved=words)


def levers_known(mechanism: Mechanism, span: Span, as_of: date) -> Known:
    """The levers on record from the month before a span to the last known on a day."""
    newest = max(span.first - 1, min(last_complete(as_of, Step.MONTH), span.last))
    past = Span(span.first - 1, newest, Step.MONTH)
    paths = recorded_levers(mechanism, as_of, past).paths
    return {
        lever: {period: float(value) for period, value in zip(past, path, strict=True) if not np.isnan(value)}
        for lever, path in paths.items()
    }


def _told(mechanism: Mechanism, start: str, known: Known) -> Iterator[str]:
    """What was moved, which levers depart from the base scenario, and which have no record."""
    names = {lever.id: lever.name for lever in mechanism.file.levers}
    yield (
        f"The scenarios start in {start}, after the last data, in place of {mechanism.file.start}; their "
        "levers go on from what is on record."
    )
    departing = list(_departing(mechanism, known, names))
    if departing:
        yield f"Otherwise than {mechanism.base.id} has it: {'; '.join(departing)}."
    without = [name for lever, name in names.items() if not known.get(lever)]
    if without:
        yield f"Without a record, as the scenarios write them: {', '.join(without)}."


def _departing(mechanism: Mechanism, known: Known, names: Mapping[str, str]) -> Iterator[str]:
    """The newest value on record of each lever, where the base scenario has another in that month."""
    for lever, values in known.items():
        month = max(values, default=0)
        if not values:
            continue
        written = along(mechanism.base.written[lever], Span(month, month, Step.MONTH))[0]
        if values[month] != written:
            when = label(month, Step.MONTH)
            yield f"{names[lever]} {values[month]:,.6g} in {when} (written: {written:,.6g})"

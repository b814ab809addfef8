"""Check a case as a whole: what any later command would refuse is refused here, all of it at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vedette.case import Case, Examined, examine_case, issue_problems
from vedette.errors import CaseError, DataError, Problem
from vedette.events import event_problems, place_problems, uncounted_events
from vedette.evidence import evidence_problems
from vedette.panel import (
    Holdings,
    disorder_warnings,
    gap_warnings,
    gather,
    other_datasets,
    panel_problems,
    unmatched,
)
from vedette.plurals import counted
from vedette.scenario import scenario_problems


@dataclass(frozen=True, eq=False)
class CheckResult:
    """A case without mistakes, and what is worth a look in it."""

    case: Case
    warnings: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Returns the id and title of the case, and the warnings."""
        return {"case": self.case.id, "title": self.case.title, "warnings": list(self.warnings)}


def check(case: str) -> CheckResult:
    """Asks every room for what is wrong with a case, and for what is worth a look.

    Raises:
        CaseError: the case holds mistakes; ``problems`` lists those of all files.
        StorageError: the store of its events cannot be written.
    """
    examined = examine_case(case)
    problems = list(dict.fromkeys([*examined.problems, *_of_rooms(examined)]))
    if examined.case is None or problems:
        raise CaseError(f"{case} has {counted(len(problems), 'mistake')}.", problems)
    warnings = (*examined.warnings, *_of_events(examined.case))
    return CheckResult(examined.case, tuple(str(warning) for warning in warnings))


def _of_rooms(examined: Examined) -> Iterator[Problem]:
    """The mistakes that the rooms find, as far as the case can be read."""
    case = examined.case
    if case is None:
        return
    unreadable = list(event_problems(case))
    yield from unreadable
    if not unreadable and not examined.broken("observed.csv"):
        holdings = _holdings(case)
        yield from panel_problems(case, holdings) if holdings else ()
    yield from evidence_problems(case)
    yield from issue_problems(case.folder, [edition.id for edition in case.editions])
    yield from scenario_problems(case, {problem.file for problem in examined.problems})


def _of_events(case: Case) -> Iterator[Problem]:
    """What is worth a look in the events at hand."""
    holdings = _holdings(case)
    if holdings is None:
        yield from other_datasets(case)
        return
    yield from unmatched(case, holdings.cells)
    yield from uncounted_events(case, holdings.store.uncounted(case))
    yield from disorder_warnings(case, holdings)
    yield from place_problems(holdings.store, case)
    yield from gap_warnings(case, holdings)


def _holdings(case: Case) -> Holdings | None:
    """The events at hand; None for a case without event data, which waits for some."""
    try:
        return gather(case)
    except DataError:
        return None

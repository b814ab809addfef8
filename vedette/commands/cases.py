"""Check a case, start one."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.case import Case, check_case, new_case
from vedette.errors import DataError
from vedette.panel import gather, unmatched
from vedette.scenario import has_mechanism, read_mechanism


@dataclass(frozen=True, eq=False)
class CheckResult:
    """A case without mistakes, and what is worth a look in it."""

    case: Case
    warnings: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Returns the id and title of the case, and the warnings."""
        return {"case": self.case.id, "title": self.case.title, "warnings": list(self.warnings)}


def check(case: str) -> CheckResult:
    """Reads a case and lists what is worth a look, its strata against the events at hand included.

    Raises:
        CaseError: the case, or the mechanism in it, holds mistakes.
    """
    checked = check_case(case)
    if has_mechanism(checked.case):
        read_mechanism(checked.case)
    warnings = (*checked.warnings, *_unmatched(checked.case))
    return CheckResult(checked.case, tuple(str(warning) for warning in warnings))


def _unmatched(case: Case) -> Iterable[object]:
    """Warns of strata that match no event; a case without event data has none to match."""
    try:
        holdings = gather(case)
    except DataError:
        return ()
    return unmatched(case, holdings.cells)


def new(folder: Path, country: str) -> Path:
    """Writes a working skeleton of a case."""
    return new_case(folder, country)

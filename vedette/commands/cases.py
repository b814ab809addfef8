"""Check a case, start one."""

from dataclasses import replace
from pathlib import Path

from vedette.case import Checked, check_case, new_case
from vedette.errors import DataError
from vedette.panel import gather, unmatched
from vedette.scenario import has_mechanism, read_mechanism


def check(case: str) -> Checked:
    """Reads a case and lists what is worth a look, its strata against the events at hand included.

    Raises:
        CaseError: the case, or the mechanism in it, holds mistakes.
    """
    checked = check_case(case)
    if has_mechanism(checked.case):
        read_mechanism(checked.case)
    try:
        held = gather(checked.case)
    except DataError:
        return checked
    return replace(checked, warnings=(*checked.warnings, *unmatched(checked.case, held.cells)))


def new(folder: Path, country: str) -> Path:
    """Writes a working skeleton of a case."""
    return new_case(folder, country)

"""Mistakes in what was read from reports and waits for review, as `vedette check` lists them."""

from collections.abc import Iterator

from vedette.case import Case
from vedette.errors import CaseError, Problem
from vedette.evidence.reading.proposals import proposals_of
from vedette.evidence.reading.remarks import remarks_of


def evidence_problems(case: Case) -> Iterator[Problem]:
    """Mistakes in the files of proposals and remarks of a case."""
    try:
        proposals_of(case)
    except CaseError as error:
        yield from error.problems
    try:
        remarks_of(case.workspace())
    except CaseError as error:
        yield from error.problems

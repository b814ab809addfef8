"""Whether an entry that was written counts in the answers of its case yet."""

from datetime import date

from vedette.case import Case
from vedette.periods import last_possible


def waits_for(case: Case, known: str) -> date | None:
    """The present of the case, if an entry becomes known only after it; None if the entry counts.

    Args:
        case: the case.
        known: the day, month or year in which the entry became known; empty where it is not said.
    """
    return case.as_of if known and case.as_of and last_possible(known) > case.as_of else None


def waiting_said(present: date, what: str) -> str:
    """The remark on an entry that becomes known after the present of its case."""
    return (
        f"The case stands at {present} (as_of in case.yaml), before that became known: {what} until you move"
        " as_of, or ask for a later day with --as-of."
    )

"""Accepts a proposal into claims.csv, or rejects it, as a person decides; proposals enter no other way."""

from collections.abc import Mapping
from dataclasses import replace

from vedette.case import Case
from vedette.case.schema import Claim
from vedette.case.writing import add_rows
from vedette.errors import UsageError
from vedette.evidence.reading.proposals import CLAIM_COLUMNS, FILE, Proposal, proposals_of, written
from vedette.files import CaseChange


def accept(change: CaseChange, case: Case, proposal: Proposal, edits: Mapping[str, str]) -> None:
    """Adds a proposal with a person's edits to claims.csv and closes it, as one change.

    The case is checked with the row added.

    Raises:
        UsageError: an edit names no column of claims.csv, or the proposal was judged already.
        CaseError: the case would have mistakes with this row; ``problems`` lists all of them.
    """
    unknown = [name for name in edits if name not in CLAIM_COLUMNS]
    if unknown:
        raise UsageError(f"claims.csv has no column {unknown[0]!r}; it has: {', '.join(CLAIM_COLUMNS)}")
    set_state(change, case, proposal.id, before="open", after="accepted")
    add_rows(change, {Claim: [{**proposal.claim, **edits}]})


def reject(change: CaseChange, case: Case, proposal: Proposal) -> None:
    """Closes a proposal without a claim; it is not proposed again.

    Raises:
        UsageError: it was judged already.
    """
    set_state(change, case, proposal.id, before="open", after="rejected")


def reopen(change: CaseChange, case: Case, proposal: Proposal) -> None:
    """Opens a proposal again that was rejected.

    Raises:
        UsageError: it is not rejected.
    """
    set_state(change, case, proposal.id, before="rejected", after="open")


def set_state(change: CaseChange, case: Case, proposal: str, *, before: str, after: str) -> None:
    """Gives a proposal another state, as part of a change.

    Raises:
        UsageError: its state is not the one that it is said to have before.
    """
    rows = proposals_of(case)
    if not any(one.cells["state"] == before for one in rows if one.id == proposal):
        cure = "somebody judged it meanwhile. Review again."
        raise UsageError(f"{proposal} is no {before} proposal: {cure}")
    turned = [
        replace(one, cells={**one.cells, "state": after}) if one.id == proposal else one for one in rows
    ]
    change.write(FILE, written(turned))

"""Accepts a proposal into claims.csv, or rejects it, as a person decides; proposals enter no other way."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from vedette.case import Case
from vedette.case.writing import check_change
from vedette.errors import UsageError
from vedette.evidence.reading.proposals import CLAIM_COLUMNS, FILE, Proposal, proposals_of, written
from vedette.files import CaseChange

_FILE = "claims.csv"


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
    change.write(_FILE, _with_row(case.folder / _FILE, {**proposal.claim, **edits}))
    _close(change, case, proposal, "accepted")
    check_change(change)


def reject(change: CaseChange, case: Case, proposal: Proposal) -> None:
    """Closes a proposal without a claim; it is not proposed again.

    Raises:
        UsageError: it was judged already.
    """
    _close(change, case, proposal, "rejected")


def _close(change: CaseChange, case: Case, proposal: Proposal, state: str) -> None:
    rows = proposals_of(case)
    if not any(one.open for one in rows if one.id == proposal.id):
        raise UsageError(f"{proposal.id} is no open proposal: somebody judged it meanwhile. Review again.")
    closed = [
        replace(one, cells={**one.cells, "state": state}) if one.id == proposal.id else one for one in rows
    ]
    change.write(FILE, written(closed))


def _with_row(path: Path, row: Mapping[str, str]) -> bytes:
    """The bytes of claims.csv with one more row; the other rows are the same bytes if no column is added."""
    before = path.read_bytes() if path.exists() else b""
    text = before.decode("utf-8-sig")
    header = next(csv.reader(io.StringIO(text, newline="")), [])
    filled = [name for name in CLAIM_COLUMNS if row.get(name)]
    if set(filled) <= set(header):
        out = io.StringIO(newline="")
        ending = "\r\n" if "\r\n" in text else "\n"
        csv.DictWriter(out, header, lineterminator=ending, extrasaction="ignore").writerow(row)
        separator = "" if text.endswith(("\n", "\r")) else ending
        return before + (separator + out.getvalue()).encode("utf-8")
    rows = [*csv.DictReader(io.StringIO(text, newline="")), dict(row)]
    columns = [*header, *(name for name in CLAIM_COLUMNS if name not in header)]
    out = io.StringIO(newline="")
    sheet = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore", restval="")
    sheet.writeheader()
    sheet.writerows(rows)
    return out.getvalue().encode("utf-8")

"""Remarks of those who review: why a proposal was discarded, objections to claims, names that are no actors.

They stand in ``review.csv`` in the folder of a case, are no part of the case that is read, and leave with no
edition.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path

from vedette.case.checking import read_text
from vedette.errors import CaseError, Problem
from vedette.evidence.reading.proposals import cell
from vedette.files import CaseChange, current

REMARKS = "review.csv"
"""The file of remarks."""


class RemarkKind(StrEnum):
    """What a remark says: why a proposal was discarded, how a check came out, or that a name is no actor."""

    DISCARDED = "discarded"
    OBJECTION = "objection"
    CONFIRMED = "confirmed"
    NO_ACTOR = "no actor"


@dataclass(frozen=True)
class ReviewRemark:
    """One row of review.csv: the day, who, what kind, about which proposal, claim or name, in which words."""

    on: str
    who: str
    kind: str
    about: str
    words: str = ""


_COLUMNS = tuple(field.name for field in fields(ReviewRemark))


def remarks_of(home: Path) -> tuple[ReviewRemark, ...]:
    """The remarks of a case, the oldest first.

    Raises:
        CaseError: the file cannot be read or has other columns.
    """
    path = current(home, REMARKS)
    if not path.exists():
        return ()
    text = read_text(path)
    if isinstance(text, Problem):
        raise CaseError(f"{REMARKS} cannot be read.", [text])
    rows = csv.DictReader(io.StringIO(text, newline=""))
    remarks = []
    for number, row in enumerate(rows, start=2):
        if set(row) != set(_COLUMNS) or None in row.values():
            expected, cure = ", ".join(_COLUMNS), "Mend the row, or delete it."
            raise CaseError(
                f"{REMARKS} cannot be read.", [Problem(REMARKS, number, "", expected, "other columns", cure)]
            )
        remarks.append(ReviewRemark(**row))
    return tuple(remarks)


def add_remark(change: CaseChange, remark: ReviewRemark) -> None:
    """Adds a remark, as part of a change."""
    write_remarks(change, [*remarks_of(change.home), remark])


def write_remarks(change: CaseChange, remarks: Sequence[ReviewRemark]) -> None:
    """Writes the remarks of a case anew, as part of a change."""
    text = io.StringIO(newline="")
    sheet = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    sheet.writeheader()
    sheet.writerows({name: cell(value) for name, value in asdict(one).items()} for one in remarks)
    change.write(REMARKS, text.getvalue().encode("utf-8"))

"""What a person decides about a proposal: accepted into claims.csv, or rejected; there is no other way in."""

import csv
import io
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from vedette.case import SHIPPED, Case, read_case
from vedette.errors import CaseError, Problem, UsageError
from vedette.evidence.reading.proposals import CLAIM_COLUMNS, Proposal, proposals_of, write
from vedette.files import replace_file

_FILE = "claims.csv"


def refuse_shipped(case: Case) -> None:
    """Claims of a case that comes with vedette are not for a user to change.

    Raises:
        UsageError: it is such a case; the message says how to get one's own.
    """
    if case.folder.parent == SHIPPED:
        cure = f"Copy the folder first: cp -r {case.folder} my-{case.id}; then use my-{case.id} in its place."
        raise UsageError(f"{case.id} comes with vedette, so its claims.csv is not changed. {cure}")


def accept(case: Case, proposal: Proposal, changes: Mapping[str, str]) -> Path:
    """Adds a proposal with a person's changes to claims.csv, whole or not at all, and closes it.

    The case is checked with the row before anything is written.

    Raises:
        UsageError: the case comes with vedette, or a change names no column of claims.csv.
        CaseError: the case would have mistakes with this row; ``problems`` lists all of them.
        StorageError: the file cannot be written.
    """
    refuse_shipped(case)
    unknown = [name for name in changes if name not in CLAIM_COLUMNS]
    if unknown:
        raise UsageError(f"claims.csv has no column {unknown[0]!r}; it has: {', '.join(CLAIM_COLUMNS)}")
    row = {**proposal.claim, **changes}
    content = _with_row(case.folder / _FILE, row)
    _checked(case, content)
    path = replace_file(case.folder / _FILE, content)
    _close(case, proposal, "accepted")
    return path


def reject(case: Case, proposal: Proposal) -> None:
    """Closes a proposal without a claim; it is not proposed again."""
    _close(case, proposal, "rejected")


def _close(case: Case, proposal: Proposal, state: str) -> None:
    rows = [
        replace(one, cells={**one.cells, "state": state}) if one.id == proposal.id else one
        for one in proposals_of(case)
    ]
    write(case, rows)


def _with_row(path: Path, row: Mapping[str, str]) -> bytes:
    """claims.csv with one more row; the rows before it stay the same bytes, where its columns suffice."""
    before = path.read_bytes() if path.exists() else b""
    text = before.decode("utf-8-sig")
    header = next(csv.reader(io.StringIO(text, newline="")), [])
    filled = [name for name in CLAIM_COLUMNS if row.get(name)]
    if set(filled) <= set(header):
        made = io.StringIO(newline="")
        ending = "\r\n" if "\r\n" in text else "\n"
        csv.DictWriter(made, header, lineterminator=ending, extrasaction="ignore").writerow(row)
        joint = "" if text.endswith(("\n", "\r")) else ending
        return before + (joint + made.getvalue()).encode("utf-8")
    rows = [*csv.DictReader(io.StringIO(text, newline="")), dict(row)]
    columns = [*header, *(name for name in CLAIM_COLUMNS if name not in header)]
    made = io.StringIO(newline="")
    sheet = csv.DictWriter(made, columns, lineterminator="\n", extrasaction="ignore", restval="")
    sheet.writeheader()
    sheet.writerows(rows)
    return made.getvalue().encode("utf-8")


def _checked(case: Case, content: bytes) -> None:
    """Reads the case as it would be with these claims.

    Raises:
        CaseError: it would have mistakes.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / case.folder.name
        folder.mkdir()
        for entry in case.folder.iterdir():
            if entry.name != _FILE and entry.is_file():
                (folder / entry.name).symlink_to(entry)
        (folder / _FILE).write_bytes(content)
        try:
            read_case(folder)
        except CaseError as error:
            problems: tuple[Problem, ...] = tuple(error.problems)
            raise CaseError("The claim was not added: the case would have mistakes.", problems) from error

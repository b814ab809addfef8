"""A second person's check of claims, information gaps, and judgements taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vedette.case import Case, read_case
from vedette.case.author_notes import GAPS, NOTES
from vedette.case.schema import Claim
from vedette.case.writing import changing_case
from vedette.case.writing.editing import FoundRow, edit_row, find_row
from vedette.errors import UsageError
from vedette.evidence import claimed, names_of, reading
from vedette.evidence.reading import Proposal, RemarkKind, ReviewRemark
from vedette.files import CaseChange, Log, read_log, user_name
from vedette.problems import did_you_mean


@dataclass(frozen=True)
class ClaimToCheck:
    """A claim that no second person has checked.

    Attributes:
        claim: its cells.
        title: the title of its source.
        url: the address of its source.
        sentence: the proposal that it was accepted from, with the sentence; None where it was not read.
        added_by: who added or edited it last, as the log has it; empty if the log does not say.
        says: what it says, as a sentence without its full stop.
        objections: what others found wrong with it, the oldest first.
    """

    claim: Mapping[str, str]
    title: str
    url: str
    sentence: Proposal | None
    added_by: str
    says: str
    objections: tuple[ReviewRemark, ...] = ()


@dataclass(frozen=True)
class ClaimsToCheck:
    """The claims of a case that no second person has checked, the newest first."""

    claims: tuple[ClaimToCheck, ...]

    def document(self) -> list[dict[str, Any]]:
        """Returns the cells of each claim, with who added it."""
        return [
            {
                **one.claim,
                "says": one.says,
                "added_by": one.added_by,
                "objections": [vars(each) for each in one.objections],
            }
            for one in self.claims
        ]


def claims_to_check(case: str, *, source: str = "") -> ClaimsToCheck:
    """The claims that nobody has checked yet, of one source if its id is given.

    Raises:
        UsageError: the case has no such source.
    """
    return checks_waiting(read_case(case), source=source)


def checks_waiting(known: Case, *, source: str = "") -> ClaimsToCheck:
    """The claims of a case that was read that nobody has checked yet; see `claims_to_check`.

    Raises:
        UsageError: the case has no such source.
    """
    if source and source not in known.sources["id"]:
        cure = did_you_mean(source, known.sources["id"].to_list())
        raise UsageError(f"--source: {source!r} is no id in sources.csv. {cure}")
    sources = {
        key: (title, url) for key, title, url in known.sources.select("id", "title", "url").iter_rows()
    }
    proposals = {one.id: one for one in reading.proposals_of(known)}
    retracted = set(known.retractions["claim"])
    authors = _authors(read_log(known.workspace()))
    objections = _objections(known)
    names = names_of(known)
    waiting = []
    for row in known.claims.reverse().iter_rows(named=True):
        if row["checked_by"] or row["id"] in retracted or (source and row["source"] != source):
            continue
        cells = {name: str(cell) for name, cell in row.items() if cell not in ("", None)}
        title, url = sources.get(row["source"], ("", ""))
        key = row["id"]
        waiting.append(
            ClaimToCheck(
                cells,
                title,
                url,
                proposals.get(key),
                authors.get(key, ""),
                claimed(names, row),
                objections.get(key, ()),
            )
        )
    return ClaimsToCheck(tuple(waiting))


def check_claim(case: str, claim: str, *, by: str = "", comment: str = "") -> str:
    """Notes that a second person held a claim against its source; gives the name that is written.

    Args:
        case: a case of the user's own.
        claim: the id of the claim.
        by: the name of that person; whoever runs this process if empty.
        comment: what that person notes about it, kept in review.csv.

    Raises:
        UsageError: there is no such claim, that person added it, or somebody checked it meanwhile.
        StorageError: the folder cannot be locked or written.
    """
    name = by or user_name()
    with changing_case(case, "review check") as change:
        row = _checkable(change, claim, name=name)
        edit_row(change, row, {"checked_by": name}, {"checked_by": ""})
        if comment.strip():
            today = date.today().isoformat()
            reading.add_remark(
                change, ReviewRemark(today, name, RemarkKind.CONFIRMED, claim, comment.strip())
            )
    return name


def object_to_claim(case: str, claim: str, *, comment: str, by: str = "") -> str:
    """Notes in review.csv what a second person found wrong with a claim; gives the name that is written.

    The claim stays unchecked.

    Args:
        case: a case of the user's own.
        claim: the id of the claim.
        comment: what is wrong with it.
        by: the name of that person; whoever runs this process if empty.

    Raises:
        UsageError: there is no such claim, that person added it, or no comment is given.
        StorageError: the folder cannot be locked or written.
    """
    name = by or user_name()
    if not comment.strip():
        raise UsageError("expected what is wrong with the claim; found nothing. Say it in a few words.")
    with changing_case(case, "review object") as change:
        _checkable(change, claim, name=name)
        today = date.today().isoformat()
        reading.add_remark(change, ReviewRemark(today, name, RemarkKind.OBJECTION, claim, comment.strip()))
    return name


def _checkable(change: CaseChange, claim: str, *, name: str) -> FoundRow:
    """The row of a claim that a person may check."""
    row = find_row(change.read, claim)
    if row.model is not Claim:
        raise UsageError(f"{claim} is a row of {row.model.file}: claims alone are checked.")
    if _authors(read_log(change.home)).get(claim) == name:
        cure = "Let somebody else do it, or name them: --by NAME."
        raise UsageError(f"{claim}: {name} added it; a second person checks it. {cure}")
    return row


def note_gap(case: str, text: str, *, about: str) -> str:
    """Notes an information gap in ``notes.md`` of a case; gives the line as written.

    Args:
        case: a case of the user's own.
        text: what is not known, in a few words.
        about: what it came up at: a sentence of a report, a claim.

    Raises:
        UsageError: the text is empty, or the case comes with vedette.
    """
    if not text.strip():
        raise UsageError(
            "expected what is not known, in a few words; found nothing. Type it after the letter."
        )
    line = f"- {date.today().isoformat()}: {' '.join(text.split())} ({about})"
    with changing_case(case, "review gap") as change:
        before = (change.read(NOTES) or b"").decode("utf-8")
        change.write(NOTES, _with_gap(before, line).encode("utf-8"))
    return line


def with_draft(case: Case, proposal: Proposal, *, edits: Mapping[str, str]) -> dict[str, str]:
    """The edits of a proposal, with a statement that fits the tie where it is still a draft."""
    return reading.with_draft(case, proposal, edits)


def last_change(case: str) -> str:
    """The id of the last line of the log of a case, to take that change back; empty if there is none."""
    lines = read_log(read_case(case).workspace()).lines
    return lines[-1].id if lines else ""


def _objections(case: Case) -> dict[str, tuple[ReviewRemark, ...]]:
    """The objections to each claim, by its id."""
    found: dict[str, tuple[ReviewRemark, ...]] = {}
    for one in reading.remarks_of(case.workspace()):
        if one.kind == RemarkKind.OBJECTION:
            found[one.about] = (*found.get(one.about, ()), one)
    return found


def _authors(log: Log) -> dict[str, str]:
    """Who added or edited each claim last, by its id; a check by a second person is no edit."""
    return {
        row.name: line.who
        for line in log.lines
        if line.command not in ("review check", "undo")
        for edit in line.edits
        if edit.file == Claim.file and edit.rows
        for row in edit.rows.after
    }


def _with_gap(text: str, line: str) -> str:
    """The notes with a line under the heading of gaps, which is added at the end if it is not there."""
    heading = f"## {GAPS}"
    if heading not in text.splitlines():
        joint = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{joint}{heading}\n\n{line}\n"
    head, _, rest = text.partition(f"{heading}\n")
    own, sign, later = rest.partition("\n## ")
    return f"{head}{heading}\n{own.rstrip()}\n{line}\n{sign}{later}"

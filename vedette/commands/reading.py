"""Read reports, judge what they seem to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vedette.case import Case, read_case
from vedette.case.writing import changing_case, refuse_shipped
from vedette.case.writing.repeats import repeated
from vedette.commands.adding import named_actors
from vedette.commands.judgements import refuse_judged
from vedette.errors import UsageError
from vedette.evidence import reading
from vedette.evidence.reading import (
    CLAIM_COLUMNS,
    TRIPLE,
    Document,
    ModelServer,
    Proposal,
    RemarkKind,
    ReviewRemark,
)
from vedette.files import changing, user_name
from vedette.problems import did_you_mean
from vedette.progress import Report, quiet

__all__ = [
    "CLAIM_COLUMNS",
    "TRIPLE",
    "ModelServer",
    "Proposal",
    "ReadReport",
    "accept_proposal",
    "open_proposals",
    "read_report",
    "reject_proposal",
    "reviewable",
]


@dataclass(frozen=True)
class ReadReport:
    """What reading a report gave: its proposals, how many are kept for the first time, where, and remarks.

    ``file`` is the name under which its proposals are kept.
    """

    proposals: tuple[Proposal, ...]
    added: int
    kept: Path
    remarks: tuple[str, ...] = ()
    file: str = ""

    @property
    def key(self) -> str:
        """Returns the short name of the report, as `read_reports` lists it."""
        return reading.report_key(self.file)

    def document(self) -> dict[str, Any]:
        """Returns where the proposals are kept, how many are new there, the remarks, and the proposals."""
        rows = [dict(one.cells) for one in self.proposals]
        return {"kept": str(self.kept), "added": self.added, "remarks": self.remarks, "proposals": rows}


@dataclass(frozen=True)
class OpenProposals:
    """The proposals of a case that nobody has judged yet."""

    proposals: tuple[Proposal, ...]

    def document(self) -> list[dict[str, str]]:
        """Returns the cells of each proposal."""
        return [dict(one.cells) for one in self.proposals]


def read_report(
    case: str, file: Path, *, source: str = "", asked: ModelServer | None = None, report: Report = quiet
) -> ReadReport:
    """Proposes the claims that a report seems to make, and keeps them and its text for review.

    A report with the file name of another that was read is kept under a name of its own.

    Raises:
        UsageError: the case has no such source.
        DataError: the file cannot be read as a report.
    """
    known = read_case(case)
    refuse_unknown_source(known, source)
    return keep_proposals(
        known, reading.open_document(file, report), source=source, asked=asked, report=report
    )


def refuse_unknown_source(case: Case, source: str) -> None:
    """Raises where a case has no source of an id.

    Raises:
        UsageError: it has none.
    """
    if source and source not in case.sources["id"]:
        cure = did_you_mean(source, case.sources["id"].to_list())
        raise UsageError(f"--source: {source!r} is no id in sources.csv of {case.id}. {cure}")


def keep_proposals(
    known: Case, opened: Document, *, source: str, asked: ModelServer | None = None, report: Report = quiet
) -> ReadReport:
    """Proposes the claims of a report that is open, and keeps them and its text in one change."""
    home = known.workspace()
    document = reading.named_apart(home, opened, reading.proposals_of(known))
    made = reading.propose(known, document, source, report)
    remarks: tuple[str, ...] = ()
    if asked:
        more, remarks = reading.ask_model(known, document, source, asked, report)
        seen = {_said(one) for one in made}
        made = [*made, *(one for one in more if _said(one) not in seen)]
    with changing(home, "read") as change:
        added = reading.keep(change, known, made)
        reading.keep_text(change, document, source, date.today())
        change.about |= {"report": document.file, "proposals": added}
    return ReadReport(tuple(made), added, home / reading.FILE, remarks, document.file)


def open_proposals(case: str) -> OpenProposals:
    """Returns the proposals of a case that nobody has judged yet."""
    return OpenProposals(tuple(one for one in reading.proposals_of(read_case(case)) if one.open))


def reviewable(case: str) -> Case:
    """A case whose claims may be added to: a folder of the user's own."""
    known = read_case(case)
    refuse_shipped(known.folder)
    return known


def accept_proposal(case: str, proposal: Proposal, *, edits: Mapping[str, str]) -> tuple[str, ...]:
    """Adds a proposal with a person's edits to claims.csv and closes it; gives claims that say the same.

    Actors may be edited to any of their spellings.

    Raises:
        UsageError: it was judged already (the message says by whom), or a name may mean several actors.
        CaseError: the claim does not fit the case; nothing is written.
    """
    with changing_case(case, "review accept") as change:
        read = read_case(change.home)
        refuse_judged(read, proposal.id)
        named = named_actors(read, edits)
        reading.accept(change, read, proposal, named)
    return repeated(read, {**proposal.claim, **named})


def reject_proposal(case: str, proposal: Proposal, *, why: str = "") -> None:
    """Closes a proposal without a claim; the reason, if one is given, is kept.

    Raises:
        UsageError: it was judged already; the message says by whom.
    """
    known = read_case(case)
    with changing(known.workspace(), "review reject") as change:
        refuse_judged(known, proposal.id)
        reading.reject(change, known, proposal)
        if why.strip():
            today = date.today().isoformat()
            remark = ReviewRemark(today, user_name(), RemarkKind.DISCARDED, proposal.id, why.strip())
            reading.add_remark(change, remark)


def reopen_proposal(case: str, proposal: Proposal) -> None:
    """Opens a proposal again that was rejected.

    Raises:
        UsageError: it is not rejected.
    """
    known = read_case(case)
    with changing(known.workspace(), "review reopen") as change:
        reading.reopen(change, known, proposal)


def _said(one: Proposal) -> tuple[str, ...]:
    names = ("paragraph", "start", "end", "subject", "relation", "object", "polarity")
    return tuple(one.cells[name] for name in names)

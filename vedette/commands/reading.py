"""Read reports, judge what they seem to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.case import Case, read_case
from vedette.case.writing import changing_case, refuse_shipped
from vedette.case.writing.repeats import repeated
from vedette.errors import UsageError
from vedette.evidence import reading
from vedette.evidence.reading import CLAIM_COLUMNS, TRIPLE, ModelServer, Proposal
from vedette.files import changing
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
    """What reading a report gave: its proposals, how many are kept for the first time, where, and remarks."""

    proposals: tuple[Proposal, ...]
    added: int
    kept: Path
    remarks: tuple[str, ...] = ()

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
    """Proposes the claims that a report seems to make, and keeps them for review.

    Raises:
        UsageError: the case has no such source.
    """
    known = read_case(case)
    if source and source not in known.sources["id"]:
        cure = did_you_mean(source, known.sources["id"].to_list())
        raise UsageError(f"--source: {source!r} is no id in sources.csv of {known.id}. {cure}")
    document = reading.open_document(file, report)
    made = reading.propose(known, document, source, report)
    remarks: tuple[str, ...] = ()
    if asked:
        more, remarks = reading.ask_model(known, document, source, asked, report)
        seen = {_said(one) for one in made}
        made = [*made, *(one for one in more if _said(one) not in seen)]
    with changing(known.workspace(), "read") as change:
        added = reading.keep(change, known, made)
        change.about |= {"report": file.name, "proposals": added}
    return ReadReport(tuple(made), added, known.workspace() / reading.FILE, remarks)


def open_proposals(case: str) -> OpenProposals:
    """Returns the proposals of a case that nobody has judged yet."""
    return OpenProposals(tuple(one for one in reading.proposals_of(read_case(case)) if one.open))


def reviewable(case: str) -> Case:
    """A case whose claims may be added to: a folder of the user's own."""
    known = read_case(case)
    refuse_shipped(known.folder)
    return known


def accept_proposal(case: str, proposal: Proposal, *, edits: Mapping[str, str]) -> tuple[str, ...]:
    """Adds a proposal with a person's edits to claims.csv and closes it; gives claims that say the same."""
    with changing_case(case, "review accept") as change:
        read = read_case(change.home)
        reading.accept(change, read, proposal, edits)
    return repeated(read, {**proposal.claim, **edits})


def reject_proposal(case: str, proposal: Proposal) -> None:
    """Closes a proposal without a claim."""
    known = read_case(case)
    with changing(known.workspace(), "review reject") as change:
        reading.reject(change, known, proposal)


def _said(one: Proposal) -> tuple[str, ...]:
    names = ("paragraph", "start", "end", "subject", "relation", "object", "polarity")
    return tuple(one.cells[name] for name in names)

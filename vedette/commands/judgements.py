"""Who judged which proposal, when and why, and the last judgement of a person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vedette.case import Case, read_case
from vedette.case.schema import Claim
from vedette.case.writing.changing import check_change
from vedette.errors import UsageError
from vedette.evidence import reading
from vedette.evidence.reading import RemarkKind
from vedette.files import CaseChange, Line, changing, read_log

_COMMANDS = {"accepted": "review accept", "rejected": "review reject"}
_STATES = {
    "review accept": ("open", "accepted"),
    "review reject": ("open", "rejected"),
    "review reopen": ("rejected", "open"),
}
"""The states of a proposal before and after a judgement, by its command."""
_WORDS = {"accepted": "accepted", "rejected": "discarded"}


@dataclass(frozen=True)
class ProposalJudgement:
    """What was decided on a proposal: accepted or discarded, by whom, when (in UTC), and why."""

    outcome: str
    who: str
    when: str
    why: str = ""

    @property
    def sentence(self) -> str:
        """Returns the judgement as a sentence."""
        by = f" by {self.who}" if self.who else ""
        when = f" on {self.when[:10]} at {self.when[11:16]} UTC" if self.when else ""
        return f"{self.outcome.capitalize()}{by}{when}{f': {self.why}' if self.why else ''}."

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return vars(self)


@dataclass(frozen=True)
class LastJudgement:
    """The last judgement of a person that was not taken back: the line of the log, and the proposal."""

    line: Line
    proposal: str

    def document(self) -> dict[str, Any]:
        """Returns the id of the line and of the proposal."""
        return {"line": self.line.id, "proposal": self.proposal}


def judgements(case: Case) -> Mapping[str, ProposalJudgement]:
    """Returns the judgement of each proposal that was judged, by its id."""
    home = case.workspace()
    why = {one.about: one.words for one in reading.remarks_of(home) if one.kind == RemarkKind.DISCARDED}
    lines = {(line.command, name): line for line in read_log(home).lines for name in _names(line)}
    found = {}
    for one in reading.proposals_of(case):
        state = one.cells["state"]
        if state in _COMMANDS:
            line = lines.get((_COMMANDS[state], one.id))
            who, when = (line.who, line.when) if line else ("", "")
            reason = why.get(one.id, "") if state == "rejected" else ""
            found[one.id] = ProposalJudgement(_WORDS[state], who, when, reason)
    return found


def refuse_judged(case: Case, proposal: str) -> None:
    """Raises where a proposal was judged already.

    Raises:
        UsageError: it was; the message says by whom and how.
    """
    judged = judgements(case).get(proposal)
    if judged:
        raise UsageError(
            f"{proposal}: this proposal was judged meanwhile. {judged.sentence} Nothing was written twice."
        )


def undo_judgement(case: str, who: str) -> LastJudgement:
    """Takes back the last judgement of a person on a proposal, whatever others did since; gives which.

    A claim that was accepted goes again, if nobody changed it since and nothing rests on it.

    Raises:
        UsageError: there is none to take back, or its claim was changed since.
        CaseError: without the claim the case would hold mistakes; nothing is written.
    """
    known = read_case(case)
    home = known.workspace()
    with changing(home, "review undo") as change:
        last = _last_judgement(known, who)
        before, after = _STATES[last.line.command]
        for edit in last.line.edits:
            if edit.file == Claim.file and edit.rows:
                _take_out(change, [row.text or "" for row in edit.rows.changed()[1]])
        reading.set_state(change, known, last.proposal, before=after, after=before)
        change.undoes = last.line.id
        if home == known.folder:
            check_change(change)
    return last


def _take_out(change: CaseChange, rows: Sequence[str]) -> None:
    """Takes rows out of claims.csv, as they were written."""
    content = (change.read(Claim.file) or b"").decode("utf-8")
    for row in rows:
        if not row or content.count(row) != 1:
            cure = "Edit or retract the claim in its place: see Evidence."
            raise UsageError(f"the claim was changed since it was accepted, and cannot be taken back. {cure}")
        content = content.replace(row, "")
    change.write(Claim.file, content.encode("utf-8"))


def _last_judgement(case: Case, who: str) -> LastJudgement:
    log = read_log(case.workspace()).lines
    undone = {line.undoes for line in log}
    for line in reversed(log):
        if line.who == who and line.id not in undone and line.command in _STATES:
            names = [*_names(line)]
            if names:
                return LastJudgement(line, names[0])
    raise UsageError(f"{who} has judged no proposal that could be taken back.")


def _names(line: Line) -> Iterator[str]:
    """The ids of the proposals that a change judged."""
    for edit in line.edits:
        if edit.file == reading.FILE and edit.rows and line.command.startswith("review"):
            yield from (row.name for row in edit.rows.changed()[1])

"""Who judged which proposal, when and why, and the last judgement of a person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vedette.case import Case, read_case
from vedette.commands.changing import undo
from vedette.errors import UsageError
from vedette.evidence import reading
from vedette.evidence.reading import RemarkKind
from vedette.files import Line, read_log

_COMMANDS = {"accepted": "review accept", "rejected": "review reject"}
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

    line: str
    proposal: str
    outcome: str


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


def last_judgement(case: Case, who: str) -> LastJudgement | None:
    """Returns the last judgement of a person that was not taken back; None if there is none."""
    log = read_log(case.workspace()).lines
    undone = {line.undoes for line in log}
    outcomes = {command: _WORDS[state] for state, command in _COMMANDS.items()} | {
        "review reopen": "reopened"
    }
    for line in reversed(log):
        if line.who == who and line.id not in undone and line.command in outcomes:
            names = [*_names(line)]
            if names:
                return LastJudgement(line.id, names[0], outcomes[line.command])
    return None


def undo_judgement(case: str, who: str) -> LastJudgement:
    """Takes back the last judgement of a person on a proposal; gives which.

    Raises:
        UsageError: there is none to take back.
        StorageError: the case was changed since in the same files, so that it cannot be taken back.
    """
    last = last_judgement(read_case(case), who)
    if last is None:
        raise UsageError(f"{who} has judged no proposal that could be taken back.")
    undo(case, last.line)
    return last


def _names(line: Line) -> Iterator[str]:
    """The ids of the proposals that a change judged."""
    for edit in line.edits:
        if edit.file == reading.FILE and edit.rows and line.command.startswith("review"):
            yield from (row.name for row in edit.rows.changed()[1])

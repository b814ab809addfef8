"""Proposals: claims that a report seems to make, kept beside the case until a person has judged them."""

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from vedette.case import Case
from vedette.case.checking import read_text, schema
from vedette.case.schema import RELATIONS, SPOKEN, Claim
from vedette.errors import CaseError, Problem
from vedette.evidence.reading.document import Document, Passage
from vedette.evidence.reading.grammar import SentenceClaim, claims_in
from vedette.evidence.reading.sentences import neighbours, sentences
from vedette.evidence.reading.traps import without_note_marks
from vedette.evidence.reading.vocabulary import Vocabulary, vocabulary_of
from vedette.files import CaseChange, current
from vedette.letters import UNSEEN
from vedette.progress import Report

FILE = "claims.proposed.csv"
CLAIM_COLUMNS = tuple(schema(Claim))
SPAN_COLUMNS = (
    "file",
    "page",
    "paragraph",
    "start",
    "end",
    "before",
    "span",
    "after",
    "candidates",
    "confidence",
    "rule",
    "state",
)
"""Columns about the sentence and state of a proposal; ``state`` is open, accepted or rejected."""

BY_HAND = "by hand"
"""The rule of a proposal for words that a person marked."""
TRIPLE = ("subject", "relation", "object", "polarity")
"""The columns that a drafted statement puts into words."""
_UNSEEN = re.compile(f"[{UNSEEN}\x00-\x08\x0b\x0c\x0e-\x1f]")
_MARK = "'"
"""Put before a cell that a spreadsheet would read as a formula."""


@dataclass(frozen=True)
class Proposal:
    """One row of claims.proposed.csv: the columns of a claim and those of its span, all as text."""

    cells: Mapping[str, str]

    @property
    def id(self) -> str:
        """The id: a digest of the file, the position in it and the claim."""
        return self.cells["id"]

    @property
    def open(self) -> bool:
        """Whether it is neither accepted nor rejected."""
        return self.cells["state"] == "open"

    @property
    def claim(self) -> dict[str, str]:
        """The non-empty columns of claims.csv."""
        return {name: self.cells[name] for name in CLAIM_COLUMNS if self.cells[name]}


def propose(case: Case, document: Document, source: str, report: Report) -> list[Proposal]:
    """The claims that the rules extract from a report, in its order."""
    vocabulary = vocabulary_of(case)
    proposals: list[Proposal] = []
    for number, passage in enumerate(document.passages, start=1):
        text = without_note_marks(passage.text)
        for start, end in sentences(text):
            proposals.extend(
                proposal(document, passage, (start, end), claim, source, vocabulary, "rules")
                for claim in claims_in(text[start:end], vocabulary)
            )
        report("Reading sentences", number / len(document.passages))
    return list({one.id: one for one in proposals}.values())


def proposal(
    document: Document,
    passage: Passage,
    span: tuple[int, int],
    claim: SentenceClaim,
    source: str,
    vocabulary: Vocabulary,
    rule: str,
) -> Proposal:
    """The row for a claim at characters ``span`` of a paragraph; ambiguous names are listed as candidates."""
    start, end = span
    before, after = neighbours(document, passage, span)
    document_speaks = claim.speaker_kind == "document"
    words = "" if document_speaks else cell(claim.speaker)
    cells = {
        **dict.fromkeys((*CLAIM_COLUMNS, *SPAN_COLUMNS), ""),
        "id": _id(document, passage, span, claim),
        "source": source,
        "speaker": (claim.speaker_of if claim.speaker_kind == "named" else "") or words,
        "speaker_kind": claim.speaker_kind,
        "speaker_of": "" if document_speaks else claim.speaker_of,
        "hedge": claim.hedge,
        "polarity": claim.polarity,
        "subject": claim.subject[0] if len(claim.subject) == 1 else "",
        "relation": claim.relation,
        "object": claim.object[0] if len(claim.object) == 1 else "",
        "low": _number(claim.low),
        "high": _number(claim.high),
        "unit": claim.unit,
        "from": claim.start,
        "to": claim.end,
        "place": claim.place,
        "credibility": "6",
        "basis": "page",
        "statement": drafted(claim.subject, claim.relation, claim.object, claim.polarity, vocabulary),
        "note": f"after {cell(claim.speaker)}" if document_speaks and claim.speaker else "",
        "file": document.file,
        "page": str(passage.page or ""),
        "paragraph": str(passage.paragraph),
        "start": str(start),
        "end": str(end),
        "before": cell(before),
        "span": cell(passage.text[start:end]),
        "after": cell(after),
        "candidates": _candidates(claim),
        "confidence": claim.confidence,
        "rule": rule,
        "state": "open",
    }
    return Proposal(cells)


def proposals_of(case: Case) -> list[Proposal]:
    """The proposals kept for a case, judged ones too.

    Raises:
        CaseError: the file cannot be read or has other columns.
    """
    path = case.workspace() / FILE
    if not os.path.lexists(current(case.workspace(), FILE)):
        return []
    text = read_text(path)
    if isinstance(text, Problem):
        raise CaseError(f"{path} cannot be read.", [text])
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    columns = (*CLAIM_COLUMNS, *SPAN_COLUMNS)
    for number, row in enumerate(rows, start=2):
        if set(row) != set(columns) or None in row.values():
            cure = f"Delete {FILE} and read the report again."
            found = "other columns, or a row cut short"
            raise CaseError(
                f"{path} cannot be read.", [Problem(FILE, number, "", "its own columns", found, cure)]
            )
    return [Proposal(row) for row in rows]


def keep(change: CaseChange, case: Case, proposals: Sequence[Proposal]) -> int:
    """Adds proposals to those stored for a case, as part of a change; returns how many were added.

    Proposals with a stored id, judged or not, are not added again.
    """
    stored = proposals_of(case)
    known = {one.id for one in stored}
    added = [one for one in proposals if one.id not in known]
    change.write(FILE, written([*stored, *added]))
    return len(added)


def written(rows: Iterable[Proposal]) -> bytes:
    """The content of claims.proposed.csv."""
    text = io.StringIO(newline="")
    sheet = csv.DictWriter(text, (*CLAIM_COLUMNS, *SPAN_COLUMNS), lineterminator="\n")
    sheet.writeheader()
    sheet.writerows(row.cells for row in rows)
    return text.getvalue().encode("utf-8")


def _id(document: Document, passage: Passage, span: tuple[int, int], claim: SentenceClaim) -> str:
    content = (
        document.digest,
        passage.paragraph,
        *span,
        claim.subject,
        claim.relation,
        claim.object,
        claim.polarity,
    )
    return f"read-{hashlib.sha256(repr(content).encode()).hexdigest()[:12]}"


def drafted(
    subject: Sequence[str], relation: str, object_: Sequence[str], polarity: str, vocabulary: Vocabulary
) -> str:
    """A draft of the statement, for relations that require one; the reviewer may improve it."""
    known = RELATIONS.get(relation)
    if known is None or known.kind not in SPOKEN:
        return ""
    names = [" or ".join(vocabulary.labels.get(key, key) for key in ids) for ids in (subject, object_)]
    denied = "It is not so that " if polarity == "-" else ""
    return f"{denied}{names[0]} {known.meaning} {names[1]}".strip()


def with_draft(case: Case, proposal: Proposal, edits: Mapping[str, str]) -> dict[str, str]:
    """The edits of a proposal with a statement that fits the tie, where it is still a draft.

    A statement that a person wrote stays.
    """
    before, now = {**proposal.cells}, {**proposal.cells, **edits}
    vocabulary = vocabulary_of(case)
    drafts = {draft for cells in _versions(before, now) if (draft := _draft_of(cells, vocabulary))}
    if "statement" in edits and edits["statement"] not in drafts:
        return dict(edits)
    if before["statement"] and before["statement"] not in drafts:
        return dict(edits)
    return {**edits, "statement": _draft_of(now, vocabulary)}


def _versions(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The cells of a tie in every state between two, as one column after the other was edited."""
    columns = [name for name in TRIPLE if before[name] != now[name]]
    for chosen in product((False, True), repeat=len(columns)):
        new = {name: now[name] for name, taken in zip(columns, chosen, strict=True) if taken}
        yield {**before, **new}


def _draft_of(cells: Mapping[str, str], vocabulary: Vocabulary) -> str:
    ends = []
    for column in ("subject", "object"):
        several = dict(part.split(": ", 1) for part in cells["candidates"].split("; ") if ": " in part)
        named = cells[column] or several.get(column, "")
        ends.append([key for key in named.split(" or ") if key])
    return drafted(ends[0], cells["relation"], ends[1], cells["polarity"], vocabulary)


def _candidates(claim: SentenceClaim) -> str:
    several = (("subject", claim.subject), ("object", claim.object))
    return "; ".join(f"{name}: {' or '.join(ids)}" for name, ids in several if len(ids) > 1)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def cell(text: str) -> str:
    """Text on one line, without invisible characters, marked if a spreadsheet would read a formula."""
    line = " ".join(_UNSEEN.sub("", text).split())
    return _MARK + line if line[:1] in ("=", "+", "-", "@") else line

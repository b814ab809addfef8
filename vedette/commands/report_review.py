"""Reports that were read, and one of them with its text, its proposals and how each was judged."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from vedette.case import Case
from vedette.case.schema import RELATIONS
from vedette.commands.judgements import ProposalJudgement, judgements
from vedette.commands.reviewing import ClaimToCheck
from vedette.errors import UsageError
from vedette.evidence import Ledger, claimed, reading
from vedette.evidence.reading import KeptText, Passage, Proposal

_CLOSE = {
    "high": "the words for the relation stand right beside the names",
    "medium": "some words stand between the names and those for the relation",
    "low": "the words for the relation stand far from a name, or a name may mean several actors",
}


@dataclass(frozen=True)
class ReadReportHead:
    """A report that was read: its name, source and day, and how its proposals were judged.

    ``source`` is empty and ``read_on`` None where the text is not kept (``has_text``).
    """

    key: str
    file: str
    source: str
    read_on: date | None
    has_text: bool
    open: int
    accepted: int
    discarded: int

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return vars(self)


@dataclass(frozen=True)
class ReadReports:
    """The reports of a case that were read; those with open proposals first, then the newest."""

    reports: tuple[ReadReportHead, ...]

    def document(self) -> list[dict[str, Any]]:
        """Returns a row for each report."""
        return [one.document() for one in self.reports]

    def table(self) -> pl.DataFrame:
        """Returns a row for each report."""
        schema = dict.fromkeys(("key", "file", "source"), pl.String)
        more = {"read_on": pl.Date, "has_text": pl.Boolean} | dict.fromkeys(
            ("open", "accepted", "discarded"), pl.Int64
        )
        return pl.DataFrame(self.document(), {**schema, **more})


@dataclass(frozen=True)
class ReviewedProposal:
    """A proposal as a reviewer needs it.

    Attributes:
        proposal: the proposal.
        number: its number in the report, from 1.
        placed: whether its sentence stands in the kept text where it says.
        judgement: how it was judged; None while it is open.
        same: the ids of claims of the case that say that the tie is so; those in ``against`` that it is not.
        misfits: why it cannot be accepted as it is, each as a sentence: a row is gone, a name has two actors.
        why: why it was proposed.
        sentence: what it says, in plain words.
    """

    proposal: Proposal
    number: int
    placed: bool
    judgement: ProposalJudgement | None
    same: tuple[str, ...]
    against: tuple[str, ...]
    misfits: tuple[str, ...]
    why: str
    sentence: str

    @property
    def cells(self) -> Mapping[str, str]:
        """Returns the cells of the proposal."""
        return self.proposal.cells

    @property
    def standing(self) -> str:
        """Returns where it stands: open, accepted or discarded."""
        return self.judgement.outcome if self.judgement else "open"

    @property
    def contested(self) -> bool:
        """Returns whether the case holds a claim of the opposite."""
        return bool(self.same if self.cells["polarity"] == "-" else self.against)

    @property
    def supports(self) -> tuple[str, ...]:
        """Returns the ids of claims of the case that say the same already."""
        return self.against if self.cells["polarity"] == "-" else self.same

    def document(self) -> dict[str, Any]:
        """Returns the cells with what a reviewer is told about them."""
        judged = self.judgement.document() if self.judgement else None
        told = {"same": list(self.same), "against": list(self.against), "misfits": list(self.misfits)}
        return {
            **self.cells,
            "number": self.number,
            "sentence": self.sentence,
            "judgement": judged,
            "why": self.why,
            **told,
        }


@dataclass(frozen=True)
class ReportReview:
    """A report under review: its head, its paragraphs (none where the text is not kept), its proposals."""

    head: ReadReportHead
    passages: tuple[Passage, ...]
    proposals: tuple[ReviewedProposal, ...]

    def find(self, proposal: str) -> ReviewedProposal | None:
        """Returns a proposal by its id; None if the report has no such."""
        return next((one for one in self.proposals if one.proposal.id == proposal), None)

    def next_open(self, after: str = "") -> ReviewedProposal | None:
        """Returns the next open proposal after one, from the start again at the end; None if none is open."""
        found = self.find(after)
        start = found.number if found else 0
        turned = [*self.proposals[start:], *self.proposals[:start]]
        return next((one for one in turned if one.judgement is None), None)

    def document(self) -> dict[str, Any]:
        """Returns the report with its paragraphs and proposals."""
        passages = [vars(one) for one in self.passages]
        proposals = [one.document() for one in self.proposals]
        return {**self.head.document(), "passages": passages, "proposals": proposals}


@dataclass(frozen=True)
class ClaimContext:
    """The text that a claim was read from: the report, and the paragraph cut at the sentence.

    ``key`` is that of the report; ``paragraph`` the words before the sentence, the sentence, and those after.
    """

    key: str
    file: str
    page: str
    paragraph: tuple[str, str, str]

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return vars(self)


def claim_context(ledger: Ledger, claim: ClaimToCheck) -> ClaimContext | None:
    """Returns the text that a claim was read from; None where it was not read from a report.

    Where the text is not kept, it is the sentence between its neighbours.
    """
    one = claim.sentence
    if one is None:
        return None
    cells = one.cells
    key = reading.report_key(cells["file"])
    text = reading.text_of(ledger.case.workspace(), key)
    paragraph = (cells["before"], cells["span"], cells["after"])
    if text and text.holds(one):
        whole, start, end = (
            text.passages[int(cells["paragraph"]) - 1].text,
            int(cells["start"]),
            int(cells["end"]),
        )
        paragraph = (whole[:start], whole[start:end], whole[end:])
    return ClaimContext(key, cells["file"], cells["page"], paragraph)


def read_reports(ledger: Ledger) -> ReadReports:
    """Returns the reports of a case that were read.

    Raises:
        CaseError: the file of proposals cannot be read.
    """
    case = ledger.case
    proposals = _by_file(reading.proposals_of(case))
    texts = {text.file: text for text in reading.texts_of(case.workspace())}
    files = [*texts, *(file for file in proposals if file not in texts)]
    heads = [_head(file, texts.get(file), proposals=proposals.get(file, [])) for file in files]
    return ReadReports(tuple(sorted(heads, key=lambda head: not head.open)))


def review_report(ledger: Ledger, key: str) -> ReportReview:
    """Returns a report with its text, its proposals in the order of the text, and what speaks to each.

    Raises:
        UsageError: no report has this key.
        CaseError: the file of proposals cannot be read.
    """
    case = ledger.case
    text = reading.text_of(case.workspace(), key)
    every = _by_file(reading.proposals_of(case))
    file = text.file if text else next((name for name in every if reading.report_key(name) == key), "")
    if not file:
        raise UsageError(f"no report {key!r} was read in {case.id}. Those that were: /reading")
    proposals = sorted(every.get(file, []), key=_place)
    judged, held = judgements(case), _held(ledger)
    known = _known_ids(case)
    reviewed = tuple(
        ReviewedProposal(
            one,
            number,
            text is not None and text.holds(one),
            judged.get(one.id),
            held.get((*_tie(one), "+"), ()),
            held.get((*_tie(one), "-"), ()),
            tuple(_misfits(one, known)) if one.open else (),
            _why(one),
            _sentence(one, ledger.names),
        )
        for number, one in enumerate(proposals, start=1)
    )
    return ReportReview(_head(file, text, proposals=proposals), text.passages if text else (), reviewed)


def _by_file(proposals: Sequence[Proposal]) -> dict[str, list[Proposal]]:
    files: dict[str, list[Proposal]] = {}
    for one in proposals:
        files.setdefault(one.cells["file"], []).append(one)
    return files


def _head(file: str, text: KeptText | None, *, proposals: Sequence[Proposal]) -> ReadReportHead:
    counts = Counter(one.cells["state"] for one in proposals)
    sources = Counter(one.cells["source"] for one in proposals if one.cells["source"])
    source = sources.most_common(1)[0][0] if sources else text.source if text else ""
    return ReadReportHead(
        reading.report_key(file),
        file,
        source,
        text.read_on if text else None,
        text is not None,
        counts["open"],
        counts["accepted"],
        counts["rejected"],
    )


def _place(one: Proposal) -> tuple[int, int]:
    return int(one.cells["paragraph"]), int(one.cells["start"])


def _tie(one: Proposal) -> tuple[str, str, str]:
    return one.cells["subject"], one.cells["relation"], one.cells["object"]


def _held(ledger: Ledger) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """The ids of the claims of a ledger by subject, relation, object and polarity."""
    columns = ("subject", "relation", "object", "polarity", "id")
    ids: dict[tuple[str, ...], list[str]] = {}
    for *about, key in ledger.claims.select(columns).iter_rows():
        ids.setdefault(tuple(about), []).append(key)
    return {about: tuple(keys) for about, keys in ids.items()}


def _known_ids(case: Case) -> frozenset[str]:
    regions = (region.id for region in case.regions)
    return frozenset((*case.actors["id"], *case.sites["id"], *case.places.ids, *regions))


def _misfits(one: Proposal, known: frozenset[str]) -> Iterator[str]:
    cells = one.cells
    for part in filter(None, cells["candidates"].split("; ")):
        column, _, ids = part.partition(": ")
        if not cells.get(column):
            yield f"The {column} may be {ids}: choose the one that is meant."
    for column in ("subject", "object", "speaker_of", "place"):
        if cells[column] and cells[column] not in known:
            yield f"{cells[column]!r} under {column} is not in the case any more: choose another."
    if cells["relation"] and cells["relation"] not in RELATIONS:
        yield f"{cells['relation']!r} is no relation of the vocabulary: choose another."


def _sentence(one: Proposal, names: Mapping[str, str]) -> str:
    """What a proposal says, with every name that is meant where several may be."""
    cells: dict[str, object] = {**one.cells}
    several = dict(part.split(": ", 1) for part in one.cells["candidates"].split("; ") if ": " in part)
    for column in ("subject", "object"):
        keys = (one.cells[column] or several.get(column, "")).split(" or ")
        cells[column] = " or ".join(names.get(key, key) for key in keys)
    if one.cells["relation"] not in RELATIONS:
        return "What these words say is not filled in yet"
    figures = {name: one.cells[name] or None for name in ("low", "high")}
    return claimed(names, {**cells, **figures, "subject": cells["subject"] or "Somebody"})


def _why(one: Proposal) -> str:
    rule, confidence = one.cells["rule"], one.cells["confidence"]
    if rule == reading.BY_HAND:
        return "Marked by a person in the text."
    if rule.startswith("model "):
        return f"A language model ({rule.removeprefix('model ')}) proposed it; no rule of vedette did."
    words = _CLOSE.get(confidence, "")
    return f"A pattern of the lexicon fits with {confidence} confidence{f': {words}' if words else ''}."

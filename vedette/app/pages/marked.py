"""The text of a report in pieces: which proposals each piece of a paragraph is marked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vedette.commands import ReportReview, ReviewedProposal

LONGEST = 40_000
"""A part of a report that is shown at once ends with the paragraph in which it reaches so many characters."""


@dataclass(frozen=True)
class Piece:
    """Some characters of a paragraph, the proposals that they are part of, and those that end with them."""

    text: str
    within: tuple[ReviewedProposal, ...]
    ended: tuple[ReviewedProposal, ...]


@dataclass(frozen=True)
class MarkedParagraph:
    """A paragraph in pieces; ``page`` is the page that begins with it, 0 where none does."""

    number: int
    page: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class MarkedText:
    """One part of the text of a report, which of how many (from 1)."""

    part: int
    parts: int
    paragraphs: tuple[MarkedParagraph, ...]


@dataclass(frozen=True)
class TextPart:
    """One part of a report: which of how many (from 1), and its first and last paragraph."""

    part: int
    parts: int
    first: int
    last: int


def part_of(review: ReportReview, part: int) -> TextPart:
    """Returns a part of a report; the first where there is none of this number."""
    starts = _starts(review)
    chosen = part if 0 < part <= len(starts) else 1
    first = starts[chosen - 1] if starts else 0
    last = starts[chosen] if chosen < len(starts) else len(review.passages)
    return TextPart(chosen, max(len(starts), 1), first + 1, last)


def marked_text(review: ReportReview, at: ReviewedProposal | None, part: int = 0) -> MarkedText:
    """Returns a part of a report: the one asked for, else that in which a proposal stands, else the first."""
    if not part and at:
        number, starts = int(at.cells["paragraph"]), _starts(review)
        part = max((place for place, start in enumerate(starts, start=1) if start < number), default=1)
    shown = part_of(review, part)
    by_paragraph: dict[int, list[ReviewedProposal]] = {}
    for one in review.proposals:
        if one.placed:
            by_paragraph.setdefault(int(one.cells["paragraph"]), []).append(one)
    paragraphs, page = [], 0
    for passage in review.passages[shown.first - 1 : shown.last]:
        pieces = _pieces(passage.text, by_paragraph.get(passage.paragraph, []))
        paragraphs.append(
            MarkedParagraph(passage.paragraph, passage.page if passage.page != page else 0, pieces)
        )
        page = passage.page
    return MarkedText(shown.part, shown.parts, tuple(paragraphs))


def _starts(review: ReportReview) -> list[int]:
    """The places of the paragraphs with which the parts of a report begin."""
    starts, size = [], LONGEST
    for place, passage in enumerate(review.passages):
        if size >= LONGEST:
            starts.append(place)
            size = 0
        size += len(passage.text)
    return starts


def _pieces(text: str, proposals: Sequence[ReviewedProposal]) -> tuple[Piece, ...]:
    spans = [(int(one.cells["start"]), int(one.cells["end"]), one) for one in proposals]
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    return tuple(
        Piece(
            text[begin:end],
            tuple(one for first, last, one in spans if first <= begin and end <= last),
            tuple(one for _, last, one in spans if last == end),
        )
        for begin, end in pairwise(cuts)
    )

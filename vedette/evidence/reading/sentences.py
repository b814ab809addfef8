"""Splits a paragraph into sentences with their positions."""

import re
from collections.abc import Iterator

from vedette.evidence.reading.document import Document, Passage

_WORDS_OF_ABBREVIATIONS = (
    "mr mrs ms dr gen lt col maj capt sgt brig adm gov sen rep prof st no vs etc e.g i.e u.s u.k u.n "
    "jan feb mar apr jun jul aug sep sept oct nov dec approx ca fig vol pp p"
)
_ABBREVIATIONS = frozenset(_WORDS_OF_ABBREVIATIONS.split())
_END = re.compile(r"[.!?؟…]+[\"”’)\]]*\s+")
LONGEST = 1500
"""The longest sentence in characters; longer text is a table or a list and is cut at blanks."""


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence.

    >>> text = "Gen. Miller spoke. He left on 3 Jan. 2021 by air."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Gen. Miller spoke.', 'He left on 3 Jan. 2021 by air.']
    """
    start = 0
    for match in _END.finditer(text):
        if _ends(text, match):
            yield from _pieces(text, start, match.end())
            start = match.end()
    yield from _pieces(text, start, len(text))


def neighbours(document: Document, passage: Passage, span: tuple[int, int]) -> tuple[str, str]:
    """The sentence before and the one after a span of a paragraph, in the next paragraph if need be."""
    inside = list(sentences(passage.text))
    before = [passage.text[start:end] for start, end in inside if end <= span[0]]
    after = [passage.text[start:end] for start, end in inside if start >= span[1]]
    place = passage.paragraph - 1
    if not before and place > 0:
        text = document.passages[place - 1].text
        before = [text[start:end] for start, end in sentences(text)]
    if not after and place + 1 < len(document.passages):
        text = document.passages[place + 1].text
        after = [text[start:end] for start, end in sentences(text)]
    return before[-1] if before else "", after[0] if after else ""


def _ends(text: str, match: re.Match[str]) -> bool:
    before = re.search(r"[\w.]+$", text[: match.start()][-20:])
    word = before[0].casefold() if before else ""
    after = text[match.end() : match.end() + 1]
    if match[0].strip() == "." and (word in _ABBREVIATIONS or re.fullmatch(r"[a-z]", word)):
        return False
    return not after.islower()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())

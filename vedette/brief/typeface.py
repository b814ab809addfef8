"""The fonts that ship: the only ones that documents and pictures are set in.

They are Noto Sans (SIL Open Font License 1.1, kept beside them), cut down by ``studies/fonts.py`` and named
anew, so that no font of the machine is taken in their place.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from vedette.errors import DataError, Problem

FOLDER = Path(__file__).parent / "fonts"
FAMILIES = ("Vedette Sans", "Vedette Sans Arabic", "Vedette Sans Math", "Vedette Sans Symbols")
"""In the order in which a letter is looked for."""
_UNSEEN = frozenset("\n\t\r\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SHOWN = 40


def check_letters(texts: Iterable[tuple[str, str]]) -> None:
    """Checks that the fonts have every letter of some texts, each given with where it stands.

    Raises:
        DataError: they lack a letter; every text that holds one is listed once.
    """
    problems = dict.fromkeys(
        _problem(where, text, lacking) for where, text in texts if (lacking := without_glyph(text))
    )
    if problems:
        raise DataError("the fonts that come with vedette lack letters of the brief:", problems)


def without_glyph(text: str) -> list[str]:
    """The letters of a text that no font has, each once, in order; a letter is taken with its accents.

    >>> without_glyph("Mosul \u0627\u0644\u0645\u0648\u0635\u0644 \u2265 \u6c49")
    ['汉']
    """
    known = letters()
    if known[0].issuperset(text):
        return []
    found = (letter for letter in _accented(text) if not any(own.issuperset(letter) for own in known))
    return list(dict.fromkeys(found))


def _accented(text: str) -> Iterator[str]:
    """The letters of a text, each with the accents that follow it: one font draws both."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.category(text[place]).startswith("M"):
            yield text[start:place]
            start = place


@cache
def letters() -> tuple[frozenset[str], ...]:
    """The letters of each family that have a glyph, with the signs that have none to draw."""
    blocks = (FOLDER / "letters.txt").read_text(encoding="utf-8").split("# ")[1:]
    return tuple(_UNSEEN | frozenset(_spans(block.split("\n")[1:])) for block in blocks)


def _spans(lines: Iterable[str]) -> Iterator[str]:
    for first, _, last in (line.partition("-") for line in lines if line):
        yield from map(chr, range(int(first, 16), int(last, 16) + 1))


def _problem(where: str, text: str, lacking: list[str]) -> Problem:
    found = ", ".join(
        f"{letter!r} ({' '.join(f'U+{ord(part):04X}' for part in letter)})" for letter in lacking[:3]
    )
    at = max(0, text.index(lacking[0]) - _SHOWN // 2)
    return Problem(
        where,
        0,
        "",
        "Latin, Greek, Cyrillic or Arabic letters and common signs",
        f"{found} in {text[at : at + _SHOWN]!r}",
        "Write it in one of these alphabets, or leave out pdf and docx: --format html,json.",
    )

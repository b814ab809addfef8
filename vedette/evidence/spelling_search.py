"""Finds words in texts and names however they are spelt, in Latin and in Arabic script."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from vedette.evidence.actors import folded, spelt

_NOT_IN_WORDS = re.compile(r"[^\w]+|_")
_DOTTED = re.compile(r"\b(\w)\.(?=\w\b|\W|$)")
_GAP = re.compile(r"[\s,;/()\-\u2010-\u2015]+")
_ARABIC = re.compile("[\u0620-\u06ff]")
_LEAST = 3
"""Letters that a similar spelling must share at least."""
_SHORT = 2
"""A word of so many letters is looked for as a whole word."""


def plain(text: str) -> str:
    """A text as its words in one spelling, a blank between them and at both ends.

    Case, accents, apostrophes, invisible characters and the dots of U.S. are ignored, hyphens part words, and
    Arabic, Persian and Kurdish forms of a letter are one.

    >>> plain("Asa’ib Ahl al-Haqq"), plain("U.S."), plain("كتائب") == plain("کتائب")
    (' asaib ahl al haqq ', ' us ', True)
    """
    words = _NOT_IN_WORDS.sub(" ", _DOTTED.sub(r"\1", spelt(text))).split()
    return f" {' '.join(words)} "


@dataclass(frozen=True)
class Wanted:
    """Words that are looked for.

    >>> wanted = Wanted("Hizballah")
    >>> wanted.written_in("Iran arms Kata'ib Hizballah"), wanted.spelt_like("Kataib Hezbollah")
    (True, True)
    """

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words in one spelling; none if the text has neither letters nor digits."""
        return tuple(plain(self.text).split())

    def written_in(self, text: str) -> bool:
        """Whether a text has all the words, each at the start of a word; Arabic ones anywhere in it."""
        return self.in_plain(plain(text))

    def in_plain(self, text: str) -> bool:
        """`written_in` for a text in the form of `plain`."""
        return bool(self.words) and all(_sought(word) in text for word in self.words)

    def spelt_like(self, name: str) -> bool:
        """Whether a name, or some of its words in a row, have the words in a similar spelling.

        Parted and joined words are alike, and so is what `folded` ignores.
        """
        return not self._forms.isdisjoint(_forms_of_runs(name))

    def any_like(self, names: Iterable[str]) -> str | None:
        """The first of some names that is spelt like the words; None if none is."""
        return next((name for name in names if name and self.spelt_like(name)), None)

    @cached_property
    def _forms(self) -> frozenset[str]:
        return _forms(self.text)


def _sought(word: str) -> str:
    """What stands in a text that has a word."""
    if _ARABIC.search(word):
        return word
    return f" {word} " if len(word) <= _SHORT else f" {word}"


@lru_cache(maxsize=20_000)
def _forms_of_runs(name: str) -> frozenset[str]:
    """The forms of a name and of any of its words in a row."""
    words = [word for word in _GAP.split(name) if word]
    runs = (
        " ".join(words[first:last])
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
    )
    return frozenset(form for run in runs for form in _forms(run))


def _forms(words: str) -> frozenset[str]:
    """What spellings of some words share: their letters in a row, and what `folded` leaves of them."""
    forms = {plain(words).replace(" ", ""), folded(words).replace(" ", "")}
    return frozenset(form for form in forms if len(form) >= _LEAST)

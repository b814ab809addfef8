"""Names in a text that a vocabulary does not know, found by capitals and by words that begin such names.

This is the place of a parser: whatever takes a text and the names of a case and gives `UnknownMention`s can
stand in for `unknown_mentions`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from vedette.evidence.reading.sentences import sentences
from vedette.evidence.reading.vocabulary import Vocabulary
from vedette.evidence.words import Word, words_of

FILE = Path(__file__).with_name("name_words.yaml")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_MOST = 2
_BEFORE_KNOWN = ("of", "for", "the")
"""Words after which a known name is part of a longer one: Ministry of Peshmerga Affairs."""


@dataclass(frozen=True)
class _NameWords:
    """Words of names by the kind of actor that they speak for, and words that are no part of a name."""

    kinds: Mapping[str, str]
    titles: frozenset[str]
    left_out: frozenset[str]
    joints: frozenset[str]
    arabic_groups: frozenset[str]
    arabic_ends: frozenset[str]


@cache
def _name_words() -> _NameWords:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    kinds = {word: kind for kind, words in content.pop("kinds").items() for word in words.split()}
    return _NameWords(kinds, **{name: frozenset(words.split()) for name, words in content.items()})


@dataclass(frozen=True)
class UnknownMention:
    """A name that the case does not know, at characters ``start`` to ``end`` of a text.

    ``kind`` is the kind of actor that its words or title speak for; empty where they speak for none.
    """

    start: int
    end: int
    name: str
    kind: str
    sentence: tuple[int, int]


def unknown_mentions(text: str, known: Vocabulary) -> list[UnknownMention]:
    """The names of a text that are none of the vocabulary, in its order.

    A name is a run of capitalised words, or in Arabic script what follows a word like movement or brigade. A
    single word that begins a sentence is taken for a name only where it stands within another one too.
    """
    spans = [*sentences(text)]
    inner = {word.text for start, end in spans for word in _after_first(words_of(text[start:end]))}
    return [one for span in spans for one in _in_sentence(text, span, known, inner)]


def _in_sentence(
    text: str, span: tuple[int, int], known: Vocabulary, inner: set[str]
) -> Iterator[UnknownMention]:
    start, end = span
    words, kinds = words_of(text[start:end]), _name_words().kinds
    mentions = known.mentions(words)
    taken = {index for one in mentions for index in range(one.first, one.last + 1)}
    places = {one.last: one.first for one in mentions if not one.actor}
    index = 0
    while index < len(words):
        run = [] if index in taken else _run(words, index, taken) or _arabic_run(words, index, taken)
        if not run:
            index += 1
            continue
        index = run[-1] + 1
        kept = _stripped(words, run, inner)
        if not taken.issuperset(kept):
            kind = _kind(words, kept)
            # the name of a group may begin with that of a place: Anbar Tribal Front
            first = places.get(kept[0] - 1, kept[0]) if kind in kinds.values() else kept[0]
            begin, stop = start + words[first].start, start + words[kept[-1]].end
            yield UnknownMention(begin, stop, _written(text[begin:stop]), kind, span)


def _run(words: Sequence[Word], index: int, taken: set[int]) -> list[int]:
    """The words from one on that are capitalised, with what joins them; known names only after an `of`."""
    if not _capital(words[index]):
        return []
    run, at = [index], index + 1
    while at < len(words) and not words[run[-1]].owner:
        if at in taken and not (words[at - 1].low in _BEFORE_KNOWN or at - 1 in taken):
            break
        if _capital(words[at]):
            run = [*range(index, at + 1)]
        elif words[at].low not in _name_words().joints and words[at].text not in "-–‑":
            break
        at += 1
    return run


def _arabic_run(words: Sequence[Word], index: int, taken: set[int]) -> list[int]:
    """A word like movement in Arabic script, with the one or two that follow."""
    listed = _name_words()
    if words[index].text.removeprefix("و").removeprefix("ال") not in listed.arabic_groups:
        return []
    run = [index]
    for at in range(index + 1, min(index + 1 + _ARABIC_MOST, len(words))):
        if at in taken or words[at].text in listed.arabic_ends or not _ARABIC.match(words[at].text):
            break
        run.append(at)
    return run if len(run) > 1 else []


def _stripped(words: Sequence[Word], run: list[int], inner: set[str]) -> list[int]:
    """A run without titles and words that are no names; nothing where none is left."""
    listed, kept = _name_words(), list(run)
    first = words[kept[0]]
    alone = len(kept) == 1 and first.text not in inner and not first.text.isupper()
    if kept[0] == _first_word(words) and (alone or first.low in inner):
        kept = kept[1:]
    while kept and not _begins(words[kept[0]], listed):
        kept = kept[1:]
    while kept and (words[kept[-1]].low in listed.left_out | listed.joints or not _letter(words[kept[-1]])):
        kept = kept[:-1]
    return [] if len(kept) == 1 and words[kept[0]].low in listed.kinds else kept


def _begins(word: Word, listed: _NameWords) -> bool:
    """Whether a name may begin with a word."""
    low = word.low
    return _letter(word) and low not in listed.left_out | listed.titles and low not in ("of", "for", "the")


def _kind(words: Sequence[Word], kept: Sequence[int]) -> str:
    """The kind of actor that the words of a name, or a title before it, speak for."""
    listed = _name_words()
    spoken = [listed.kinds[words[at].low] for at in kept if words[at].low in listed.kinds]
    if spoken or _ARABIC.match(words[kept[0]].text):
        return spoken[0] if spoken else "armed-group"
    before = range(max(kept[0] - 2, 0), kept[0])
    return "person" if any(words[at].low in listed.titles for at in before) else ""


def _capital(word: Word) -> bool:
    return len(word.text) > 1 and word.text[0].isupper()


def _letter(word: Word) -> bool:
    return word.text[0].isalpha()


def _first_word(words: Sequence[Word]) -> int:
    return next((number for number, word in enumerate(words) if _letter(word)), 0)


def _after_first(words: Sequence[Word]) -> Sequence[Word]:
    return words[_first_word(words) + 1 :]


def _written(text: str) -> str:
    """A name on one line, without the 's of an owner."""
    return re.sub("['’]s$", "", " ".join(text.split()))

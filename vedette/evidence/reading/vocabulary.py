"""The vocabulary of a case: actors, sites, places and regions, found in text in any spelling."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import polars as pl

from vedette.case import Case
from vedette.evidence.words import ARTICLES, Word, clean, heard, skeleton, words_of

_ALIKE = 0.72
"""Two spellings with the same consonants and at least this similarity count as one name."""
_GENERIC = re.compile(
    r"\b(?:camp|base|air base|training camp|compound|crossing|governorate|province)\b|\(.*?\)|,.*", re.I
)
_PREFIXES = ("وال", "بال", "لل", "و", "ب", "ل")


@dataclass(frozen=True)
class Mention:
    """A name in a sentence: words ``first`` to ``last`` (both included) and the ids that it may mean."""

    first: int
    last: int
    ids: tuple[str, ...]
    actor: bool
    """Whether it is an actor; else it is a site, place or region."""


@dataclass(frozen=True)
class _Name:
    id: str
    actor: bool
    text: str
    """The spelling in the case, cleaned."""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Every spelling of every actor, site, place and region: pairs of id and name."""

    actors: tuple[tuple[str, str], ...]
    sites: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]
    labels: Mapping[str, str]
    """The display name of each id."""
    kinds: Mapping[str, str]
    """The kind of each actor."""

    @cached_property
    def actor_ids(self) -> frozenset[str]:
        """Ids of all actors."""
        return frozenset(key for key, _ in self.actors)

    @cached_property
    def place_ids(self) -> frozenset[str]:
        """Ids of all sites, places and regions."""
        return frozenset(key for key, _ in (*self.sites, *self.areas))

    @cached_property
    def site_ids(self) -> frozenset[str]:
        """Ids of all sites."""
        return frozenset(key for key, _ in self.sites)

    def mentions(self, words: list[Word]) -> list[Mention]:
        """The names in a sentence, not overlapping; of several that begin at one word the longest."""
        mentions: list[Mention] = []
        index = 0
        while index < len(words):
            mention = self._at(words, index)
            if mention:
                mentions.append(mention)
            index = mention.last + 1 if mention else index + 1
        return mentions

    def _at(self, words: list[Word], index: int) -> Mention | None:
        run = list(_run(words, index, self._longest))
        for count in range(len(run), 0, -1):
            last, texts = run[count - 1][0], [text for _, text in run[:count]]
            names = self._named(texts)
            if names:
                actors = {name.id for name in names if name.actor}
                ids = actors or {name.id for name in names}
                return Mention(index, last, tuple(sorted(ids)), bool(actors))
        return None

    def _named(self, texts: list[str]) -> list[_Name]:
        names = self._heard.get(" ".join(map(heard, texts)), [])
        if not names and re.search("[\u0600-\u06ff]", texts[0]):
            bare = _without_prefix(texts[0])
            names = self._heard.get(" ".join(map(heard, [bare, *texts[1:]])), []) if bare else []
        fitting = [name for name in names if _written_alike(name.text, texts)]
        exact = [name for name in fitting if name.text.casefold() == " ".join(texts).casefold()]
        return exact or fitting or list(self._alike(texts))

    def _alike(self, texts: list[str]) -> Iterator[_Name]:
        key = " ".join(map(skeleton, texts))
        if len(key.replace(" ", "")) < 4 or not any(text[:1].isupper() for text in texts):
            return
        text = " ".join(texts)
        for name in self._by_skeleton.get(key, ()):
            shared = SequenceMatcher(None, name.text.casefold(), text.casefold()).ratio()
            if shared >= _ALIKE and _written_alike(name.text, texts):
                yield name

    @cached_property
    def _names(self) -> list[tuple[list[str], _Name]]:
        pairs = [(True, *pair) for pair in self.actors]
        pairs += [(False, *pair) for pair in (*self.sites, *self.areas)]
        listed = []
        for actor, key, name in pairs:
            texts = [word.text for word in words_of(name) if re.match(r"\w", word.text)]
            bare = [text for text in texts if text.casefold() not in ARTICLES] or texts
            if bare:
                listed.append((bare, _Name(key, actor, " ".join(bare))))
        return listed

    @cached_property
    def _longest(self) -> int:
        return max((len(texts) for texts, _ in self._names), default=1)

    @cached_property
    def _heard(self) -> dict[str, list[_Name]]:
        return _gathered((" ".join(map(heard, texts)), name) for texts, name in self._names)

    @cached_property
    def _by_skeleton(self) -> dict[str, list[_Name]]:
        return _gathered((" ".join(map(skeleton, texts)), name) for texts, name in self._names)


def vocabulary_of(case: Case) -> Vocabulary:
    """The vocabulary of a case."""
    places = {
        *case.places.names.items(),
        *case.places.spellings.said,
        *((place, spelling) for spelling, place in case.places.spellings.bare.items()),
    }
    regions = [(region.id, region.name) for region in case.regions]
    return make_vocabulary(case.actors, case.sites, sorted(places), regions)


def make_vocabulary(
    actors: pl.DataFrame,
    sites: pl.DataFrame,
    places: Iterable[tuple[str, str]],
    regions: Iterable[tuple[str, str]] = (),
) -> Vocabulary:
    """A vocabulary from tables with the columns of actors.csv and sites.csv and pairs of id and name."""
    people = [
        (key, spelling.strip())
        for key, name, aliases in actors.select("id", "name", "aliases").iter_rows()
        for spelling in (name, *(aliases or "").split(";"))
        if spelling.strip()
    ]
    bases = [
        (key, spelling)
        for key, name in sites.select("id", "name").iter_rows()
        for spelling in dict.fromkeys((name, _GENERIC.sub("", name).strip()))
        if spelling
    ]
    areas = [*places, *regions]
    kinds = dict(actors.select("id", "kind").iter_rows())
    labels: dict[str, str] = {}
    for key, name in (*people, *bases, *areas):
        labels.setdefault(key, name)
    return Vocabulary(tuple(people), tuple(bases), tuple(areas), labels, kinds)


def _run(words: list[Word], index: int, longest: int) -> Iterator[tuple[int, str]]:
    """Words from ``index`` on that may form one name, as index and text, without articles and hyphens."""
    count = 0
    for at in range(index, len(words)):
        text = words[at].text
        if text in "-–‑" or (text.casefold() in ARTICLES and (at > index)):
            continue
        if not re.match(r"\w", text) or (at == index and text.casefold() in ARTICLES and text != "IS"):
            return
        yield at, text
        count += 1
        if count == longest or words[at].owner:
            return


def _written_alike(name: str, texts: list[str]) -> bool:
    """Whether a text agrees with a name in its capitals.

    Short names in capitals must be in capitals (US, not us); names with a capital need one.
    """
    text = " ".join(texts)
    short = name.replace(".", "")
    if short.isupper() and len(short) <= 5:
        return text.replace(".", "") == short
    return not name[:1].isupper() or any(part[:1].isupper() for part in texts)


def _without_prefix(text: str) -> str:
    for prefix in _PREFIXES:
        if text.startswith(prefix) and len(text) > len(prefix) + 2:
            return clean(text[len(prefix) :])
    return ""


def _gathered(pairs: Iterable[tuple[str, _Name]]) -> dict[str, list[_Name]]:
    names_by_key: dict[str, list[_Name]] = {}
    for key, name in pairs:
        if name not in names_by_key.setdefault(key, []):
            names_by_key[key].append(name)
    return names_by_key

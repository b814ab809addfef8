"""Resolves names to actors: every spelling gives one actor, or all actors that it may mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import polars as pl

from vedette.case import Case
from vedette.errors import UsageError
from vedette.evidence.words import ARTICLES, clean
from vedette.letters import arabic_skeleton, fold_letters
from vedette.problems import did_you_mean

_ARTICLE = re.compile(rf"\b(?:{'|'.join(sorted(ARTICLES))})\b\s*")
_SOUNDS = (
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("q", "k"),
    ("ee", "i"),
    ("oo", "u"),
    ("ou", "u"),
)
_ARABIC_SCRIPT = re.compile("[\u0620-\u06ff]")
_ENDINGS = re.compile(r"(?:iyyah|iyya|iyah|iya|ah|eh)\b")


def folded(name: str) -> str:
    """A name in a normal form that is the same for all its common spellings.

    Ignored are case, accents, articles, vowels that transliterations disagree on, doubled letters, invisible
    characters and, in Arabic script, what `arabic_skeleton` ignores.

    >>> folded("Kata'ib Hizballah") == folded("Kataib Hezbollah")
    True
    >>> folded("كَتائب حزب الله") == folded("كتائب حزب الله")
    True
    """
    if _ARABIC_SCRIPT.search(name):
        return arabic_skeleton(name)
    words = _ENDINGS.sub("a", _ARTICLE.sub("", re.sub(r"[^\w\s]|_", " ", spelt(name))))
    for heard, written in _SOUNDS:
        words = words.replace(heard, written)
    words = re.sub(r"(?<=[a-z])[aeiou]+(?=[a-z])", "", words)
    return re.sub(r"([^\W\d])\1+", r"\1", " ".join(words.split()))


def spelt(name: str) -> str:
    """A name in lower case, without accents, apostrophes and invisible characters."""
    return " ".join(fold_letters(clean(name)).split())


@dataclass(frozen=True, eq=False)
class Actors:
    """The actors of a case: ``table`` has the columns of actors.csv."""

    table: pl.DataFrame

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The display name of each actor by id."""
        return dict(self.table.select("id", "name").iter_rows())

    @cached_property
    def spellings(self) -> Mapping[str, tuple[str, ...]]:
        """Every spelling of each actor by id: its name, its other names, its codes."""
        rows = self.table.select("id", "name", "aliases", "iso3").iter_rows()
        return {
            key: tuple(dict.fromkeys(filter(None, [name, *map(str.strip, aliases.split(";")), iso3, key])))
            for key, name, aliases, iso3 in rows
        }

    def name(self, key: str) -> str:
        """The display name of an actor; ``key`` itself if no actor has this id."""
        return self.names.get(key, key)

    def candidates(self, text: str) -> tuple[str, ...]:
        """The ids of the actors that a name may mean: those with this spelling, else with a similar one."""
        exact = self._spelt.get(spelt(text), ())
        return exact or self._folded.get(folded(text), ())

    def resolve(self, text: str) -> str:
        """The id of the actor that a name means.

        Raises:
            UsageError: no actor or several actors have that name.
        """
        ids = self.candidates(text)
        if len(ids) == 1:
            return ids[0]
        if ids:
            listed = "; ".join(f"{key} ({self.name(key)})" for key in ids)
            raise UsageError(f"{text!r} may mean {listed}. Give the id of the one you mean.")
        known = [spelling for spellings in self.spellings.values() for spelling in spellings]
        raise UsageError(f"there is no actor {text!r} in the case. {did_you_mean(text, known)}")

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the actors in each class."""
        return _gathered(
            [
                (group, key)
                for key, groups in self.table.select("id", "groups").iter_rows()
                for group in groups.split(";")
            ]
        )

    @cached_property
    def _spelt(self) -> Mapping[str, tuple[str, ...]]:
        return _gathered([(spelt(s), key) for key, several in self.spellings.items() for s in several])

    @cached_property
    def _folded(self) -> Mapping[str, tuple[str, ...]]:
        return _gathered([(folded(s), key) for key, several in self.spellings.items() for s in several])


@lru_cache(maxsize=4)
def actors_of(case: Case) -> Actors:
    """The actors of a case; kept, since their spellings are looked up hundreds of times in one reading."""
    return Actors(case.actors)


def _gathered(pairs: Sequence[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    ids_by_spelling: dict[str, dict[str, None]] = {}
    for word, key in pairs:
        if word:
            ids_by_spelling.setdefault(word, {})[key] = None
    return {word: tuple(keys) for word, keys in ids_by_spelling.items()}

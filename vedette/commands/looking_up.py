"""Looks words up in everything that a case holds, in every spelling, and says why each thing was found."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from vedette.commands.actor_words import claim_in_words, short_name
from vedette.commands.claim_words import speaker
from vedette.commands.listing import sources
from vedette.evidence import Ledger, Wanted
from vedette.evidence.spelling_search import plain
from vedette.problems import did_you_mean

SEARCH_GROUPS = ("actors", "places", "questions", "sources", "claims", "case")
"""What is looked through, in the order in which it is shown."""


_ABOUT = 4
"""How well a claim fits that is about an actor who was found."""


@dataclass(frozen=True)
class Hit:
    """Something that was found: its group (`SEARCH_GROUPS`), its id, what it is called, why it was found."""

    group: str
    key: str
    title: str
    why: str


@dataclass(frozen=True, eq=False)
class LookedUp:
    """What was found for some words: in each group the best first. ``cure`` names what is spelt like them."""

    words: str
    hits: tuple[Hit, ...]
    cure: str

    def by_group(self) -> Mapping[str, Sequence[Hit]]:
        """Returns what was found by group; a group without a hit is left out."""
        groups = {name: [hit for hit in self.hits if hit.group == name] for name in SEARCH_GROUPS}
        return {name: hits for name, hits in groups.items() if hits}

    def table(self) -> pl.DataFrame:
        """Returns a row for each hit."""
        columns = ("group", "key", "title", "why")
        return pl.DataFrame([vars(hit) for hit in self.hits], schema=dict.fromkeys(columns, pl.String))

    def document(self) -> dict[str, Any]:
        """Returns the words and the hits."""
        return {"words": self.words, "found": self.table().to_dicts(), "cure": self.cure}


@dataclass(frozen=True)
class _Findable:
    """Something that can be found: its names, which may be spelt otherwise, and its texts."""

    group: str
    key: str
    title: str
    names: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    """What a text is, and the text in one spelling."""
    about: tuple[str, ...] = ()
    """The actors that it is about."""


def look_up(ledger: Ledger, words: str) -> LookedUp:
    """Returns what a ledger holds that has some words in its name, its other names or its texts.

    Found are actors, places and sites, sources, claims, questions, and the words of the case's other files.
    Words are taken in any spelling and script: see `vedette.evidence.Wanted`.

    Example:
        >>> from vedette.commands import ledger_of
        >>> look_up(ledger_of("iraq"), "Kata'ib Hizballah").hits[0].key
        'kataib-hezbollah'
    """
    wanted = Wanted(words)
    entries = _entries(ledger) if wanted.words else ()
    ranked = [
        (SEARCH_GROUPS.index(entry.group), rank, place, Hit(entry.group, entry.key, entry.title, why))
        for place, entry, (rank, why) in _fitting(wanted, entries)
    ]
    hits = tuple(hit for *_, hit in sorted(ranked, key=lambda one: one[:3]))
    names = [name for entry in entries for name in entry.names]
    known = [*names, *(word for name in names for word in name.split())]
    return LookedUp(words, hits, did_you_mean(words, known) if known and not hits else "")


def _fitting(
    wanted: Wanted, entries: Iterable[_Findable]
) -> Iterator[tuple[int, _Findable, tuple[int, str]]]:
    """What fits, with its place; claims fit too that are about an actor whose name does."""
    actors: dict[str, str] = {}
    for place, entry in enumerate(entries):
        why = _why(wanted, entry)
        if why and entry.group == "actors":
            actors[entry.key] = entry.title
        about = next((actors[key] for key in entry.about if key in actors), None)
        if why or about:
            yield place, entry, why or (_ABOUT, f"about {about}")


def _why(wanted: Wanted, entry: _Findable) -> tuple[int, str] | None:
    """How well something fits, 0 for best, and why; None if it does not."""
    for name in entry.names:
        if wanted.written_in(name):
            whole = plain(name).split() == list(wanted.words)
            return (0 if whole else 1), ("name" if name == entry.title else f"also called {name}")
    for what, text in entry.texts:
        if wanted.in_plain(text):
            return 2, what
    like = wanted.any_like(entry.names)
    return None if like is None else (3, f"spelt alike: {like}")


@lru_cache(maxsize=2)
def _entries(ledger: Ledger) -> tuple[_Findable, ...]:
    """All that can be found in a ledger; kept, since it is the same for every search."""
    makers: tuple[Callable[[Ledger], Iterator[_Findable]], ...] = (
        *(_actors, _places, _questions, _sources, _claims, _case_words),
    )
    return tuple(entry for make in makers for entry in make(ledger))


def _actors(ledger: Ledger) -> Iterator[_Findable]:
    for key, spellings in ledger.actors.spellings.items():
        title = short_name(ledger.actors.name(key))
        names = tuple(dict.fromkeys((title, *(name for name in spellings if name != key))))
        yield _Findable("actors", key, title, names, (("its id", plain(key)),))


def _places(ledger: Ledger) -> Iterator[_Findable]:
    case = ledger.case
    spellings: dict[str, list[str]] = {}
    for key, name in case.places.spellings.said:
        spellings.setdefault(key, []).append(name)
    for key, name in case.places.names.items():
        yield _Findable("places", key, name, (name, *spellings.get(key, ())), ())
    for region in case.regions:
        yield _Findable("places", region.id, region.name, (region.name,), ())
    for key, name, kind in case.sites.select("id", "name", "kind").iter_rows():
        yield _Findable("places", key, name, (name,), (("its kind", plain(kind)),))


def _questions(ledger: Ledger) -> Iterator[_Findable]:
    for question in ledger.case.questions:
        yield _Findable("questions", question.id, question.text, (), (("its words", plain(question.text)),))


def _sources(ledger: Ledger) -> Iterator[_Findable]:
    for row in sources(ledger).iter_rows(named=True):
        texts = {"its title": row["title"], "its publisher": row["publisher"], "its id": row["id"]}
        yield _Findable("sources", row["id"], row["title"], (), _plain(texts))


def _claims(ledger: Ledger) -> Iterator[_Findable]:
    for row in ledger.claims.reverse().iter_rows(named=True):
        words = claim_in_words(ledger.names, row)
        texts = {"what it says": words, "who says so": speaker(row, ledger.names), "its note": row["note"]}
        about = (row["subject"], row["object"])
        yield _Findable("claims", row["id"], words, (), _plain({**texts, "its id": row["id"]}), about)


def _case_words(ledger: Ledger) -> Iterator[_Findable]:
    """The words of other files; notes of rows only where the edition withholds nothing."""
    case = ledger.case
    for date_, summary in case.timeline.select("date", "summary").iter_rows():
        yield _Findable("case", str(date_), summary, (), ((f"the timeline, {date_}", plain(summary)),))
    for note in case.notes:
        yield _Findable(
            "case", note.section, note.text, (), ((f"the author's note on {note.section}", plain(note.text)),)
        )
    if not case.withheld:
        for force, note in case.forces.filter(pl.col("note") != "").select("force", "note").iter_rows():
            name = short_name(ledger.actors.name(force))
            yield _Findable("case", force, f"{name}: {note}", (), (("forces.csv", plain(note)),))
        noted = case.posture.filter(pl.col("note") != "").select("date", "backer", "note")
        for date_, backer, note in noted.iter_rows():
            yield _Findable(
                "case", str(date_), f"{backer}, {date_}: {note}", (), (("posture.csv", plain(note)),)
            )


def _plain(texts: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((what, plain(text)) for what, text in texts.items() if text)

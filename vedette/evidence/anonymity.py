"""k-anonymity of protected speakers: their claims in terms that fit at least k actors.

A claim of a protected speaker keeps subject, relation, object, hedge and polarity. The name and words of the
speaker, statement, note, figure and id are removed. Affiliation, place and years of the speaker
(quasi-identifiers) are generalised: the affiliation is replaced by a class, and the place and the years are
removed as long as fewer than k actors fit. Which actors fit a place and years is decided by the open
claims, since a reader can look those up. All claims of one person are generalised together, so that their
combination fits k actors too, and no step depends on which actor of the class is the true one.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from vedette.case.schema import RELATIONS, RelationKind
from vedette.evidence.actors import Actors
from vedette.evidence.speakers import persons

WHO = "a protected speaker"
PRESENT = (RelationKind.SUPPORT.value, RelationKind.PRESENCE.value)
"""The kinds of relation that show an actor at a place."""

_HIDDEN = ("speaker", "speaker_id", "page", "statement", "note", "unit", "origin", "said")


@dataclass(frozen=True)
class Attributes:
    """Attributes of a speaker: affiliation, place and span of years; empty where generalised away."""

    of: str = ""
    place: str = ""
    start: str = ""
    end: str = ""


def generalised(
    claims: pl.DataFrame, actors: pl.DataFrame, shown: Collection[str], within: Mapping[str, str], k: int
) -> pl.DataFrame:
    """The claims, with those of protected speakers generalised and moved to the end.

    ``shown`` are the ids of the actors that the reader sees anyway: only these count as possible speakers;
    where they are fewer than ``k``, no claim of a protected speaker is left. ``within`` maps each site to its
    place.
    """
    hidden = pl.col("speaker_kind") == "protected"
    open_ = claims.filter(~hidden).with_columns(speaker_id=pl.lit(""))
    anonymity_set = AnonymitySet(Actors(actors), frozenset(shown), open_, within, k)
    if len(anonymity_set.everybody) < k:
        return open_
    rows = [row for one in persons(claims.filter(hidden)) for row in _generalised_claims(one, anonymity_set)]
    return pl.concat([open_, pl.DataFrame(rows, schema=claims.schema)])


@dataclass(frozen=True, eq=False)
class AnonymitySet:
    """Finds the actors that fit a speaker's attributes, by the open claims; ``k`` of them must fit."""

    actors: Actors
    shown: frozenset[str]
    open: pl.DataFrame
    within: Mapping[str, str]
    k: int

    @cached_property
    def everybody(self) -> frozenset[str]:
        """The ids of all possible speakers: the actors shown, without classes."""
        people = self.actors.table.filter(pl.col("kind") != "class", pl.col("id").is_in(list(self.shown)))
        return frozenset(people["id"])

    @cached_property
    def told(self) -> Mapping[str, frozenset[str]]:
        """The actors of which an edition says the same affiliation, by that affiliation, the narrowest first.

        Each actor has one: the narrowest class with at least k actors that no narrower class has taken; an
        empty one for the rest, who are none or at least k too. So the actors behind an affiliation are never
        fewer than k, even to a reader who knows how it was chosen.
        """
        free, told = self.everybody, dict[str, frozenset[str]]()
        for name in sorted(self._beneath, key=lambda name: (len(self._beneath[name] & self.everybody), name)):
            here = self._beneath[name] & free
            if len(here) >= self.k:
                told[name], free = here, free - here
        while told and 0 < len(free) < self.k:
            free |= told.popitem()[1]
        return {**told, "": free or self.everybody}

    def affiliation(self, of: Collection[str]) -> str:
        """What an edition says of a person whose claims name these affiliations: the class that holds all."""
        if not of:
            return ""
        return next(name for name in self.told if not name or {*of} <= {name, *self._beneath[name]})

    def placed(self, known: Attributes) -> frozenset[str]:
        """The ids of the actors that fit the place and the years, by the open claims alone."""
        if not (known.place or known.start or known.end):
            return self.everybody
        presence = pl.col("relation").is_in(
            [word for word, r in RELATIONS.items() if r.kind.value in PRESENT]
        )
        if known.place:
            inside = [known.place, *(site for site, place in self.within.items() if place == known.place)]
            presence &= pl.col("place").is_in(inside) | pl.col("object").is_in(inside)
        if known.start:
            presence &= (pl.col("to") == "") | (pl.col("to").str.slice(0, 4) >= known.start)
        if known.end:
            presence &= (pl.col("from") == "") | (pl.col("from").str.slice(0, 4) <= known.end)
        return frozenset(self.open.filter(presence)["subject"])

    @cached_property
    def _beneath(self) -> Mapping[str, frozenset[str]]:
        """The ids of the actors and classes within each class, at any depth."""
        classes = self.actors.table.filter(pl.col("kind") == "class")["id"]
        return {name: frozenset(self._within(name)) for name in classes}

    def _within(self, name: str) -> Iterator[str]:
        waiting, seen = [name], {name}
        while waiting:
            for member in self.actors.members.get(waiting.pop(), ()):
                if member not in seen:
                    seen.add(member)
                    waiting.append(member)
                    yield member


def _generalised_claims(of_one: pl.DataFrame, anonymity_set: AnonymitySet) -> Iterator[dict[str, object]]:
    """The claims of one person, generalised until at least k actors fit the attributes of all of them."""
    rows = of_one.to_dicts()
    of = anonymity_set.affiliation({str(row["speaker_of"]) for row in rows if row["speaker_of"]})
    attributes = [_attributes(row, of) for row in rows]
    possible = anonymity_set.told[of]
    while len(possible.intersection(*map(anonymity_set.placed, attributes))) < anonymity_set.k:
        attributes = [_generalise(known, anonymity_set.within) for known in attributes]
    for row, left in zip(rows, attributes, strict=True):
        yield _reworded(row, left, anonymity_set.actors)


def _attributes(row: Mapping[str, object], of: str) -> Attributes:
    own = of if row["speaker_of"] else ""
    return Attributes(own, str(row["place"]), str(row["from"])[:4], str(row["to"])[:4])


def _generalise(known: Attributes, within: Mapping[str, str]) -> Attributes:
    """The attributes with the place or the years broader or removed."""
    if known.place:
        return replace(known, place=within.get(known.place, ""))
    return replace(known, start="", end="")


def _reworded(row: dict[str, object], left: Attributes, actors: Actors) -> dict[str, object]:
    relation = RELATIONS[str(row["relation"])]
    sentence = " ".join(
        filter(None, [actors.name(str(row["subject"])), relation.meaning, actors.name(str(row["object"]))])
    )
    return {
        **row,
        **dict.fromkeys(_HIDDEN, ""),
        "speaker": f"{WHO} of: {actors.name(left.of)}" if left.of else WHO,
        "speaker_of": left.of,
        "place": left.place,
        "from": left.start,
        "to": left.end,
        "known": str(row["known"] or row["said"])[:4],
        "low": None,
        "high": None,
        "statement": sentence if row["polarity"] == "+" else f"It is not so that {sentence}",
    }

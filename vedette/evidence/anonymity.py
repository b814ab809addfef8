"""k-anonymity of protected speakers: their claims in terms that fit at least k actors.

A claim of a protected speaker keeps subject, relation, object, hedge and polarity. The name and words of the
speaker, statement, note, figure and id are removed. Affiliation, place and years of the speaker
(quasi-identifiers) are generalised until at least k actors fit them: first the place is removed, then the
years, then the affiliation is replaced by the narrowest class that contains it. Which actors fit a place and
years is decided by the open claims, since a reader can look those up. All claims of one speaker are
generalised together, so that their combination fits k actors too.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from vedette.case.geography import fold
from vedette.case.schema import RELATIONS, RelationKind
from vedette.evidence.actors import Actors

WHO = "a protected speaker"
PRESENT = (RelationKind.SUPPORT.value, RelationKind.PRESENCE.value)
"""The kinds of relation that show an actor at a place."""

_HIDDEN = ("speaker", "statement", "note", "unit", "origin", "said")


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
    """The claims, with those of protected speakers generalised, renumbered and moved to the end.

    ``shown`` are the ids of the actors that the reader sees anyway: only these count as possible speakers.
    ``within`` maps each site to its place.
    """
    hidden = pl.col("speaker_kind") == "protected"
    open_ = claims.filter(~hidden)
    anonymity_set = AnonymitySet(Actors(actors), frozenset(shown), open_, within, k)
    who = pl.col("speaker").map_elements(fold, return_dtype=pl.String)
    speakers = claims.filter(hidden).group_by(who, maintain_order=True)
    rows = [row for _, of_one in speakers for row in _generalised_claims(of_one, anonymity_set)]
    numbered = [
        {**row, "id": f"protected-{number}"} for number, row in enumerate(sorted(rows, key=_content), 1)
    ]
    return pl.concat([open_, pl.DataFrame(numbered, schema=claims.schema)])


@dataclass(frozen=True)
class AnonymitySet:
    """Finds the actors that fit a speaker's attributes, by the open claims; ``k`` of them must fit."""

    actors: Actors
    shown: frozenset[str]
    open: pl.DataFrame
    within: Mapping[str, str]
    k: int

    def fitting(self, known: Attributes) -> set[str]:
        """The ids of the actors that fit the attributes, by the open claims alone."""
        people = self.actors.table.filter(pl.col("kind") != "class", pl.col("id").is_in(list(self.shown)))
        everybody = set(people["id"])
        fitting = everybody & set(self._members(known.of)) if known.of else everybody
        if known.place or known.start or known.end:
            fitting &= self._placed_by_open_claims(known)
        return fitting

    def above(self, actor: str) -> str:
        """The narrowest class that contains an actor or a class; empty if none does."""
        classes = [name for name, members in self.actors.members.items() if actor in members]
        return min(classes, key=lambda name: (len(self._members(name)), name), default="")

    def _members(self, actor: str) -> tuple[str, ...]:
        direct = self.actors.members.get(actor, ())
        nested = [member for name in direct for member in self._members(name)]
        return tuple(dict.fromkeys(nested)) if direct else (actor,)

    def _placed_by_open_claims(self, known: Attributes) -> set[str]:
        """The ids of the actors that open claims show at the place in those years."""
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
        return set(self.open.filter(presence)["subject"])


def _generalised_claims(of_one: pl.DataFrame, anonymity_set: AnonymitySet) -> Iterator[dict[str, object]]:
    """The claims of one speaker, generalised until at least k actors fit the attributes of all of them.

    No claim if k cannot be reached.
    """
    rows = of_one.to_dicts()
    attributes = [_attributes(row) for row in rows]
    while len(set.intersection(*map(anonymity_set.fitting, attributes))) < anonymity_set.k:
        broader = [_generalise(known, anonymity_set) for known in attributes]
        if broader == attributes:
            return
        attributes = broader
    for row, left in zip(rows, attributes, strict=True):
        yield _reworded(row, left, anonymity_set.actors)


def _attributes(row: Mapping[str, object]) -> Attributes:
    return Attributes(str(row["speaker_of"]), str(row["place"]), str(row["from"])[:4], str(row["to"])[:4])


def _generalise(known: Attributes, anonymity_set: AnonymitySet) -> Attributes:
    """The attributes with one of them broader or removed; unchanged if none is left."""
    if known.place:
        return replace(known, place=anonymity_set.within.get(known.place, ""))
    if known.start or known.end:
        return replace(known, start="", end="")
    return replace(known, of=anonymity_set.above(known.of)) if known.of else known


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


def _content(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("subject", "relation", "object", "polarity", "source", "known"))

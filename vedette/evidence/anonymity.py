"""k-anonymity of protected speakers: their claims in terms that fit at least k actors.

A claim of a protected speaker keeps subject, relation, object, hedge and polarity: what is said. It loses
the words of the speaker, statement, note, figure and id. What remains of whom the speaker belongs to, where
and when must fit at least k actors: an attribute that narrows further goes, first the place, then the dates,
then the affiliation, which climbs to a class that holds it. Whoever knows from the open claims which state
had people at that place in that year is no wiser for it. Claims of one speaker are narrowed together.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from vedette.case.geography import fold
from vedette.case.schema import RELATIONS, RelationKind
from vedette.evidence.actors import Actors

WHO = "a protected speaker"
PRESENT = (RelationKind.SUPPORT.value, RelationKind.PRESENCE.value)
"""The kinds of relation that place an actor."""

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
    """The claims with those of protected speakers in general terms, at the end and under numbers.

    ``shown`` are the ids of the actors that the reader sees anyway: nobody else counts as one who might have
    spoken. ``within`` gives the place of each site.
    """
    hidden = pl.col("speaker_kind") == "protected"
    open_ = claims.filter(~hidden)
    crowd = Crowd(Actors(actors), frozenset(shown), open_, within, k)
    who = pl.col("speaker").map_elements(fold, return_dtype=pl.String)
    speakers = claims.filter(hidden).group_by(who, maintain_order=True)
    rows = [row for _, of_one in speakers for row in _told(of_one, crowd)]
    numbered = [
        {**row, "id": f"protected-{number}"} for number, row in enumerate(sorted(rows, key=_content), 1)
    ]
    return pl.concat([open_, pl.DataFrame(numbered, schema=claims.schema)])


@dataclass(frozen=True)
class Crowd:
    """The anonymity set: the actors, where open claims place them, and how many must fit."""

    actors: Actors
    shown: frozenset[str]
    open: pl.DataFrame
    within: Mapping[str, str]
    k: int

    def fitting(self, known: Attributes) -> set[str]:
        """The actors that the attributes fit, by the open claims alone."""
        people = self.actors.table.filter(pl.col("kind") != "class", pl.col("id").is_in(list(self.shown)))
        everybody = set(people["id"])
        fitting = everybody & set(self._members(known.of)) if known.of else everybody
        if known.place or known.start or known.end:
            fitting &= self._seen(known)
        return fitting

    def above(self, actor: str) -> str:
        """The narrowest class that contains an actor or a class; empty if none does."""
        holders = [name for name, members in self.actors.members.items() if actor in members]
        return min(holders, key=lambda name: (len(self._members(name)), name), default="")

    def _members(self, actor: str) -> tuple[str, ...]:
        direct = self.actors.members.get(actor, ())
        deep = [deeper for one in direct for deeper in self._members(one)]
        return tuple(dict.fromkeys(deep)) if direct else (actor,)

    def _seen(self, known: Attributes) -> set[str]:
        """The actors that open claims show at the place in those years."""
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


def _told(of_one: pl.DataFrame, crowd: Crowd) -> Iterator[dict[str, object]]:
    """The claims of one speaker in general terms; all their attributes together fit enough actors."""
    rows = of_one.to_dicts()
    known = [_first(row) for row in rows]
    while len(set.intersection(*(crowd.fitting(one) for one in known))) < crowd.k:
        lost = [_less(one, crowd) for one in known]
        if lost == known:
            return
        known = lost
    for row, left in zip(rows, known, strict=True):
        yield _reworded(row, left, crowd.actors)


def _first(row: Mapping[str, object]) -> Attributes:
    return Attributes(str(row["speaker_of"]), str(row["place"]), str(row["from"])[:4], str(row["to"])[:4])


def _less(known: Attributes, crowd: Crowd) -> Attributes:
    """One attribute less."""
    if known.place:
        return replace(known, place=crowd.within.get(known.place, ""))
    if known.start or known.end:
        return replace(known, start="", end="")
    return replace(known, of=crowd.above(known.of)) if known.of else known


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

"""The words for what one actor does to another, and what kind of relation each is.

Support follows the categories of the UCDP External Support Dataset. Subject acts on object: a backer supports
a recipient, a commander commands a force, a payer pays a force, a member belongs to a group.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kind of a relation; a tie is of one of the first five."""

    SUPPORT = "support"
    STRUCTURE = "structure"
    IDENTITY = "identity"
    PRESENCE = "presence"
    STANCE = "stance"
    ACT = "act"
    FIGURE = "figure"
    ASSESSMENT = "assessment"


TIES = (Kind.SUPPORT, Kind.STRUCTURE, Kind.IDENTITY, Kind.PRESENCE, Kind.STANCE)
"""The kinds for which a belief is computed."""


@dataclass(frozen=True)
class Relation:
    """A word, its kind, what it says, and its sign between actors: 1 friendly, -1 hostile, 0 neither."""

    word: str
    kind: Kind
    meaning: str
    sign: int = 0


_ALL = (
    Relation("troops", Kind.SUPPORT, "sends troops that fight beside", 1),
    Relation("foreign-presence", Kind.SUPPORT, "has forces in the country at the side of", 1),
    Relation(
        "joint-operations", Kind.SUPPORT, "operates together with, strikes for, or shares bases with", 1
    ),
    Relation("weapons", Kind.SUPPORT, "gives or sells weapons to", 1),
    Relation("materiel", Kind.SUPPORT, "gives materiel or logistics to", 1),
    Relation("training", Kind.SUPPORT, "trains or advises", 1),
    Relation("funding", Kind.SUPPORT, "gives money to", 1),
    Relation("intelligence", Kind.SUPPORT, "gives intelligence to", 1),
    Relation("territory", Kind.SUPPORT, "gives access to territory to", 1),
    Relation("other-support", Kind.SUPPORT, "supports in another way", 1),
    Relation("unknown-support", Kind.SUPPORT, "supports in a way that is not said", 1),
    Relation("command", Kind.STRUCTURE, "commands", 1),
    Relation("payroll", Kind.STRUCTURE, "pays the wages of", 1),
    Relation("membership", Kind.STRUCTURE, "belongs to", 1),
    Relation("alliance", Kind.STRUCTURE, "is allied with", 1),
    Relation("hostility", Kind.STRUCTURE, "fights or threatens", -1),
    Relation("designation", Kind.STRUCTURE, "lists as terrorist", -1),
    Relation("front-of", Kind.IDENTITY, "is a front name of", 1),
    Relation("same-as", Kind.IDENTITY, "is the same as"),
    Relation("renamed-to", Kind.IDENTITY, "took the name"),
    Relation("split-from", Kind.IDENTITY, "split from"),
    Relation("merged-into", Kind.IDENTITY, "went into"),
    Relation("hosted-at", Kind.PRESENCE, "is hosted at the site"),
    Relation("handed-over", Kind.PRESENCE, "handed over the site"),
    Relation("leads", Kind.PRESENCE, "leads the mission"),
    Relation("controls", Kind.PRESENCE, "controls the site or place"),
    Relation("favours", Kind.STANCE, "favours the presence or influence of", 1),
    Relation("opposes", Kind.STANCE, "opposes the presence or influence of", -1),
    Relation("attacked", Kind.ACT, "attacked", -1),
    Relation("raided", Kind.ACT, "raided", -1),
    Relation("killed", Kind.ACT, "killed", -1),
    Relation("arrested", Kind.ACT, "arrested people of", -1),
    Relation("released", Kind.ACT, "released people of"),
    Relation("asked-help", Kind.ACT, "asked for help from"),
    Relation("broke-promise", Kind.ACT, "did not keep a promise to"),
    Relation("paused-support", Kind.ACT, "paused its support to"),
    Relation("withdraws", Kind.ACT, "withdraws from"),
    Relation("deployed", Kind.ACT, "deployed to"),
    Relation("smuggles", Kind.ACT, "takes or runs smuggling routes at"),
    Relation("called-for", Kind.ACT, "called for"),
    Relation("forced-out", Kind.ACT, "forced the resignation of"),
    Relation("took-over", Kind.ACT, "took over"),
    Relation("strength", Kind.FIGURE, "has so many under arms"),
    Relation("customs-revenue", Kind.FIGURE, "took in so much duty"),
    Relation("revenue-potential", Kind.FIGURE, "could take in so much duty"),
    Relation("leakage", Kind.FIGURE, "loses so much duty"),
    Relation("budget", Kind.FIGURE, "has so much to spend"),
    Relation("assesses", Kind.ASSESSMENT, "is assessed"),
    Relation("threatens", Kind.ASSESSMENT, "is a threat to"),
    Relation("relies-on", Kind.ASSESSMENT, "relies on"),
    Relation("can-hold", Kind.ASSESSMENT, "can hold against"),
)

RELATIONS: dict[str, Relation] = {relation.word: relation for relation in _ALL}
"""Every relation by its word."""

ALONE = frozenset(word for word, relation in RELATIONS.items() if relation.kind is Kind.FIGURE) | {
    "assesses",
    "called-for",
}
"""The relations that need no object."""

SPOKEN = (Kind.ACT, Kind.ASSESSMENT)
"""The kinds of relation that need a statement."""

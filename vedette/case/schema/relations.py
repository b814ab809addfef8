"""The vocabulary of relations between actors, with the kind of each.

The relations of support follow the categories of the UCDP External Support Dataset. The subject acts on the
object: a backer supports a recipient, a commander commands a force, a payer pays a force, a member belongs to
a group.
"""

from dataclasses import dataclass
from enum import StrEnum


class RelationKind(StrEnum):
    """The kind of a relation; only the first five kinds are ties."""

    SUPPORT = "support"
    STRUCTURE = "structure"
    IDENTITY = "identity"
    PRESENCE = "presence"
    STANCE = "stance"
    ACT = "act"
    FIGURE = "figure"
    ASSESSMENT = "assessment"


TIES = (
    RelationKind.SUPPORT,
    RelationKind.STRUCTURE,
    RelationKind.IDENTITY,
    RelationKind.PRESENCE,
    RelationKind.STANCE,
)
"""The kinds for which a belief is computed."""


@dataclass(frozen=True)
class Relation:
    """A relation: its word, kind, meaning, and sign between actors (1 friendly, -1 hostile, 0 neither)."""

    word: str
    kind: RelationKind
    meaning: str
    sign: int = 0


_ALL = (
    Relation("troops", RelationKind.SUPPORT, "sends troops that fight beside", 1),
    Relation("foreign-presence", RelationKind.SUPPORT, "has forces in the country at the side of", 1),
    Relation(
        "joint-operations",
        RelationKind.SUPPORT,
        "operates together with, strikes for, or shares bases with",
        1,
    ),
    Relation("weapons", RelationKind.SUPPORT, "gives or sells weapons to", 1),
    Relation("materiel", RelationKind.SUPPORT, "gives materiel or logistics to", 1),
    Relation("training", RelationKind.SUPPORT, "trains or advises", 1),
    Relation("funding", RelationKind.SUPPORT, "gives money to", 1),
    Relation("intelligence", RelationKind.SUPPORT, "gives intelligence to", 1),
    Relation("territory", RelationKind.SUPPORT, "gives access to territory to", 1),
    Relation("other-support", RelationKind.SUPPORT, "gives other support to", 1),
    Relation("unknown-support", RelationKind.SUPPORT, "gives support of a kind not said to", 1),
    Relation("command", RelationKind.STRUCTURE, "commands", 1),
    Relation("payroll", RelationKind.STRUCTURE, "pays the wages of", 1),
    Relation("membership", RelationKind.STRUCTURE, "belongs to", 1),
    Relation("alliance", RelationKind.STRUCTURE, "is allied with", 1),
    Relation("hostility", RelationKind.STRUCTURE, "fights or threatens", -1),
    Relation("designation", RelationKind.STRUCTURE, "lists as terrorist", -1),
    Relation("front-of", RelationKind.IDENTITY, "is a front name of", 1),
    Relation("same-as", RelationKind.IDENTITY, "is the same as"),
    Relation("renamed-to", RelationKind.IDENTITY, "took the name"),
    Relation("split-from", RelationKind.IDENTITY, "split from"),
    Relation("merged-into", RelationKind.IDENTITY, "went into"),
    Relation("hosted-at", RelationKind.PRESENCE, "is hosted at the site"),
    Relation("handed-over", RelationKind.PRESENCE, "handed over the site"),
    Relation("leads", RelationKind.PRESENCE, "leads"),
    Relation("controls", RelationKind.PRESENCE, "controls the site or place"),
    Relation("favours", RelationKind.STANCE, "favours the presence or influence of", 1),
    Relation("opposes", RelationKind.STANCE, "opposes the presence or influence of", -1),
    Relation("attacked", RelationKind.ACT, "attacked", -1),
    Relation("raided", RelationKind.ACT, "raided", -1),
    Relation("killed", RelationKind.ACT, "killed", -1),
    Relation("arrested", RelationKind.ACT, "arrested people of", -1),
    Relation("released", RelationKind.ACT, "released people of"),
    Relation("asked-help", RelationKind.ACT, "asked for help from"),
    Relation("broke-promise", RelationKind.ACT, "did not keep a promise to"),
    Relation("paused-support", RelationKind.ACT, "paused its support to"),
    Relation("withdraws", RelationKind.ACT, "withdraws from"),
    Relation("deployed", RelationKind.ACT, "deployed to"),
    Relation("smuggles", RelationKind.ACT, "takes or runs smuggling routes at"),
    Relation("called-for", RelationKind.ACT, "made a demand about"),
    Relation("forced-out", RelationKind.ACT, "forced the resignation of"),
    Relation("took-over", RelationKind.ACT, "took over"),
    Relation("strength", RelationKind.FIGURE, "has so many under arms"),
    Relation("customs-revenue", RelationKind.FIGURE, "took in so much duty"),
    Relation("revenue-potential", RelationKind.FIGURE, "could take in so much duty"),
    Relation("leakage", RelationKind.FIGURE, "loses so much duty"),
    Relation("budget", RelationKind.FIGURE, "has so much to spend"),
    Relation("assesses", RelationKind.ASSESSMENT, "is assessed"),
    Relation("threatens", RelationKind.ASSESSMENT, "is a threat to"),
    Relation("relies-on", RelationKind.ASSESSMENT, "relies on"),
    Relation("can-hold", RelationKind.ASSESSMENT, "can hold against"),
)

RELATIONS: dict[str, Relation] = {relation.word: relation for relation in _ALL}
"""Every relation by its word."""

ALONE = frozenset(word for word, relation in RELATIONS.items() if relation.kind is RelationKind.FIGURE) | {
    "assesses",
    "called-for",
}
"""The relations that need no object."""

SPOKEN = (RelationKind.ACT, RelationKind.ASSESSMENT)
"""The kinds of relation that need a statement."""

SUPPORTING = tuple(word for word, relation in RELATIONS.items() if relation.kind is RelationKind.SUPPORT)
"""The relations of support."""

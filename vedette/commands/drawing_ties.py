"""The ties of a day as they are drawn: actors by side, and a line for each pair and kind of tie."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import polars as pl

from vedette.case.schema import RelationKind
from vedette.commands.networks import NetworkResult
from vedette.evidence import Ledger
from vedette.network import Standing


class Side(StrEnum):
    """Where an actor stands on a day; sites and places are objects of ties, not actors."""

    FOREIGN = "foreign"
    STATE = "state"
    HYBRID = "hybrid"
    NON_STATE = "non-state"
    OTHER = "unknown"
    SITE = "site"


class LineKind(StrEnum):
    """What a line is drawn for: the kind of its relations, with hostility on its own."""

    SUPPORT = "support"
    STRUCTURE = "structure"
    HOSTILITY = "hostility"
    STANCE = "stance"
    IDENTITY = "identity"
    PRESENCE = "presence"


@dataclass(frozen=True)
class DrawnActor:
    """An actor or a site with a tie on the day: id, name, kind (empty for a site), side."""

    id: str
    name: str
    kind: str
    side: Side


@dataclass(frozen=True)
class DrawnTie:
    """All relations of one kind from one actor to another.

    Attributes:
        subject: who acts.
        object: towards whom.
        kind: the kind of the line.
        relations: the relations, the most believed first.
        belief: in the most believed of them, 0 to 1.
        contested: whether claims for and against any of them count.
        said: the last day on which any of them was said to hold.
        stated: whether a claim states one of them for the day itself; else all of them only age.
    """

    subject: str
    object: str
    kind: LineKind
    relations: tuple[str, ...]
    belief: float
    contested: bool
    said: date
    stated: bool


@dataclass(frozen=True)
class DrawnTies:
    """What is drawn of a day: the actors, and the lines, the most believed first."""

    at: date
    actors: tuple[DrawnActor, ...]
    ties: tuple[DrawnTie, ...]


def ties_around(found: NetworkResult, actor: str) -> NetworkResult:
    """Returns the ties of a view that an actor, or a body below it, has as subject or object.

    Raises:
        UsageError: no actor or several actors have that name.
    """
    ledger = found.ledger
    group = _with_bodies(ledger, ledger.actors.resolve(actor))
    has = pl.col("subject").is_in(group) | pl.col("object").is_in(group)
    return replace(found, table=found.table.filter(has), faded=found.faded.filter(has))


def drawn_ties(found: NetworkResult) -> DrawnTies:
    """Returns the ties of the view ``ties`` as they are drawn."""
    ledger, at = found.ledger, found.at
    stated = _stated(ledger, at)
    ties = tuple(
        DrawnTie(
            *(str(subject), str(object_), LineKind(str(kind))),
            tuple(rows["relation"]),
            float(rows["belief"].to_list()[0]),
            bool(rows["contested"].any()),
            max(rows["said"].to_list()),
            any((subject, relation, object_) in stated for relation in rows["relation"]),
        )
        for (subject, object_, kind), rows in found.table.with_columns(line=_LINE).group_by(
            "subject", "object", "line", maintain_order=True
        )
    )
    ends = dict.fromkeys(end for tie in ties for end in (tie.subject, tie.object))
    return DrawnTies(at, tuple(_actors(ledger, at, ids=list(ends))), ties)


_LINE = (
    pl.when((pl.col("kind") == RelationKind.STRUCTURE.value) & (pl.col("sign") < 0))
    .then(pl.lit(LineKind.HOSTILITY.value))
    .otherwise("kind")
)


def _actors(ledger: Ledger, at: date, *, ids: list[str]) -> list[DrawnActor]:
    standing = Standing(ledger.case, at)
    actors = []
    for key in ids:
        known = key in ledger.actors.names
        side = Side(standing.status(key)) if known else Side.SITE
        actors.append(DrawnActor(key, ledger.names.get(key, key), standing.kind(key), side))
    return actors


def _stated(ledger: Ledger, at: date) -> set[tuple[str, str, str]]:
    """The ties that a claim states for a day."""
    rows = ledger.tied.filter(pl.col("ratio") > 0, pl.col("first") <= at, pl.col("last") >= at)
    return set(rows.select("subject", "relation", "object").iter_rows())


def _with_bodies(ledger: Ledger, key: str) -> list[str]:
    """An actor and all that have it above them."""
    parents: Mapping[str, str] = dict(ledger.case.actors.select("id", "parent").iter_rows())
    group = [key]
    for one in group:
        group += [child for child, parent in parents.items() if parent == one and child not in group]
    return group

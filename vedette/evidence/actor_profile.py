"""The profile of one actor: identity, predecessors and successors, status over time, and all its ties."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from vedette.evidence.belief_over_time import Spell, Tie, spells
from vedette.evidence.days_held import BEGINNING, END
from vedette.evidence.identity import lineage
from vedette.evidence.ledger import Ledger


@dataclass(frozen=True, eq=False)
class Profile:
    """The profile of an actor in a ledger.

    Attributes:
        actor: its row of actors.csv.
        spellings: its other spellings.
        groups: the ids of the classes it belongs to.
        members: the ids of the actors that have it as parent or as class.
        statuses: its rows of forces.csv, oldest first.
        day: the day of the profile, or the present of the ledger for a profile at all times.
        ties: every tie it has as subject or object, with its spells, oldest first; for a profile on one day
            the ties of which a claim counts on it, with the spells that contain it.
        standing: for each tie of which a claim counts on ``day``, its row of `Ledger.holding`.
        claims: the claims about these ties, with the columns of `Ledger.claims`.
        lineage: claims about its predecessors and successors.
        other: claims about no tie: acts, figures, assessments, and ties only expected or proposed.
    """

    actor: Mapping[str, str]
    spellings: tuple[str, ...]
    groups: tuple[str, ...]
    members: tuple[str, ...]
    statuses: pl.DataFrame
    day: date
    ties: Mapping[Tie, tuple[Spell, ...]]
    standing: Mapping[Tie, Mapping[str, Any]]
    claims: pl.DataFrame
    lineage: pl.DataFrame = field(repr=False)
    other: pl.DataFrame = field(repr=False)


def profile(ledger: Ledger, actor: str, at: date | None = None) -> Profile:
    """The profile of an actor, at all times or on one day.

    Raises:
        UsageError: ``actor`` is neither an id nor a spelling of one actor of the case.

    Example:
        >>> from vedette.case import read_case
        >>> from vedette.evidence import read_ledger
        >>> profile(read_ledger(read_case("iraq")), "Iraqi government").actor["id"]
        'iraq'
    """
    key = ledger.actors.resolve(actor)
    table = ledger.actors.table
    row = table.row(by_predicate=pl.col("id") == key, named=True)
    about = ledger.claims.filter((pl.col("subject") == key) | (pl.col("object") == key))
    tied = about.join(ledger.tied.select("id"), on="id", how="semi", maintain_order="left")
    day = at or present_of(ledger)
    standing = _standing(ledger, key, day)
    spells_by_tie = spells(ledger, tied)
    if at is not None:
        counts = pl.col("counts_from") <= at, pl.col("counts_to") >= at
        about, tied = (some.filter(counts) for some in (about, tied))
        spells_by_tie = {tie: _on(spells_by_tie[tie], at) for tie in spells_by_tie if tie in standing}
    children = table.filter(pl.col("parent") == key)["id"].to_list()
    return Profile(
        actor=row,
        spellings=tuple(word for word in ledger.actors.spellings[key] if word not in (row["name"], key)),
        groups=tuple(filter(None, row["groups"].split(";"))),
        members=tuple(dict.fromkeys([*children, *ledger.actors.members.get(key, ())])),
        statuses=ledger.case.forces.filter(pl.col("force") == key).sort("from", "to"),
        day=day,
        ties=spells_by_tie,
        standing=standing,
        claims=tied,
        lineage=lineage(ledger, key),
        other=about.join(tied.select("id"), on="id", how="anti", maintain_order="left").sort("first", "id"),
    )


def present_of(ledger: Ledger) -> date:
    """The default day of a profile: the ledger's as-of day, else the case's, else that of the last claim."""
    known = ledger.claims["known_on"].drop_nulls().to_list()
    return ledger.as_of or ledger.case.as_of or max(known, default=ledger.case.start)


def _standing(ledger: Ledger, actor: str, at: date) -> Mapping[Tie, Mapping[str, Any]]:
    """The rows of `Ledger.holding` about an actor, by tie."""
    rows = ledger.holding(at).filter((pl.col("subject") == actor) | (pl.col("object") == actor))
    return {(row["subject"], row["relation"], row["object"]): row for row in rows.iter_rows(named=True)}


def _on(some: tuple[Spell, ...], at: date) -> tuple[Spell, ...]:
    """The spells that contain a day."""
    return tuple(one for one in some if (one.first or BEGINNING) <= at <= (one.last or END))

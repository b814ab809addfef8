"""Claims about the identity of actors: renames, splits, mergers, and suspected fronts."""

from datetime import date

import polars as pl

from vedette.case.schema import RelationKind
from vedette.evidence.ledger import Ledger


def lineage(ledger: Ledger, actor: str) -> pl.DataFrame:
    """Claims of identity about an actor (renamed, split, merged), oldest first.

    The columns are those of `Ledger.claims`.
    """
    return ledger.claims.filter(
        pl.col("kind") == RelationKind.IDENTITY.value,
        (pl.col("subject") == actor) | (pl.col("object") == actor),
    ).sort("first", "id")


def fronts(ledger: Ledger, actor: str, at: date, least: float = 0.0) -> pl.DataFrame:
    """The names suspected to be fronts of an actor on a day: ``subject, belief, contested, said``.

    ``least`` is the lowest belief to list.
    """
    ties = ledger.holding(at, [RelationKind.IDENTITY], least)
    return ties.filter(
        pl.col("relation").is_in(["front-of", "same-as"]), pl.col("object") == actor, "supported"
    ).select("subject", "belief", "contested", "said")

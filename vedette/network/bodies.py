"""The bodies of a backer are one: what the Quds Force gives, Iran gives."""

from collections.abc import Collection

import polars as pl

from vedette.case.schema import RelationKind
from vedette.evidence import Ledger

_TIE = ["root", "relation", "object"]


def of_backers(ledger: Ledger) -> Ledger:
    """The ledger with the topmost parent of who supports as the subject of each claim of support.

    What is denied of a body is denied of its backer only if no claim speaks of support by another body.
    """
    parents = dict(ledger.case.actors.select("id", "parent").iter_rows())
    roots = {actor: _root(parents, actor) for actor in ledger.claims["subject"].unique()}
    support = pl.col("kind") == RelationKind.SUPPORT.value
    rooted = ledger.claims.with_columns(root=pl.col("subject").replace_strict(roots, return_dtype=pl.String))
    givers = pl.when(support & (pl.col("ratio") > 0)).then("subject")
    alone = givers.drop_nulls().n_unique().over(_TIE) <= 1
    same = givers.drop_nulls().first().over(_TIE).fill_null(pl.col("subject")) == pl.col("subject")
    own = pl.col("subject") == pl.col("root")
    kept = rooted.filter(~support | (pl.col("ratio") >= 0) | own | (alone & same))
    named = pl.when(support).then("root").otherwise("subject")
    return ledger.with_claims(kept.with_columns(subject=named).drop("root"))


def bodies_of(ledger: Ledger, backers: Collection[str]) -> dict[str, list[str]]:
    """The bodies through which backers give support by a claim, by backer; those without any are left out."""
    parents = dict(ledger.case.actors.select("id", "parent").iter_rows())
    given = ledger.claims.filter(pl.col("kind") == RelationKind.SUPPORT.value, pl.col("ratio") > 0)
    bodies: dict[str, list[str]] = {}
    for actor in given["subject"].unique().sort():
        root = _root(parents, actor)
        if root != actor and root in backers:
            bodies.setdefault(root, []).append(actor)
    return bodies


def _root(parents: dict[str, str], actor: str) -> str:
    while parents.get(actor):
        actor = parents[actor]
    return actor

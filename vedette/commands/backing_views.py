"""Who backs whom with what, by whom it is said, since when, and when it was last said."""

from datetime import date

import polars as pl

from vedette.commands.claim_words import speaker
from vedette.evidence import Ledger
from vedette.network import dependence
from vedette.network.bodies import of_backers

_KEYS = ("backer", "relation", "force")


def backing_in_full(ledger: Ledger, at: date) -> pl.DataFrame:
    """Returns a row for each kind of foreign support that is believed on a day.

    Columns: those of `vedette.network.dependence`, with ``speakers`` (who says so: speakers, and publishers
    where the source itself says it) and ``claims`` (the ids of the claims for it that count on the day).
    """
    claims = of_backers(ledger).counting(at).filter(pl.col("ratio") > 0)
    publishers = dict(ledger.case.sources.select("id", "publisher").iter_rows())
    says = [
        publishers.get(row["source"]) or "a source without a name"
        if row["speaker_kind"] == "document" or not row["speaker"]
        else speaker(row, ledger.names)
        for row in claims.iter_rows(named=True)
    ]
    said_by = (
        claims.with_columns(who=pl.Series(says, dtype=pl.String))
        .group_by(backer="subject", relation="relation", force="object")
        .agg(speakers=pl.col("who").unique().sort(), claims=pl.col("id").sort())
    )
    return dependence(ledger, at).join(said_by, on=list(_KEYS), how="left", maintain_order="left")

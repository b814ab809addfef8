"""What the support of a backer rests on: ties that one report alone speaks for are one report.

A report is an independent origin. What a document states from its own records (hedge ``documented``, no
speaker), such as a table of many backers and recipients, is a record of each tie, not one report of all
of them."""

from collections import defaultdict
from datetime import date

import polars as pl

from vedette.evidence import Ledger
from vedette.network.bodies import of_backers
from vedette.network.standing import Standing

_TIE = ["backer", "relation", "recipient"]


def reported(ledger: Ledger, ties: pl.DataFrame, at: date) -> pl.DataFrame:
    """Ties of support with what each rests on, and whether it counts among the recipients of its backer.

    Columns: those of ``ties`` (see `vedette.network.support`) and ``reports`` (independent reports for
    the tie: their origins, with the tie itself for own records), ``origin`` (if all rests on one origin
    alone, else empty), ``widest`` (false if that origin alone also names, for the same backer and kind of
    support, a force that holds the recipient)."""
    both = ties.join(_origins(ledger, at), on=_TIE, how="left", maintain_order="left")
    standing = Standing(ledger.case, at)
    named: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for backer, relation, origin, recipient in both.select(
        "backer", "relation", "origin", "recipient"
    ).iter_rows():
        named[backer, relation, origin].add(recipient)
    widest = [
        not origin or named[backer, relation, origin].isdisjoint(standing.wholes(recipient))
        for backer, relation, origin, recipient in both.select(
            "backer", "relation", "origin", "recipient"
        ).iter_rows()
    ]
    return both.with_columns(pl.Series("widest", widest, dtype=pl.Boolean))


def shared_reports(ledger: Ledger, ties: pl.DataFrame, at: date) -> pl.DataFrame:
    """The reports that alone speak for more than one recipient of a backer.

    Columns: ``backer, origin, recipients`` (their number), ``names`` (ids, joined by ;), ``counted`` (the
    number without the parts of others among them), ``kinds`` (relations, joined by ;), ``said``."""
    told = reported(ledger, ties, at)
    told = told.filter(pl.col("origin") != "", pl.col("origin") == pl.col("reports").list.first())
    return (
        told.group_by("backer", "origin")
        .agg(
            recipients=pl.col("recipient").n_unique().cast(pl.Int64),
            names=pl.col("recipient").unique().sort().str.join(";"),
            counted=pl.col("recipient").filter("widest").n_unique().cast(pl.Int64),
            kinds=pl.col("relation").unique().sort().str.join(";"),
            said=pl.col("said").max(),
        )
        .filter(pl.col("recipients") > 1)
        .sort("backer", "origin")
    )


def _origins(ledger: Ledger, at: date) -> pl.DataFrame:
    """The independent reports for each tie of a day, and its origin if there is but one."""
    told = of_backers(ledger).counting(at).filter(pl.col("ratio") > 0)
    own = (pl.col("speaker_kind") == "document") & (pl.col("hedge") == "documented")
    tie = pl.concat_str("subject", "relation", "object", separator=" ")
    record = pl.concat_str("origin", tie, separator=": ")
    by_tie = told.group_by("relation", backer="subject", recipient="object")
    return by_tie.agg(
        reports=pl.when(own).then(record).otherwise("origin").unique().sort(),
        origin=pl.when(pl.col("origin").n_unique() == 1).then(pl.col("origin").first()).otherwise(pl.lit("")),
    )

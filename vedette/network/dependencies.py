"""Who gives what to each force, and which kinds of support come from one backer alone."""

from datetime import date

import polars as pl

from vedette.evidence import Ledger, spells
from vedette.network.backers import NOT_GIVEN, support
from vedette.network.bodies import of_backers
from vedette.network.reports import reported
from vedette.network.standing import Standing
from vedette.periods import last_possible_column

_TIE = ["backer", "relation", "recipient"]


def dependence(ledger: Ledger, at: date) -> pl.DataFrame:
    """Who gives which kind of support to each force on a day, and which kinds come from one backer alone.

    Columns: ``force, status, backer, relation, since`` (the first day of the spell; empty if not known),
    ``stated`` (whether a claim says, on a later day, that it began then; else it held by then), ``begun``
    (of the month or year that such a claim states the last day; empty if none does), ``said`` (the day it
    was last said), ``belief`` (in the most believed body of the backer), ``contested``, ``low, high, unit,
    first, last`` (the newest figure among its claims that is not all for days before the spell, and the
    days that it is for; empty if there is none), ``alone`` (whether no other backer is believed to give
    this kind to the force, to what holds it, or to a part of it), ``origin`` (if all rests on one origin),
    ``widest`` (false for a part of a force that the same origin names; see `vedette.network.reports`).
    """
    ties = reported(ledger, support(ledger, at), at)
    rooted = of_backers(ledger)
    since = ties.join(_since(rooted, ties, at), on=_TIE, how="left")
    best = since.join(_figures(rooted, since, at), on=_TIE, how="left")
    return (
        best.join(_givers(ledger, ties, at), on=["recipient", "relation"], how="left")
        .with_columns(alone=pl.col("givers") == 1)
        .rename({"recipient": "force"})
        .select(
            *(
                "force",
                "status",
                "backer",
                "relation",
                "since",
                "stated",
                "begun",
                "said",
                "belief",
                "contested",
            ),
            *("low", "high", "unit", "first", "last", "alone", "origin", "widest"),
        )
        .sort("force", "backer", "relation")
    )


def without_claims(ledger: Ledger, at: date) -> list[str]:
    """The forces of forces.csv for whose foreign support no claim counts on a day, however weak.

    That says nothing of whether they had any.
    """
    standing = Standing(ledger.case, at)
    told = set(support(ledger, at, 0.0)["recipient"])
    return sorted(
        force for force, row in standing.coded.items() if force not in told and row.status != "foreign"
    )


def _since(ledger: Ledger, ties: pl.DataFrame, at: date) -> pl.DataFrame:
    """The first day of the spell of each tie on a day, and whether a claim says that it began then."""
    claims = ledger.tied.join(
        ties.select(subject="backer", relation="relation", object="recipient"),
        on=["subject", "relation", "object"],
        how="semi",
    )
    stated = claims.filter(
        pl.col("from") != "", pl.col("ratio") > 0, pl.col("first") < pl.col("known_on")
    ).group_by("subject", "relation", "object", "first")
    finest = stated.agg(last_possible_column("from").min().alias("begun"))
    starts = {(*tie, first): begun for *tie, first, begun in finest.iter_rows()}
    rows = [
        (*tie, one.first, (*tie, one.first) in starts, starts.get((*tie, one.first)))
        for tie, some in spells(ledger, claims).items()
        for one in some
        if (one.first or date.min) <= at <= (one.last or date.max)
    ]
    schema = {**dict.fromkeys(_TIE, pl.String), "since": pl.Date, "stated": pl.Boolean, "begun": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _givers(ledger: Ledger, ties: pl.DataFrame, at: date) -> pl.DataFrame:
    """How many backers give a kind of support to each recipient, to what holds it or to a part of it."""
    standing = Standing(ledger.case, at)
    wholes = {one: standing.wholes(one) for one in ties["recipient"].unique()}
    pairs = [
        (one, other)
        for one in wholes
        for other in wholes
        if one == other or other in wholes[one] or one in wholes[other]
    ]
    lineage = pl.DataFrame(pairs, schema={"recipient": pl.String, "near": pl.String}, orient="row")
    given = ties.select("relation", "backer", near="recipient")
    counts = lineage.join(given, on="near").group_by("recipient", "relation")
    return counts.agg(givers=pl.col("backer").n_unique())


def _figures(ledger: Ledger, ties: pl.DataFrame, at: date) -> pl.DataFrame:
    """The newest figure of each tie up to a day that is not all for days before the tie began."""
    begun = ties.select(*_TIE, "since").rename({"backer": "subject", "recipient": "object"})
    figures = ledger.tied.join(begun, on=["subject", "relation", "object"]).filter(
        pl.col("first") <= at,
        pl.col("since").is_null() | (pl.col("last") >= pl.col("since")),
        pl.col("ratio") > 0,
        pl.col("low").is_not_null(),
        ~pl.col("unit").str.contains_any(list(NOT_GIVEN)),
    )
    newest = figures.sort("last", "first", "id").unique(["subject", "relation", "object"], keep="last")
    return newest.select(
        *(pl.col(old).alias(name) for old, name in zip(("subject", "relation", "object"), _TIE, strict=True)),
        *("low", "high", "unit", "first", "last"),
    )

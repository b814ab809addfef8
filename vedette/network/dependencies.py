"""Who gives what to each force, and which kinds of support come from one backer alone."""

from datetime import date

import polars as pl

from vedette.evidence import Ledger, spells
from vedette.network.backers import NOT_GIVEN, support
from vedette.network.bodies import of_backers
from vedette.network.reports import reported
from vedette.network.standing import Standing

_TIE = ["backer", "relation", "recipient"]


def dependence(ledger: Ledger, at: date) -> pl.DataFrame:
    """Who gives which kind of support to each force on a day, and which kinds come from one backer alone.

    Columns: ``force, status, backer, relation, since`` (the first day of the spell; empty if not known),
    ``said`` (the day it was last said), ``belief`` (in the most believed body of the backer),
    ``contested``, ``low, high, unit, first, last`` (the newest figure among its claims, and the days that
    it is for; empty if there is none), ``alone`` (whether no other backer is believed to give the force
    this kind), ``origin`` (if all rests on one origin), ``widest`` (false for a part of a force that the
    same origin names; see `vedette.network.reports`).
    """
    ties = reported(ledger, support(ledger, at), at)
    rooted = of_backers(ledger)
    best = ties.join(_since(rooted, ties, at), on=_TIE, how="left").join(
        _figures(rooted, at), on=_TIE, how="left"
    )
    givers = pl.col("backer").n_unique().over("recipient", "relation")
    return (
        best.with_columns(alone=givers == 1)
        .rename({"recipient": "force"})
        .select(
            *("force", "status", "backer", "relation", "since", "said", "belief", "contested"),
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
    """The first day of the spell of each tie that contains a day."""
    claims = ledger.tied.join(
        ties.select(subject="backer", relation="relation", object="recipient"),
        on=["subject", "relation", "object"],
        how="semi",
    )
    rows = [
        (*tie, one.first)
        for tie, some in spells(ledger, claims).items()
        for one in some
        if (one.first or date.min) <= at <= (one.last or date.max)
    ]
    schema = {**dict.fromkeys(_TIE, pl.String), "since": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _figures(ledger: Ledger, at: date) -> pl.DataFrame:
    """The newest figure of each tie up to a day, whatever time it is for."""
    figures = ledger.tied.filter(
        pl.col("first") <= at,
        pl.col("ratio") > 0,
        pl.col("low").is_not_null(),
        ~pl.col("unit").str.contains_any(list(NOT_GIVEN)),
    )
    newest = figures.sort("last", "first", "id").unique(["subject", "relation", "object"], keep="last")
    return newest.select(
        *(pl.col(old).alias(name) for old, name in zip(("subject", "relation", "object"), _TIE, strict=True)),
        *("low", "high", "unit", "first", "last"),
    )

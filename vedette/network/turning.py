"""Substitution: forces that turned to another backer after a claim says that they lost support."""

from datetime import date

import polars as pl

from vedette.case.schema import RelationKind
from vedette.evidence import Ledger
from vedette.network.standing import Standing
from vedette.periods import Step, period_of

LOSSES = ("broke-promise", "paused-support")
WITHIN = 24
"""Support from another backer counts as substitution if it begins at most so many months after a loss."""


def substitution(ledger: Ledger, within: int = WITHIN) -> pl.DataFrame:
    """Forces that turned to another backer soon after a claim says that they lost support.

    A loss is a broken promise, a pause, or a claim that a kind of support which was given before is not
    given any more; where claims of support merely stop, nothing is known to be lost. A gain is a request
    to the other backer, or the first claim of its support; it must state when it began. Both claims must
    have a log likelihood ratio that moves belief; they may be contested. Months are counted between the
    earliest days that the dates allow, so two dates of which only the same year is known are 0 months
    apart.

    Columns: ``force, lost, loss`` (claim id), ``what`` (the broken promise or pause, or the kind of
    support that ended), ``lost_on, turned_to, gain`` (claim id), ``how, gained_on, months``.
    """
    claims = ledger.claims.filter(pl.col("ratio") != 0)
    standing = Standing(ledger.case, ledger.as_of or date.max)
    losses, gains = _losses(claims, standing), _gains(claims, standing)
    pairs = losses.join(gains, on="force").filter(
        pl.col("lost") != pl.col("turned_to"), ~pl.col("force").is_in(standing.states)
    )
    months = _month(pl.col("gained_on")) - _month(pl.col("lost_on"))
    return (
        pairs.with_columns(months=months)
        .filter(pl.col("months").is_between(0, within), ~pl.col("turned_to").is_in(list(standing.own)))
        .select(
            *("force", "lost", "loss", "what", "lost_on", "turned_to", "gain", "how", "gained_on", "months")
        )
        .sort("lost_on", "force", "loss", "gained_on", "gain")
    )


def _losses(claims: pl.DataFrame, standing: Standing) -> pl.DataFrame:
    """Broken promises, pauses, and claims that support which was given before is not given any more."""
    named = claims.with_columns(
        lost=pl.col("subject").map_elements(standing.root, return_dtype=pl.String), force=pl.col("object")
    ).rename({"id": "loss", "relation": "what"})
    columns = ["force", "lost", "loss", "what"]
    acts = named.filter(pl.col("what").is_in(LOSSES), pl.col("ratio") > 0).select(*columns, lost_on="first")
    support_ = named.filter(pl.col("kind") == RelationKind.SUPPORT.value, pl.col("from") != "")
    before = (
        support_.filter(pl.col("ratio") > 0)
        .group_by("force", "lost", "what")
        .agg(given=pl.col("first").min())
    )
    denied = support_.filter(pl.col("polarity") == "-", pl.col("hedge") != "denied", pl.col("ratio") < 0)
    ended = denied.join(before, on=["force", "lost", "what"]).filter(pl.col("given") < pl.col("first"))
    first = ended.sort("first", "loss").unique(["force", "lost", "what"], keep="first", maintain_order=True)
    return pl.concat([acts, first.select(*columns, lost_on="first")])


def _gains(claims: pl.DataFrame, standing: Standing) -> pl.DataFrame:
    """The first claim of a request to, or support from, each backer for each force, if it states when."""
    told = claims.filter(pl.col("ratio") > 0, pl.col("polarity") == "+")
    requests = told.filter(pl.col("relation") == "asked-help").select(
        "id", "relation", "from", "first", force="subject", giver="object"
    )
    support_ = told.filter(pl.col("kind") == RelationKind.SUPPORT.value).select(
        "id", "relation", "from", "first", force="object", giver="subject"
    )
    both = pl.concat([requests, support_]).with_columns(
        turned_to=pl.col("giver").map_elements(standing.root, return_dtype=pl.String)
    )
    begun = both.filter((pl.col("from") != "").all().over("force", "turned_to"))
    early = begun.sort("first", "id").unique(["force", "turned_to"], keep="first", maintain_order=True)
    return early.select("force", "turned_to", gain="id", how="relation", gained_on="first")


def _month(day: pl.Expr) -> pl.Expr:
    return day.map_elements(lambda value: period_of(value, Step.MONTH), return_dtype=pl.Int64)

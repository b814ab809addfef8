"""Dependence of forces on backers, and substitution of one backer by another."""

from datetime import date

import polars as pl

from vedette.case.schema import RelationKind
from vedette.evidence import Ledger
from vedette.network.backers import support
from vedette.network.graph import LEAST
from vedette.network.standing import Standing
from vedette.periods import Step, period_of

LOSSES = ("broke-promise", "paused-support")
WITHIN = 24
"""Support from another backer counts as substitution if it begins at most so many months after a loss."""


def dependence(ledger: Ledger, at: date) -> pl.DataFrame:
    """The share of the support of each force that comes from each backer.

        share[backer] = sum over kinds of belief(backer, kind) / sum over backers and kinds of belief

    Columns: ``force, status, backer, share, kinds`` (relations, joined by ;), ``alone`` (relations that no
    other backer is believed to provide, which the force would lose with this backer).
    """
    ties = (
        support(ledger, at).group_by("recipient", "status", "backer", "relation").agg(pl.col("belief").max())
    )
    sure = pl.col("belief") >= LEAST
    others = ties.filter(sure).group_by("recipient", "relation").agg(givers=pl.col("backer").n_unique())
    both = ties.join(others, on=["recipient", "relation"], how="left")
    words = pl.col("relation").sort().str.join(";")
    by_backer = both.group_by("recipient", "status", "backer").agg(
        belief=pl.col("belief").sort().sum(),
        kinds=words,
        alone=pl.col("relation").filter(sure & (pl.col("givers") == 1)).sort().str.join(";"),
    )
    share = pl.col("belief") / pl.col("belief").sum().over("recipient")
    return (
        by_backer.select("recipient", "status", "backer", share.alias("share"), "kinds", "alone")
        .rename({"recipient": "force"})
        .sort("force", "share", "backer", descending=[False, True, False])
    )


def substitution(ledger: Ledger, within: int = WITHIN) -> pl.DataFrame:
    """Forces that turned to another backer soon after a broken promise, a pause or the end of support.

    The end of support counts as a loss if all support of that backer to the force has ended; a gain is the
    first claim of support by, or of a request to, the other backer. Both claims must have a log likelihood
    ratio above 0; they may be contested. Months are counted between the earliest days that the dates allow,
    so two dates of which only the same year is known are 0 months apart.

    Columns: ``force, lost, loss`` (claim id), ``what`` (its relation), ``lost_on, turned_to, gain``
    (claim id), ``how, gained_on, months``.
    """
    claims = ledger.claims.filter(pl.col("ratio") > 0, pl.col("polarity") == "+")
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
    """Broken promises, pauses, and for backers whose support of a force has all ended its last claim."""
    by_root = claims.with_columns(
        lost=pl.col("subject").map_elements(standing.root, return_dtype=pl.String), force=pl.col("object")
    )
    named = by_root.rename({"id": "loss", "relation": "what"})
    columns = ["force", "lost", "loss", "what"]
    acts = named.filter(pl.col("what").is_in(LOSSES)).select(*columns, lost_on="first")
    ties = named.filter(pl.col("kind") == RelationKind.SUPPORT.value)
    over = ties.filter((pl.col("to") != "").all().over("lost", "force")).select(*columns, lost_on="last")
    last = over.sort("lost_on", "loss").unique(["force", "lost"], keep="last", maintain_order=True)
    return pl.concat([acts, last])


def _gains(claims: pl.DataFrame, standing: Standing) -> pl.DataFrame:
    """The first claim of a request to, or of support from, each backer for each force."""
    requests = claims.filter(pl.col("relation") == "asked-help").select(
        "id", "relation", "first", force="subject", giver="object"
    )
    support_ = claims.filter(pl.col("kind") == RelationKind.SUPPORT.value).select(
        "id", "relation", "first", force="object", giver="subject"
    )
    both = pl.concat([requests, support_]).with_columns(
        turned_to=pl.col("giver").map_elements(standing.root, return_dtype=pl.String)
    )
    early = both.sort("first", "id").unique(["force", "turned_to"], keep="first", maintain_order=True)
    return early.select("force", "turned_to", gain="id", how="relation", gained_on="first")


def _month(day: pl.Expr) -> pl.Expr:
    return day.map_elements(lambda value: period_of(value, Step.MONTH), return_dtype=pl.Int64)

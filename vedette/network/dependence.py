"""What each force owes to each backer, and who turned to whom after what."""

from datetime import date

import polars as pl

from vedette.case.relations import Kind
from vedette.evidence import Ledger
from vedette.network.backing import support
from vedette.network.graph import LEAST
from vedette.network.standing import Standing
from vedette.periods import Step, period_of

LOSSES = ("broke-promise", "paused-support")
WITHIN = 24
"""Months within which a turn to another backer counts as an answer to a loss."""


def dependence(ledger: Ledger, at: date) -> pl.DataFrame:
    """How much of the support of each force comes from each backer.

        share[backer] = sum over kinds of belief(backer, kind) / sum over backers and kinds of belief

    Columns: ``force, status, backer, share, kinds`` (relations, joined by ;), ``alone`` (those that no
    other backer is believed to give: what the force would lose with this one).
    """
    given = (
        support(ledger, at).group_by("recipient", "status", "backer", "relation").agg(pl.col("belief").max())
    )
    sure = pl.col("belief") >= LEAST
    others = given.filter(sure).group_by("recipient", "relation").agg(givers=pl.col("backer").n_unique())
    both = given.join(others, on=["recipient", "relation"], how="left")
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
    """Who turned to another backer within so many months of a broken promise, a pause or the end of support.

    Both claims must move a belief; they may be contested. Months are counted between the earliest days
    that the dates allow, so that two things of one year count as near.

    Columns: ``force, lost, loss`` (claim id), ``what`` (its relation), ``lost_on, turned_to, gain``
    (claim id), ``how, gained_on, months``.
    """
    claims = ledger.claims.filter(pl.col("ratio") > 0, pl.col("polarity") == "+")
    losses, gains = _losses(claims), _gains(claims)
    standing = Standing(ledger.case, ledger.as_of or date.max)
    pairs = losses.join(gains, on="force").filter(
        pl.col("lost").map_elements(standing.root, return_dtype=pl.String)
        != pl.col("turned_to").map_elements(standing.root, return_dtype=pl.String)
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


def _losses(claims: pl.DataFrame) -> pl.DataFrame:
    acts = claims.filter(pl.col("relation").is_in(LOSSES)).with_columns(lost_on=pl.col("first"))
    ended = claims.filter(pl.col("kind") == Kind.SUPPORT.value, pl.col("to") != "").with_columns(
        lost_on=pl.col("last")
    )
    last = ended.group_by("subject", "object", "relation").agg(pl.all().sort_by("last").last())
    columns = [pl.col("object").alias("force"), pl.col("subject").alias("lost"), pl.col("id").alias("loss")]
    both = pl.concat([acts, last.select(acts.columns)])
    return both.select(*columns, pl.col("relation").alias("what"), "lost_on")


def _gains(claims: pl.DataFrame) -> pl.DataFrame:
    asked = claims.filter(pl.col("relation") == "asked-help").select(
        pl.col("subject").alias("force"), pl.col("object").alias("turned_to"), "id", "relation", "first"
    )
    given = claims.filter(pl.col("kind") == Kind.SUPPORT.value, pl.col("from") != "").select(
        pl.col("object").alias("force"), pl.col("subject").alias("turned_to"), "id", "relation", "first"
    )
    return pl.concat([asked, given]).rename({"id": "gain", "relation": "how", "first": "gained_on"})


def _month(day: pl.Expr) -> pl.Expr:
    return day.map_elements(lambda value: period_of(value, Step.MONTH), return_dtype=pl.Int64)

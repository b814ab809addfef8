"""Missions and who leads them over time."""

from datetime import date

import polars as pl

from vedette.evidence import Ledger
from vedette.network.standing import Standing


def missions(ledger: Ledger) -> pl.DataFrame:
    """Missions and their leading actors over time.

    Columns: ``mission, lead, from, to`` (with the precision of the claim), ``hedge, contested, claims``;
    expected or proposed missions are listed with that hedge.
    """
    states = Standing(ledger.case, date.max).states
    led = (pl.col("relation") == "leads") & ~pl.col("object").is_in(states)
    leads = ledger.claims.filter(led, pl.col("basis") == "page")
    grouped = leads.group_by("object", "subject", "from", maintain_order=True).agg(
        pl.col("to").sort().last(),
        hedge=pl.col("hedge").first(),
        contested=pl.col("polarity").n_unique() > 1,
        claims=pl.col("id"),
    )
    return (
        grouped.rename({"object": "mission", "subject": "lead"})
        .select("mission", "lead", "from", "to", "hedge", "contested", "claims")
        .sort("mission", "from", "lead")
    )

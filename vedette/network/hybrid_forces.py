"""Hybrid forces: the beliefs about who commands, pays and designates each, which are three separate ties."""

from datetime import date

import polars as pl

from vedette.case.schema import RelationKind
from vedette.evidence import Ledger
from vedette.network.graph import believed
from vedette.network.standing import Standing

SIDES = ("command", "payroll", "designation")


def hybrids(ledger: Ledger, at: date) -> pl.DataFrame:
    """The beliefs about who commands, pays and lists each hybrid force on a day.

    Columns: ``force, relation`` (command, payroll, designation), ``by, belief, contested, claims_for,
    claims_against, said``; without a claim for a relation there is no row.
    """
    standing = Standing(ledger.case, at)
    forces = [force for force, coding in standing.coded.items() if coding.status == "hybrid"]
    ties = believed(ledger, at, [RelationKind.STRUCTURE]).filter(
        pl.col("relation").is_in(SIDES), pl.col("object").is_in(forces)
    )
    return ties.select(
        pl.col("object").alias("force"),
        "relation",
        pl.col("subject").alias("by"),
        *("belief", "contested", "claims_for", "claims_against", "said"),
    ).sort("force", "relation", "belief", "by", descending=[False, False, True, False])

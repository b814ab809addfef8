"""Which claims want a look first: those that others contest, and those that nobody has renewed for long."""

from datetime import date

import polars as pl

from vedette.evidence import Ledger, present_of
from vedette.evidence.finding import contested_claims

CONTESTED, STALE = "contested", "stale"
_TIE = ("subject", "relation", "object")


def with_doubts(ledger: Ledger, claims: pl.DataFrame) -> pl.DataFrame:
    """Returns claims with a column ``doubt``: ``contested``, ``stale`` or empty.

    A claim is stale where it states no end of its tie, and nobody has said for longer than the half-life of
    its relation that the tie holds.
    """
    stale = _stale(ledger, present_of(ledger))
    doubt = (
        pl.when(pl.col("id").is_in(contested_claims(ledger)))
        .then(pl.lit(CONTESTED))
        .when(pl.col("id").is_in(stale))
        .then(pl.lit(STALE))
        .otherwise(pl.lit(""))
    )
    return claims.with_columns(doubt=doubt)


def by_doubt(claims: pl.DataFrame) -> pl.DataFrame:
    """Returns claims with a column ``doubt`` in the order of a list that is read from its end."""
    rank = pl.col("doubt").replace_strict({"": 0, STALE: 1, CONTESTED: 2}, return_dtype=pl.Int64)
    return claims.sort(rank, "known_on", "id")


def _stale(ledger: Ledger, day: date) -> list[str]:
    """The ids of claims about ties that nobody has renewed for longer than their half-life."""
    years = {word: each.days for word, each in ledger.half_lives.items()}
    tied = ledger.tied.filter(pl.col("polarity") == "+")
    said = pl.col("said_on").max().over(_TIE)
    age = (pl.lit(day) - said).dt.total_days()
    half_life = pl.col("relation").replace_strict(years, return_dtype=pl.Float64)
    return tied.filter((pl.col("to") == "") & (age > half_life))["id"].to_list()

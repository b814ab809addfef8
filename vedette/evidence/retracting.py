"""Retracted claims: which count on a day, and what an edition may say of a retraction."""

from collections.abc import Collection
from datetime import date

import polars as pl

from vedette.case.schema import Edition
from vedette.periods import last_possible_column

UNSAID = "retracted"
"""What stands for the reason in an edition that does not give it."""


def without_retracted(claims: pl.DataFrame, retractions: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    """The claims whose retraction was not yet known on a day; with no day, those never retracted.

    Args:
        claims: rows with an ``id``.
        retractions: the columns of retractions.csv.
        as_of: the day; a retraction of that day is known.
    """
    known = _known(retractions, as_of).select("id")
    return claims.join(known, on="id", how="anti", maintain_order="left") if known.height else claims


def retracted_by(claims: pl.DataFrame, retractions: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    """The claims whose retraction was known on a day, with that day as ``retracted``, and ``why``."""
    return claims.join(_known(retractions, as_of), on="id", how="inner", maintain_order="left")


def _known(retractions: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    dated = retractions.select("why", id="claim", retracted=last_possible_column("known"))
    return dated if as_of is None else dated.filter(pl.col("retracted") <= as_of)


def open_retractions(
    retractions: pl.DataFrame, claims: pl.DataFrame, sources: Collection[str], edition: Edition
) -> pl.DataFrame:
    """The retractions of the claims that an edition shows.

    Where the edition withholds protected sources, the reason is not shown and no source that is not open.
    """
    shown = retractions.filter(pl.col("claim").is_in(claims["id"].to_list()))
    if edition.protected:
        return shown
    cited = pl.when(pl.col("source").is_in(list(sources))).then("source").otherwise(pl.lit(""))
    return shown.with_columns(why=pl.lit(UNSAID), source=cited)


def publishable(claims: pl.DataFrame, retractions: pl.DataFrame, edition: Edition) -> pl.DataFrame:
    """The claims as an edition may pass them on.

    Where it withholds protected sources, nobody who checked a claim is named, and a retracted claim of a
    protected speaker is left out: under the id that it gets there, its retraction would not find it.
    """
    if edition.protected:
        return claims
    gone = pl.col("id").is_in(retractions["claim"].to_list())
    kept = claims.filter(~(gone & (pl.col("speaker_kind") == "protected")))
    return kept.with_columns(checked_by=pl.lit(""))

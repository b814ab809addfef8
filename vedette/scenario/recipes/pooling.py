"""Figures of claims that clash, pooled by a rule that is named.

``equal``: every independent source counts alike, whatever its grade; the figures of one source share its
weight. ``graded``: a figure counts by the likelihood ratio of its grade, as in the index of arms; one without
a basis to judge counts for nothing. ``range``: between the middle of the lowest and the middle of the highest
figure every size counts alike (even in the logarithm where both are above 0).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from vedette.case.schema import UNTIED
from vedette.evidence import Ledger
from vedette.model import FloatArray

Rule = Literal["equal", "graded", "range"]


@dataclass(frozen=True)
class ClaimFigure:
    """A figure of a claim: the days it is given for, its ends, its grade and its independent source."""

    claim: str
    source: str
    origin: str
    first: int
    """The first day for which it is given, as an ordinal."""
    last: int
    low: float
    high: float
    ratio: float
    unit: str
    said_from: str
    """The beginning as written."""
    said_to: str


def figures_of(ledger: Ledger, relation: str, subject: str) -> list[ClaimFigure]:
    """The figures that claims give, page by page, without what is recalled, expected or proposed."""
    first = pl.when(pl.col("from") == "").then(pl.col("known_on")).otherwise(pl.col("first"))
    last = pl.when(pl.col("to") == "").then(first).otherwise(pl.col("last"))
    rows = ledger.claims.filter(
        pl.col("relation") == relation,
        pl.col("subject") == subject,
        pl.col("polarity") == "+",
        pl.col("low").is_not_null(),
        pl.col("basis") != "recalled",
        ~pl.col("hedge").is_in(UNTIED),
    ).with_columns(first=first, last=last)
    return [
        ClaimFigure(
            row["id"],
            row["source"],
            row["origin"] or row["source"],
            row["first"].toordinal(),
            row["last"].toordinal(),
            row["low"],
            row["high"],
            row["ratio"],
            row["unit"],
            row["from"],
            row["to"],
        )
        for row in rows.sort("first", "id").iter_rows(named=True)
    ]


def weights_of(figures: Sequence[ClaimFigure], rule: Rule) -> FloatArray:
    """The weight of each figure, (n,), which add up to 1; all 0 if none counts."""
    if rule == "graded":
        weights = np.maximum([figure.ratio for figure in figures], 0.0)
    else:
        origins = [figure.origin for figure in figures]
        weights = np.array([1.0 / origins.count(origin) for origin in origins])
    return np.asarray(weights / weights.sum() if weights.sum() > 0 else weights, dtype=np.float64)


def pooled(figures: Sequence[ClaimFigure], rule: Rule, draws: int, rng: np.random.Generator) -> FloatArray:
    """Draws of the size that the figures give, (draws,); none if no figure counts by the rule.

    >>> one = ClaimFigure("a", "s", "s", 1, 1, 10.0, 10.0, 1.0, "persons", "", "")
    >>> pooled([one], "equal", 3, np.random.default_rng(1)).tolist()
    [10.0, 10.0, 10.0]
    """
    if rule == "range":
        middles = [(figure.low + figure.high) / 2 for figure in figures]
        return evenly(np.full(draws, min(middles)), np.full(draws, max(middles)), rng.random(draws))
    weights = weights_of(figures, rule)
    if not weights.sum():
        return np.zeros(0)
    # stratified, so that a rule of two alike sources gives each exactly half of the draws
    chance = rng.permutation((np.arange(draws) + 0.5) / draws)
    chosen = np.minimum(np.searchsorted(np.cumsum(weights), chance, side="right"), len(figures) - 1)
    low, high = (np.array([getattr(figure, end) for figure in figures])[chosen] for end in ("low", "high"))
    return evenly(low, high, rng.random(draws))


def evenly(low: FloatArray, high: FloatArray, chance: FloatArray) -> FloatArray:
    """Numbers between two ends, even in the logarithm where both are above 0."""
    log = low > 0
    safe_low, safe_high = np.where(log, low, 1.0), np.where(log, high, 1.0)
    grown = safe_low * (safe_high / safe_low) ** chance
    return np.asarray(np.where(log, grown, low + (high - low) * chance))


def independent(figures: Sequence[ClaimFigure]) -> int:
    """The number of independent sources."""
    return len({figure.origin for figure in figures})

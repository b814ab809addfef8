"""The log likelihood ratio of a claim and the prior of a tie, by the weights in case.yaml."""

import math

import polars as pl

from vedette.case.schema import RELATIONS, Weights


def ratio(weights: Weights) -> pl.Expr:
    """The log likelihood ratio: ``ln(reliability) * credibility * hedge``, with the sign of the polarity.

    A Polars expression over the columns ``reliability`` (filled), ``credibility``, ``hedge``, ``polarity``.
    """
    graded = pl.col("reliability").replace_strict(
        {grade: math.log(value) for grade, value in weights.reliability.items()}, return_dtype=pl.Float64
    )
    likely = pl.col("credibility").replace_strict(
        {grade: float(part) for grade, part in weights.credibility.items()}, return_dtype=pl.Float64
    )
    hedge = pl.col("hedge").replace_strict(
        {hedge: float(part) for hedge, part in weights.hedge.items()}, return_dtype=pl.Float64
    )
    sign = pl.when(pl.col("polarity") == "-").then(-1.0).otherwise(1.0)
    return (graded * likely * hedge * sign).round(12) + 0.0


def prior(weights: Weights, relation: str) -> float:
    """The prior probability of a tie of this relation.

    >>> prior(Weights(), "training")
    0.1
    """
    kind = RELATIONS[relation].kind.value
    return weights.prior.get(relation, weights.prior.get(kind, weights.prior["default"]))


def logit(probability: float) -> float:
    """The log-odds of a probability."""
    return math.log(probability / (1 - probability))


def chance(log_odds: float) -> float:
    """The probability of log-odds.

    >>> round(chance(logit(0.3)), 12)
    0.3
    """
    if log_odds < 0:
        odds = math.exp(log_odds)
        return odds / (1 + odds)
    return 1 / (1 + math.exp(-log_odds))

"""Paired comparison of two models, with block-bootstrap intervals over origins."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from vedette.errors import DataError
from vedette.model import FloatArray, IntArray
from vedette.randomness import rng_stream
from vedette.score.checks import positive, shares
from vedette.score.resample import RESAMPLES, block_length, blocks
from vedette.score.scorecard import Scorecard


@dataclass(frozen=True)
class Comparison:
    """Mean score of ``model`` minus that of ``baseline`` over the same cells; below 0 the model is better.

    ``low`` and ``high`` enclose the central ``level`` of the resampled differences; ``share_below_zero`` is
    the share of resamples in which the model is better. ``block`` consecutive origins stay together.
    """

    model: str
    baseline: str
    score: str
    difference: float
    low: float
    high: float
    level: float
    share_below_zero: float
    origins: int
    block: int
    resamples: int


def compare(
    card: Scorecard,
    model: str,
    baseline: str,
    score: str = "crps_fair",
    block: int | None = None,
    resamples: int = RESAMPLES,
    level: float = 0.9,
    seed: int = 1,
) -> Comparison:
    """Compares two models of a scorecard over its origins with a moving-block bootstrap.

    Forecasts from neighbouring origins share months and are not independent, so that blocks of
    consecutive origins are drawn with replacement until there are as many origins as there were; each
    resample gives the mean difference over its cells. Künsch 1989, doi:10.1214/aos/1176347265.

    Args:
        card: holds both models over the same cells.
        model: name of the one.
        baseline: name of the other.
        score: a column of ``SCORES``.
        block: origins per block; the longest horizon if not given, and never below it.
        resamples: how many.
        level: of the interval.
        seed: of the resampling.

    Raises:
        UsageError: a model or score that the card does not have, or numbers out of range.
        DataError: fewer than two blocks of origins, too few to say anything.

    >>> from vedette.model import Conflictology, History, Zero
    >>> from vedette.periods import Step
    >>> from vedette.score.rolling import backtest
    >>> history = History.of([[5 + period % 3] for period in range(40)], ["IQ-NI"], 24161, Step.MONTH)
    >>> card = backtest(history, [Zero(), Conflictology(6)], range(24180, 24196), horizons=3, draws=50)
    >>> found = compare(card, "conflictology-6", "zero")
    >>> found.high < 0, found.share_below_zero, found.block
    (True, 1.0, 3)
    """
    shares("level", [level])
    positive("resamples", resamples)
    sums, cells = _by_origin(card, model, baseline, score)
    length = block_length(card, block)
    if len(sums) < 2 * length:
        raise DataError(
            f"{model} against {baseline}: expected at least {2 * length} origins, two blocks of {length}; "
            f"found {len(sums)}. Score more origins or shorter horizons."
        )
    drawn = blocks(len(sums), length, resamples, rng_stream(seed, "compare", model, baseline, score))
    means = sums[drawn].sum(axis=1) / cells[drawn].sum(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Comparison(
        model,
        baseline,
        score,
        difference=float(sums.sum() / cells.sum()),
        low=float(low),
        high=float(high),
        level=level,
        share_below_zero=float((means < 0).mean()),
        origins=len(sums),
        block=length,
        resamples=resamples,
    )


def _by_origin(card: Scorecard, model: str, baseline: str, score: str) -> tuple[FloatArray, IntArray]:
    """Summed difference and number of cells at each origin, in order of time."""
    cell = ["origin", "unit", "horizon"]
    ours, other = (card.scores_of(name, score) for name in (model, baseline))
    pairs = ours.join(other, on=cell, suffix="_other")
    difference = pl.col(score) - pl.col(f"{score}_other")
    sums = pairs.group_by("origin", maintain_order=True).agg(difference.sum(), cells=pl.len()).sort("origin")
    return sums[score].to_numpy(), sums["cells"].to_numpy().astype(np.int64)

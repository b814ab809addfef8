"""Reliability of intervals and of event probabilities."""

from collections.abc import Sequence

import polars as pl

from vedette.score.checks import positive, shares
from vedette.score.resample import banded, block_length
from vedette.score.scorecard import Scorecard, at_least

LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def interval_reliability(
    card: Scorecard, *by: str, levels: Sequence[float] = LEVELS, level: float = 0.9, seed: int = 1
) -> pl.DataFrame:
    """Share of cells whose PIT falls into the central part of each nominal size; equal if calibrated.

        |pit - 1/2| <= nominal / 2

    Because the PIT shares a tie out by chance, counts that are often 0 are judged fairly: an interval that
    includes its ends (`covered`) holds more than it says however good the forecast.

    Args:
        card: any scorecard.
        by: axes beside the model, such as "horizon".
        levels: nominal sizes between 0 and 1.
        level: of the moving-block bootstrap interval over origins; null with fewer than two blocks.
        seed: of the resampling.

    Returns:
        Columns model, ``by``, nominal, cells, observed, low, high.

    Raises:
        UsageError: a level outside 0 and 1.

    >>> from vedette.model import Conflictology, History
    >>> from vedette.periods import Step
    >>> from vedette.score.rolling import backtest
    >>> history = History.of([[period % 2] for period in range(40)], ["IQ-NI"], 24161, Step.MONTH)
    >>> card = backtest(history, [Conflictology(2)], range(24180, 24198), horizons=2, draws=100)
    >>> [round(share, 1) for share in interval_reliability(card, levels=[0.99])["observed"]]
    [1.0]
    """
    shares("levels", [*levels, level])
    away = (pl.col("pit") - 0.5).abs()
    names = ["model", *by, "nominal"]
    each = [
        card.table.select(
            "origin",
            "model",
            *by,
            pl.lit(nominal).alias("nominal"),
            (away <= nominal / 2).cast(pl.Float64).alias("observed"),
        )
        for nominal in levels
    ]
    return banded(pl.concat(each), "observed", names, block_length(card, None), level, seed)


def event_reliability(card: Scorecard, bins: int = 10, level: float = 0.9, seed: int = 1) -> pl.DataFrame:
    """Observed frequency of reaching a count by its forecast probability: one row for each bin in use.

    For each threshold of the card's terms, cells are put into ``bins`` equal parts of the share of draws
    that reached it. A calibrated forecast has ``observed`` near ``forecast`` in every bin.

    Args:
        card: any scorecard.
        bins: how many parts from 0 to 1.
        level: of the moving-block bootstrap interval over origins; null with fewer than two blocks.
        seed: of the resampling.

    Returns:
        Columns model, threshold, bin (from 0), cells, forecast (mean share of draws), observed, low, high.

    Raises:
        UsageError: fewer than one bin, or a level outside 0 and 1.

    >>> from vedette.model import Conflictology, History
    >>> from vedette.periods import Step
    >>> from vedette.score.rolling import backtest
    >>> history = History.of([[period % 2] for period in range(40)], ["IQ-NI"], 24161, Step.MONTH)
    >>> card = backtest(history, [Conflictology(2)], range(24180, 24198), 2, 100, thresholds=[1])
    >>> event_reliability(card, bins=1).select("threshold", "cells", "observed").rows()
    [(1, 36, 0.5)]
    """
    positive("bins", bins)
    shares("level", [level])
    names = ["model", "threshold", "bin"]
    cells = pl.concat([_events(card.table, threshold, bins) for threshold in card.terms.thresholds])
    forecast_chance = cells.group_by(names, maintain_order=True).agg(pl.col("forecast").mean())
    observed = banded(cells, "observed", names, block_length(card, None), level, seed)
    order = pl.col("model").cast(pl.Enum(card.models))
    return (
        observed.join(forecast_chance, on=names)
        .sort(order, "threshold", "bin")
        .select(*names, "cells", "forecast", "observed", "low", "high")
    )


def _events(table: pl.DataFrame, threshold: int, bins: int) -> pl.DataFrame:
    """Each cell with its bin, the forecast probability and whether the event occurred."""
    chance = pl.col(at_least(threshold))
    return table.select(
        "origin",
        "model",
        pl.lit(threshold).alias("threshold"),
        (chance * bins).floor().cast(pl.Int64).clip(0, bins - 1).alias("bin"),
        chance.alias("forecast"),
        (pl.col("truth") >= threshold).cast(pl.Float64).alias("observed"),
    )

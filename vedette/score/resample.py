"""Moving-block bootstrap intervals of mean scores over origins."""

import numpy as np
import polars as pl

from vedette.model import FloatArray, IntArray
from vedette.randomness import rng_stream
from vedette.score.checks import positive, shares
from vedette.score.scorecard import Scorecard, axes_of, must_be_score

RESAMPLES = 2000


def blocks(origins: int, length: int, resamples: int, rng: np.random.Generator) -> IntArray:
    """Indices of origins, (resamples, origins): blocks in a row, the last one cut to fit."""
    number = -(-origins // length)
    starts = rng.integers(0, origins - length + 1, (resamples, number))
    whole = starts[:, :, None] + np.arange(length)
    return whole.reshape(resamples, -1)[:, :origins]


def mean_bands(
    sums: FloatArray, cells: FloatArray, length: int, level: float, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Lower and upper ends of the central ``level`` of resampled means, (K,) each.

    ``sums`` and ``cells`` (origins, K) are what each origin adds to K means; ``length`` origins stay
    together. Not a number with fewer than two blocks of origins, or where no resample holds a cell.
    """
    width = sums.shape[1]
    if len(sums) < 2 * length:
        return np.full(width, np.nan), np.full(width, np.nan)
    chosen = blocks(len(sums), length, RESAMPLES, rng)
    times = np.stack([np.bincount(row, minlength=len(sums)) for row in chosen]).astype(np.float64)
    weights = times @ cells
    means = np.where(weights > 0, times @ sums / np.maximum(weights, 1e-300), np.nan)
    known = ~np.isnan(means).all(axis=0)
    low, high = np.full(width, np.nan), np.full(width, np.nan)
    low[known], high[known] = np.nanquantile(means[:, known], [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high


def banded(
    cells: pl.DataFrame, value: str, groups: list[str], length: int, level: float, seed: int
) -> pl.DataFrame:
    """Mean of a column by groups, with the interval of `mean_bands`: groups, cells, value, low, high.

    ``cells`` has a column ``origin``, the groups and the value; groups stay in the order in which they come.
    """
    each = cells.group_by("origin", *groups, maintain_order=True).agg(
        total=pl.col(value).sum(), cells=pl.len()
    )
    frame = cells.select(groups).unique(maintain_order=True).with_row_index("group")
    origins = each.select("origin").unique().sort("origin").with_row_index("at")
    placed = each.join(frame, on=groups, nulls_equal=True).join(origins, on="origin")
    where = (placed["at"].to_numpy(), placed["group"].to_numpy())
    sums, counts = np.zeros((2, origins.height, frame.height))
    sums[where], counts[where] = placed["total"].to_numpy(), placed["cells"].to_numpy()
    low, high = mean_bands(sums, counts, length, level, rng_stream(seed, "bands", value, *groups))
    return frame.drop("group").with_columns(
        pl.Series("cells", counts.sum(axis=0).astype(np.int64)),
        pl.Series(value, sums.sum(axis=0) / counts.sum(axis=0)),
        pl.Series("low", low).fill_nan(None),
        pl.Series("high", high).fill_nan(None),
    )


def bands(
    card: Scorecard, score: str, *by: str, block: int | None = None, level: float = 0.9, seed: int = 1
) -> pl.DataFrame:
    """Mean score with a moving-block bootstrap interval over origins, by model and ``by``.

    Blocks of neighbouring origins stay together, as in `compare`. The interval is that of the score itself,
    which moves with the times scored; to tell two models apart use `compare`.

    Args:
        card: scores of at least two blocks of origins; with fewer, low and high are null.
        score: a column of ``SCORES``.
        by: axes of the table beside the model, such as "horizon".
        block: origins per block; the longest horizon if not given, and never below it.
        level: of the interval.
        seed: of the resampling.

    Returns:
        Columns model, ``by``, cells, the score, low, high.

    Raises:
        UsageError: an axis or score that the card does not have, or numbers out of range.

    >>> from vedette.model import History, Last
    >>> from vedette.periods import Step
    >>> from vedette.score.rolling import backtest
    >>> history = History.of([[period % 3] for period in range(40)], ["IQ-NI"], 24161, Step.MONTH)
    >>> card = backtest(history, [Last()], range(24180, 24198), horizons=2, draws=2)
    >>> [(row["horizon"], round(row["crps"], 3)) for row in bands(card, "crps", "horizon").to_dicts()]
    [(1, 1.333), (2, 1.333)]
    """
    shares("level", [level])
    positive("block", block or 1)
    names = ["model", *axes_of(by)]
    scores = card.table.select("origin", *names, must_be_score(score))
    return banded(scores, score, names, block_length(card, block), level, seed)


def block_length(card: Scorecard, block: int | None) -> int:
    """Origins that stay together: those asked for, at least as many as the longest horizon."""
    longest = int(card.table["horizon"].to_numpy().max())
    return max(block or longest, longest)

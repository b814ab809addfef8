"""Bootstrap intervals of mean scores over units."""

import numpy as np
import polars as pl

from vedette.model import FloatArray
from vedette.randomness import rng_stream
from vedette.score.checks import shares
from vedette.score.resample import RESAMPLES
from vedette.score.scorecard import Scorecard, must_be_score

_ENDS = ("low", "high", "skill", "skill_low", "skill_high")


def unit_bands(
    card: Scorecard, score: str = "crps_fair", baseline: str | None = None, level: float = 0.9, seed: int = 1
) -> pl.DataFrame:
    """Mean score of each model, and its skill, with intervals from resampling units with replacement.

    Units are drawn whole, with all their periods, since the periods of a unit are not independent. What all
    units have in common is not resampled: the intervals are those of other units in the same times. Where
    many origins were scored, `bands` asks the harder question of other times.

    Args:
        card: of at least two units; with one, the intervals are null.
        score: a column of ``SCORES``.
        baseline: the model that skill is against; None for no skill.
        level: of the intervals.
        seed: of the resampling.

    Returns:
        Columns model, the score, low, high, skill, skill_low, skill_high; null where undefined.

    Raises:
        UsageError: a score that the card does not have, or a level outside 0 and 1.

    >>> from vedette.model import History, Last, Zero
    >>> from vedette.periods import Step
    >>> from vedette.score.rolling import backtest
    >>> history = History.of([[2, 8]] * 40, ["IQ-NI", "IQ-AN"], 24161, Step.MONTH)
    >>> card = backtest(history, [Last(), Zero()], [24190], horizons=2, draws=2)
    >>> unit_bands(card, baseline="zero").select("model", "crps_fair", "low", "high", "skill").rows()
    [('last', 0.0, 0.0, 0.0, 1.0), ('zero', 5.0, 2.0, 8.0, None)]
    """
    must_be_score(score)
    shares("level", [level])
    sums, cells = _by_unit(card, score)
    number = len(sums)
    rng = rng_stream(seed, "unit bands", score)
    times = rng.multinomial(number, np.full(number, 1 / number), RESAMPLES).astype(np.float64)
    means = (times @ sums) / (times @ cells) if number > 1 else np.full((1, sums.shape[1]), np.nan)
    whole = sums.sum(axis=0) / cells.sum(axis=0)
    base = card.models.index(baseline) if baseline in card.models else None
    edges = [(1 - level) / 2, (1 + level) / 2]
    rows = []
    for at, name in enumerate(card.models):
        skill = (np.nan, np.nan, np.nan)
        if base is not None and at != base and whole[base] > 0:
            skill = (1 - whole[at] / whole[base], *_ends(1 - _ratio(means[:, at], means[:, base]), edges))
        rows.append((name, whole[at], *_ends(means[:, at], edges), *skill))
    table = pl.DataFrame(rows, schema=["model", score, *_ENDS], orient="row")
    return table.with_columns(pl.exclude("model").cast(pl.Float64).fill_nan(None))


def _by_unit(card: Scorecard, score: str) -> tuple[FloatArray, FloatArray]:
    """Summed score and number of cells, (U, models) each."""
    each = [
        card.table.filter(model=name)
        .group_by("unit", maintain_order=True)
        .agg(pl.col(score).sum(), pl.len())
        .sort("unit")
        for name in card.models
    ]
    sums = np.stack([table[score].to_numpy() for table in each], axis=1)
    return sums, np.stack([table["len"].to_numpy() for table in each], axis=1).astype(np.float64)


def _ratio(ours: FloatArray, base: FloatArray) -> FloatArray:
    """The quotient of two means; not a number where the second is 0."""
    return np.asarray(np.divide(ours, base, out=np.full_like(ours, np.nan), where=base > 0))


def _ends(values: FloatArray, edges: list[float]) -> tuple[float, float]:
    """The quantiles of the values that are numbers; not a number where none is."""
    known = values[np.isfinite(values)]
    if not len(known):
        return np.nan, np.nan
    low, high = np.quantile(known, edges)
    return float(low), float(high)

"""Scores of one forecast, cell by cell, in slabs that keep memory small whatever the number of units."""

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.model import BoolArray, FloatArray, Forecast, IntArray
from vedette.randomness import rng_stream
from vedette.score import rules
from vedette.score.scorecard import Terms, at_least, inside

SLAB = 2**16


def score_forecast(ahead: Forecast, truth: IntArray, active: BoolArray, terms: Terms) -> pl.DataFrame:
    """The rows of a scorecard for one forecast.

    Args:
        ahead: draws (S, H, U).
        truth: (H, U).
        active: (U,).
        terms: of scoring.

    Returns:
        H x U rows with the columns of `Scorecard`.
    """
    y = truth.ravel()
    drawn = ahead.draws.reshape(len(ahead.draws), -1).T
    rng = rng_stream(ahead.seed, "pit", ahead.model, ahead.measure, ahead.origin)
    height, width = truth.shape
    chance = rng.random((ahead.horizons[-1], width))[np.asarray(ahead.horizons) - 1].ravel()
    slab = max(1, SLAB // len(ahead.draws))
    parts = [
        _cell_scores(
            drawn[first : first + slab], y[first : first + slab], chance[first : first + slab], terms
        )
        for first in range(0, len(y), slab)
    ]
    columns: dict[str, npt.NDArray[np.generic] | list[str]] = {
        "model": [ahead.model] * len(y),
        "unit": list(ahead.units) * height,
        "origin": np.full(y.shape, ahead.origin),
        "horizon": np.repeat(ahead.horizons, width),
        "period": np.repeat(ahead.periods, width),
        "truth": y,
        "active": np.tile(active, height),
        **{name: np.concatenate([part[name] for part in parts]) for name in parts[0]},
    }
    return pl.DataFrame(columns)


def _cell_scores(
    drawn: IntArray, truth: IntArray, chance: FloatArray, terms: Terms
) -> dict[str, FloatArray | BoolArray]:
    """Every score of draws (cells, S) in the order in which they were drawn, against truth (cells,)."""
    x, y = _ascending(drawn), truth.astype(np.float64)
    binned = x if terms.resample is None else rules.stretched(drawn.astype(np.float64), terms.resample)
    fair = rules.fair_crps(x, y)
    return {
        "crps": rules.plain_from_fair(x, y, fair),
        "crps_fair": fair,
        "crps_tail": rules.tail_crps(x, y, terms.tail),
        "log_zero": rules.zero_score(x, y),
        "ign": rules.ignorance_score(binned, y),
        "mis": rules.interval_score(x, y, terms.mis_level),
        "pit": rules.rank(x, y, chance),
        **{inside(level): rules.inside_interval(x, y, level) for level in terms.levels},
        **{at_least(count): rules.share_from(x, count) for count in terms.thresholds},
    }


def _ascending(drawn: IntArray) -> FloatArray:
    narrow = np.int32 if drawn.max() < 2**31 else np.int64
    return np.sort(drawn.astype(narrow), axis=-1).astype(np.float64)

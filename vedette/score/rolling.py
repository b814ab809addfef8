"""Rolling-origin backtest: forecast from the past as if it were today, then look what came."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.errors import DataError, UsageError
from vedette.model import YEAR, BoolArray, FloatArray, Forecast, History, IntArray, Model, forecast, key
from vedette.score import rules
from vedette.score.checks import positive, shares
from vedette.score.scorecard import Scorecard, Terms, inside

Progress = Callable[[int, int], None]

TAIL = 0.9
SLAB = 2**16


def backtest(
    history: History,
    models: Sequence[Model],
    origins: Sequence[int],
    horizons: int = 12,
    draws: int = 1000,
    seed: int = 1,
    *,
    truth: npt.ArrayLike | None = None,
    tail: float | None = None,
    mis_level: float = 0.9,
    levels: Sequence[float] = (0.5, 0.8, 0.9),
    resample: int | None = None,
    progress: Progress | None = None,
) -> Scorecard:
    """Forecasts from each origin with each model and scores every cell whose truth is known.

    An origin is the last period a forecast may know, so the first forecast is for the period after it;
    a table that counts origins by the first period forecast lies one period later. Models get the history
    cut at the origin and nothing else. Forecasts always run to the full horizon; periods after the end of
    the history, and periods that are estimated and not observed, are not scored, so that late origins have
    fewer horizons.

    Args:
        history: counts (D, T, U).
        models: parts with different names.
        origins: periods within the history.
        horizons: periods ahead, from 1 on.
        draws: futures per forecast.
        seed: with the model's name, measure and origin it makes the random key; models do not disturb
            each other.
        truth: (T, U) what to score against; the middle panel draw of each cell if not given.
        tail: threshold of `crps_tail`; if not given, the 90 % quantile of the cells that are scored.
        mis_level: nominal coverage of the interval score.
        levels: nominal coverages to check.
        resample: draws to which IGN brings a forecast, as the VIEWS challenge does with 1000; None: none.
        progress: called with forecasts done and to do.

    Raises:
        DataError: an origin outside the history, a truth of another shape, or nothing to score.
        UsageError: no model or origin, two of one name, or numbers out of range.

    >>> from vedette.model import Conflictology, Zero
    >>> from vedette.periods import Step
    >>> history = History.of([[0], [2], [1], [0], [3], [1]], ["IQ-NI"], 24161, Step.MONTH)
    >>> card = backtest(history, [Zero(), Conflictology(3)], range(24163, 24166), horizons=2, draws=50)
    >>> card.means("model", "horizon").select("model", "horizon", "cells").rows()
    [('zero', 1, 3), ('zero', 2, 2), ('conflictology-3', 1, 3), ('conflictology-3', 2, 2)]
    """
    _check(models, origins, horizons)
    shares("levels", [mis_level, *levels])
    happened = _truth(history, truth)
    known = {origin: _known(history, origin, horizons) for origin in origins}
    seen = np.array(
        sorted({origin + horizon for origin in known for horizon in known[origin]}), dtype=np.int64
    )
    if not len(seen):
        raise DataError(
            f"{history.measure}: no period after the origins is observed. Choose earlier origins, or wait."
        )
    height = tail if tail is not None else _high(happened[seen - history.span.first])
    year = YEAR[history.span.step]
    terms = Terms(draws, seed, mis_level, tuple(levels), height, resample, year)
    busy = recently_active(happened, year)
    tasks = [(model, origin) for model in models for origin in origins if known[origin]]
    tables = []
    for done, (model, origin) in enumerate(tasks, start=1):
        ahead = _only(forecast(model, history, origin, horizons, draws, seed), known[origin])
        came = happened[np.asarray(ahead.periods) - history.span.first]
        tables.append(score_forecast(ahead, came, busy[origin - history.span.first], terms))
        if progress:
            progress(done, len(tasks))
    return Scorecard(pl.concat(tables), history.measure, terms)


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
    chance = key(ahead.seed, "pit", ahead.model, ahead.measure, ahead.origin).random(y.shape)
    slab = max(1, SLAB // len(ahead.draws))
    parts = [
        _cell_scores(
            drawn[first : first + slab], y[first : first + slab], chance[first : first + slab], terms
        )
        for first in range(0, len(y), slab)
    ]
    height, width = truth.shape
    columns: dict[str, npt.NDArray[np.generic]] = {
        "origin": np.full(y.shape, ahead.origin),
        "horizon": np.repeat(ahead.horizons, width),
        "period": np.repeat(ahead.periods, width),
        "truth": y,
        "active": np.tile(active, height),
        **{name: np.concatenate([part[name] for part in parts]) for name in parts[0]},
    }
    units = pl.Series("unit", list(ahead.units) * height, dtype=pl.String)
    return pl.DataFrame(columns).select(pl.lit(ahead.model).alias("model"), units, pl.all())


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
    }


def _ascending(drawn: IntArray) -> FloatArray:
    narrow = np.int32 if drawn.max() < 2**31 else np.int64
    return np.sort(drawn.astype(narrow), axis=-1).astype(np.float64)


def recently_active(truth: IntArray, periods: int) -> BoolArray:
    """Whether a unit saw any event in the ``periods`` periods up to and including each one, (T, U).

    >>> recently_active(np.array([[0], [4], [0], [0]]), 2).ravel().tolist()
    [False, True, True, False]
    """
    any_so_far = np.cumsum(truth > 0, axis=0)
    before = np.zeros_like(any_so_far)
    before[periods:] = any_so_far[:-periods]
    return np.asarray(any_so_far > before)


def _check(models: Sequence[Model], origins: Sequence[int], horizons: int) -> None:
    names = [model.name for model in models]
    if not names or not origins:
        raise UsageError("backtest: expected at least one model and one origin. Name them.")
    if len(set(names)) < len(names) or len(set(origins)) < len(origins):
        raise UsageError(f"backtest: expected different models and origins; found {', '.join(names)}.")
    positive("horizons", horizons)


def _truth(history: History, truth: npt.ArrayLike | None) -> IntArray:
    happened = history.truth if truth is None else np.asarray(truth, dtype=np.int64)
    if happened.shape != history.values.shape[1:]:
        raise DataError(
            f"truth: expected the shape {history.values.shape[1:]} of the history's periods and units; "
            f"found {happened.shape}. Give one count for each."
        )
    return happened


def _known(history: History, origin: int, horizons: int) -> list[int]:
    """The horizons whose period lies in the history and was observed."""
    after = len(history.until(origin).observed)
    return (np.flatnonzero(history.observed[after : after + horizons]) + 1).tolist()


def _high(truth: IntArray) -> float:
    return float(np.quantile(truth, TAIL, method="inverted_cdf"))


def _only(ahead: Forecast, horizons: Sequence[int]) -> Forecast:
    if len(horizons) == len(ahead.horizons):
        return ahead
    kept = [ahead.horizons.index(horizon) for horizon in horizons]
    return replace(ahead, draws=ahead.draws[:, kept], horizons=tuple(horizons))

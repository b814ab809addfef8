"""Rolling-origin backtest: forecasts from past origins, scored against what was observed."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.errors import DataError, UsageError
from vedette.model import YEAR, BoolArray, History, IntArray, Model, middle
from vedette.progress import Progress
from vedette.score.checks import positive, shares
from vedette.score.scorecard import NOISE, THRESHOLDS, Scorecard, Terms
from vedette.score.trial import DistributedMap, Scored, Trial

TAIL = 0.9


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
    thresholds: Sequence[int] = THRESHOLDS,
    resample: int | None = None,
    nearest: int = 1,
    mapper: DistributedMap = map,
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
        truth: (T, U) what to score against; the middle panel draw of each cell if not given. Or (K, T, U),
            draws of an uncertain truth: scores are averaged over them, and what came, the PIT and coverage
            are those of the first (`over_truths`).
        tail: threshold of `crps_tail`; if not given, the 90 % quantile of the cells that are scored.
        mis_level: nominal coverage of the interval score.
        levels: nominal coverages to check.
        thresholds: counts of at least 1; how likely each forecast held it that they are reached is kept.
        resample: draws to which IGN brings a forecast, as the VIEWS challenge does with 1000; None: none.
        nearest: the first horizon to score; forecasts run from 1 in any case.
        mapper: how the forecasts are gone through; ``map`` takes one after the other, see `distributed_map`.
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
    _check(models, origins)
    positive("horizons", horizons)
    positive("nearest", nearest)
    positive("resample", draws if resample is None else resample)
    positive("thresholds", min(thresholds, default=1))
    shares("levels", [mis_level, *levels])
    truths = _truths(history, truth)
    happened = middle(truths)
    known = {origin: _known(history, origin, nearest, horizons) for origin in origins}
    seen = sorted({origin + horizon for origin in known for horizon in known[origin]})
    if not seen:
        raise DataError(
            f"{history.measure}: no period after the origins is observed. Choose earlier origins, or wait."
        )
    threshold = tail if tail is not None else _high(happened[np.asarray(seen) - history.span.first])
    year = YEAR[history.span.step]
    terms = Terms(draws, seed, mis_level, tuple(levels), threshold, resample, year, tuple(thresholds))
    trial = Trial(history, truths, recently_active(happened, year), known, horizons, terms)
    tasks = [(model, origin) for model in models for origin in origins if known[origin]]
    return _gather(mapper(trial, tasks), tasks, history.measure, terms, progress)


def _gather(
    results: Iterable[Scored],
    tasks: Sequence[tuple[Model, int]],
    measure: str,
    terms: Terms,
    progress: Progress | None,
) -> Scorecard:
    """The scorecard of all results, in the order of the tasks."""
    tables, noise = [], []
    for done, ((model, origin), scored) in enumerate(zip(tasks, results, strict=True), start=1):
        tables.append(scored.rows)
        noise.append((model.name, origin, scored.rows.height, scored.variance))
        if progress:
            progress(done, len(tasks))
    return Scorecard(pl.concat(tables), measure, terms, pl.DataFrame(noise, schema=NOISE, orient="row"))


def recently_active(truth: IntArray, periods: int) -> BoolArray:
    """Whether a unit saw any event in the ``periods`` periods up to and including each one, (T, U).

    >>> recently_active(np.array([[0], [4], [0], [0]]), 2).ravel().tolist()
    [False, True, True, False]
    """
    any_so_far = np.cumsum(truth > 0, axis=0)
    before = np.zeros_like(any_so_far)
    before[periods:] = any_so_far[:-periods]
    return np.asarray(any_so_far > before)


def _check(models: Sequence[Model], origins: Sequence[int]) -> None:
    names = [model.name for model in models]
    if not names or not origins:
        raise UsageError("backtest: expected at least one model and one origin. Name them.")
    if len(set(names)) < len(names) or len(set(origins)) < len(origins):
        raise UsageError(f"backtest: expected different models and origins; found {', '.join(names)}.")


def _truths(history: History, truth: npt.ArrayLike | None) -> IntArray:
    """Draws of the truth, (K, T, U)."""
    happened = history.truth if truth is None else np.asarray(truth, dtype=np.int64)
    truths = happened[None] if happened.ndim == 2 else happened
    if truths.ndim != 3 or not len(truths) or truths.shape[1:] != history.values.shape[1:]:
        raise DataError(
            f"truth: expected the shape {history.values.shape[1:]} of the history's periods and units, or "
            f"draws of it; found {happened.shape}. Give one count for each."
        )
    return truths


def _known(history: History, origin: int, nearest: int, horizons: int) -> tuple[int, ...]:
    """The horizons whose period lies in the history and was observed."""
    after = len(history.until(origin).observed)
    seen = np.flatnonzero(history.observed[after : after + horizons]) + 1
    return tuple(seen[seen >= nearest].tolist())


def _high(truth: IntArray) -> float:
    return float(np.quantile(truth, TAIL, method="inverted_cdf"))

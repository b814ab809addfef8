"""Judges a window: what came in it, beside what a forecast from before it says."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import polars as pl

from vedette.effect.deviation import Deviation
from vedette.model import History, Model, forecast
from vedette.model.pool import content_of

OUTSIDE = (0.05, 0.95)


@dataclass(frozen=True, eq=False)
class WindowScores:
    """A window of some units.

    ``table``: a row for each unit: ``unit``, ``observed`` total, ``simulated`` (median of the total),
    ``score`` (of the best shape, see `Deviation.score`), ``outside`` (of the 90 % interval). ``deviation``:
    that of the first unit.
    """

    table: pl.DataFrame
    deviation: Deviation


@dataclass(frozen=True)
class _Window:
    """A window that is to be judged; equal if the digests are."""

    digest: Hashable
    history: History = field(compare=False)
    model: Model = field(compare=False)
    origin: int = field(compare=False)
    periods: int = field(compare=False)
    columns: tuple[int, ...] = field(compare=False)
    draws: int = field(compare=False)
    seed: int = field(compare=False)


def judge(
    history: History, model: Model, origin: int, periods: int, columns: tuple[int, ...], draws: int, seed: int
) -> WindowScores:
    """Judges some units of a history of one draw in the window of ``periods`` after an origin.

    Several interventions have windows in common, so results are kept; those of a model whose content cannot
    be read off are made each time, see `vedette.model.pool.content.content_of`.
    """
    known, content = history.until(origin + periods), content_of(model)
    digest = (content, content_of(known), origin, periods, columns, draws, seed)
    window = _Window(digest, known, model, origin, periods, columns, draws, seed)
    return _judged(window) if content is None else _kept(window)


def _judged(window: _Window) -> WindowScores:
    history, periods, columns = window.history, window.periods, list(window.columns)
    ahead = forecast(window.model, history, window.origin, periods, window.draws, window.seed)
    came, draws = history.truth[-periods:][:, columns], ahead.draws[:, :, columns]
    totals = draws.sum(axis=1)
    low, high = np.quantile(totals, OUTSIDE, axis=0)
    deviations = [Deviation.of(came[None, :, unit], draws[:, :, unit]) for unit in range(len(columns))]
    table = pl.DataFrame(
        {
            "unit": [history.units[column] for column in columns],
            "observed": came.sum(axis=0),
            "simulated": np.median(totals, axis=0),
            "score": [deviation.score for deviation in deviations],
            "outside": (came.sum(axis=0) < low) | (came.sum(axis=0) > high),
        }
    )
    return WindowScores(table, deviations[0])


_kept = lru_cache(maxsize=1024)(_judged)

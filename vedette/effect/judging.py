"""A window judged: what came in it, beside what a forecast from before it says."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import polars as pl

from vedette.model import FloatArray, History, IntArray, Model, forecast
from vedette.model.pool import content_of

HALF, NARROWEST = 0.5, 0.05
OUTSIDE = (0.05, 0.95)


@dataclass(frozen=True)
class _Window:
    """A window that is to be judged; equal if the digests are."""

    digest: Hashable
    history: History = field(compare=False)
    model: Model = field(compare=False)
    origin: int = field(compare=False)
    periods: int = field(compare=False)
    draws: int = field(compare=False)
    seed: int = field(compare=False)


def judge(history: History, model: Model, origin: int, periods: int, draws: int, seed: int) -> pl.DataFrame:
    """A row for each unit of a history of one draw, for the window of ``periods`` after an origin.

    ``observed`` total, ``simulated`` (median of the total), ``score`` (see `surprise`), ``outside`` (of the
    90 % interval). Several interventions have windows in common, so rows are kept; those of a model whose
    content cannot be read off are made each time, see `vedette.model.pool.content.content_of`.
    """
    known, content = history.until(origin + periods), content_of(model)
    digest = (content, content_of(known), origin, periods, draws, seed)
    window = _Window(digest, known, model, origin, periods, draws, seed)
    return _judged(window) if content is None else _kept(window)


def _judged(window: _Window) -> pl.DataFrame:
    history, periods = window.history, window.periods
    ahead = forecast(window.model, history, window.origin, periods, window.draws, window.seed)
    came, totals = history.truth[-periods:].sum(axis=0), ahead.draws.sum(axis=1)
    low, high = np.quantile(totals, OUTSIDE, axis=0)
    return pl.DataFrame(
        {
            "unit": history.units,
            "observed": came,
            "simulated": np.median(totals, axis=0),
            "score": surprise(came, totals),
            "outside": (came < low) | (came > high),
        }
    )


_kept = lru_cache(maxsize=1024)(_judged)


def surprise(observed: IntArray, simulated: IntArray) -> FloatArray:
    """The standardised difference of observed and simulated counts on a log scale, (U,).

        (log(y + 1/2) - mean log(x + 1/2)) / sd log(x + 1/2)

    ``observed`` totals (U,), ``simulated`` draws of them (S, U). The scale makes windows with twenty and with
    two thousand deaths comparable.
    """
    logs = np.log(simulated + HALF)
    spread = np.maximum(logs.std(axis=0), NARROWEST)
    return np.asarray((np.log(observed + HALF) - logs.mean(axis=0)) / spread)

"""One forecast made and scored: the unit of work of a backtest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from vedette.model import BoolArray, Forecast, History, IntArray, Model, forecast
from vedette.score.noise import draw_noise
from vedette.score.scorecard import Terms
from vedette.score.truths import score_truths

DistributedMap = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""Does a piece of work for each item and gives the results in order, like ``map``."""


@dataclass(frozen=True, eq=False)
class Scored:
    """Rows of a scorecard for one forecast, and the variance of their summed CRPS due to the draws."""

    rows: pl.DataFrame
    variance: float


@dataclass(frozen=True, eq=False)
class Trial:
    """Makes and scores the forecast of a model after an origin; the same wherever it runs.

    ``truths`` int (K, T, U), draws of the truth, and ``active`` bool (T, U) over the periods of ``history``;
    ``known`` the horizons to score after each origin. All chance comes from ``terms.seed``, the model's name,
    the measure and the origin.
    """

    history: History
    truths: IntArray
    active: BoolArray
    known: Mapping[int, tuple[int, ...]]
    horizons: int
    terms: Terms

    def __call__(self, task: tuple[Model, int]) -> Scored:
        """Scores of one model at one origin."""
        model, origin = task
        first, terms = self.history.span.first, self.terms
        whole = forecast(model, self.history, origin, self.horizons, terms.draws, terms.seed)
        ahead = _only(whole, self.known[origin])
        truths = self.truths[:, np.asarray(ahead.periods) - first]
        rows = score_truths(ahead, truths, self.active[origin - first], terms)
        return Scored(rows, draw_noise(ahead, truths[0]))


def _only(ahead: Forecast, horizons: Sequence[int]) -> Forecast:
    if len(horizons) == len(ahead.horizons):
        return ahead
    kept = [ahead.horizons.index(horizon) for horizon in horizons]
    return replace(ahead, draws=ahead.draws[:, kept], horizons=tuple(horizons))

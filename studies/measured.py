"""Forecasts of one model from many origins, scored month by month and by their sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vedette.model import (
    BoolArray,
    FloatArray,
    History,
    IntArray,
    Model,
    SumBaseline,
    forecast,
    forecast_sum,
)
from vedette.score import SumScores, crps_fair, score_sums, true_sum

MONTHS, LEAST_TENFOLD = 12, 100


@dataclass(frozen=True)
class Terms:
    """Origins (the last month known), lengths of sums, draws and seed.

    ``added_up``: the units are added up in every draw, and the sum of all of them is scored.
    """

    origins: tuple[int, ...]
    lengths: tuple[int, ...] = (12,)
    draws: int = 1000
    seed: int = 1
    added_up: bool = False


@dataclass(frozen=True, eq=False)
class Measured:
    """Scores of one model at O origins for U units.

    ``months`` (O, 12, U): fair CRPS of single months, None for a baseline of sums; ``sums``: by length, each
    array (O, U); ``tenfold`` (O, U): the chance of a `tenfold` year, None where no sum is one of twelve
    months.
    """

    name: str
    months: FloatArray | None
    sums: Mapping[int, SumScores]
    tenfold: FloatArray | None


def measure(model: Model | SumBaseline, history: History, terms: Terms) -> Measured:
    """The scores of a model or a baseline of sums from each origin, whose sums must all be known."""
    shown = history.total("all") if terms.added_up else history
    months, chances = [], []
    sums: dict[int, list[SumScores]] = {length: [] for length in terms.lengths}
    for origin in terms.origins:
        if isinstance(model, SumBaseline):
            draws = _sum_draws(model, shown, origin, terms)
        else:
            paths = _paths(model, history, origin, terms)
            months.append(crps_fair(paths[:, :MONTHS], _next_months(shown, origin)))
            draws = {length: paths[:, :length].sum(axis=1) for length in terms.lengths}
        for length, scores in sums.items():
            scores.append(score_sums(draws[length], true_sum(shown, origin, length)))
        if MONTHS in draws:
            chances.append((draws[MONTHS] >= tenfold(last_sum(shown, origin, MONTHS))).mean(axis=0))
    return Measured(
        model.name,
        np.stack(months) if months else None,
        {length: _stacked(scores) for length, scores in sums.items()},
        np.stack(chances) if chances else None,
    )


def tenfold(last: IntArray) -> IntArray:
    """How many deaths make a tenfold year: ten times those of the last twelve months, and at least 100."""
    return np.maximum(10 * last, LEAST_TENFOLD)


def last_sum(history: History, origin: int, length: int) -> IntArray:
    """The sum of the ``length`` months up to an origin, (U,)."""
    known = history.until(origin).truth
    return np.asarray(known[-length:].sum(axis=0))


def over_origins(history: History, origins: Sequence[int], length: int) -> tuple[IntArray, IntArray]:
    """What came in the months after each origin and what in those up to it, (O, U) each."""
    came = np.stack([true_sum(history, origin, length) for origin in origins])
    return came, np.stack([last_sum(history, origin, length) for origin in origins])


def whole_origins(history: History, first: int, length: int, stride: int = 1) -> tuple[int, ...]:
    """Origins from ``first`` on whose sum of ``length`` months ends within the history."""
    return tuple(range(first, history.span.last - length + 1, stride))


def _sum_draws(model: SumBaseline, history: History, origin: int, terms: Terms) -> dict[int, IntArray]:
    return {n: forecast_sum(model, history, origin, n, terms.draws, terms.seed) for n in terms.lengths}


def _paths(model: Model, history: History, origin: int, terms: Terms) -> IntArray:
    farthest = max(MONTHS, *terms.lengths)
    draws = forecast(model, history, origin, farthest, terms.draws, terms.seed).draws
    return np.asarray(draws.sum(axis=2, keepdims=True)) if terms.added_up else draws


def _next_months(history: History, origin: int) -> IntArray:
    after = origin - history.span.first + 1
    return history.truth[after : after + MONTHS]


def _stacked(scores: Sequence[SumScores]) -> SumScores:
    inside: BoolArray = np.stack([each.inside for each in scores])
    crps, low, high = (np.stack([getattr(each, name) for each in scores]) for name in ("crps", "low", "high"))
    return SumScores(crps, low, high, inside)

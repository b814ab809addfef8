"""Weights and recalibration of a pool by horizon, learned from past origins."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from vedette.model.forecasting import Model
from vedette.model.history import FloatArray, History
from vedette.model.pool.content import content_of
from vedette.model.pool.past_draws import EVERY, Past, past_origins
from vedette.model.pool.past_performance import PastPerformance, performance_at, window
from vedette.model.pool.recalibration import BetaMap, fit_beta_map
from vedette.model.pool.tie_learning import SumsInside, learn_ties, sums_inside
from vedette.model.pool.tie_prior import ties_known
from vedette.model.pool.tying import Ties
from vedette.model.pool.weighing import best_weights

HALF_LIFE = 36.0
SHRINK = 30.0
MOST_UNITS = 500


@dataclass(frozen=True, eq=False)
class Learned:
    """Weights (H, K) of the K members of a pool by horizon, and ``bends``, the beta maps of its ranks.

    ``origins`` (H,) is how many past origins that rests on, old ones counting less. ``ties`` is how strongly
    ranks are tied along paths and across units, and ``inside`` how often past sums were held, None where no
    sum is known.
    """

    weights: FloatArray
    bends: tuple[BetaMap, ...]
    origins: FloatArray
    ties: Ties
    inside: SumsInside | None


def learn(history: History, members: tuple[Model, ...], start: FloatArray, horizons: int) -> Learned:
    """Weights and beta maps from the last sixty periods.

    For each past origin and horizon whose truth is known and observed, the error and gap of the members
    are averaged over units and divided by what the pool with the weights ``start`` scored there, so that no
    month of great violence decides alone; origins lose half their say every 36 periods. The shrinkage
    toward ``start`` weighs as much as thirty origins. The beta map comes from the ranks of the
    truth in the pool with those weights. With nothing to learn from the weights are ``start`` and no rank is
    moved. Of more than 500 units, 500 are learned from, spread evenly over their order.

    What was learned is kept, where the content of all members can be read off: forecasts with other draws of
    the same past learn the same.
    """
    past, content = Past.of(_sample(history)), content_of(members)
    lesson = _Lesson(
        (past.digest, content, content_of((start, horizons))), past, members, content, start, horizons
    )
    return _learned(lesson) if content is None else _kept_learned(lesson)


@dataclass(frozen=True)
class _Lesson:
    """What is to be learned from; equal if the digests are."""

    digest: Hashable
    past: Past = field(compare=False)
    members: tuple[Model, ...] = field(compare=False)
    content: Hashable | None = field(compare=False)
    start: FloatArray = field(compare=False)
    horizons: int = field(compare=False)


def _learned(lesson: _Lesson) -> Learned:
    past, span, horizons = lesson.past, lesson.past.history.span, lesson.horizons
    performances = [
        (
            0.5 ** ((span.last - origin) / HALF_LIFE),
            performance_at(past, origin, lesson.members, lesson.content, lesson.start, horizons),
        )
        for origin in past_origins(past.history)
    ]
    weights, evidence = _weights(performances, lesson.start, horizons)
    sums = [one.ties for _, one in performances if one.ties is not None]
    share = EVERY / window(horizons, span.step)
    return Learned(
        weights,
        _bends(performances, weights),
        evidence,
        learn_ties(sums, ties_known(span), min(share, 1.0)),
        sums_inside(sums),
    )


_kept_learned = lru_cache(maxsize=512)(_learned)


def _sample(history: History) -> History:
    """The history of 500 units at most, spread evenly over their order."""
    units = len(history.units)
    return history if units <= MOST_UNITS else history.pick(np.arange(MOST_UNITS) * units // MOST_UNITS)


WeightedPerformances = list[tuple[float, PastPerformance]]
"""Past performances, each with its weight by age."""


def _weights(
    performances: WeightedPerformances, start: FloatArray, horizons: int
) -> tuple[FloatArray, FloatArray]:
    """Weights (H, K), and (H,) the weight of the evidence behind each; ``start`` where there is none."""
    evidence, size = np.zeros(horizons), len(start)
    error, gap = np.zeros((horizons, size)), np.zeros((horizons, size, size))
    for age, one in performances:
        evidence[one.ahead] += age
        error[one.ahead] += age * one.error.T
        gap[one.ahead] += age * np.moveaxis(one.gap, 2, 0)
    weights, known = np.tile(start, (horizons, 1)), evidence > 0
    if known.any():
        enough = evidence[known]
        weights[known] = best_weights(
            error[known] / enough[:, None], gap[known] / enough[:, None, None], start, SHRINK / enough
        )
    return weights, evidence


def _bends(performances: WeightedPerformances, weights: FloatArray) -> tuple[BetaMap, ...]:
    """The beta map at each horizon, from the ranks of the truth in the pool with those weights."""
    ranks_by_horizon: list[list[FloatArray]] = [[np.empty((2, 0))] for _ in weights]
    weights_by_horizon: list[list[FloatArray]] = [[np.empty(0)] for _ in weights]
    for age, one in performances:
        ranks = np.einsum("hk,ekhu->heu", weights[one.ahead], one.rank)
        for horizon, rank in zip(one.ahead.tolist(), ranks, strict=True):
            ranks_by_horizon[horizon].append(rank)
            weights_by_horizon[horizon].append(np.full(rank.shape[1], age / rank.shape[1]))
    return tuple(
        fit_beta_map(np.concatenate(rank, axis=1), np.concatenate(weight))
        for rank, weight in zip(ranks_by_horizon, weights_by_horizon, strict=True)
    )

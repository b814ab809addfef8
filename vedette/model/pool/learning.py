"""What a pool learns from its past: weights and recalibration by horizon."""

from dataclasses import dataclass

import numpy as np

from vedette.model.forecasting import Model
from vedette.model.history import FloatArray, History
from vedette.model.pool.past_draws import Past, past_origins
from vedette.model.pool.past_performance import PastPerformance, performance_at
from vedette.model.pool.recalibration import BetaMap, fit_beta_map
from vedette.model.pool.weighing import best_weights

HALF_LIFE = 36.0
SHRINK = 30.0
MOST_UNITS = 500


@dataclass(frozen=True, eq=False)
class Learned:
    """What a pool does at each of H horizons: ``weights`` (H, K) of its members, then ``bends`` of the ranks.

    ``origins`` (H,) is how many past origins that rests on, old ones counting less.
    """

    weights: FloatArray
    bends: tuple[BetaMap, ...]
    origins: FloatArray


def learn(history: History, members: tuple[Model, ...], start: FloatArray, horizons: int) -> Learned:
    """Weights and bends from the last sixty periods.

    For each past origin and horizon whose truth is known and observed, the error and gap of the members
    are averaged over units and divided by what the pool with the weights ``start`` scored there, so that no
    month of great violence decides alone; origins lose half their say every 36 periods. The shrinkage
    toward ``start`` weighs as much as thirty origins. The bend comes from where the truth ranked in the pool
    with those weights. With nothing to learn from, or more than 500 units, the weights are ``start`` and
    nothing is bent.
    """
    past = Past.of(history)
    known = past_origins(history) if len(history.units) <= MOST_UNITS else []
    heard = [
        (
            0.5 ** ((history.span.last - origin) / HALF_LIFE),
            performance_at(past, origin, members, start, horizons),
        )
        for origin in known
    ]
    weights, said = _weights(heard, start, horizons)
    return Learned(weights, _bends(heard, weights), said)


WeightedPerformances = list[tuple[float, PastPerformance]]
"""Witnesses, each with what it weighs for its age."""


def _weights(heard: WeightedPerformances, start: FloatArray, horizons: int) -> tuple[FloatArray, FloatArray]:
    """Weights (H, K), and (H,) the weight of the evidence behind each; ``start`` where there is none."""
    said, size = np.zeros(horizons), len(start)
    error, gap = np.zeros((horizons, size)), np.zeros((horizons, size, size))
    for age, one in heard:
        said[one.ahead] += age
        error[one.ahead] += age * one.error.T
        gap[one.ahead] += age * np.moveaxis(one.gap, 2, 0)
    weights, known = np.tile(start, (horizons, 1)), said > 0
    if known.any():
        told = said[known]
        weights[known] = best_weights(
            error[known] / told[:, None], gap[known] / told[:, None, None], start, SHRINK / told
        )
    return weights, said


def _bends(heard: WeightedPerformances, weights: FloatArray) -> tuple[BetaMap, ...]:
    """The bend at each horizon, from where the truth ranked in the pool with those weights."""
    found: list[list[FloatArray]] = [[np.empty((2, 0))] for _ in weights]
    share: list[list[FloatArray]] = [[np.empty(0)] for _ in weights]
    for age, one in heard:
        ranks = np.einsum("hk,ekhu->heu", weights[one.ahead], one.rank)
        for horizon, rank in zip(one.ahead.tolist(), ranks, strict=True):
            found[horizon].append(rank)
            share[horizon].append(np.full(rank.shape[1], age / rank.shape[1]))
    return tuple(
        fit_beta_map(np.concatenate(rank, axis=1), np.concatenate(weight))
        for rank, weight in zip(found, share, strict=True)
    )

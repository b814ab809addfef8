"""What a pool learns from its past: weights and recalibration by horizon."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vedette.model.forecast import Model
from vedette.model.history import FloatArray, History
from vedette.model.pool.recalibration import Bend, bend_of
from vedette.model.pool.replay import Past, past_origins
from vedette.model.pool.weighing import best_weights
from vedette.model.pool.witness import Witness, witness

HALF_LIFE = 36.0
SHRINK = 30.0
MOST_UNITS = 500


@dataclass(frozen=True, eq=False)
class Learned:
    """What a pool does at each of H horizons: ``weights`` (H, K) of its members, then ``bends`` of the ranks.

    ``origins`` (H,) is how many past origins that rests on, old ones counting less.
    """

    weights: FloatArray
    bends: tuple[Bend, ...]
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
        (0.5 ** ((history.span.last - origin) / HALF_LIFE), witness(past, origin, members, start, horizons))
        for origin in known
    ]
    learned = [_at(horizon, heard, start) for horizon in range(horizons)]
    weights, bends, origins = zip(*learned, strict=True)
    return Learned(np.stack(weights), bends, np.array(origins))


def _at(
    horizon: int, heard: list[tuple[float, Witness]], start: FloatArray
) -> tuple[FloatArray, Bend, float]:
    """Weights, bend and the weight of the evidence at one horizon (as an index)."""
    known = list(_known(horizon, heard))
    said = sum(age for age, *_ in known)
    if not said:
        return start, bend_of(np.empty((2, 0)), np.empty(0)), 0.0
    error = np.sum([age * error for age, error, _, _ in known], axis=0) / said
    gap = np.sum([age * gap for age, _, gap, _ in known], axis=0) / said
    weights = best_weights(error, gap, start, SHRINK / said)
    found = np.concatenate([np.einsum("k,eku->eu", weights, rank) for *_, rank in known], axis=1)
    share = np.concatenate([np.full(rank.shape[2], age / rank.shape[2]) for age, _, _, rank in known])
    return weights, bend_of(found, share), said


def _known(
    horizon: int, heard: list[tuple[float, Witness]]
) -> Iterator[tuple[float, FloatArray, FloatArray, FloatArray]]:
    """Age, error (K,), gap (K, K) and ranks (2, K, U) of the witnesses that know a horizon."""
    for age, one in heard:
        for place in np.flatnonzero(one.ahead == horizon):
            yield age, one.error[:, place], one.gap[:, :, place], one.rank[:, :, place]

"""What a pool learns from its past: weights and recalibration by horizon."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vedette.model.forecast import Model
from vedette.model.history import FloatArray, History, IntArray
from vedette.model.pool.distance import crps_of_pool, errors, gaps
from vedette.model.pool.recalibration import Bend, bend_of, ranks
from vedette.model.pool.replay import Past, past_origins, replayed
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
    bends: tuple[Bend, ...]
    origins: FloatArray


@dataclass(frozen=True, eq=False)
class _Witness:
    """What the members said from one past origin, at the horizons ``ahead`` whose truth is known."""

    age: float
    ahead: IntArray
    error: FloatArray
    gap: FloatArray
    rank: FloatArray


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
    witnesses = [_witness(past, origin, members, start, horizons) for origin in known]
    learned = [_at(horizon, witnesses, start) for horizon in range(horizons)]
    weights, bends, origins = zip(*learned, strict=True)
    return Learned(np.stack(weights), bends, np.array(origins))


def _at(horizon: int, witnesses: list[_Witness], start: FloatArray) -> tuple[FloatArray, Bend, float]:
    """Weights, bend and the weight of the evidence at one horizon (as an index)."""
    heard = list(_heard(horizon, witnesses))
    said = sum(age for age, *_ in heard)
    if not said:
        return start, bend_of(np.empty((2, 0)), np.empty(0)), 0.0
    error = np.sum([age * error for age, error, _, _ in heard], axis=0) / said
    gap = np.sum([age * gap for age, _, gap, _ in heard], axis=0) / said
    weights = best_weights(error, gap, start, SHRINK / said)
    found = np.concatenate([np.einsum("k,eku->eu", weights, rank) for *_, rank in heard], axis=1)
    share = np.concatenate([np.full(rank.shape[2], age / rank.shape[2]) for age, _, _, rank in heard])
    return weights, bend_of(found, share), said


def _heard(
    horizon: int, witnesses: list[_Witness]
) -> Iterator[tuple[float, FloatArray, FloatArray, FloatArray]]:
    """Age, error (K,), gap (K, K) and ranks (2, K, U) of the witnesses that know a horizon."""
    for witness in witnesses:
        for place in np.flatnonzero(witness.ahead == horizon):
            yield witness.age, witness.error[:, place], witness.gap[:, :, place], witness.rank[:, :, place]


def _witness(
    past: Past, origin: int, members: tuple[Model, ...], start: FloatArray, horizons: int
) -> _Witness:
    history = past.history
    row = origin - history.span.first + 1
    ahead = np.flatnonzero(history.observed[row : row + horizons])
    then = past.until(origin)
    draws = np.stack([replayed(member, then, horizons) for member in members])[:, :, ahead]
    truth = history.values[0, row + ahead]
    error, gap = errors(draws, truth).mean(axis=2), gaps(draws).mean(axis=3)
    score = np.maximum(crps_of_pool(start, error, gap), 1e-9)
    age = 0.5 ** ((history.span.last - origin) / HALF_LIFE)
    return _Witness(age, ahead, error / score, gap / score, ranks(draws, truth))

"""How the members of a pool did at one past origin, against what has come since."""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from vedette.model.forecasting import Model
from vedette.model.history import FloatArray, IntArray
from vedette.model.pool.distance import crps_of_pool, errors, pairwise_distances
from vedette.model.pool.past_draws import Past, member_draws
from vedette.model.pool.recalibration import ranks


@dataclass(frozen=True, eq=False)
class PastPerformance:
    """What K members said from one past origin, at the H horizons ``ahead`` whose truth is known.

    ``error`` (K, H) and ``gap`` (K, K, H) as shares of the score of the pool, ``rank`` (2, K, H, U).
    """

    ahead: IntArray
    error: FloatArray
    gap: FloatArray
    rank: FloatArray


def performance_at(
    past: Past, origin: int, members: tuple[Model, ...], start: FloatArray, horizons: int
) -> PastPerformance:
    """What the members said at a past origin; remembered, since later origins ask about it again."""
    history = past.history
    row = origin - history.span.first + 1
    ahead = np.flatnonzero(history.observed[row : row + horizons])
    truth = history.values[0, row + ahead]
    then = past.until(origin)
    told = f"{then.mark} {members!r} {start.tobytes()!r} {horizons} {ahead.tobytes()!r} {truth.tobytes()!r}"
    return _witness(_Case(told, then, members, start, horizons, ahead, truth))


@dataclass(frozen=True)
class _Case:
    """What a witness is asked; two are the same if their marks are."""

    mark: str
    past: Past = field(compare=False)
    members: tuple[Model, ...] = field(compare=False)
    start: FloatArray = field(compare=False)
    horizons: int = field(compare=False)
    ahead: IntArray = field(compare=False)
    truth: IntArray = field(compare=False)


@lru_cache(maxsize=1024)
def _witness(asked: _Case) -> PastPerformance:
    said = [member_draws(member, asked.past, asked.horizons) for member in asked.members]
    draws = np.stack(said)[:, :, asked.ahead]
    error, gap = errors(draws, asked.truth).mean(axis=2), pairwise_distances(draws).mean(axis=3)
    score = np.maximum(crps_of_pool(asked.start, error, gap), 1e-9)
    return PastPerformance(asked.ahead, error / score, gap / score, ranks(draws, asked.truth))

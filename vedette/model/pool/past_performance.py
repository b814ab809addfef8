"""Past performance of pool members at one origin: errors, distances between members, ranks of the truth."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from vedette.model.forecasting import Model
from vedette.model.history import FloatArray, IntArray
from vedette.model.pool.content import content_of
from vedette.model.pool.distance import crps_of_pool, errors, pairwise_distances
from vedette.model.pool.past_draws import Past, member_draws
from vedette.model.pool.recalibration import ranks


@dataclass(frozen=True, eq=False)
class PastPerformance:
    """Scores of K members from one past origin, at the H horizons ``ahead`` whose truth is known.

    ``error`` (K, H) and ``gap`` (K, K, H) as shares of the score of the pool, ``rank`` (2, K, H, U).
    """

    ahead: IntArray
    error: FloatArray
    gap: FloatArray
    rank: FloatArray


def performance_at(
    past: Past, origin: int, members: tuple[Model, ...], start: FloatArray, horizons: int
) -> PastPerformance:
    """The performance of the members at a past origin.

    Later origins need it again, so it is kept where the content of all members can be read off.
    """
    history = past.history
    row = origin - history.span.first + 1
    ahead = np.flatnonzero(history.observed[row : row + horizons])
    truth = history.values[0, row + ahead]
    then, content = past.until(origin), content_of(members)
    digest = (then.digest, content, content_of((start, horizons, ahead, truth)))
    task = _Measurement(digest, then, members, start, horizons, ahead, truth)
    return _measured(task) if content is None else _kept_performance(task)


@dataclass(frozen=True)
class _Measurement:
    """What is to be measured; equal if the digests are."""

    digest: Hashable
    past: Past = field(compare=False)
    members: tuple[Model, ...] = field(compare=False)
    start: FloatArray = field(compare=False)
    horizons: int = field(compare=False)
    ahead: IntArray = field(compare=False)
    truth: IntArray = field(compare=False)


def _measured(task: _Measurement) -> PastPerformance:
    draws = np.stack([member_draws(member, task.past, task.horizons) for member in task.members])
    draws = draws[:, :, task.ahead]
    error, gap = errors(draws, task.truth).mean(axis=2), pairwise_distances(draws).mean(axis=3)
    score = np.maximum(crps_of_pool(task.start, error, gap), 1e-9)
    return PastPerformance(task.ahead, error / score, gap / score, ranks(draws, task.truth))


_kept_performance = lru_cache(maxsize=1024)(_measured)

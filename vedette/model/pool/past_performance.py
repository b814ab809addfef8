"""Past performance of pool members at one origin: errors, distances between members, ranks of the truth."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from vedette.model.baseline_models import YEAR
from vedette.model.forecasting import Model
from vedette.model.history import BoolArray, FloatArray, IntArray
from vedette.model.pool.content import content_of
from vedette.model.pool.distance import crps_of_pool, errors, pairwise_distances
from vedette.model.pool.past_draws import Past, member_draws
from vedette.model.pool.recalibration import ranks
from vedette.model.pool.tie_evidence import TieEvidence, tie_evidence
from vedette.model.protocols import absence
from vedette.periods import Step
from vedette.randomness import rng_stream


@dataclass(frozen=True, eq=False)
class PastPerformance:
    """Scores of K members from one past origin, at the H horizons ``ahead`` whose truth is known.

    ``error`` (K, H) and ``gap`` (K, K, H) as shares of the score of the pool, ``rank`` (2, K, H, U).
    ``ties`` is what sums over all horizons, of a year at most, say about the strength of ties; None where not
    all of them are known.
    """

    ahead: IntArray
    error: FloatArray
    gap: FloatArray
    rank: FloatArray
    ties: TieEvidence | None


def performance_at(
    past: Past,
    origin: int,
    members: tuple[Model, ...],
    content: Hashable | None,
    start: FloatArray,
    horizons: int,
) -> PastPerformance:
    """The performance of the members at a past origin.

    Later origins need it again, so it is kept where the ``content`` of all members can be read off, see
    `vedette.model.pool.content.content_of`.
    """
    history = past.history
    row = origin - history.span.first + 1
    ahead = np.flatnonzero(history.observed[row : row + horizons])
    truth = history.values[0, row + ahead]
    then = past.until(origin)
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
    speaking = np.array([not absence(member, task.past.history) for member in task.members])
    members = [member for member, speaks in zip(task.members, speaking, strict=True) if speaks]
    draws = np.stack([member_draws(member, task.past, task.horizons) for member in members])
    draws, voices = draws[:, :, task.ahead], _voices(speaking, task.start)
    error = voices @ errors(draws, task.truth).mean(axis=2)
    gap = np.einsum("kp,lq,pqh->klh", voices, voices, pairwise_distances(draws).mean(axis=3))
    rank = np.einsum("kp,epht->ekht", voices, ranks(draws, task.truth))
    score = np.maximum(crps_of_pool(task.start, error, gap), 1e-9)
    return PastPerformance(
        task.ahead, error / score, gap / score, rank, _ties(task, draws, task.start @ voices)
    )


def window(horizons: int, step: Step) -> int:
    """Over how many periods past sums are taken: all that are forecast, a year at most."""
    return min(horizons, YEAR[step])


def _ties(task: _Measurement, draws: IntArray, shares: FloatArray) -> TieEvidence | None:
    """The evidence of the sums of a window, the members (K, S, H, U) mixed by their ``shares`` (K,)."""
    span = task.past.history.span
    whole = window(task.horizons, span.step)
    if not np.array_equal(task.ahead[:whole], np.arange(whole)):
        return None
    rng = rng_stream(0, "ties", task.past.history.measure, span.last)
    ticket = rng.permutation((np.arange(draws.shape[1]) + 0.5) / draws.shape[1])
    member = np.searchsorted(shares.cumsum()[:-1], ticket)
    mixed = draws[member, np.arange(len(member)), :whole]
    return tie_evidence(np.ascontiguousarray(mixed.transpose(2, 1, 0)), task.truth[:whole].T, rng)


def _voices(speaking: BoolArray, start: FloatArray) -> FloatArray:
    """By whom each of K members is told, (K, P) of the P that could speak; rows sum to 1.

    A member that could not speak at a past origin counts as if it had said what the others said together,
    so that such an origin speaks neither for nor against it.
    """
    voices = np.eye(len(start))[:, speaking]
    voices[~speaking] = start[speaking] / start[speaking].sum()
    return voices


_kept_performance = lru_cache(maxsize=1024)(_measured)

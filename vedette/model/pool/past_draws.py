"""Draws of the members of a pool at past origins."""

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, field, fields
from functools import lru_cache

import numpy as np

from vedette.model.forecasting import Model
from vedette.model.history import History, IntArray, median_history
from vedette.model.pool.content import content_of
from vedette.randomness import rng_stream

DRAWS = 100
EVERY, BACK, WARM_UP = 3, 60, 24


@dataclass(frozen=True)
class Past:
    """A history of one draw (D = 1) with the digest of its contents; equal if the digests are."""

    digest: Hashable
    history: History = field(compare=False)

    @classmethod
    def of(cls, history: History) -> "Past":
        """The past with the median of every cell over panel draws."""
        median = median_history(history)
        return cls(_digest(median), median)

    def until(self, origin: int) -> "Past":
        """The same as it stood at an origin."""
        return Past.of(self.history.until(origin))


def _digest(history: History) -> bytes:
    """A digest of everything that a history holds."""
    digest = hashlib.blake2b(digest_size=16)
    for each in fields(history):
        value = getattr(history, each.name)
        if isinstance(value, np.ndarray):
            digest.update(f"{each.name} {value.dtype.str} {value.shape}\n".encode())
            digest.update(value.tobytes())
        else:
            digest.update(f"{each.name} {value!r}\n".encode())
    return digest.digest()


def past_origins(history: History) -> list[int]:
    """The origins to learn from: every third of the last sixty periods, from the 24th period on.

    Whole multiples of three, so that the next origin looks back at the same ones.
    """
    span = history.span
    first = max(span.first + WARM_UP - 1, span.last - BACK)
    return [origin for origin in range(first, span.last) if origin % EVERY == 0]


def member_draws(model: Model, past: Past, horizons: int) -> IntArray:
    """A hundred draws (S, H, U) of one member at the end of a past.

    Origins share pasts, so draws are kept; those of a model whose content cannot be read off are drawn
    each time, see `vedette.model.pool.content.content_of`.
    """
    content = content_of(model)
    task = _Simulation((past.digest, content, horizons), model, past.history, horizons)
    return _simulated(task) if content is None else _kept_draws(task)


@dataclass(frozen=True)
class _Simulation:
    """What a member is to simulate; equal if the digests are."""

    digest: Hashable
    model: Model = field(compare=False)
    history: History = field(compare=False)
    horizons: int = field(compare=False)


def _simulated(task: _Simulation) -> IntArray:
    history, model = task.history, task.model
    rng = rng_stream(0, "replay", model.name, history.measure, history.span.last)
    return model.simulate(history, task.horizons, DRAWS, rng)


_kept_draws = lru_cache(maxsize=32)(_simulated)

"""What the members of a pool would have said at past origins."""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

from vedette.model.forecasting import Model
from vedette.model.history import History, IntArray, median_history
from vedette.randomness import rng_stream

DRAWS = 100
EVERY, BACK, WARM_UP = 3, 60, 24


@dataclass(frozen=True)
class Past:
    """A history without doubt (D = 1) that can be told from others by its contents."""

    mark: str
    history: History = field(compare=False)

    @classmethod
    def of(cls, history: History) -> "Past":
        """The history with the middle draw of every cell."""
        plain = median_history(history)
        about = (plain.measure, plain.units, plain.span)
        told = hashlib.blake2b(repr(about).encode(), digest_size=16)
        for part in (plain.values, plain.observed, plain.events, plain.neighbours):
            told.update(b"none" if part is None else b"some" + part.tobytes())
        return cls(told.hexdigest(), plain)

    def until(self, origin: int) -> "Past":
        """The same as it stood at an origin."""
        return Past.of(self.history.until(origin))


def past_origins(history: History) -> list[int]:
    """The origins to learn from: every third of the last sixty periods, from the 24th period on.

    Whole multiples of three, so that the next origin looks back at the same ones.
    """
    span = history.span
    first = max(span.first + WARM_UP - 1, span.last - BACK)
    return [origin for origin in range(first, span.last) if origin % EVERY == 0]


def member_draws(model: Model, past: Past, horizons: int) -> IntArray:
    """A hundred draws (S, H, U) of one member at the end of a past; remembered, since origins share pasts."""
    return _draws(_Question(f"{past.mark} {model!r}", model, past.history, horizons))


@dataclass(frozen=True)
class _Question:
    """What is asked of a member; two are the same if their marks and horizons are."""

    mark: str
    model: Model = field(compare=False)
    history: History = field(compare=False)
    horizons: int


@lru_cache(maxsize=96)
def _draws(question: _Question) -> IntArray:
    history, model = question.history, question.model
    rng = rng_stream(0, "replay", model.name, history.measure, history.span.last)
    return model.simulate(history, question.horizons, DRAWS, rng)

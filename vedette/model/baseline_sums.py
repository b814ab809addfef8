"""Baselines for the sum of the periods ahead, such as the deaths of the next twelve months.

Each draws the sum itself and not the periods in it, so that nothing need be assumed about how the months of a
year belong together. T, U are the periods and units of a history (the middle panel draw), n = ``periods``
the length of the sum and S = ``draws``. Where a history is shorter than n, its sum stands for n
periods in proportion.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from vedette.errors import UsageError
from vedette.model.arrangement import unit_order
from vedette.model.baseline_models import YEAR
from vedette.model.ewma import LEARN, WARM_UP, best_sizes, levels
from vedette.model.history import FloatArray, History, IntArray
from vedette.periods import Step
from vedette.randomness import rng_stream

ACTIVE = 25


@runtime_checkable
class SumBaseline(Protocol):
    """Anything that turns a history into draws of the sum of the periods after it."""

    @property
    def name(self) -> str:
        """What the baseline is called in tables; part of the name of its random stream."""
        ...

    def simulate_sum(self, history: History, periods: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, U) of the sum of the next n periods."""
        ...


@dataclass(frozen=True)
class PastSums:
    """The unit's own past sums of n periods in a row are equally likely.

    Of all windows of n periods those that ended in the last ``windows`` periods; they overlap.

    >>> PastSums(12).name
    'past-sums-12'
    """

    windows: int = 12

    @property
    def name(self) -> str:
        """``past-sums-12``."""
        return f"past-sums-{self.windows}"

    def simulate_sum(self, history: History, periods: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, U); one draw takes the same window for all units."""
        past = running_sums(history.truth, periods)[-self.windows :]
        return _whole(past[rng.integers(0, len(past), draws)], rng)


@dataclass(frozen=True)
class RatioSums:
    """The last sum of the unit, times what became of such sums in all units of the history up to now.

        draw = x[T] x[s + n, j] / x[s, j],   x[t, i] the sum of the n periods up to t

    The pairs (s, j) are equally likely among those whose former sum lies in the class of x[T, i]: none,
    fewer than 25, 25 or more (from 25 deaths a year on UCDP counts a conflict as active). A unit without
    deaths takes the later sum of a pair that began without any. Without such pairs the last sum is repeated.
    """

    name: str = "last-sum-times-ratios"

    def simulate_sum(self, history: History, periods: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, U), independent between units."""
        sums = running_sums(history.truth, periods)
        before, after = sums[:-periods].ravel(), sums[periods:].ravel()
        ahead = np.repeat(sums[-1:], draws, axis=0)
        for number in range(3):
            units = np.flatnonzero(_class_of(sums[-1]) == number)
            pairs = np.flatnonzero(_class_of(before) == number)
            if len(units) and len(pairs):
                pair = pairs[rng.integers(0, len(pairs), (draws, len(units)))]
                scale = sums[-1, units] / before[pair] if number else 1.0
                ahead[:, units] = after[pair] * scale
        return _whole(ahead, rng)


@dataclass(frozen=True)
class EwmaSum:
    """Negative binomial for the sum, n times the exponentially weighted mean, with one size for its length.

        mean = n (m[T] + offset),   var = mean + mean^2 / size

    ``m`` as in `EwmaNegBin`; the size, one for all units, maximises over the same 30 values the
    log-likelihood of the sums of n periods that ended in the last 60 periods, minus .5 log(size)^2.
    """

    alpha: float = 0.3
    offset: float = 0.05
    name: str = "ewma-sum"

    def simulate_sum(self, history: History, periods: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, U), independent between units."""
        recent = history.truth[-(LEARN + WARM_UP) :]
        means = periods * (levels(recent[None], self.alpha)[0] + self.offset)
        sums = np.zeros(recent.shape, dtype=np.int64)
        if len(recent) >= periods:
            sums[periods - 1 :] = running_sums(recent, periods)
        size = best_sizes(sums, means, periods)[-1]
        return rng.negative_binomial(size, size / (size + means[-1]), (draws, len(history.units)))


def sum_baselines(step: Step = Step.MONTH, offset: float = 0.05) -> tuple[SumBaseline, ...]:
    """The baselines of a sum: past sums with a short and a long memory, ratios, and the EWMA.

    ``offset`` as in `EwmaNegBin`: .05 for places, .5 for a country.

    >>> [baseline.name for baseline in sum_baselines()]
    ['past-sums-12', 'past-sums-240', 'last-sum-times-ratios', 'ewma-sum']
    """
    year = YEAR[step]
    return PastSums(year), PastSums(20 * year), RatioSums(), EwmaSum(offset=offset)


def forecast_sum(
    baseline: SumBaseline, history: History, origin: int, periods: int, draws: int, seed: int
) -> IntArray:
    """Draws (S, U) of the sum of the ``periods`` after ``origin``, from nothing later.

    The random stream is named by the seed, the baseline's name, the measure, the origin and the length; units
    are simulated in the order of their counts, as in `forecast`.

    Raises:
        DataError: the origin lies outside the history.
        UsageError: fewer than one period or two draws.

    >>> history = History.of([[1], [2], [3], [4]], ["IQ-NI"], 24161, Step.MONTH)
    >>> sorted(set(forecast_sum(PastSums(2), history, 24164, 2, 50, seed=1).ravel().tolist()))
    [5, 7]
    """
    if periods < 1 or draws < 2:
        raise UsageError(
            f"forecast_sum: expected at least 1 period and 2 draws; found {periods} and {draws}. Ask for "
            "more."
        )
    past = history.until(origin)
    order = unit_order(past)
    rng = rng_stream(seed, baseline.name, history.measure, origin, periods)
    arranged = baseline.simulate_sum(past.pick(order), periods, draws, rng)
    sums = np.empty_like(arranged)
    sums[:, order] = arranged
    return sums


def running_sums(counts: IntArray, periods: int) -> FloatArray:
    """The sum of each run of ``periods`` periods, (T, U) to (T - periods + 1, U).

    Of a shorter table one row: its sum in proportion.

    >>> running_sums(np.array([[1], [2], [4]]), 2).ravel().tolist()
    [3.0, 6.0]
    >>> running_sums(np.array([[1], [2], [3]]), 6).ravel().tolist()
    [12.0]
    """
    if len(counts) < periods:
        return np.asarray(counts.sum(axis=0, keepdims=True) * (periods / len(counts)))
    sums = np.cumsum(counts, axis=0, dtype=np.float64)
    return np.asarray(sums[periods - 1 :] - np.vstack([np.zeros((1, counts.shape[1])), sums[:-periods]]))


def _class_of(sums: FloatArray) -> IntArray:
    """0 for none, 1 for fewer than 25, 2 for 25 or more."""
    return np.asarray((sums > 0).astype(np.int64) + (sums >= ACTIVE))


def _whole(sums: FloatArray, rng: np.random.Generator) -> IntArray:
    """Whole numbers with the same expectation."""
    return np.asarray(np.floor(sums + rng.random(sums.shape)).astype(np.int64))

"""The forecast as draws, the interface of a model, and the call that makes one from the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import polars as pl

from vedette.errors import DataError, UsageError
from vedette.model.arrangement import unit_order, without_doubt
from vedette.model.history import FloatArray, History, IntArray
from vedette.periods import Step
from vedette.randomness import rng_stream


class Model(Protocol):
    """Anything that turns a history into draws of the periods after it."""

    @property
    def name(self) -> str:
        """What the model is called in tables; part of the name of its random stream."""
        ...

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U) of the H periods that follow the history.

        S = ``draws``, H = ``horizons`` (1 is the period after the last one known), U the history's units.
        Draw s continues panel draw s modulo D. All randomness comes from ``rng``.
        """
        ...


@dataclass(frozen=True, eq=False)
class Forecast:
    """Draws of one measure after an origin, the last period that was known.

    ``draws`` int (S, H, U): S draws, one layer for each of ``horizons`` (periods ahead of the origin),
    U units in the order of ``units``. One draw is one joint future of all units and horizons.
    """

    draws: IntArray
    origin: int
    step: Step
    horizons: tuple[int, ...]
    units: tuple[str, ...]
    measure: str
    model: str
    seed: int

    @property
    def periods(self) -> tuple[int, ...]:
        """The period of each horizon."""
        return tuple(self.origin + horizon for horizon in self.horizons)

    def mean(self) -> FloatArray:
        """Mean of the draws, (H, U)."""
        return np.asarray(self.draws.mean(axis=0), dtype=np.float64)

    def quantiles(self, levels: Sequence[float]) -> FloatArray:
        """Quantiles of the draws, (levels, H, U); numpy's linear interpolation (type 7)."""
        return np.asarray(np.quantile(self.draws, levels, axis=0), dtype=np.float64)

    def probability(self, at_least: int) -> FloatArray:
        """Share of draws that reach ``at_least``, (H, U)."""
        return np.asarray((self.draws >= at_least).mean(axis=0), dtype=np.float64)

    def ahead(self, first: int, last: int) -> "Forecast":
        """The horizons from ``first`` to ``last`` alone.

        Raises:
            UsageError: the forecast does not hold these horizons.
        """
        kept = [index for index, horizon in enumerate(self.horizons) if first <= horizon <= last]
        if len(kept) != last - first + 1 or not kept:
            raise UsageError(
                f"horizons {first} to {last}: expected horizons from {self.horizons[0]} to "
                f"{self.horizons[-1]}. Ask for fewer, or forecast further ahead."
            )
        horizons = tuple(self.horizons[index] for index in kept)
        return replace(self, draws=self.draws[:, kept], horizons=horizons)

    def total(self, unit: str) -> "Forecast":
        """All units added up in every draw, under the name ``unit``."""
        return replace(self, draws=self.draws.sum(axis=2, keepdims=True), units=(unit,))

    def to_table(self) -> pl.DataFrame:
        """Long table: period, unit, draw (from 0), outcome; in that order."""
        outcome = self.draws.transpose(1, 2, 0)
        period, unit, draw = (axis.ravel() for axis in np.indices(outcome.shape))
        return pl.DataFrame(
            {
                "period": np.asarray(self.periods)[period],
                "unit": pl.Series(self.units).gather(unit),
                "draw": draw.astype(np.int32),
                "outcome": outcome.ravel(),
            }
        )


def forecast(model: Model, history: History, origin: int, horizons: int, draws: int, seed: int) -> Forecast:
    """The forecast of ``model`` after ``origin``, from nothing later; ``horizons`` periods, S = ``draws``.

    The random stream is named by the seed, the model's name, the measure and the origin. Units are simulated
    in the order of their counts, so that neither their names nor their order move a draw: see
    `vedette.model.arrangement.unit_order`.

    Raises:
        DataError: the origin lies outside the history.
        UsageError: fewer than one horizon or two draws.

    >>> from vedette.model.baseline_models import Conflictology
    >>> from vedette.periods import label
    >>> history = History.of([[0], [3], [3]], ["IQ-NI"], 24161, Step.MONTH)
    >>> ahead = forecast(Conflictology(2), history, origin=24163, horizons=3, draws=4, seed=1)
    >>> ahead.draws.shape, ahead.mean().tolist()
    ((4, 3, 1), [[3.0], [3.0], [3.0]])
    >>> label(ahead.periods[0], ahead.step)
    '2013-09'
    """
    if horizons < 1 or draws < 2:
        raise UsageError(
            f"forecast: expected at least 1 period and 2 draws; found {horizons} and {draws}. Ask for more."
        )
    past = without_doubt(history.until(origin))
    order = unit_order(past)
    rng = rng_stream(seed, model.name, history.measure, origin)
    arranged = model.simulate(past.pick(order), horizons, draws, rng)
    if arranged.shape != (draws, horizons, len(history.units)):
        raise DataError(f"{model.name}: gave draws of shape {arranged.shape}; the model breaks its promise.")
    futures = np.empty_like(arranged)
    futures[:, :, order] = arranged
    ahead = tuple(range(1, horizons + 1))
    return Forecast(
        futures, origin, history.span.step, ahead, history.units, history.measure, model.name, seed
    )

"""The forecast as draws, the interface of a model, and the call that makes one from the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from vedette.errors import UsageError
from vedette.model.blocks import Block, BlockMap, blocks_of
from vedette.model.history import FloatArray, History, IntArray
from vedette.model.protocols import Model
from vedette.periods import Ahead, Step

__all__ = ["Forecast", "Model", "Outline", "forecast", "forecast_blocks"]

AT_ONCE = 8
"""Blocks that are handed to a cluster at once."""


@dataclass(frozen=True)
class Outline:
    """What a forecast is of, without its draws: their number, and the rest as in `Forecast`."""

    draws: int
    origin: int
    step: Step
    horizons: tuple[int, ...]
    units: tuple[str, ...]
    measure: str
    model: str
    seed: int
    firsts: tuple[int, ...] = ()

    @property
    def periods(self) -> tuple[int, ...]:
        """The period of each horizon."""
        return tuple(self.origin + horizon for horizon in self.horizons)


@dataclass(frozen=True, eq=False)
class Forecast:
    """Draws of one measure after an origin, the last period that was known.

    ``draws`` int (S, H, U): S draws, one layer for each of ``horizons`` (periods ahead of the origin),
    U units in the order of ``units``. One draw is one joint future of all units and horizons. Where layers
    are sums over horizons, ``firsts`` holds the first and ``horizons`` the last one of each; else it is
    empty.
    """

    draws: IntArray
    origin: int
    step: Step
    horizons: tuple[int, ...]
    units: tuple[str, ...]
    measure: str
    model: str
    seed: int
    firsts: tuple[int, ...] = ()

    @property
    def periods(self) -> tuple[int, ...]:
        """The period of each horizon."""
        return tuple(self.origin + horizon for horizon in self.horizons)

    @property
    def outline(self) -> Outline:
        """The same without the draws."""
        return Outline(**{**vars(self), "draws": len(self.draws)})

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

    def summed(self, *sums: Ahead) -> "Forecast":
        """Sums over horizons, both ends included, in every draw: one layer for each range.

        Raises:
            UsageError: the forecast does not hold these horizons.

        >>> draws = np.array([[[1, 0], [2, 5]], [[4, 1], [0, 0]]])
        >>> ahead = Forecast(draws, 24161, Step.MONTH, (1, 2), ("a", "b"), "deaths", "pool", 1)
        >>> ahead.summed(Ahead(1, 2)).draws.tolist(), ahead.summed(Ahead(1, 2)).mean().tolist()
        ([[[3, 5]], [[4, 1]]], [[3.5, 3.0]])
        """
        layers = [self.ahead(one.first, one.last).draws.sum(axis=1) for one in sums]
        firsts, lasts = tuple(one.first for one in sums), tuple(one.last for one in sums)
        return replace(self, draws=np.stack(layers, axis=1), horizons=lasts, firsts=firsts)

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
    `vedette.model.arrangement.unit_order`. Many units are simulated in blocks: see `forecast_blocks`, which
    gives the same draws and never holds them all.

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
    blocks = blocks_of(model, history, origin, horizons, draws, seed)
    futures = np.empty((draws, horizons, len(history.units)), dtype=np.int64)
    for block in blocks:
        futures[:, :, block.units] = block.simulate()
    ahead = tuple(range(1, horizons + 1))
    return Forecast(
        futures, origin, history.span.step, ahead, history.units, history.measure, model.name, seed
    )


def forecast_blocks(
    model: Model,
    history: History,
    origin: int,
    horizons: int,
    draws: int,
    seed: int,
    mapper: BlockMap = map,
) -> Iterator[Forecast]:
    """The draws of `forecast`, one block of units after the other, units in the order of the history in each.

    Never more than a few blocks are in memory. ``mapper`` is like ``map`` and may spread blocks over the
    workers of a cluster.

    Raises:
        DataError: the origin lies outside the history.
        UsageError: fewer than one horizon or two draws.

    >>> from vedette.model.baseline_models import Conflictology
    >>> history = History.of([[0], [3], [3]], ["IQ-NI"], 24161, Step.MONTH)
    >>> [block.units for block in forecast_blocks(Conflictology(2), history, 24163, 3, draws=4, seed=1)]
    [('IQ-NI',)]
    """
    ahead = tuple(range(1, horizons + 1))
    blocks = blocks_of(model, history, origin, horizons, draws, seed)
    for first in range(0, len(blocks), AT_ONCE):
        some = blocks[first : first + AT_ONCE]
        for block, futures in zip(some, mapper(Block.simulate, some), strict=True):
            order = np.argsort(block.units)
            units = tuple(history.units[unit] for unit in block.units[order])
            layers = np.ascontiguousarray(futures[:, :, order])
            yield Forecast(layers, origin, history.span.step, ahead, units, history.measure, model.name, seed)

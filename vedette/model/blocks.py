"""Blocks of units that are simulated apart, so that the draws of a map of many cells fit in memory."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vedette.errors import DataError, UsageError
from vedette.model.arrangement import unit_order, without_doubt
from vedette.model.history import History, IntArray
from vedette.model.protocols import Arranged, Divisible, Model
from vedette.randomness import block_stream

UNITS = 256
"""Units that are simulated together, where the model can be divided."""

BlockMap = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""Simulates each of some blocks and gives the draws in their order, like ``map``."""


@dataclass(frozen=True, eq=False)
class Block:
    """The units (places in a history) that are simulated together, by which model, from which past."""

    model: Model
    past: History
    units: IntArray
    number: int
    horizons: int
    draws: int
    seed: int

    def simulate(self) -> IntArray:
        """Draws (S, H, U) of these units; raises `DataError` where the model gives another shape."""
        origin, measure = self.past.span.last, self.past.measure
        rng = block_stream(self.seed, self.model.name, measure, origin, block=self.number)
        futures = self.model.simulate(self.past, self.horizons, self.draws, rng)
        if futures.shape != (self.draws, self.horizons, len(self.units)):
            raise DataError(
                f"{self.model.name}: gave draws of shape {futures.shape}; the model breaks its promise."
            )
        return futures


def blocks_of(
    model: Model, history: History, origin: int, horizons: int, draws: int, seed: int
) -> list[Block]:
    """The blocks in which the units of a history are simulated, 256 units in each; one if need be."""
    if horizons < 1 or draws < 2:
        raise UsageError(
            f"forecast: expected at least 1 period and 2 draws; found {horizons} and {draws}. Ask for more."
        )
    past = without_doubt(history.until(origin))
    order = unit_order(past)
    past = past.pick(order)
    model = model.arranged(order) if isinstance(model, Arranged) else model
    parts = np.split(np.arange(len(order)), range(UNITS, len(order), UNITS))
    models = divided(model, past, horizons, parts)
    if models is None:
        return [Block(model, past, order, 0, horizons, draws, seed)]
    return [
        Block(one, past.pick(part), order[part], number, horizons, draws, seed)
        for number, (one, part) in enumerate(zip(models, parts, strict=True))
    ]


def divided(
    model: Model, history: History, horizons: int, blocks: Sequence[IntArray]
) -> Sequence[Model] | None:
    """The model for each block of units; None where the units cannot be simulated apart, or need not be."""
    if len(blocks) == 1:
        return None
    return model.divided(history, horizons, blocks) if isinstance(model, Divisible) else None

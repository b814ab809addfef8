"""Draws of a pool, recalibrated at each horizon and then tied along paths and across units."""

import numpy as np

from vedette.model.history import IntArray
from vedette.model.pool.recalibration import BetaMap, recalibrate
from vedette.model.pool.tying import Ranked, Ties, tie_across, tie_along


def rearrange(draws: IntArray, bends: tuple[BetaMap, ...], ties: Ties, rng: np.random.Generator) -> IntArray:
    """Draws (S, H, U) with recalibrated months, and ranks tied as strongly as ``ties`` says.

    Ties only reorder the draws of each unit at each horizon among themselves. Unit by unit, which bounds the
    memory.
    """
    moved = np.empty_like(draws)
    for unit in range(draws.shape[2]):
        ranked = Ranked.of(np.ascontiguousarray(draws[:, :, unit].T), rng)
        months = Ranked(recalibrate(ranked.ordered, bends), ranked.order)
        moved[:, :, unit] = tie_along(months, ties.along, rng).draws().T
    if ties.across != 0.0:
        source = tie_across(np.ascontiguousarray(moved.sum(axis=1).T), ties.across, rng)
        for unit, path in enumerate(source):
            moved[:, :, unit] = moved[path, :, unit]
    return moved

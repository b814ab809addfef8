"""The home of units without violence, learned by the evidence of the filter from quiet and violent units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from prior_spikes import common_kinds, kinds_evidence

from vedette.model.history import IntArray
from vedette.model.level.motion import Motion
from vedette.model.level.noise import Noise
from vedette.model.level.spikes import Spike

FLOORS = (0.01, 0.02, 0.05, 0.1, 0.2)


@dataclass(frozen=True, eq=False)
class Told:
    """Counts (T, U) of all units, silent ones too, with their kinds of scatter and their spike."""

    counts: IntArray
    noises: tuple[Noise, ...]
    spike: Spike


def learn_floor(tables: Sequence[Told], motion: Motion, own: float) -> float:
    """The mean of the candidates, those that make the counts of all tables likelier weighing more.

    Shrunk to the floor of ``motion``; ``own`` is the share that the data have. Units that were always silent
    tell most: left out, every quiet unit would be taken for one that violence has only just left.
    """
    told = np.array(
        [sum(_evidence(table, replace(motion, floor=floor)) for table in tables) for floor in FLOORS]
    )
    found = np.average(np.log(FLOORS), weights=np.exp(told - told.max()))
    return float(np.exp(own * found + (1.0 - own) * np.log(motion.floor)))


def _evidence(table: Told, motion: Motion) -> float:
    return common_kinds(kinds_evidence(table.counts, motion, table.noises, table.spike))[1]

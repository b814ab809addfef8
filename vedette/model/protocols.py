"""The interface of a model."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from vedette.model.history import History, IntArray


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


@runtime_checkable
class Selective(Protocol):
    """A model that can speak of some histories alone."""

    def absent(self, history: History) -> str:
        """Why it cannot speak of a history: what it expects and what it found; empty if it can."""
        ...


def absence(model: Model, history: History) -> str:
    """Why a model cannot speak of a history; empty if it can, or if it speaks of all."""
    return model.absent(history) if isinstance(model, Selective) else ""


@runtime_checkable
class Arranged(Protocol):
    """A model that holds something by unit, in the order of the history that it was made for."""

    def arranged(self, units: IntArray) -> "Model":
        """The same model for some of the units, given by their places, in the order asked for."""
        ...


@runtime_checkable
class Divisible(Protocol):
    """A model that can draw the units of a history block by block."""

    def divided(
        self, history: History, horizons: int, blocks: Sequence[IntArray]
    ) -> "Sequence[Model] | None":
        """The model for each block of units, with what it learns from all units; None if it needs them all.

        What units share in a draw must come from `vedette.randomness.shared_stream`, for each block draws
        from a stream of its own.
        """
        ...

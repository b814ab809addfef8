"""Baselines: forecasts that anybody could make, as distributions with any number of draws.

Each is a part with the door of `vedette.model.Model`. Definitions: VIEWS prediction challenge 2023/24
(Hegre and others 2025, "The 2023/24 VIEWS Prediction Challenge", Journal of Peace Research) and the
practice of UCDP forecasting. Windows count periods and are cut short where the history is shorter.

In every part D, T, U are the panel draws, periods and units of the history, S = ``draws`` and
H = ``horizons``; draw s continues panel draw s modulo D.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vedette.errors import UsageError
from vedette.model.ewma import EwmaNegBin
from vedette.model.forecasting import Model
from vedette.model.history import History, IntArray, panel_draws
from vedette.periods import Step
from vedette.plurals import counted
from vedette.randomness import shared_stream

YEAR = {Step.MONTH: 12, Step.WEEK: 52, Step.DAY: 365}


@dataclass(frozen=True)
class Zero:
    """Nothing happens."""

    name: str = "zero"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U), all 0."""
        return np.zeros((draws, horizons, len(history.units)), dtype=np.int64)


@dataclass(frozen=True)
class Last:
    """The last known count again, as a point: every draw is the same."""

    name: str = "last"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U): ``history.values[s % D, -1]``."""
        last = history.values[panel_draws(history, draws), -1]
        return np.repeat(last[:, None], horizons, axis=1)


@dataclass(frozen=True)
class LastPoisson:
    """Poisson with the last known count as mean; 0 stays 0.

    VIEWS `last_historical_poisson`, where "last" lies three months before the first month forecast.
    """

    name: str = "last-poisson"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U) from Poisson(``history.values[s % D, -1]``)."""
        last = history.values[panel_draws(history, draws), -1]
        shape = (draws, horizons, len(history.units))
        return rng.poisson(np.broadcast_to(last[:, None], shape))


@dataclass(frozen=True)
class Conflictology:
    """The unit's own last ``periods`` counts are equally likely, at every horizon.

    Drawn with replacement. One draw takes a whole past period for all units, so that units add up: the
    sum over places is the conflictology of the sum.

    >>> Conflictology(6).name
    'conflictology-6'
    """

    periods: int = 12

    @property
    def name(self) -> str:
        """``conflictology-12``."""
        return f"conflictology-{self.periods}"

    def divided(
        self, history: History, horizons: int, blocks: Sequence[IntArray]
    ) -> "Sequence[Conflictology]":
        """The same for every block of units, which take the same past periods."""
        return [self] * len(blocks)

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U): rows of the last ``periods`` periods."""
        return past_periods(history, self.periods, horizons, draws, shared_stream(rng, self.name))


@dataclass(frozen=True)
class Bootstrap:
    """Conflictology over a long memory: the unit's own last ``periods`` counts, 240 months by default."""

    periods: int = 240

    @property
    def name(self) -> str:
        """``bootstrap-240``."""
        return f"bootstrap-{self.periods}"

    def divided(self, history: History, horizons: int, blocks: Sequence[IntArray]) -> "Sequence[Bootstrap]":
        """The same for every block of units, which take the same past periods."""
        return [self] * len(blocks)

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U): rows of the last ``periods`` periods."""
        return past_periods(history, self.periods, horizons, draws, shared_stream(rng, self.name))


@dataclass(frozen=True)
class PooledBootstrap:
    """The last ``periods`` counts of *all* units in one urn: every unit gets the same distribution.

    VIEWS `boot` (12 months) and `bootstrap 240`; not to be mixed up with `Bootstrap`, which keeps to the
    unit's own past.
    """

    periods: int = 240

    @property
    def name(self) -> str:
        """``pooled-bootstrap-240``."""
        return f"pooled-bootstrap-{self.periods}"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U): cells of the last ``periods`` periods, whatever the unit."""
        window = history.values[:, -self.periods :]
        urn = window.reshape(len(window), -1)
        panel = panel_draws(history, draws)[:, None, None]
        return urn[panel, rng.integers(0, urn.shape[1], (draws, horizons, len(history.units)))]


@dataclass(frozen=True)
class PastAsSample:
    """The unit's last ``periods`` counts *are* the draws, each the same number of times; no chance.

    VIEWS `conflictology`: 12 draws, the last 12 months. Used to reproduce published scores.
    """

    periods: int = 12

    @property
    def name(self) -> str:
        """``past-12-as-sample``."""
        return f"past-{self.periods}-as-sample"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U) in the order of time.

        Raises:
            UsageError: the draws are no multiple of window length times panel draws.
        """
        window = history.values[:, -self.periods :]
        sample = window.transpose(1, 0, 2).reshape(-1, len(history.units))
        if draws % len(sample):
            raise UsageError(
                f"{self.name}: expected a multiple of {counted(len(sample), 'draw')}; found {draws}. Ask for "
                f"{len(sample)}."
            )
        whole = np.tile(sample, (draws // len(sample), 1))
        return np.repeat(whole[:, None], horizons, axis=1)


def past_periods(
    history: History, periods: int, horizons: int, draws: int, rng: np.random.Generator
) -> IntArray:
    """Draws (S, H, U): for each draw and horizon one of the last ``periods`` periods, all units of it."""
    window = history.values[:, -periods:]
    chosen = rng.integers(0, window.shape[1], (draws, horizons))
    return window[panel_draws(history, draws)[:, None], chosen]


def baselines(step: Step = Step.MONTH, offset: float = 0.05) -> tuple[Model, ...]:
    """The baselines shown beside every forecast: last, a year, half a year and twenty years of memory.

    ``offset`` as in `EwmaNegBin`: .05 for places, .5 for a country.

    >>> [model.name for model in baselines()]
    ['zero', 'last', 'conflictology-12', 'conflictology-6', 'bootstrap-240', 'ewma-negbin']
    >>> [model.name for model in baselines(Step.WEEK)][2:5]
    ['conflictology-52', 'conflictology-26', 'bootstrap-1040']
    """
    year = YEAR[step]
    return (
        Zero(),
        Last(),
        Conflictology(year),
        Conflictology(year // 2),
        Bootstrap(20 * year),
        EwmaNegBin(offset=offset),
    )

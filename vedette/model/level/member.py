"""The latent-level family as models."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from vedette.errors import DataError
from vedette.model.history import History, IntArray, middle
from vedette.model.level.filtering import Filtered, filter_levels, pick
from vedette.model.level.futures import futures
from vedette.model.level.motion import MONTHS
from vedette.model.level.prior import LevelPrior, prior_known
from vedette.model.severity import Severity, learn_severity
from vedette.randomness import shared_stream

WINDOW, FILTERED = 240, 120
PANEL_DRAWS = 10
SHARED = 0.3
NARROW, WIDE, LARGE = 1024, 20_000, 200_000
"""Cells (periods by units) of the largest past of which many, some and a few filtered levels are kept."""


@dataclass(frozen=True)
class Level:
    """A log-level for each unit that drifts, jumps and is pulled home, with counts scattered around it.

        x[t] = x[t-1] + pull (home - x[t-1]) + step        count[t] ~ negative binomial around exp(x[t])

    The movement and the kinds of scatter come from `vedette.model.level.prior` as it could be known at the
    origin; nothing is fitted but each unit's level and its mix of kinds of scatter, by an exact filter
    over the last ten years; homes remember the last 240 periods. Units share the part ``shared`` of their
    steps. Uncertain panels enter by their first ten draws.
    """

    shared: float = SHARED
    name: str = "level"

    def divided(self, history: History, horizons: int, blocks: Sequence[IntArray]) -> "Sequence[Level]":
        """The same for every block of units."""
        return [self] * len(blocks)

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U)."""
        common = shared_stream(rng, self.name)
        return _draw(history, history.measure, history.values, horizons, draws, self.shared, rng, common)


@dataclass(frozen=True)
class LevelMarks:
    """`Level` for the number of events, `Severity` for the deaths in each.

    Counts of events move more smoothly than deaths, so the level is read better from them. ``severity`` is
    given where it was learned before; if None it is learned from the history.
    """

    shared: float = SHARED
    name: str = "level-marks"
    severity: Severity | None = None

    def divided(
        self, history: History, horizons: int, blocks: Sequence[IntArray]
    ) -> "Sequence[LevelMarks] | None":
        """One for each block of units, with the severity that all of them teach."""
        if history.events is None:
            return None
        severity = self.severity or _severity(history, history.events)
        return [replace(self, severity=replace(severity, mean=severity.mean[units])) for units in blocks]

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U) of deaths.

        Raises:
            DataError: the events behind the deaths are not known.
        """
        if history.events is None:
            raise DataError(
                f"{self.name}: expected a history of deaths that knows their events; found {history.measure} "
                "alone. Give a column of events, or choose the model `level`."
            )
        common = shared_stream(rng, self.name)
        events = _draw(history, "events", history.events, horizons, draws, self.shared, rng, common)
        return (self.severity or _severity(history, history.events)).deaths(events, rng, common)


def _severity(history: History, events: IntArray) -> Severity:
    """Deaths per event, as the last 240 periods teach."""
    deaths, behind = middle(history.values[:, -WINDOW:]), middle(events[:, -WINDOW:])
    return learn_severity(deaths, behind, 3.0 / MONTHS[history.span.step])


def _draw(
    history: History,
    measure: str,
    values: IntArray,
    horizons: int,
    draws: int,
    shared: float,
    rng: np.random.Generator,
    common: np.random.Generator,
) -> IntArray:
    prior = prior_known(measure, history.span)
    recent = values[:PANEL_DRAWS, -WINDOW:]
    columns, which = _distinct(np.concatenate(list(recent), axis=1))
    last = len(columns) - 1
    since = max(0, len(columns) - round(FILTERED / MONTHS[history.span.step]))
    filtered = _keeping(columns.size)(_Counts.of(columns), prior, since)
    paths = np.empty((draws, horizons, values.shape[2]), dtype=np.int64)
    for panel, units in enumerate(which.reshape(len(recent), -1)):
        share = len(range(panel, draws, len(recent)))
        if share:
            own = pick(filtered, units)
            paths[panel :: len(recent)] = futures(own, last, prior, horizons, share, shared, rng, common)
    return paths


@dataclass(frozen=True)
class _Counts:
    """Counts (T, U) that are to be filtered; equal if they hold the same."""

    content: bytes
    shape: tuple[int, ...]
    table: IntArray = field(compare=False)

    @classmethod
    def of(cls, table: IntArray) -> "_Counts":
        return cls(table.tobytes(), table.shape, table)


def _filtered(counts: _Counts, prior: LevelPrior, since: int) -> Filtered:
    """The levels of all units after the last period."""
    last = len(counts.table) - 1
    return filter_levels(counts.table, prior.motion, prior.noises, prior.spike, {last}, since)


_kept_filtered, _kept_wide = lru_cache(maxsize=1024)(_filtered), lru_cache(maxsize=160)(_filtered)
_kept_large = lru_cache(maxsize=4)(_filtered)
"""Cached, since a forecast filters the same past for every number of periods ahead that it is asked for."""


def _keeping(cells: int) -> Callable[[_Counts, LevelPrior, int], Filtered]:
    if cells <= WIDE:
        return _kept_filtered if cells <= NARROW else _kept_wide
    return _kept_large if cells <= LARGE else _filtered


def _distinct(cells: IntArray) -> tuple[IntArray, IntArray]:
    """The different columns of counts (T, U) in an order of their own, and which one each unit has, (U,)."""
    columns = [column.tobytes() for column in cells.T]
    first = {column: place for place, column in reversed(list(enumerate(columns)))}
    order = {column: place for place, column in enumerate(sorted(first))}
    which = np.array([order[column] for column in columns])
    return np.ascontiguousarray(cells[:, [first[column] for column in order]]), which

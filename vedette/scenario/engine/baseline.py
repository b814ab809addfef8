"""The baseline: the forecast of violence before any mechanism changes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vedette.errors import DataError
from vedette.model import By, FloatArray, History, Measure, Model, Pool, forecast_coherent, histories_of_parts
from vedette.panel import Grid, Panel
from vedette.periods import Span, label
from vedette.plurals import counted
from vedette.scenario.language.entries import EventGroup
from vedette.scenario.language.mechanism import Mechanism

Cells = npt.NDArray[np.float32]

FUTURES = 2000
"""Futures of the forecast at most; with more draws each future is used several times."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """Forecasts by place and stratum, reconciled, for the months of a mechanism.

    ``cells`` 32-bit float (F, T, P, K) by measure: F futures, T months, P places, K strata; deaths or
    events a month. The last place is what lies in no place, where the panel holds such events. ``past``
    (M, P, K) by measure: the means of the counts of the M months before; NaN in months that no file covers.
    ``source`` says what was forecast from what.
    """

    cells: dict[str, Cells]
    places: tuple[str, ...]
    strata: tuple[str, ...]
    span: Span
    source: str
    past: dict[str, Cells] = field(default_factory=dict)

    def group(self, group: EventGroup) -> FloatArray:
        """The path of a group of events in each future, (F, T)."""
        return np.asarray(self.by_place(group).sum(axis=2))

    def past_of(self, group: EventGroup) -> FloatArray:
        """A group of events in each month before, (M,); none where the past is not at hand."""
        if group.measure not in self.past:
            return np.zeros(0)
        return np.asarray(self._inside(group, self.past[group.measure]).sum(axis=1, dtype=np.float64))

    def by_place(self, group: EventGroup) -> FloatArray:
        """The same in each place, (F, T, P); 0 in places outside the group."""
        return self._inside(group, self.cells[group.measure])

    def _inside(self, group: EventGroup, cells: Cells) -> FloatArray:
        """The sum over the strata of a group in each place, (..., P); 0 in places outside it."""
        strata = [self.strata.index(name) for name in group.strata or self.strata]
        inside = np.isin(self.places, group.places or self.places)
        return np.asarray(cells[..., strata].sum(axis=-1) * inside)


def forecast_baseline(
    mechanism: Mechanism, panel: Panel, draws: int, seed: int, model: Model | None = None
) -> Baseline:
    """Forecasts the measures that a mechanism needs, with the pool unless another model is given.

    Raises:
        DataError: the mechanism starts in a month that the panel already knows.
    """
    past = _past(mechanism, panel)
    return _forecast_after(past, panel.grid, mechanism.span, draws, seed, model or Pool())


def kept_baseline(mechanism: Mechanism, panel: Panel, draws: int, seed: int) -> Baseline:
    """`forecast_baseline` by the pool, forecast once for the same counts, months, draws and seed.

    Raises:
        DataError: the mechanism starts in a month that the panel already knows.
    """
    past = _past(mechanism, panel)
    keep = mechanism.case.cache.keep
    return keep(_forecast_after, past, panel.grid, mechanism.span, draws, seed, Pool())


Past = Mapping[str, Mapping[By, History]]
"""The histories of each measure by country, place, stratum and cell."""


def _past(mechanism: Mechanism, panel: Panel) -> Past:
    measures = sorted({group.measure for group in mechanism.file.events})
    origin, span = panel.grid.span.last, mechanism.span
    if measures and span.first <= origin:
        raise DataError(
            f"mechanisms.yaml: expected a start after {label(origin, span.step)}, the last month known; "
            f"found {label(span.first, span.step)}. Start later, or ask with an earlier --as-of."
        )
    return {name: histories_of_parts(panel, mechanism.case, Measure(name)) for name in measures}


def _forecast_after(past: Past, grid: Grid, span: Span, draws: int, seed: int, model: Model) -> Baseline:
    """The forecast for the months of ``span`` after the histories, which end with the grid of their panel."""
    origin = grid.span.last
    cells: dict[str, Cells] = {}
    before: dict[str, Cells] = {}
    for measure, histories in past.items():
        forecasts = forecast_coherent(model, histories, span.last - origin, draws, seed)
        ahead = forecasts.cells.ahead(span.first - origin, span.last - origin)
        shape = (*ahead.draws.shape[:2], len(forecasts.places.units), len(forecasts.strata.units))
        cells[measure] = ahead.draws.reshape(shape).astype(np.float32)
        before[measure] = _counted(histories[By.CELL]).reshape(-1, *shape[2:])
    futures = counted(draws, "future")
    source = f"{model.name} by {By.CELL}, after {label(origin, span.step)}, {futures}, seed {seed}"
    return Baseline(cells, tuple(name for name, _ in grid.places), grid.strata, span, source, before)


def _counted(history: History) -> Cells:
    """The mean over draws of each count of a history, (M, U); NaN in months that no file covers."""
    means = history.values.mean(axis=0, dtype=np.float64)
    return np.where(history.observed[:, None], means, np.nan).astype(np.float32)


@lru_cache(maxsize=2)
def events_of(mechanism: Mechanism, baseline: Baseline) -> FloatArray:
    """The forecast of every group of events, (F, T, E); kept for the next run of the same two."""
    groups = mechanism.file.events
    if not groups:
        return np.zeros((1, len(mechanism.span), 0))
    return np.stack([baseline.group(group) for group in groups], axis=2).astype(np.float64)

"""Targets: what is forecast, and its history in a panel."""

from collections.abc import Callable
from functools import cache

import numpy as np

from vedette.case import Case
from vedette.model.analogues import Analogues
from vedette.model.baseline_models import baselines
from vedette.model.bayes.members import EndemicBayes, LevelBayes
from vedette.model.coherent import PARTS
from vedette.model.endemic.member import EndemicEpidemic
from vedette.model.forecasting import Model
from vedette.model.history import BoolArray, FloatArray, History, IntArray, Kind
from vedette.model.measures import By, Measure
from vedette.model.pool import SHARES, Pool
from vedette.panel import NOWHERE, TRUE, Group, Panel
from vedette.periods import Span, Step

KINDS = {By.COUNTRY: Kind.COUNTRY, By.PLACE: Kind.PLACE}
"""What the units of a history are; strata, regions and cells are neither countries nor places."""


def panel_history(panel: Panel, case: Case, measure: Measure, by: By) -> History:
    """The history of a measure by country, place, stratum, place and stratum, or named region.

    It begins after the last gap in the panel, for models learn from periods without a break. Regions may
    overlap; the other units add up to the country in every draw, places with `NOWHERE`. Deaths come with the
    events behind them, places with their neighbours. The unit of a place and a stratum is named
    ``place/stratum``.
    """
    return _history(panel, case, measure, by, panel.stretch, ~panel.estimated, panel.series)


def histories_of_parts(panel: Panel, case: Case, measure: Measure) -> dict[By, History]:
    """The `panel_history` by each of `PARTS`, which `vedette.model.forecast_coherent` takes.

    What two of them have in common is summed up once.
    """
    sums, observed = cache(panel.series), ~panel.estimated
    return {by: _history(panel, case, measure, by, panel.stretch, observed, sums) for by in PARTS}


def counted_history(panel: Panel, case: Case, measure: Measure, by: By) -> History:
    """Like `panel_history` over all periods of the panel, to compare with what was forecast.

    Periods that no file covers are not observed; no model may learn from it.
    """
    observed = ~panel.estimated & panel.covered
    return _history(panel, case, measure, by, panel.grid.span, observed, panel.series)


Sums = Callable[[str, tuple[Group, ...], Span], IntArray]
"""`Panel.series`, or the same with what was asked before."""


def _history(
    panel: Panel, case: Case, measure: Measure, by: By, span: Span, observed: BoolArray, sums: Sums
) -> History:
    events, units = by_unit(panel, case, "events", by, span, sums)
    deaths = by_unit(panel, case, "best", by, span, sums)[0] if measure is Measure.DEATHS else None
    kind = KINDS.get(by)
    return History.of(
        events if deaths is None else deaths,
        units,
        span.first,
        span.step,
        observed=observed[span.first - panel.grid.span.first :],
        measure=measure.value,
        events=None if deaths is None else events,
        neighbours=_neighbours(case, units) if by is By.PLACE else None,
        kind=kind,
        countries=[case.country.iso3] * len(units) if kind else (),
    )


def uncertain_truth(panel: Panel, case: Case, by: By) -> IntArray:
    """Draws of the true number of deaths, (D, T, U) like the values of `panel_history`.

    Each panel draw holds its own true deaths of every event: see `vedette.panel.truth`.
    """
    return by_unit(panel, case, TRUE, by, panel.stretch)[0]


def by_unit(
    panel: Panel, case: Case, what: str, by: By, span: Span, sums: Sums | None = None
) -> tuple[IntArray, tuple[str, ...]]:
    """One measure of a panel in a span, (D, T, U), and the names of the units; see `Panel.series`."""
    groups: dict[By, tuple[Group, ...]] = {
        By.COUNTRY: panel.grid.everywhere,
        By.STRATUM: panel.grid.everywhere,
        By.PLACE: panel.grid.places,
        By.CELL: panel.grid.places,
        By.REGION: panel.grid.regions(case),
    }
    series = (sums or panel.series)(what, groups[by], span)
    if by is By.STRATUM:
        return series.sum(axis=2), panel.grid.strata
    if by is By.CELL:
        names = tuple(f"{place}/{stratum}" for place, _ in groups[by] for stratum in panel.grid.strata)
        return series.reshape(*series.shape[:2], -1), names
    return series.sum(axis=3), tuple(name for name, _ in groups[by])


def methods(by: By, step: Step) -> dict[str, Model]:
    """The models for a kind of unit, by name: the pool, its members, the other families, the baselines."""
    offset = 0.05 if by in (By.PLACE, By.CELL) else 0.5
    members = (share.model for share in SHARES)
    families: tuple[Model, ...] = (
        Pool(),
        *members,
        Analogues(),
        EndemicEpidemic(),
        EndemicBayes(),
        LevelBayes(),
    )
    return {model.name: model for model in (*families, *baselines(step, offset))}


def contest(by: By, step: Step) -> dict[str, Model]:
    """The pool and the baselines it must beat, by name."""
    rivals = {"pool", *(model.name for model in baselines(step))}
    return {name: model for name, model in methods(by, step).items() if name in rivals}


def _neighbours(case: Case, units: tuple[str, ...]) -> FloatArray:
    """Which units of the map touch, (U, U); what lies in no place touches none."""
    order = [case.places.ids.index(unit) for unit in units if unit != NOWHERE]
    touch = np.zeros((len(units), len(units)))
    touch[: len(order), : len(order)] = case.places.adjacency()[np.ix_(order, order)]
    return touch

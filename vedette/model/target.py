"""Targets: what is forecast, and its history in a panel."""

from dataclasses import replace
from enum import StrEnum

from vedette.case import Case
from vedette.events.grid import Group
from vedette.events.panel import Panel
from vedette.model.baselines import baselines
from vedette.model.forecast import Model
from vedette.model.history import History, middle
from vedette.periods import Step


class Measure(StrEnum):
    """What is counted: events, or deaths by the best estimate."""

    EVENTS = "events"
    DEATHS = "deaths"


class By(StrEnum):
    """The units of a forecast."""

    COUNTRY = "country"
    PLACE = "place"
    STRATUM = "stratum"
    REGION = "region"


def panel_history(panel: Panel, case: Case, measure: Measure, by: By) -> History:
    """The history of a measure by country, place, stratum or named region.

    Regions may overlap; the other units add up to the country in every draw.
    """
    groups: dict[By, tuple[Group, ...]] = {
        By.COUNTRY: panel.grid.everywhere,
        By.STRATUM: panel.grid.everywhere,
        By.PLACE: panel.grid.places,
        By.REGION: panel.grid.regions(case),
    }
    series = panel.series("best" if measure is Measure.DEATHS else "events", groups[by])
    if by is By.STRATUM:
        counts, units = series.sum(axis=2), panel.grid.strata
    else:
        counts, units = series.sum(axis=3), tuple(name for name, _ in groups[by])
    span = panel.grid.span
    return History.of(counts, units, span.first, span.step, observed=~panel.estimated, measure=measure.value)


def methods(by: By, step: Step) -> dict[str, Model]:
    """The baselines for a kind of unit, by name."""
    offset = 0.05 if by is By.PLACE else 0.5
    return {model.name: model for model in baselines(step, offset)}


def settled(history: History) -> History:
    """The history with the middle draw of each cell in place of its draws, as scores see it."""
    events = None if history.events is None else middle(history.events)[None]
    return replace(history, values=history.truth[None], events=events)

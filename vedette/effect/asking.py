"""Computes the effect of an intervention from a case, with its caveats."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

import numpy as np

from vedette.case import Case
from vedette.counts import CountTable
from vedette.effect.caveats import doubts
from vedette.effect.counterfactual import estimate_effect
from vedette.effect.donors import DonorAnswer
from vedette.effect.effect import Effect
from vedette.effect.figures import BeforeAfter
from vedette.effect.intervention import Intervention, interventions
from vedette.effect.other_countries import country_donors
from vedette.effect.places import place_donors
from vedette.effect.series import Series
from vedette.errors import DataError
from vedette.model import By, History, Measure, Model, panel_history
from vedette.panel import Holdings, Panel, panel_on, written
from vedette.periods import label, last_complete, last_day
from vedette.progress import Progress

Estimate = TypeVar("Estimate", bound=Effect | BeforeAfter, covariant=True)


@dataclass(frozen=True, eq=False)
class Changed(Generic[Estimate]):
    """The effect of an intervention on a series of counts or figures, with its caveats."""

    done: Intervention
    series: Series
    estimate: Estimate
    doubts: tuple[str, ...]
    donors: DonorAnswer | None = None


def what_changed(
    case: Case,
    holdings: Holdings,
    done: Intervention,
    series: Series,
    periods: int,
    known: date | None,
    measure: Measure,
    model: Model,
    draws: int,
    seed: int,
    progress: Progress | None = None,
    countries: CountTable | None = None,
) -> Changed[Effect]:
    """Estimates the effect of an intervention on a series; windows with other interventions are no placebos.

    Data after the window are not used, and the counterfactual is computed from a panel that ends before the
    window, so later data change neither.

    Args:
        case: the case, for its interventions and timeline.
        holdings: its cells.
        done: the intervention.
        series: counts of the country, a place, a stratum, a region, or a stratum in a place.
        periods: the length of the window, if as many periods are known.
        known: the as-of day; None for the end of the window.
        measure: events or deaths.
        model: the model of the counterfactual.
        draws: the number of simulated draws.
        seed: the seed.
        progress: called with the numbers of finished and of all forecasts.
        countries: deaths by month and country, to ask other countries too.

    Raises:
        DataError: there are no data after the intervention, or none before it.
    """
    step, start = holdings.step, done.start(holdings.step)
    end = last_day(start + periods - 1, step)
    day = min(known, end) if known else end
    if last_complete(day, step) < start:
        raise DataError(
            f"{done.id}: expected a whole {step} from {label(start, step)} on to be known; as of {day} none "
            "is. Choose a later --as-of."
        )
    panel = _panel(case, holdings, day, seed)
    _refuse_gap(case, done, panel, start)
    before = _history(_panel(case, holdings, last_day(start - 1, step), seed), case, measure, series)
    past, listed = _history(panel, case, measure, series), interventions(case)
    effect = case.cache.keep(
        effect_beside, past, series.unit, start, model, draws, seed, listed, before, progress=progress
    )
    told = doubts(case, done, effect, periods, _drawn(panel, measure, start))
    if series.by is By.COUNTRY:
        donors = country_donors(case, series, effect, countries, known)
    else:
        donors = place_donors(case, done, series, past, start)
    return Changed(done, series, effect, told, donors)


def effect_beside(
    past: History,
    unit: str,
    start: int,
    model: Model,
    draws: int,
    seed: int,
    listed: tuple[Intervention, ...],
    before: History,
    *,
    progress: Progress | None = None,
) -> Effect:
    """The effect on a unit from a period on; windows that one of the ``listed`` touches are no placebos.

    ``past`` ends with the window; ``before`` is what was known before it.
    """

    def touched(first: int, last: int) -> bool:
        return any(other.touches(first, last, past.span.step) for other in listed)

    return estimate_effect(past, unit, start, model, draws, seed, touched, progress, known=before)


def _refuse_gap(case: Case, done: Intervention, panel: Panel, start: int) -> None:
    """Refuses a window in which, or right before which, no file covers some periods."""
    if panel.gaps and panel.stretch.first >= start:
        gap, step = written(panel.gaps[-1]), panel.grid.span.step
        raise DataError(
            f"{done.id}: expected files of {case.dataset} that cover every {step} just before and in the "
            f"window from {label(start, step)}; none covers {gap}. Load the file of that time, or choose "
            "fewer --months or another intervention."
        )


def _panel(case: Case, holdings: Holdings, day: date, seed: int) -> Panel:
    return panel_on(holdings, case, day, seed)


def _history(panel: Panel, case: Case, measure: Measure, series: Series) -> History:
    return panel_history(panel, case, measure, series.by)


def _drawn(panel: Panel, measure: Measure, start: int) -> float:
    """The share of counts from a period on with a drawn place, date or stratum, 0 to 1."""
    row = 0 if measure is Measure.EVENTS else 2
    fixed = panel.placed[row, start - panel.grid.span.first :].sum()
    name = "events" if measure is Measure.EVENTS else "best"
    every = panel.series(name, panel.grid.everywhere)[:, start - panel.grid.span.first :]
    whole = every.sum(axis=(1, 2, 3)).mean()
    return float(np.clip(1.0 - fixed / whole, 0.0, 1.0)) if whole else 0.0

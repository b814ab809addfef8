"""Say what an intervention changed."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from vedette.case import Case, read_case
from vedette.commands.known import Report, named, panel_of
from vedette.effect import (
    BeforeAfter,
    Effect,
    Intervention,
    Series,
    before_and_after,
    doubts,
    estimate_effect,
    figure_doubts,
    find_intervention,
    find_series,
    interventions,
)
from vedette.errors import DataError
from vedette.events import Panel
from vedette.evidence import edition_of, read_ledger
from vedette.model import History, Measure, methods, panel_history
from vedette.periods import Step, label, last_complete, last_day


@dataclass(frozen=True, eq=False)
class Changed:
    """What an intervention changed in a series, and what that cannot rule out."""

    done: Intervention
    series: Series
    found: Effect | BeforeAfter
    doubts: tuple[str, ...]


def effect(
    case: str,
    of: str,
    on: str,
    months: int | None,
    as_of: date | None,
    measure: Measure,
    model: str,
    draws: int,
    seed: int,
    report: Report,
) -> Changed:
    """What an intervention changed: what was observed less what a model of the time before would have had.

    Raises:
        UsageError: no such intervention, series or model; the message lists those there are.
        DataError: nothing is known of the time after it, or before.
    """
    read = read_case(case)
    open_ = edition_of(read)
    done, series = find_intervention(open_, of), find_series(open_, on)
    asked = months or read.horizon
    known = as_of or read.as_of
    if series.figures:
        start = done.start(Step.MONTH)
        ledger = read_ledger(open_, known)
        shown = before_and_after(ledger, series.relation, series.subject, start, asked, draws, seed)
        return Changed(done, series, shown, figure_doubts(open_, done, shown, asked))
    past, before, drawn = _window(read, done, series, asked, known, measure, seed)
    [chosen] = named([model], methods(series.by, read.step))
    listed = interventions(open_)

    def touched(first: int, last: int) -> bool:
        return any(each.touches(first, last, read.step) for each in listed)

    made = estimate_effect(
        past,
        series.unit,
        done.start(read.step),
        chosen,
        draws,
        seed,
        touched,
        lambda count, of_all: report("Forecasting from earlier months", count / of_all),
        known=before,
    )
    return Changed(done, series, made, doubts(open_, done, made, asked, drawn))


def listed_interventions(case: str) -> tuple[Intervention, ...]:
    """The interventions that a case lists, by the day they began."""
    return interventions(edition_of(read_case(case)))


def _window(
    case: Case,
    done: Intervention,
    series: Series,
    asked: int,
    known: date | None,
    measure: Measure,
    seed: int,
) -> tuple[History, History, float]:
    """The history to the end of the window and to its start, as known then, and the share placed by draw.

    Nothing after the window is read, and what would have been comes from a panel that ends before it: nothing
    later can change either.
    """
    start = done.start(case.step)
    end = last_day(start + asked - 1, case.step)
    day = min(known, end) if known else end
    if last_complete(day, case.step) < start:
        raise DataError(
            f"{done.id}: expected a whole {case.step} from {label(start, case.step)} on to be known; as of "
            f"{day} none is. Choose a later --as-of."
        )
    _, panel, _ = panel_of(case, day, seed)
    _, earlier, _ = panel_of(case, last_day(start - 1, case.step), seed)
    past, before = (panel_history(each, case, measure, series.by) for each in (panel, earlier))
    return past, before, _drawn(panel, measure, start)


def _drawn(panel: Panel, measure: Measure, start: int) -> float:
    """The share of what is counted from a period on whose place, date or stratum is drawn, 0 to 1."""
    row = 0 if measure is Measure.EVENTS else 2
    fixed = panel.placed[row, start - panel.grid.span.first :].sum()
    name = "events" if measure is Measure.EVENTS else "best"
    every = panel.series(name, panel.grid.everywhere)[:, start - panel.grid.span.first :]
    whole = every.sum(axis=(1, 2, 3)).mean()
    return float(np.clip(1.0 - fixed / whole, 0.0, 1.0)) if whole else 0.0

"""Say what an intervention changed."""

from datetime import date

from vedette.case import read_case
from vedette.commands.known import named
from vedette.effect import (
    BeforeAfter,
    Changed,
    Effect,
    Intervention,
    before_and_after,
    figure_doubts,
    find_intervention,
    find_series,
    interventions,
    what_changed,
)
from vedette.evidence import edition_of, read_ledger
from vedette.model import Measure, methods
from vedette.panel import gather
from vedette.periods import Step
from vedette.progress import Report, part


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
) -> Changed[Effect | BeforeAfter]:
    """What an intervention changed: what was observed less what a model of the time before would have had.

    Raises:
        UsageError: no such intervention, series or model; the message lists those there are.
        DataError: nothing is known of the time after it, or before.
    """
    read = edition_of(read_case(case))
    done, series = find_intervention(read, of), find_series(read, on)
    asked, known = months or read.horizon, as_of or read.as_of
    if series.figures:
        start, ledger = done.start(Step.MONTH), read_ledger(read, known)
        shown = before_and_after(ledger, series.relation, series.subject, start, asked, draws, seed)
        return Changed(done, series, shown, figure_doubts(read, done, shown, asked))
    [chosen] = named([model], methods(series.by, read.step))

    progress = part(report, "Forecasting from earlier months")
    return what_changed(
        read, gather(read), done, series, asked, known, measure, chosen, draws, seed, progress
    )


def listed_interventions(case: str) -> tuple[Intervention, ...]:
    """The interventions that a case lists, by the day they began."""
    return interventions(edition_of(read_case(case)))

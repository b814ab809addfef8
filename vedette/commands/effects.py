"""Say what an intervention changed."""

from datetime import date
from pathlib import Path

from vedette.case import Case, read_case
from vedette.commands.age import age_of_claims
from vedette.commands.defaults import DRAWS, SEED
from vedette.commands.effect_result import EffectResult, InterventionList
from vedette.commands.known import age_of, named, panel_of
from vedette.effect import (
    BeforeAfter,
    Changed,
    Effect,
    Intervention,
    Series,
    before_and_after,
    figure_doubts,
    find_intervention,
    find_series,
    interventions,
    read_countries,
    what_changed,
)
from vedette.evidence import edition_of, read_ledger
from vedette.model import Measure, methods
from vedette.panel import WithoutPlace, gather, without_place
from vedette.periods import Span, Step
from vedette.progress import Report, part, quiet


def effect(
    case: str,
    of: str,
    *,
    on: str = "all",
    months: int | None = None,
    measure: Measure = Measure.DEATHS,
    model: str = "pool",
    as_of: date | None = None,
    edition: str | None = None,
    countries: Path | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    report: Report = quiet,
) -> EffectResult:
    """Estimates what an intervention changed: what was observed less what a model of the time before gives.

    On what an edition holds, the first of the case if none is named.

    Raises:
        UsageError: no such edition, intervention, series or model; the message lists those there are.
        DataError: nothing is known of the time after it, or before; the table of countries has mistakes.
    """
    read = edition_of(read_case(case), edition)
    others = read_countries(countries) if countries else None
    done, series = find_intervention(read, of), find_series(read, on)
    periods, known = months or read.horizon, as_of or read.as_of
    if series.figures:
        changed = _figures_changed(
            read, done, series=series, periods=periods, known=known, draws=draws, seed=seed
        )
        return EffectResult(
            case, changed, draws=draws, seed=seed, age=age_of_claims(read_ledger(read, known))
        )
    [chosen] = named([model], methods(series.by, read.step))
    progress = part(report, "Forecasting from earlier months")
    counts_changed = what_changed(
        read,
        gather(read, known_on=known),
        done,
        series,
        periods,
        known,
        measure,
        chosen,
        draws,
        seed,
        progress,
        others,
    )
    unplaced = _unplaced(read, series, effect=counts_changed.estimate, known=known)
    return EffectResult(
        case, counts_changed, draws=draws, seed=seed, age=age_of(read, known), without_place=unplaced
    )


def _unplaced(case: Case, series: Series, *, effect: Effect, known: date | None) -> tuple[WithoutPlace, ...]:
    """The deaths without a place in the window and the last two years, for a series of places."""
    if not series.by.of_places:
        return ()
    window = Span(effect.periods[0], effect.periods[-1], effect.step)
    return without_place(panel_of(case, known, seed=SEED)[1], case, [window])


def _figures_changed(
    case: Case,
    intervention: Intervention,
    *,
    series: Series,
    periods: int,
    known: date | None,
    draws: int,
    seed: int,
) -> Changed[BeforeAfter]:
    start, ledger = intervention.start(Step.MONTH), read_ledger(case, known)
    figures = before_and_after(ledger, series.relation, series.subject, start, periods, draws, seed)
    return Changed(intervention, series, figures, figure_doubts(case, intervention, figures, periods))


def listed_interventions(case: str, edition: str | None = None) -> InterventionList:
    """Returns the interventions that a case lists, by the day they began.

    On what an edition holds, the first of the case if none is named.

    Raises:
        UsageError: no such edition.
    """
    return InterventionList(case, interventions(edition_of(read_case(case), edition)))

"""Caveats of an effect, in words."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from vedette.case import Case
from vedette.effect.effect import Effect
from vedette.effect.figures import ENOUGH, BeforeAfter
from vedette.effect.intervention import Intervention, interventions
from vedette.periods import Step, first_day, label, last_day
from vedette.plurals import counted

SHOWN, FEW, MANY_ALARMS, FINEST = 6, 19, 0.15, 0.01
THIN, MUCH = 5.0, 0.2


def doubts(case: Case, done: Intervention, effect: Effect, months: int, drawn: float) -> tuple[str, ...]:
    """The caveats of an effect: other explanations, and limits of the data.

    Args:
        case: the case, for its timeline and interventions.
        done: the intervention.
        effect: its effect.
        months: the number of periods that the user requested.
        drawn: the share of counts in the window with a drawn place, date or stratum, 0 to 1.
    """
    return (
        *_others(case, done, effect.periods[0], effect.periods[-1], effect.step),
        *_reach(done, effect, months),
        *_thin(effect, drawn),
        *_placebos(effect),
        "The series' own past is all that the model knows: whatever else changed at the same time is part of "
        "the effect, and what was changed before, once it was foreseen, is part of what is simulated.",
    )


def figure_doubts(case: Case, done: Intervention, figures: BeforeAfter, months: int) -> tuple[str, ...]:
    """The caveats of figures before and after an intervention."""
    before, after = figures.monthly("before"), figures.monthly("after")
    last = figures.start + months - 1
    return (
        f"{counted(before, 'month')} before and {after} after with a figure of their own; a model needs "
        f"{ENOUGH} before, so none is fitted: this compares claims, and its range is that over claims, not "
        "of chance.",
        *_others(case, done, figures.start, last, Step.MONTH),
        "Trade, prices, exchange rates, the season and the rules of exemption are not taken out.",
    )


def _others(case: Case, done: Intervention, first: int, last: int, step: Step) -> Iterator[str]:
    """Other interventions and entries of the timeline in the window."""
    begun = [
        other for other in interventions(case) if other.id != done.id and other.touches(first, last, step)
    ]
    if begun:
        names = "; ".join(f"{other.name} ({other.first:%Y-%m})" for other in begun)
        yield f"Other interventions fall in the window: {names}."
    inside = case.timeline.filter(
        pl.col("date").is_between(first_day(first, step), last_day(last, step)),
        pl.col("summary") != done.what,
    )
    if inside.height:
        heaviest = inside.sort("weight", "date", descending=[True, False], maintain_order=True).head(SHOWN)
        entries = "; ".join(
            f"{day}: {text}" for day, text in heaviest.sort("date").select("date", "summary").iter_rows()
        )
        more = f"; and {inside.height - SHOWN} more" if inside.height > SHOWN else ""
        yield f"Also in the window, by the timeline: {entries}{more}."


def _reach(done: Intervention, effect: Effect, months: int) -> Iterator[str]:
    begun = first_day(effect.periods[0], effect.step)
    if done.first > begun:
        yield f"The window counts from {begun}, though it began on {done.first}: the days between dilute it."
    covered = len(effect.periods)
    if covered < months:
        end = label(effect.periods[-1], effect.step)
        yield f"The window ends with the data, {end}: {covered} of {counted(months, str(effect.step))}."


def _thin(effect: Effect, drawn: float) -> Iterator[str]:
    observed = effect.fully_observed
    guessed = len(observed) - sum(observed)
    if guessed:
        yield (
            f"Thin data: in {guessed} of {counted(len(observed), str(effect.step))} only events that were "
            f"placed exactly are known beside the country's total; {drawn:.0%} of the {effect.measure} in "
            "the window are put into places and strata by draw. No such period counts as observed."
        )
    elif drawn > MUCH:
        yield f"{drawn:.0%} of the {effect.measure} in the window are placed by draw: where or when is open."
    usual, came = (float(np.median(counts)) for counts in (effect.simulated, effect.observed))
    if usual < THIN:
        rest = (
            "Ratios and the shape are then mostly chance."
            if came < THIN
            else "The ratio is loose; go by the difference."
        )
        yield f"Small counts: {usual:.0f} a {effect.step} would have been usual. {rest}"


def _placebos(effect: Effect) -> Iterator[str]:
    placebos = effect.placebos
    count, apart = placebos.dates.height, placebos.apart.height
    if not count:
        yield "No earlier window can serve as placebo: nothing says how far off such forecasts are anyway."
    elif placebos.least_p > FINEST:
        yield (
            f"No p value of placebo dates can fall below {placebos.least_p:.2f}: "
            f"{counted(count, 'earlier window')} can serve, of which {counted(apart, 'shares', 'share')} no "
            f"{effect.step}."
        )
    if count >= FEW and (placebos.false_alarms or 0.0) > MANY_ALARMS:
        yield (
            f"{placebos.false_alarms:.0%} of the placebo windows left their 90 % interval, where 10 % "
            "should: by that record the intervals above are too narrow. Go by the p value."
        )
    if placebos.units.height:
        yield (
            f"The other units in the window ({placebos.units.height}) may have been changed by the "
            "intervention too, or by what it displaced; then their p value is too high."
        )

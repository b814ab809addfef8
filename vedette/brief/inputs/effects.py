"""The effects on deaths of the interventions that a case lists."""

from collections.abc import Iterator
from datetime import date

from vedette.case import Case
from vedette.effect import WARM_UP, Changed, Effect, Intervention, Series, interventions, what_changed
from vedette.model import Measure, Pool
from vedette.panel import Holdings, Panel
from vedette.progress import Report, part

DRAWS = 1000
LEAST = 3
"""Months of a window that must be known."""


def intervention_effects(
    case: Case, holdings: Holdings, panel: Panel, as_of: date, seed: int, report: Report
) -> tuple[Changed[Effect], ...]:
    """The effect of each intervention on the country, over the horizon of the case.

    As `vedette effect CASE --of ID` answers. Interventions with less than five years before them, of whose
    window less than three months are known, or with months in between that no file covers, are left out.
    """
    chosen = list(_answerable(case, holdings, panel))
    return tuple(
        what_changed(
            case,
            holdings,
            done,
            Series("all"),
            periods=case.horizon,
            known=as_of,
            measure=Measure.DEATHS,
            model=Pool(),
            draws=DRAWS,
            seed=seed,
            progress=part(report, "Looking back at interventions", number, len(chosen)),
        )
        for number, done in enumerate(chosen)
    )


def _answerable(case: Case, holdings: Holdings, panel: Panel) -> Iterator[Intervention]:
    span = panel.grid.span
    for done in interventions(case):
        start = done.start(holdings.step) - span.first
        enough = start >= WARM_UP and len(span) - start >= LEAST
        if enough and panel.covered[start - WARM_UP : start + case.horizon].all():
            yield done

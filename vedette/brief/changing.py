"""What a brief asks of the interventions that a case lists: what each changed in deaths."""

from collections.abc import Iterator
from datetime import date

from vedette.case import Case
from vedette.effect import Changed, Intervention, Series, interventions, what_changed
from vedette.effect.placebo import WARM_UP
from vedette.events import Holdings
from vedette.model import Measure, Pool
from vedette.periods import Span
from vedette.progress import Report

DRAWS = 1000
LEAST = 3


def ask_changes(
    case: Case, holdings: Holdings, span: Span, as_of: date, seed: int, report: Report
) -> tuple[Changed, ...]:
    """The effect of each intervention on the country, over the horizon of the case.

    As `vedette effect CASE --of ID` answers. ``span`` is that of the panel. Interventions with less than five
    years before them, or of whose window less than three months are known, are left out.
    """
    chosen, found = list(_answerable(case, holdings, span)), []
    for number, done in enumerate(chosen):
        report("Looking back at interventions", number / len(chosen))
        asked = (done, Series("all"), case.horizon, as_of, Measure.DEATHS, Pool(), DRAWS, seed)
        found.append(what_changed(case, holdings, *asked))
    return tuple(found)


def _answerable(case: Case, holdings: Holdings, span: Span) -> Iterator[Intervention]:
    for done in interventions(case):
        start = done.start(holdings.step)
        if start - span.first >= WARM_UP and span.last - start + 1 >= LEAST:
            yield done

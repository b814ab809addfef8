"""Mistakes that show when the events at hand are counted, as `vedette check` lists them."""

from collections.abc import Iterator

from vedette.case import Case
from vedette.errors import CaseError, DataError, Problem
from vedette.panel.holdings import Holdings
from vedette.panel.known import present
from vedette.panel.panel import make_panel

_DRAWS = 2


def panel_problems(case: Case, holdings: Holdings) -> Iterator[Problem]:
    """Dyads of the events at hand that two strata share; else what keeps a panel from being made."""
    shared = list(case.contested_dyads(holdings.cells))
    if shared:
        yield from shared
        return
    try:
        day = case.as_of or present(holdings.cells, case, holdings.step, holdings.covers)
        make_panel(holdings.cells, case, day, holdings.step, seed=0, draws=_DRAWS, covers=holdings.covers)
    except CaseError as error:
        yield from error.problems
    except DataError as error:
        expected = "events of the case's data set, from `start` to `as_of`"
        yield Problem("case.yaml", 0, "", expected, "none that can be counted", str(error))

"""Other places of the case as donors."""

from collections.abc import Iterator

from vedette.case import Case
from vedette.effect.donors import LONGEST, DonorAnswer, DonorPool, ask_donors
from vedette.effect.intervention import Intervention, interventions
from vedette.effect.series import Series
from vedette.model import By, History, median_history
from vedette.panel import NOWHERE
from vedette.plurals import counted

KIND = "places"


def place_donors(case: Case, done: Intervention, series: Series, history: History, start: int) -> DonorAnswer:
    """What other places say would have been in a place, or in a stratum of a place.

    Args:
        case: the case, for its interventions.
        done: the intervention.
        series: the series asked about; its units are those of the history.
        history: counts up to the end of the window.
        start: the first period of the window.
    """
    if series.by not in (By.PLACE, By.CELL):
        return DonorAnswer(KIND, "it is asked of no one place")
    if not done.places:
        return DonorAnswer(KIND, "it was done in the whole country, and no place was without it")
    past, first = median_history(history), max(history.span.first, start - LONGEST)
    row = first - history.span.first
    drawn = int((~past.observed[row:]).sum())
    if drawn:
        return DonorAnswer(KIND, f"in {counted(drawn, str(past.span.step))} the counts of places are drawn")
    place, _, stratum = series.unit.partition("/")
    counts = past.truth[row:].astype(float)
    left_out = dict(_touched(case, place, start, past))
    columns = {}
    for column, unit in enumerate(past.units):
        other, _, of = unit.partition("/")
        if other not in (place, NOWHERE) and of == stratum and case.places.names[other] not in left_out:
            columns[case.places.names[other]] = column
    treated, chosen = counts[:, past.units.index(series.unit)], counts[:, list(columns.values())]
    before = start - first
    return ask_donors(DonorPool(KIND, treated, tuple(columns), chosen, before, past.span.step, left_out))


def _touched(case: Case, place: str, start: int, past: History) -> Iterator[tuple[str, str]]:
    """Places in which an intervention that names them, this one or another, falls in the window."""
    for other in interventions(case):
        if other.touches(start, past.span.last, past.span.step):
            for touched in other.places:
                if touched != place:
                    yield case.places.names[touched], other.name

"""What a verb starts from: the panel of a case as it was known on a day, or a table of counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from vedette.case import Case
from vedette.counts import CountTable, read_counts, read_neighbours
from vedette.errors import UsageError
from vedette.model import History, Measure, Model
from vedette.model.counted import counts_history
from vedette.panel import Holdings, Panel, gather, make_panel, present
from vedette.periods import Step

SEED = 20030320
DRAWS = 1000


def panel_of(
    case: Case, as_of: date | None, seed: int, step: Step | None = None
) -> tuple[Holdings, Panel, date]:
    """What a case holds, its panel as known on the as-of (or the case's own, or now), and that day."""
    holdings = gather(case, step)
    known = as_of or case.as_of or present(holdings.cells, case, holdings.step)
    return holdings, make_panel(holdings.cells, case, known, holdings.step, seed), known


def read_panel(
    panel: Path,
    neighbours: Path | None,
    step: Step | None,
    fill_zeros: bool,
    measure: Measure | None,
) -> tuple[CountTable, History]:
    """A table of counts and its history: the counts, or the deaths where these are measured."""
    table = read_counts(panel, step, fill_zeros=fill_zeros)
    places = list(dict.fromkeys(table.places))
    touch = read_neighbours(neighbours, places) if neighbours else None
    return table, counts_history(table, "deaths" if measure is Measure.DEATHS else "count", touch)


def named(names: Sequence[str], known: Mapping[str, Model]) -> list[Model]:
    """The models of these names, in the order given."""
    wrong = [name for name in names if name not in known]
    if wrong:
        raise UsageError(f"there is no model {wrong[0]!r}; choose one of: {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(names)]

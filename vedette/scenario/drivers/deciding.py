"""Quantities whose sign alone decides which of two scenarios is better."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl

from vedette.model import FloatArray, IntArray
from vedette.periods import Span
from vedette.scenario.drivers.inputs import read_again, supports
from vedette.scenario.engine.ensemble import Ensemble, apart
from vedette.scenario.engine.sampling import Drawn
from vedette.scenario.language.entries import MechanismFile
from vedette.scenario.language.reach import outcomes_of

DRAWS = 64
"""The largest number of draws in each group of unweighted branches that are run again."""
NEARLY_ALL = 0.95
FACTORS = ("threshold", "shock", "hysteresis")
"""The forms of effects whose size is a factor."""
_SCHEMA = {
    "outcome": pl.String,
    "scenario": pl.String,
    "against": pl.String,
    "branch": pl.String,
    "quantity": pl.String,
    "name": pl.String,
    "mark": pl.String,
    "author": pl.String,
    "one_sign": pl.Boolean,
}


@dataclass(frozen=True)
class _Turned:
    """The draws of a group with one quantity turned: ``rows`` among the runs, ``own`` in the ensemble."""

    place: int
    group: int
    one_sign: bool
    own: IntArray
    rows: slice


def deciding_quantities(
    ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None
) -> pl.DataFrame:
    """A row for each outcome, pair of scenarios, branch and quantity whose sign decides which is better.

    The sizes of effects are turned one at a time, everything else as drawn: a factor to one over it, any
    other to minus it. A quantity decides where that turns the direction of the difference in 19 of 20 of up
    to `DRAWS` draws that differ. ``one_sign``: it cannot be on the other side in that branch, so that the
    odds repeat what was put in.
    """
    rows: list[dict[str, object]] = []
    turned, drawn, source = _laid_out(ensemble)
    if len(ensemble.names) > 1 and turned:
        run = read_again(ensemble, drawn, ensemble.future[source], ensemble.noise[source], months)
        for outcome in outcomes:
            rows += _decided(ensemble, outcome, ensemble.outcome(outcome, months), run[outcome], turned)
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def neutral_values(file: MechanismFile) -> dict[str, float]:
    """The value at which the size of an effect does nothing: 1 of a factor, 0 of any other."""
    factor: dict[str, set[bool]] = {}
    for effect in file.effects:
        factor.setdefault(effect.size, set()).add(effect.form in FACTORS)
    return {name: 1.0 if True in kinds else 0.0 for name, kinds in factor.items() if len(kinds) == 1}


def authors_of(table: pl.DataFrame) -> dict[tuple[str, str, str, str], str]:
    """Who assumed the sign that decides, by outcome, scenario, the one against, and branch.

    From the table of `deciding_quantities`: assumptions of one sign alone.
    """
    keys = ("outcome", "scenario", "against", "branch")
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for row in table.filter(pl.col("one_sign"), mark="assumed").iter_rows(named=True):
        outcome, scenario, against, branch = (str(row[key]) for key in keys)
        found.setdefault((outcome, scenario, against, branch), []).append(str(row["author"]))
    return {key: ", ".join(dict.fromkeys(authors)) for key, authors in found.items()}


def _decided(
    ensemble: Ensemble, outcome: str, plain: FloatArray, run: FloatArray, turned: Sequence[_Turned]
) -> Iterator[dict[str, object]]:
    branches, quantities = ensemble.group_names(), ensemble.mechanism.quantities
    for one, other in combinations(range(len(ensemble.names)), 2):
        change, after = apart(plain[other], plain[one]), apart(run[other], run[one])
        for each in turned:
            before, now = np.sign(change[each.own]), np.sign(after[each.rows])
            differs = before != 0
            if not differs.any() or (now[differs] == -before[differs]).mean() < NEARLY_ALL:
                continue
            quantity, mark = quantities[each.place]
            yield {
                "outcome": outcome,
                "scenario": ensemble.names[other],
                "against": ensemble.names[one],
                "branch": branches[each.group],
                "quantity": quantity.id,
                "name": quantity.name,
                "mark": mark,
                "author": quantity.ground.by,
                "one_sign": each.one_sign,
            }


def _laid_out(ensemble: Ensemble) -> tuple[list[_Turned], Drawn, IntArray]:
    """All draws with one quantity turned, one quantity after another, and the draw that each is made from."""
    turned: list[_Turned] = []
    sources: list[IntArray] = []
    values: list[FloatArray] = []
    start, moved = 0, outcomes_of(ensemble.mechanism.file)
    neutral = neutral_values(ensemble.mechanism.file)
    for place, (quantity, _) in enumerate(ensemble.mechanism.quantities):
        if quantity.id not in neutral or not moved.get(quantity.id):
            continue
        middle = neutral[quantity.id]
        for group, (low, high) in enumerate(supports(ensemble, place)):
            own = np.flatnonzero(ensemble.drawn.group == group)[:DRAWS]
            table = ensemble.drawn.values[own].copy()
            column = table[:, place]
            table[:, place] = 1 / np.maximum(column, 1e-9) if middle else -column
            one_sign = low >= middle or high <= middle
            turned.append(_Turned(place, group, one_sign, own, slice(start, start + len(own))))
            sources.append(own)
            values.append(table)
            start += len(own)
    source = np.concatenate(sources) if sources else np.zeros(0, dtype=np.int64)
    table = np.concatenate(values) if values else ensemble.drawn.values[:0]
    return turned, Drawn(table, ensemble.drawn.branch[source], ensemble.drawn.gates[source], 1), source

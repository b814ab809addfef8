"""Quantities whose sign alone decides which of two scenarios is better."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

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
FEW = 16
"""The draws in which every quantity is turned; the others are run where it may still decide."""
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
class _Turn:
    """A quantity whose sign is turned in one group of branches, about the value without effect."""

    place: int
    group: int
    neutral: float
    one_sign: bool


@dataclass(frozen=True)
class _TurnedRuns:
    """The runs of a turn: ``own`` (R,) its draws in the ensemble, ``values`` (S, R) by outcome."""

    turn: _Turn
    own: IntArray
    values: Mapping[str, FloatArray]


def deciding_quantities(
    ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None
) -> pl.DataFrame:
    """A row for each outcome, pair of scenarios, branch and quantity whose sign decides which is better.

    The sizes of effects are turned one at a time, everything else as drawn: a factor to one over it, any
    other to minus it. A quantity decides where that turns the direction of the difference in 19 of 20 of up
    to `DRAWS` draws that differ. ``one_sign``: it cannot be on the other side in that branch, so that the
    odds repeat what was put in. What a few draws show to decide nothing is not run in the others.
    """
    plain = {outcome: ensemble.outcome(outcome, months) for outcome in outcomes}
    turns = list(_turns(ensemble)) if len(ensemble.names) > 1 else []
    few = _run(ensemble, turns, FEW, months)
    open_ = [runs.turn for runs in few if _may_decide(ensemble, runs, plain)]
    whole = _run(ensemble, open_, DRAWS, months)
    rows = [row for outcome in outcomes for row in _decided(ensemble, outcome, plain[outcome], whole)]
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


def _may_decide(ensemble: Ensemble, runs: _TurnedRuns, plain: Mapping[str, FloatArray]) -> bool:
    """Whether a turn can decide anything in `DRAWS` draws, by those in which it was run."""
    every = _draws_of(ensemble, runs.turn, DRAWS)
    for outcome, values in plain.items():
        for one, other in combinations(range(len(ensemble.names)), 2):
            before = np.sign(apart(values[other, every], values[one, every]))
            run = runs.values[outcome]
            now = np.sign(apart(run[other], run[one]))
            start = before[: len(now)]
            differ, missed = np.count_nonzero(before), np.count_nonzero((start != 0) & (now != -start))
            if differ and (differ - missed) / differ >= NEARLY_ALL:
                return True
    return False


def _decided(
    ensemble: Ensemble, outcome: str, plain: FloatArray, turned: Sequence[_TurnedRuns]
) -> Iterator[dict[str, object]]:
    branches, quantities = ensemble.group_names(), ensemble.mechanism.quantities
    for one, other in combinations(range(len(ensemble.names)), 2):
        change = apart(plain[other], plain[one])
        for runs in turned:
            run = runs.values[outcome]
            before, now = np.sign(change[runs.own]), np.sign(apart(run[other], run[one]))
            differs = before != 0
            if not differs.any() or (now[differs] == -before[differs]).mean() < NEARLY_ALL:
                continue
            quantity, mark = quantities[runs.turn.place]
            yield {
                "outcome": outcome,
                "scenario": ensemble.names[other],
                "against": ensemble.names[one],
                "branch": branches[runs.turn.group],
                "quantity": quantity.id,
                "name": quantity.name,
                "mark": mark,
                "author": quantity.ground.by,
                "one_sign": runs.turn.one_sign,
            }


def _turns(ensemble: Ensemble) -> Iterator[_Turn]:
    """Every size of an effect that can move an outcome, in every group."""
    moved, neutral = outcomes_of(ensemble.mechanism.file), neutral_values(ensemble.mechanism.file)
    for place, (quantity, _) in enumerate(ensemble.mechanism.quantities):
        if quantity.id in neutral and moved.get(quantity.id):
            middle = neutral[quantity.id]
            for group, (low, high) in enumerate(supports(ensemble, place)):
                yield _Turn(place, group, middle, low >= middle or high <= middle)


def _draws_of(ensemble: Ensemble, turn: _Turn, most: int) -> IntArray:
    """The first draws of the group of a turn."""
    return np.flatnonzero(ensemble.drawn.group == turn.group)[:most]


def _run(ensemble: Ensemble, turns: Sequence[_Turn], most: int, months: Span | None) -> list[_TurnedRuns]:
    """Runs the first draws of each group again, ``most`` at most, with one quantity turned after another."""
    if not turns:
        return []
    owns = [_draws_of(ensemble, turn, most) for turn in turns]
    source = np.concatenate(owns)
    values = ensemble.drawn.values[source]
    ends = np.cumsum([0, *map(len, owns)])
    parts = [slice(*pair) for pair in pairwise(ends)]
    for turn, part in zip(turns, parts, strict=True):
        column = values[part, turn.place]
        values[part, turn.place] = 1 / np.maximum(column, 1e-9) if turn.neutral else -column
    drawn = Drawn(values, ensemble.drawn.branch[source], ensemble.drawn.gates[source], 1)
    run = read_again(ensemble, drawn, ensemble.future[source], ensemble.noise[source], months)
    return [
        _TurnedRuns(turn, own, {name: rows[:, part] for name, rows in run.items()})
        for turn, own, part in zip(turns, owns, parts, strict=True)
    ]

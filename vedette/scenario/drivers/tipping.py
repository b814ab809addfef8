"""Tipping values: where, in the range of one quantity, another scenario becomes the better one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl

from vedette.model import FloatArray
from vedette.periods import Span
from vedette.scenario.drivers.deciding import neutral_values
from vedette.scenario.drivers.futures import losses
from vedette.scenario.drivers.inputs import Input, inputs_that_move, read_again, supports
from vedette.scenario.engine.ensemble import Ensemble, apart
from vedette.scenario.engine.sampling import Drawn

STEPS = 5
"""Values of a quantity that are tried, its ends among them."""
HELD = 64
"""The largest number of draws, in each group of unweighted branches, for which the others are fixed."""
NEAR = 0.02
"""How near the value without effect, as a part of the quartile range, a tipping value is taken to be it."""


@dataclass(frozen=True)
class _Planned:
    """A quantity in one group of branches, its support there, and the values to try, (A,)."""

    input: Input
    place: int
    group: int
    ends: tuple[float, float]
    at: FloatArray

    @property
    def swept(self) -> tuple[Input, int, int, tuple[float, float]]:
        """All but the values."""
        return self.input, self.place, self.group, self.ends


@dataclass(frozen=True)
class _Sweep:
    """The runs of one quantity in one group: ``at`` (A,) the values tried, ``values`` (S, A D) by outcome."""

    input: Input
    group: int
    at: FloatArray
    values: Mapping[str, FloatArray]


def tipping_values(
    ensemble: Ensemble,
    outcomes: Sequence[str],
    months: Span | None = None,
    steps: int = STEPS,
    draws: int = HELD,
) -> pl.DataFrame:
    """A row for each outcome, other scenario, branch and quantity that can move the outcome.

    The quantity is set to ``steps`` values over its support, ends included, all else as drawn; to its ends
    alone where the same scenario is better at both as where it is as drawn. It tips where
    the median of the difference from the first scenario passes 0, read off a straight line between
    neighbouring values. ``tipping`` is that value in the quantity's unit, the one nearest to its median if
    there are several (``crossings`` says how many); none if no value within the support does it.
    ``below`` and ``above``: the better scenario on either side. Where the size of an effect tips at the
    value at which the effect does nothing (1 of a factor, else 0), that is no finding, and none is given.
    ``beyond``: the share of draws on the other side than the median draw. Left out are outcomes that do not
    differ at all.
    """
    if len(ensemble.names) == 1:
        return pl.DataFrame()
    swept = list(_swept(ensemble, outcomes))
    ends = [_Planned(*each, np.array(each[-1])) for each in swept]
    narrow = _run(ensemble, ends, draws, months)
    usual = {name: ensemble.outcome(name, months) for name in outcomes}
    wide = [
        _Planned(*each.swept, _tried(ensemble, each, steps))
        for each, sweep in zip(ends, narrow, strict=True)
        if _turns(ensemble, sweep, outcomes, usual, draws)
    ]
    turning = {(sweep.input.id, sweep.group): sweep for sweep in _run(ensemble, wide, draws, months)}
    sweeps = [turning.get((sweep.input.id, sweep.group), sweep) for sweep in narrow]
    return pl.DataFrame(list(_rows(ensemble, outcomes, sweeps, usual)), infer_schema_length=None)


def _rows(
    ensemble: Ensemble, outcomes: Sequence[str], sweeps: Sequence[_Sweep], usual: Mapping[str, FloatArray]
) -> Iterator[dict[str, object]]:
    branches, neutral = ensemble.group_names(), neutral_values(ensemble.mechanism.file)
    for outcome in outcomes:
        for place, scenario in enumerate(ensemble.names[1:], start=1):
            moved = [sweep for sweep in sweeps if outcome in sweep.input.moves]
            changes = [_change(ensemble, outcome, sweep.values[outcome], place) for sweep in moved]
            if not any(change.any() for change in changes):
                continue
            for sweep, change in zip(moved, changes, strict=True):
                middle = np.median(change.reshape(len(sweep.at), -1), axis=1)
                yield {
                    "outcome": outcome,
                    "scenario": scenario,
                    "against": ensemble.names[0],
                    "branch": branches[sweep.group],
                    "quantity": sweep.input.id,
                    "name": sweep.input.name,
                    "mark": sweep.input.mark,
                    "unit": sweep.input.unit,
                    **_tip(ensemble, sweep, middle, scenario, neutral.get(sweep.input.id)),
                    "low": float(sweep.at[0]),
                    "high": float(sweep.at[-1]),
                }


def _turns(
    ensemble: Ensemble,
    sweep: _Sweep,
    outcomes: Sequence[str],
    usual: Mapping[str, FloatArray],
    draws: int,
) -> bool:
    """Whether, for any outcome, the better scenario differs between the ends of a quantity and as drawn."""
    own = np.flatnonzero(ensemble.drawn.group == sweep.group)[:draws]
    for outcome in outcomes:
        if outcome not in sweep.input.moves:
            continue
        for place in range(1, len(ensemble.names)):
            ends = _change(ensemble, outcome, sweep.values[outcome], place).reshape(2, -1)
            drawn = _change(ensemble, outcome, usual[outcome][:, own], place)
            middle = np.median([ends[0], drawn, ends[1]], axis=1)
            if middle.min() < 0 < middle.max():
                return True
    return False


def _change(ensemble: Ensemble, outcome: str, values: FloatArray, place: int) -> FloatArray:
    """How much worse a scenario is than the first, (R,)."""
    worse = losses(ensemble, outcome, values)
    return apart(worse[place], worse[0])


def crossings(at: FloatArray, values: FloatArray) -> list[tuple[float, bool]]:
    """Where a broken line through (at, values) passes 0, and whether it comes from below 0.

    Touching 0 without passing it is no crossing.

    >>> crossings(np.array([0.0, 1.0, 2.0, 3.0]), np.array([-1.0, 0.0, 0.0, 2.0]))
    [(1.5, True)]
    """
    nonzero = np.flatnonzero(values)
    crossing = []
    for one, other in pairwise(nonzero):
        if (values[one] < 0) == (values[other] < 0):
            continue
        if other == one + 1:
            part = values[one] / (values[one] - values[other])
            where = at[one] + part * (at[other] - at[one])
        else:  # exactly 0 from the next value on to the one before
            where = (at[one + 1] + at[other - 1]) / 2
        crossing.append((float(where), bool(values[one] < 0)))
    return crossing


def _tip(
    ensemble: Ensemble, sweep: _Sweep, middle: FloatArray, scenario: str, idle: float | None
) -> dict[str, object]:
    drawn = ensemble.quantities[sweep.input.id][ensemble.drawn.group == sweep.group]
    near = NEAR * float(np.subtract(*np.quantile(drawn, (0.75, 0.25))))
    crossing = [each for each in crossings(sweep.at, middle) if idle is None or abs(each[0] - idle) > near]
    if not crossing:
        return {"tipping": None, "crossings": 0, "below": None, "above": None, "beyond": None}
    usual = float(np.median(drawn))
    where, rising = min(crossing, key=lambda each: abs(each[0] - usual))
    below = scenario if rising else ensemble.names[0]
    above = ensemble.names[0] if rising else scenario
    other = drawn > where if usual <= where else drawn <= where
    return {
        "tipping": where,
        "crossings": len(crossing),
        "below": below,
        "above": above,
        "beyond": float(other.mean()),
    }


def _run(ensemble: Ensemble, planned: Sequence[_Planned], draws: int, months: Span | None) -> list[_Sweep]:
    """Every quantity at its values, all else as drawn, in one run; what becomes of each outcome."""
    if not planned:
        return []
    sources, values = [], []
    for each in planned:
        own = np.flatnonzero(ensemble.drawn.group == each.group)[:draws]
        table = np.tile(ensemble.drawn.values[own], (len(each.at), 1))
        table[:, each.place] = np.repeat(each.at, len(own))
        sources.append(np.tile(own, len(each.at)))
        values.append(table)
    source = np.concatenate(sources)
    drawn = Drawn(np.concatenate(values), ensemble.drawn.branch[source], ensemble.drawn.gates[source], 1)
    found = read_again(ensemble, drawn, ensemble.future[source], ensemble.noise[source], months)
    ends = np.cumsum([0, *map(len, sources)])
    return [
        _Sweep(each.input, each.group, each.at, {name: rows[:, start:end] for name, rows in found.items()})
        for each, start, end in zip(planned, ends[:-1], ends[1:], strict=True)
    ]


def _swept(
    ensemble: Ensemble, outcomes: Sequence[str]
) -> Iterator[tuple[Input, int, int, tuple[float, float]]]:
    """Each quantity that can move an outcome in each group in which it can differ, with its support there."""
    places = {quantity.id: place for place, (quantity, _) in enumerate(ensemble.mechanism.quantities)}
    for input_ in inputs_that_move(ensemble, outcomes):
        if input_.id in places:
            for group, ends in enumerate(supports(ensemble, places[input_.id])):
                if ends[0] < ends[1]:
                    yield input_, places[input_.id], group, ends


def _tried(ensemble: Ensemble, planned: _Planned, steps: int) -> FloatArray:
    """The ends, and between them quantiles of what was drawn, so that long tails do not take all steps."""
    (low, high), place = planned.ends, planned.place
    drawn = ensemble.drawn.values[ensemble.drawn.group == planned.group, place]
    inner = np.quantile(drawn, np.arange(1, steps - 1) / (steps - 1))
    idle = neutral_values(ensemble.mechanism.file).get(ensemble.mechanism.quantities[place][0].id)
    if idle is not None and low < idle < high:  # so that a crossing there is seen to be there
        inner[int(np.argmin(np.abs(inner - idle)))] = idle
    return np.concatenate([[low], np.sort(inner), [high]])

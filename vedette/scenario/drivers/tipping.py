"""Tipping values: where, in the range of one quantity, another scenario becomes the better one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl

from vedette.model import FloatArray, IntArray
from vedette.periods import Span
from vedette.scenario.drivers.futures import losses
from vedette.scenario.drivers.inputs import Input, inputs_of, read_again, supports
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.engine.sampling import Drawn

STEPS = 5
"""Values of a quantity that are tried, its ends among them."""
HELD = 64
"""Draws, in each group of unweighted branches, in which the others are held, at most."""


@dataclass(frozen=True)
class _Sweep:
    """Where the runs of one quantity in one group stand: ``at`` (STEPS,) the values tried."""

    input: Input
    group: int
    at: FloatArray
    rows: slice


def tipping_values(
    made: Ensemble,
    outcomes: Sequence[str],
    months: Span | None = None,
    steps: int = STEPS,
    held: int = HELD,
) -> pl.DataFrame:
    """A row for each outcome, other scenario, branch and quantity that can move the outcome.

    The quantity is set to ``steps`` values over its support, ends included, all else as drawn. It tips where
    the median of the difference from the first scenario passes 0, read off a straight line between
    neighbouring values. ``tipping`` is that value in the quantity's unit, the one nearest to its median if
    there are several (``crossings`` says how many); none if no value within the support does it.
    ``below`` and ``above``: the better scenario on either side.
    ``beyond``: the share of draws on the other side than the median draw. Left out are outcomes that do not
    differ at all.
    """
    if len(made.names) == 1:
        return pl.DataFrame()
    sweeps, drawn, source = _laid_out(made, steps, held)
    if not sweeps:
        return pl.DataFrame()
    run = read_again(made, drawn, made.future[source], made.noise[source], months)
    branches, found = made.group_names(), []
    for outcome in outcomes:
        worse = losses(made, outcome, run[outcome])
        for place, scenario in enumerate(made.names[1:], start=1):
            change = worse[place] - worse[0]
            if not change.any():
                continue
            for sweep in sweeps:
                if outcome not in sweep.input.moves:
                    continue
                middle = np.median(change[sweep.rows].reshape(len(sweep.at), -1), axis=1)
                said = _tip(made, sweep, middle, scenario)
                found.append(
                    {
                        "outcome": outcome,
                        "scenario": scenario,
                        "against": made.names[0],
                        "branch": branches[sweep.group],
                        "quantity": sweep.input.id,
                        "name": sweep.input.name,
                        "mark": sweep.input.mark,
                        "unit": sweep.input.unit,
                        **said,
                        "low": float(sweep.at[0]),
                        "high": float(sweep.at[-1]),
                    }
                )
    return pl.DataFrame(found, infer_schema_length=None)


def crossings(at: FloatArray, values: FloatArray) -> list[tuple[float, bool]]:
    """Where a broken line through (at, values) passes 0, and whether it comes from below 0.

    Touching 0 without passing it is no crossing.

    >>> crossings(np.array([0.0, 1.0, 2.0, 3.0]), np.array([-1.0, 0.0, 0.0, 2.0]))
    [(1.5, True)]
    """
    told = np.flatnonzero(values)
    found = []
    for one, other in pairwise(told):
        if (values[one] < 0) == (values[other] < 0):
            continue
        if other == one + 1:
            part = values[one] / (values[one] - values[other])
            where = at[one] + part * (at[other] - at[one])
        else:  # exactly 0 from the next value on to the one before
            where = (at[one + 1] + at[other - 1]) / 2
        found.append((float(where), bool(values[one] < 0)))
    return found


def _tip(made: Ensemble, sweep: _Sweep, middle: FloatArray, scenario: str) -> dict[str, object]:
    found = crossings(sweep.at, middle)
    if not found:
        return {"tipping": None, "crossings": 0, "below": None, "above": None, "beyond": None}
    drawn = made.quantities[sweep.input.id][made.drawn.group == sweep.group]
    usual = float(np.median(drawn))
    where, rising = min(found, key=lambda each: abs(each[0] - usual))
    below = scenario if rising else made.names[0]
    above = made.names[0] if rising else scenario
    other = drawn > where if usual <= where else drawn <= where
    return {
        "tipping": where,
        "crossings": len(found),
        "below": below,
        "above": above,
        "beyond": float(other.mean()),
    }


def _laid_out(made: Ensemble, steps: int, held: int) -> tuple[list[_Sweep], Drawn, IntArray]:
    """All runs of all sweeps, one after another, and the draw that each takes everything else from."""
    sweeps, sources, values, start = [], [], [], 0
    for each, place, group, (low, high) in _swept(made):
        own = np.flatnonzero(made.drawn.group == group)[:held]
        at = _tried(made, place, group, low, high, steps)
        table = np.tile(made.drawn.values[own], (steps, 1))
        table[:, place] = np.repeat(at, len(own))
        rows = slice(start, start + len(table))
        sweeps.append(_Sweep(each, group, at, rows))
        sources.append(np.tile(own, steps))
        values.append(table)
        start = rows.stop
    source = np.concatenate(sources) if sources else np.zeros(0, dtype=np.int64)
    table = np.concatenate(values) if values else made.drawn.values[:0]
    return sweeps, Drawn(table, made.drawn.branch[source], made.drawn.gates[source], 1), source


def _swept(made: Ensemble) -> Iterator[tuple[Input, int, int, tuple[float, float]]]:
    """Every quantity in every group in which it can differ, with its support there."""
    places = {quantity.id: place for place, (quantity, _) in enumerate(made.mechanism.quantities)}
    for each in inputs_of(made):
        if each.id in places:
            for group, ends in enumerate(supports(made, places[each.id])):
                if ends[0] < ends[1]:
                    yield each, places[each.id], group, ends


def _tried(made: Ensemble, place: int, group: int, low: float, high: float, steps: int) -> FloatArray:
    """The ends, and between them quantiles of what was drawn, so that long tails do not take all steps."""
    drawn = made.drawn.values[made.drawn.group == group, place]
    inner = np.quantile(drawn, np.arange(1, steps - 1) / (steps - 1))
    return np.concatenate([[low], inner, [high]])

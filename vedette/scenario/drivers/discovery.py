"""Scenario discovery: boxes of assumptions in which a scenario goes wrong (PRIM), in words."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from vedette.model import BoolArray, FloatArray
from vedette.periods import Span
from vedette.scenario.drivers.futures import bad_futures, losses
from vedette.scenario.drivers.prim import DOUBT, Restriction, inside, prim, quasi_p
from vedette.scenario.engine.ensemble import Ensemble, apart
from vedette.scenario.language.reach import outcomes_of

ENOUGH = 20
"""The smallest number of cases, and of other draws, for which boxes are searched."""


def boxes(ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None) -> pl.DataFrame:
    """A row for each side of each box: where bad futures gather, by outcome, scenario and branch.

    Cases are the draws in which a scenario passes the threshold of an outcome on its bad side, and those in
    which it is worse than the first scenario. A box is found by `prim` in every second draw of a branch and
    counted in the others: ``coverage`` is the share of all cases that it holds, ``density`` the share of its
    draws that are cases, ``base`` that share in all draws, ``quasi_p`` how easily chance makes the side.
    ``held_up`` whether no side of the box has one above 5 %. ``low`` and ``high`` are none where the side is
    open. ``words`` says the whole box.
    """
    names, table, moves = _table(ensemble)
    found: list[dict[str, object]] = []
    for outcome in outcomes:
        usable = [place for place, name in enumerate(names) if outcome in moves[name]]
        for scenario, case, cases in _asked(ensemble, outcome, months):
            for group, branch in enumerate(ensemble.group_names()):
                own = np.flatnonzero(ensemble.drawn.group == group)
                rows = _one(ensemble, [names[p] for p in usable], table[own][:, usable], cases[own], case)
                found += [
                    {"outcome": outcome, "scenario": scenario, "branch": branch, "cases": case, **row}
                    for row in rows
                ]
    return pl.DataFrame(found, infer_schema_length=None)


def _asked(ensemble: Ensemble, outcome: str, months: Span | None) -> Iterator[tuple[str, str, BoolArray]]:
    for scenario in ensemble.names:
        if ensemble.outcomes[outcome].threshold is not None:
            bad, case = bad_futures(ensemble, outcome, scenario, months)
            yield scenario, case, bad
    cost = losses(ensemble, outcome, ensemble.outcome(outcome, months))
    for place, scenario in enumerate(ensemble.names[1:], start=1):
        yield scenario, f"worse than {ensemble.names[0]}", apart(cost[place], cost[0]) > 0


def _one(
    ensemble: Ensemble, names: list[str], inputs: FloatArray, cases: BoolArray, case: str
) -> list[dict[str, object]]:
    search, count = slice(0, None, 2), slice(1, None, 2)
    if min(cases[search].sum(), (~cases[search]).sum(), cases[count].sum()) < ENOUGH or not names:
        return []
    box = prim(inputs[search], cases[search])
    data, hits = inputs[count], cases[count]
    within = inside(box, data)
    if not box or not within.any():
        return []
    density, coverage = float(hits[within].mean()), float(hits[within].sum() / hits.sum())
    words = f"{case} in {in_runs(density)} where {' and '.join(_said(ensemble, names, side) for side in box)}"
    doubts = [quasi_p(box, which, data, hits) for which in range(len(box))]
    return [
        {
            "input": names[side.place],
            "low": side.low if np.isfinite(side.low) else None,
            "high": side.high if np.isfinite(side.high) else None,
            "quasi_p": doubts[which],
            "held_up": max(doubts) <= DOUBT,
            "coverage": coverage,
            "density": density,
            "base": float(hits.mean()),
            "words": words,
        }
        for which, side in enumerate(box)
    ]


def in_runs(share: float) -> str:
    """A share as a plain fraction of runs, the nearest with at most ten runs.

    >>> in_runs(0.74), in_runs(0.31), in_runs(0.949), in_runs(0.995)
    ('3 of 4 runs', '3 of 10 runs', '9 of 10 runs', 'nearly all runs')
    """
    if share >= 0.95:
        return "nearly all runs"
    if share <= 0.05:
        return "hardly any run"
    fitting = [count for count in (2, 3, 4, 5, 10) if 0 < round(share * count) < count] or [10]
    runs = min(fitting, key=lambda count: (round(abs(round(share * count) / count - share), 2), count))
    return f"{round(share * runs)} of {runs} runs"


def _said(ensemble: Ensemble, names: list[str], side: Restriction) -> str:
    name = names[side.place]
    alternative, _, option = name.partition(": ")
    if option:
        return f"{alternative} is {'' if np.isfinite(side.low) else 'not '}{option}"
    if not np.isfinite(side.low):
        return f"{name} is at most {_plain(side.high)}"
    if not np.isfinite(side.high):
        return f"{name} is at least {_plain(side.low)}"
    return f"{name} is from {_plain(side.low)} to {_plain(side.high)}"


def _plain(number: float) -> str:
    """Three digits, without powers of ten."""
    return f"{float(f'{number:.3g}'):,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def _table(ensemble: Ensemble) -> tuple[list[str], FloatArray, dict[str, tuple[str, ...]]]:
    """Names and values (D, K) of quantities that differ, weighted branches as 0 and 1; what each moves."""
    moved, file = outcomes_of(ensemble.mechanism.file), ensemble.mechanism.file
    columns = {name: drawn for name, drawn in ensemble.quantities.items() if np.ptp(drawn) > 0}
    moves = {name: moved.get(name, ()) for name in columns}
    for place, each in enumerate(file.alternatives):
        options = [] if each.unweighted else list(enumerate(each.branches))
        for number, option in options[1:] if len(options) == 2 else options:
            name = f"{each.id}: {option.id}"
            columns[name] = (ensemble.drawn.branch[:, place] == number).astype(np.float64)
            moves[name] = moved.get(each.id, ())
    table = np.stack(list(columns.values()), axis=1) if columns else np.zeros((ensemble.draws, 0))
    return list(columns), table, moves

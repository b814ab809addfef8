"""What drives the answer: the inputs of each outcome in order of what they make of it."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from vedette.model import BoolArray, FloatArray
from vedette.periods import Span
from vedette.scenario.drivers.indices import cube, noise_of, pawn, ranked, sobol
from vedette.scenario.drivers.inputs import CHANCE, Input, drawn_from_cube, inputs_of, read_again
from vedette.scenario.engine.ensemble import Ensemble

ROWS = 512
"""Base rows of the Sobol design at most."""


def main_drivers(
    made: Ensemble, outcomes: Sequence[str], months: Span | None = None, rows: int | None = None
) -> pl.DataFrame:
    """A row for each outcome, other scenario, branch and input that can move the outcome, largest first.

    Of the difference from the first scenario (of the outcome itself where there is one scenario), as ranks
    within its branch: ``first`` and ``total`` Sobol indices with 90 % half-widths ``first_gap`` and
    ``total_gap``; ``pawn`` and ``pawn_idle``, what PAWN says of an input that does nothing. Unweighted
    branches are never averaged: each has indices of its own. Inputs are ordered within an outcome and a
    scenario by the largest ``total`` of any branch; ``rank`` is that order.
    """
    inputs = inputs_of(made)
    size = rows or _rows(made)
    found: list[dict[str, object]] = []
    for group, branch in enumerate(made.group_names()):
        at = cube(size, len(inputs), made.seed)
        run = read_again(made, *drawn_from_cube(made, inputs, at, group), months)
        own = made.drawn.group == group
        seen = _columns(made, inputs, own)
        for outcome in outcomes:
            plain = made.outcome(outcome, months)[:, own]
            for scenario, sampled, drawn in _compared(made, run[outcome], plain):
                kept = [place for place, each in enumerate(inputs) if outcome in each.moves]
                rows_of = _of_one(made, inputs, kept, sampled, drawn, seen)
                found += [
                    {"outcome": outcome, "scenario": scenario, "branch": branch, **each} for each in rows_of
                ]
    return _in_order(pl.DataFrame(found, infer_schema_length=None))


def _rows(made: Ensemble) -> int:
    """A power of 2 near half the draws of a group, so that few draws asked for stay cheap."""
    return int(min(ROWS, 2 ** max(3, int(np.log2(made.draws / made.groups)) - 1)))


def _compared(made: Ensemble, run: FloatArray, plain: FloatArray) -> list[tuple[str, FloatArray, FloatArray]]:
    """Each other scenario with its difference from the first, in the design and in the draws."""
    if len(made.names) == 1:
        return [(made.names[0], run[0], plain[0])]
    return [
        (name, run[place] - run[0], plain[place] - plain[0]) for place, name in enumerate(made.names) if place
    ]


def _of_one(
    made: Ensemble,
    inputs: tuple[Input, ...],
    kept: list[int],
    sampled: FloatArray,
    drawn: FloatArray,
    seen: FloatArray,
) -> list[dict[str, object]]:
    blocks = sampled.reshape(len(inputs) + 2, -1)
    among = np.concatenate([blocks[0], blocks[-1]])
    short = blocks[[0, *(1 + place for place in kept), -1]]
    indices = sobol(ranked(short, among).ravel(), [inputs[place].id for place in kept], made.seed)
    heights = ranked(drawn, drawn)
    column = {place: where for where, place in enumerate(p for p, i in enumerate(inputs) if i.id != CHANCE)}
    idle = noise_of(pawn, heights, made.seed) if np.ptp(drawn) else 0.0
    found: list[dict[str, object]] = []
    for where, place in enumerate(kept):
        each = inputs[place]
        moved = None
        if place in column and np.ptp(drawn):
            moved = float(pawn(seen[:, [column[place]]], heights)[0])
        found.append(
            {
                "input": each.id,
                "name": each.name,
                "mark": each.mark,
                "first": float(indices.first[where]),
                "first_gap": float(indices.first_gap[where]),
                "total": float(indices.total[where]),
                "total_gap": float(indices.total_gap[where]),
                "pawn": moved,
                "pawn_idle": idle,
            }
        )
    return found


def _columns(made: Ensemble, inputs: tuple[Input, ...], own: BoolArray) -> FloatArray:
    """What was drawn of every input but chance in the draws of a group, (D, K - 1)."""
    drawn, places = made.quantities, {a.id: p for p, a in enumerate(made.mechanism.file.alternatives)}
    columns = [
        drawn[each.id][own]
        if each.id in drawn
        else made.drawn.branch[own, places[each.id]].astype(np.float64)
        for each in inputs
        if each.id != CHANCE
    ]
    return np.stack(columns, axis=1) if columns else np.zeros((int(own.sum()), 0))


def _in_order(table: pl.DataFrame) -> pl.DataFrame:
    keys = ["outcome", "scenario"]
    if table.is_empty():
        return table
    most = table.group_by([*keys, "input"]).agg(pl.col("total").max().alias("most"))
    most = most.sort([*keys, "most", "input"], descending=[False, False, True, False])
    most = most.with_columns(pl.int_range(1, pl.len() + 1).over(keys).alias("rank")).drop("most")
    places = {name: place for place, name in enumerate(dict.fromkeys(table["outcome"]))}
    return (
        table.with_row_index("at")
        .join(most, on=[*keys, "input"])
        .with_columns(pl.col("outcome").replace_strict(places).alias("place"))
        .sort(["place", "scenario", "rank", "at"])
        .drop("at", "place")
    )

"""The main drivers: the inputs of each outcome in order of their share of its variance."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from vedette.model import BoolArray, FloatArray, IntArray
from vedette.periods import Span
from vedette.scenario.drivers.indices import cube, idle_slices, pawn_of_slices, ranked, slices_of, sobol
from vedette.scenario.drivers.inputs import (
    CHANCE,
    Input,
    drawn_from_cube,
    inputs_that_move,
    read_again,
)
from vedette.scenario.engine.ensemble import Ensemble, apart

ROWS = 256
"""Base rows of the Sobol design at most."""


def main_drivers(
    ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None, rows: int | None = None
) -> pl.DataFrame:
    """A row for each outcome, other scenario, branch and input that can move the outcome, largest first.

    Of the difference from the first scenario (of the outcome itself where there is one scenario), as ranks
    within its branch: ``first`` and ``total`` Sobol indices with 90 % half-widths ``first_gap`` and
    ``total_gap``; ``pawn`` and ``pawn_idle``, what PAWN says of an input that does nothing. Unweighted
    branches are never averaged: each has indices of its own. Inputs are ordered within an outcome and a
    scenario by the largest ``total`` of any branch; ``rank`` is that order.
    """
    inputs = inputs_that_move(ensemble, outcomes)
    size = rows or _rows(ensemble)
    at = cube(size, [each.key for each in inputs], ensemble.seed)
    table: list[dict[str, object]] = []
    for group, branch in enumerate(ensemble.group_names()):
        run = read_again(ensemble, *drawn_from_cube(ensemble, inputs, at, group), months)
        own = ensemble.drawn.group == group
        columns = slices_of(_columns(ensemble, inputs, own))
        idle = idle_slices(int(own.sum()), ensemble.seed)
        for outcome in outcomes:
            plain = ensemble.outcome(outcome, months)[:, own]
            for scenario, sampled, drawn in _compared(ensemble, run[outcome], plain):
                places = [place for place, input_ in enumerate(inputs) if outcome in input_.moves]
                rows_of = _of_one(ensemble, inputs, places, sampled, drawn, columns, idle)
                table += [
                    {"outcome": outcome, "scenario": scenario, "branch": branch, **input_}
                    for input_ in rows_of
                ]
    return _in_order(pl.DataFrame(table, infer_schema_length=None))


def _rows(ensemble: Ensemble) -> int:
    """A power of 2 near half the draws of a group, so that few draws asked for stay cheap."""
    return int(min(ROWS, 2 ** max(3, int(np.log2(ensemble.draws / ensemble.groups)) - 1)))


def _compared(
    ensemble: Ensemble, run: FloatArray, plain: FloatArray
) -> list[tuple[str, FloatArray, FloatArray]]:
    """Each other scenario with its difference from the first, in the design and in the draws."""
    if len(ensemble.names) == 1:
        return [(ensemble.names[0], run[0], plain[0])]
    return [
        (name, apart(run[place], run[0]), apart(plain[place], plain[0]))
        for place, name in enumerate(ensemble.names)
        if place
    ]


def _of_one(
    ensemble: Ensemble,
    inputs: tuple[Input, ...],
    places: list[int],
    sampled: FloatArray,
    drawn: FloatArray,
    columns: IntArray,
    idle: IntArray,
) -> list[dict[str, object]]:
    blocks = sampled.reshape(len(inputs) + 2, -1)
    among = np.concatenate([blocks[0], blocks[-1]])
    short = blocks[[0, *(1 + place for place in places), -1]]
    indices = sobol(ranked(short, among).ravel(), [inputs[place].id for place in places], ensemble.seed)
    heights = ranked(drawn, drawn)
    of_idle = float(pawn_of_slices(idle, heights).mean()) if np.ptp(drawn) else 0.0
    column = {place: where for where, place in enumerate(p for p, i in enumerate(inputs) if i.id != CHANCE)}
    asked = [place for place in places if place in column and np.ptp(drawn)]
    pawns = dict(
        zip(
            asked,
            pawn_of_slices(columns[np.array([column[p] for p in asked], dtype=np.int64)], heights),
            strict=True,
        )
    )
    rows: list[dict[str, object]] = []
    for where, place in enumerate(places):
        input_ = inputs[place]
        rows.append(
            {
                "input": input_.id,
                "name": input_.name,
                "mark": input_.mark,
                "first": float(indices.first[where]),
                "first_gap": float(indices.first_gap[where]),
                "total": float(indices.total[where]),
                "total_gap": float(indices.total_gap[where]),
                "pawn": float(pawns[place]) if place in pawns else None,
                "pawn_idle": of_idle,
            }
        )
    return rows


def _columns(ensemble: Ensemble, inputs: tuple[Input, ...], own: BoolArray) -> FloatArray:
    """What was drawn of every input but chance in the draws of a group, (D, K - 1)."""
    drawn, places = ensemble.quantities, {a.id: p for p, a in enumerate(ensemble.mechanism.file.alternatives)}
    columns = [
        drawn[input_.id][own]
        if input_.id in drawn
        else ensemble.drawn.branch[own, places[input_.id]].astype(np.float64)
        for input_ in inputs
        if input_.id != CHANCE
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

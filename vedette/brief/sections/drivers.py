"""What drives the answers of scenarios: inputs, tipping values, boxes."""

from collections.abc import Iterator

import polars as pl

from vedette.brief.blocks import Block, Shown
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Link, Mark, Table
from vedette.brief.inputs.scenarios import WhatIf
from vedette.brief.scenario_names import box_words, outcome_name, quantity_name, scenario_name
from vedette.brief.scenario_words import branch_name
from vedette.brief.words import outcome_range

MOST = 4
"""Inputs of each outcome shown at most; `vedette compare --json` has all."""

_INPUTS = (
    Column("outcome", "outcome"),
    Column("input", "what moves it"),
    Column("mark", "mark"),
    Column("low", "part of the spread, lowest", CellFormat.SHARE),
    Column("high", "highest", CellFormat.SHARE),
)
_TIPS = (
    Column("outcome", "outcome"),
    Column("scenario", "against the first"),
    Column("quantity", "quantity"),
    Column("tips", "tips at"),
    Column("above", "better above"),
    Column("beyond", "draws beyond", CellFormat.SHARE),
)
_BOXES = (
    Column("words", "what"),
    Column("where", "under"),
    Column("base", "of all runs", CellFormat.SHARE),
    Column("coverage", "of them within these ranges", CellFormat.SHARE),
)


def what_drives_tables(whatif: WhatIf, chain: tuple[Link, ...]) -> Iterator[Block]:
    """Tables of inputs, tipping values and boxes; empty ones are left out."""
    yield from _shown("drivers", _inputs(whatif), _INPUTS, chain, "What the answer turns on", _PARTS)
    yield from _shown(
        "tipping-values", _tips(whatif), _TIPS, chain, "Where the ranking of two choices flips", _TIPPING
    )
    yield from _shown("boxes", _boxes(whatif), _BOXES, chain, "Where it goes wrong", _RANGES)


_PARTS = (
    "Part of the spread of the difference from the first scenario that goes with each, alone and with others, lowest "
    "and highest over scenarios and branches"
)
_TIPPING = "Where one quantity, all else as drawn, makes the other scenario the better one"
_RANGES = "Ranges found in half of the draws and counted in the other half"


def _shown(
    name: str,
    rows: list[dict[str, Cell]],
    columns: tuple[Column, ...],
    chain: tuple[Link, ...],
    heading: str,
    title: str,
) -> Iterator[Block]:
    if rows:
        figure = Figure(name, title, Mark.ASSUMED, chain, "", table=Table.of(rows, columns))
        yield Shown(figure, heading)


def _inputs(whatif: WhatIf) -> list[dict[str, Cell]]:
    rows: list[dict[str, Cell]] = []
    for outcome in whatif.telling:
        own = whatif.drivers.inputs.filter(outcome=outcome)
        ends = own.group_by("input", "mark", maintain_order=True).agg(
            pl.col("total").min().clip(0, 1).alias("low"), pl.col("total").max().clip(0, 1).alias("high")
        )
        ends = (
            ends.filter(pl.col("high") > 0.05).sort("high", descending=True, maintain_order=True).head(MOST)
        )
        rows += [
            {
                **row,
                "outcome": outcome_name(whatif.ensemble, outcome),
                "input": quantity_name(whatif.ensemble, row["input"]),
            }
            for row in ends.iter_rows(named=True)
        ]
    return rows


def _tips(whatif: WhatIf) -> list[dict[str, Cell]]:
    table = whatif.drivers.tipping
    if table.is_empty():
        return []
    rows: list[dict[str, Cell]] = []
    tips = table.filter(pl.col("tipping").is_not_null())
    keys = ["outcome", "scenario", "quantity"]
    for (outcome, scenario, quantity), part in tips.group_by(keys, maintain_order=True):
        tips_at = outcome_range(part["tipping"].to_list())
        rows.append(
            {
                "outcome": outcome_name(whatif.ensemble, outcome),
                "scenario": scenario_name(whatif.ensemble, scenario),
                "quantity": quantity_name(whatif.ensemble, str(quantity)),
                "tips": tips_at,
                "above": " or ".join(
                    scenario_name(whatif.ensemble, each) for each in dict.fromkeys(part["above"])
                ),
                "beyond": float(part["beyond"].max()),  # type: ignore[arg-type]
            }
        )
    return rows


def _boxes(whatif: WhatIf) -> list[dict[str, Cell]]:
    table = whatif.drivers.boxes
    if table.is_empty():
        return []
    boxes: dict[str, dict[str, Cell]] = {}
    thresholds = {
        outcome.threshold.name for outcome in whatif.ensemble.outcomes.values() if outcome.threshold
    }
    for row in table.filter("held_up").iter_rows(named=True):
        if row["cases"] not in thresholds:
            continue
        words = box_words(whatif.ensemble, row["words"])
        branch = branch_name(whatif.ensemble, row["branch"])
        scenario = scenario_name(whatif.ensemble, row["scenario"])
        where = f"{scenario} ({branch})" if branch else scenario
        box = boxes.setdefault(words, {"where": "", "words": words, **_counts(row)})
        listed = str(box["where"])
        if where not in listed.split("; "):
            box["where"] = f"{listed}; {where}" if listed else where
    return list(boxes.values())


def _counts(row: dict[str, object]) -> dict[str, Cell]:
    return {"base": float(str(row["base"])), "coverage": float(str(row["coverage"]))}

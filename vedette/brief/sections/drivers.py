"""What drives the answers of scenarios: inputs, tipping values, boxes, regret."""

from collections.abc import Iterator

import polars as pl

from vedette.brief.blocks import Block, Caption, Shown
from vedette.brief.charts.scenarios import trade_offs
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Link, Mark, Table
from vedette.brief.inputs.scenarios import WhatIf
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
    Column("coverage", "the box holds", CellFormat.SHARE),
)
_REGRET = (
    Column("outcome", "outcome"),
    Column("scenario", "scenario"),
    Column("regret", "regret, 90th percentile", CellFormat.NUMBER, 6, figures=2),
    Column("most", "most", CellFormat.NUMBER, 6, figures=2),
    Column("best", "best in, at least", CellFormat.SHARE),
    Column("satisfies", "keeps off the threshold, at least", CellFormat.SHARE),
)


def what_drives_tables(whatif: WhatIf, chain: tuple[Link, ...]) -> Iterator[Block]:
    """Tables of inputs, tipping values and boxes; empty ones are left out."""
    yield from _shown("drivers", _inputs(whatif), _INPUTS, chain, "What the answer turns on", _SOBOL)
    yield from _shown(
        "tipping-values", _tips(whatif), _TIPS, chain, "Where the ranking of two choices flips", _TIPPING
    )
    yield from _shown("boxes", _boxes(whatif), _BOXES, chain, "Where it goes wrong", _PRIM)


def who_regrets(whatif: WhatIf, chain: tuple[Link, ...]) -> Iterator[Block]:
    """The table and the chart of regret."""
    yield from _shown("robustness", _regret(whatif), _REGRET, chain, _best(whatif), _SAVAGE)
    yield from _trade_offs(whatif, chain)


_TRADES = (
    Column("outcome", "outcome"),
    Column("scenario", "scenario"),
    Column("low", "low", CellFormat.SHARE),
    Column("middle_low", "lowest branch", CellFormat.SHARE),
    Column("middle_high", "highest branch", CellFormat.SHARE),
    Column("high", "high", CellFormat.SHARE),
)
_SOBOL = (
    "Part of the spread of the difference from the first scenario that goes with each, alone and with others: total "
    "Sobol indices of ranks, lowest and highest over scenarios and branches"
)
_TIPPING = "Where one quantity, all else as drawn, makes the other scenario the better one"
_PRIM = "Boxes found by PRIM in half of the draws and counted in the other half"
_SAVAGE = (
    "Regret is how much better the best scenario does in the same future, each taken as one choice whoever sets "
    "its levers; the worst branch is shown"
)


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


def _named(whatif: WhatIf, outcome: object) -> str:
    return whatif.ensemble.outcomes[str(outcome)].name


def _scenario(whatif: WhatIf, scenario: object) -> str:
    return whatif.ensemble.scenarios[whatif.ensemble.index(str(scenario))].name


def _quantity(whatif: WhatIf, name: str) -> str:
    names = {quantity.id: quantity.name for quantity, _ in whatif.ensemble.mechanism.quantities}
    return names.get(name, name)


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
            {**row, "outcome": _named(whatif, outcome), "input": _quantity(whatif, row["input"])}
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
                "outcome": _named(whatif, outcome),
                "scenario": _scenario(whatif, scenario),
                "quantity": _quantity(whatif, str(quantity)),
                "tips": tips_at,
                "above": " or ".join(_scenario(whatif, each) for each in dict.fromkeys(part["above"])),
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
        words = _spelt(whatif, row["words"])
        branch = branch_name(whatif.ensemble, row["branch"])
        scenario = _scenario(whatif, row["scenario"])
        where = f"{scenario} ({branch})" if branch else scenario
        box = boxes.setdefault(words, {"where": "", "words": words, **_counts(row)})
        listed = str(box["where"])
        if where not in listed.split("; "):
            box["where"] = f"{listed}; {where}" if listed else where
    return list(boxes.values())


def _spelt(whatif: WhatIf, words: str) -> str:
    """The words of a box with the names of quantities in place of their ids."""
    for quantity, _ in whatif.ensemble.mechanism.quantities:
        words = words.replace(f" {quantity.id} ", f" “{quantity.name}” ")
    return words


def _counts(row: dict[str, object]) -> dict[str, Cell]:
    return {"base": float(str(row["base"])), "coverage": float(str(row["coverage"]))}


def _regret(whatif: WhatIf) -> list[dict[str, Cell]]:
    worst = whatif.drivers.robustness.group_by("outcome", "scenario", maintain_order=True).agg(
        pl.col("regret_90").max().alias("regret"),
        pl.col("most_regret").max().alias("most"),
        pl.col("best").min(),
        pl.col("satisfies").min(),
    )
    return [
        {**row, "outcome": _named(whatif, row["outcome"]), "scenario": _scenario(whatif, row["scenario"])}
        for row in worst.iter_rows(named=True)
    ]


def _trade_offs(whatif: WhatIf, chain: tuple[Link, ...]) -> Iterator[Block]:
    table = whatif.drivers.trade_offs
    if table.is_empty():
        return
    names = [name for name in table.columns if name not in ("outcome", "branch")]
    rows: list[dict[str, Cell]] = []
    for (outcome,), part in table.group_by(["outcome"], maintain_order=True):
        for name in names:
            low, high = float(part[name].min() or 0.0), float(part[name].max() or 0.0)  # type: ignore[arg-type]
            ends = {"low": low, "middle_low": low, "middle_high": high, "high": high}
            rows.append({"outcome": _named(whatif, outcome), "scenario": _scenario(whatif, name), **ends})
    title = (
        "Regret (90th percentile) as a part of the largest of all scenarios on that outcome in that branch"
    )
    figure = Figure("trade-offs", title, Mark.ASSUMED, chain, "", table=Table.of(rows, _TRADES))
    caption = Caption(
        "trade-offs-chart", "What each choice gives up", title, "Relative regret by outcome and scenario."
    )
    yield trade_offs(caption, figure)


def _best(whatif: WhatIf) -> str:
    beaten = whatif.drivers.dominated
    if not beaten:
        return "No choice is regretted less throughout"
    best = [name for name in dict.fromkeys(beaten.values()) if name not in beaten]
    named = " and ".join(f"“{_scenario(whatif, name)}”" for name in best)
    return f"{named}: regretted no more than the others, by the 90th percentile"

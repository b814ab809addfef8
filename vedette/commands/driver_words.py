"""What drives a comparison, in words and tables: inputs, tipping values, where it goes wrong."""

from dataclasses import dataclass

import polars as pl

from vedette.commands.comparison_tables import over_branches, percent_range
from vedette.commands.drivers import drivers_in_names
from vedette.commands.scenarios import ScenarioComparison
from vedette.scenario.drivers import Drivers

SHOWN = 4
"""Inputs and tipping values that are shown of each; the document has all."""


@dataclass(frozen=True, eq=False)
class DriversTold:
    """What drives a comparison as it is read.

    Attributes:
        heading: what it drives.
        inputs: for each outcome its name and a row for each input; no row where nothing differs.
        tipping: for each outcome and scenario a title and a row for each quantity that tips.
        nowhere: a sentence on where no quantity flips the order; empty where there is none.
        boxes: where it goes wrong, and within which ranges.
        unheld: boxes that did not hold up in the other half of the draws.
    """

    heading: str
    inputs: tuple[tuple[str, pl.DataFrame], ...]
    tipping: tuple[tuple[str, pl.DataFrame], ...]
    nowhere: str
    boxes: tuple[tuple[str, str], ...]
    unheld: int

    meaning: str = "Part of the spread of ranks that goes with each, alone and with others (total Sobol)"
    meaning_of_tipping: str = "Where one quantity, all else as drawn, flips which of the two is better"
    meaning_of_boxes: str = "Boxes found in half of the draws and counted in the other half"


def drivers_told(comparison: ScenarioComparison, drivers: Drivers) -> DriversTold:
    """Returns what drives the answers of a comparison in words and tables, with names in place of ids."""
    scenarios = comparison.ensemble.scenarios
    first, alone = f"“{scenarios[0].name}”", len(scenarios) == 1
    named = drivers_in_names(comparison, drivers)
    names = [comparison.ensemble.outcomes[outcome].name for outcome in comparison.outcomes]
    tipping, nowhere = _tipping(named.tipping, first)
    boxes, unheld = _boxes(named.boxes)
    return DriversTold(
        "What drives the answer" if alone else f"What drives the difference from {first}",
        tuple((name, _inputs(named.inputs, name)) for name in names),
        tuple(tipping),
        nowhere,
        tuple(boxes),
        unheld,
    )


def _inputs(table: pl.DataFrame, outcome: str) -> pl.DataFrame:
    own = table.filter(outcome=outcome) if not table.is_empty() else table
    if own.is_empty() or not own["total"].max():
        return pl.DataFrame()
    most = own.group_by("input", maintain_order=True).agg(pl.col("total").max())
    most = most.filter(pl.col("total") > 0).sort("total", descending=True)
    rows = []
    for name in most["input"][:SHOWN]:
        each = own.filter(input=name)
        row = {outcome: name, "mark": each["mark"][0]}
        for scenario in dict.fromkeys(own["scenario"]):
            row[scenario] = percent_range(each.filter(scenario=scenario)["total"])
        rows.append(row)
    return pl.DataFrame(rows)


def _tipping(table: pl.DataFrame, first: str) -> tuple[list[tuple[str, pl.DataFrame]], str]:
    if table.is_empty():
        return [], ""
    nowhere: dict[str, list[str]] = {}
    tables = []
    for (outcome, scenario), own in table.group_by(["outcome", "scenario"], maintain_order=True):
        tips = own.filter(pl.col("tipping").is_not_null())
        if tips.is_empty():
            nowhere.setdefault(str(outcome), []).append(str(scenario))
            continue
        parts = list(tips.group_by("quantity", maintain_order=True))
        parts.sort(key=lambda part: -float(part[1]["beyond"].max()))  # type: ignore[arg-type]
        rows = [_tip(str(name), part) for (name,), part in parts[:SHOWN]]
        tables.append((f"{outcome}, “{scenario}” against {first}", pl.DataFrame(rows)))
    text = "; ".join(f"{outcome} ({', '.join(under)})" for outcome, under in nowhere.items())
    sentence = f"Nowhere within its support does any one quantity flip the order with {first}: {text}"
    return tables, sentence if nowhere else ""


def _tip(name: str, part: pl.DataFrame) -> dict[str, str]:
    above = " or ".join(dict.fromkeys(part["above"]))
    return {
        "quantity": name,
        "tips at": over_branches(part["tipping"]),
        "support": over_branches([*part["low"], *part["high"]]),
        "better above": above,
        "draws beyond": percent_range(part["beyond"]),
    }


def _boxes(table: pl.DataFrame) -> tuple[list[tuple[str, str]], int]:
    if table.is_empty():
        return [], 0
    keys = ["outcome", "scenario", "branch", "cases"]
    places: dict[str, list[str]] = {}
    unheld = 0
    for (outcome, scenario, branch, _), part in table.group_by(keys, maintain_order=True):
        row = part.row(0, named=True)
        if not row["held_up"]:
            unheld += 1
            continue
        share, of_all = percent_range([row["coverage"]]), percent_range([row["base"]])
        words = f"{row['words']} (of all: {of_all}; the box holds {share} of them)"
        places.setdefault(words, []).append(f"{outcome}, “{scenario}”" + (f" ({branch})" if branch else ""))
    return [("; ".join(where), words) for words, where in places.items()], unheld

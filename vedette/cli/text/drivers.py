"""Prints what drives a comparison."""

from textwrap import fill

import polars as pl

from vedette import commands
from vedette.cli.text import screen
from vedette.cli.text.numbers import percent

SHOWN = 4
"""Inputs and tipping values that are shown of each; the document has all."""


def print_drivers(comparison: commands.ScenarioComparison, drivers: commands.Drivers) -> None:
    """Prints what drives the answer, and where to see what to watch."""
    scenarios = comparison.ensemble.scenarios
    first, alone = f"“{scenarios[0].name}”", len(scenarios) == 1
    drivers = commands.drivers_in_names(comparison, drivers)
    title = "What drives the answer" if alone else f"What drives the difference from {first}"
    _heading(title, "Part of the spread of ranks that goes with each, alone and with others (total Sobol)")
    for outcome in comparison.outcomes:
        _inputs(drivers.inputs, comparison.ensemble.outcomes[outcome].name)
    if not drivers.tipping.is_empty():
        _heading("Tipping values", "Where one quantity, all else as drawn, flips which of the two is better")
        _tipping(drivers.tipping, first)
    _heading("Where it goes wrong", "Boxes found in half of the draws and counted in the other half")
    _boxes(drivers.boxes)
    case = comparison.ensemble.mechanism.case.typed
    if not alone:
        _heading("Who would regret what", "--who ACTOR says it, for an actor that sets levers")
    _heading("What to watch", f"vedette signs {case}: what somebody measures, and whether its alarm is on")


def _heading(title: str, meaning: str) -> None:
    screen.say(f"\n{title.upper()}")
    _wrapped(meaning)


def _wrapped(text: str, before: str = "") -> None:
    screen.say(fill(text, 100, initial_indent=before, subsequent_indent=before, break_on_hyphens=False))


def _inputs(table: pl.DataFrame, outcome: str) -> None:
    own = table.filter(outcome=outcome) if not table.is_empty() else table
    if own.is_empty() or not own["total"].max():
        screen.say(f"{outcome}: nothing differs")
        return
    most = own.group_by("input", maintain_order=True).agg(pl.col("total").max())
    most = most.filter(pl.col("total") > 0).sort("total", descending=True)
    rows = []
    for name in most["input"][:SHOWN]:
        each = own.filter(input=name)
        row = {outcome: name, "mark": each["mark"][0]}
        for scenario in dict.fromkeys(own["scenario"]):
            row[scenario] = percent(each.filter(scenario=scenario)["total"])
        rows.append(row)
    screen.table(pl.DataFrame(rows))


def _tipping(table: pl.DataFrame, first: str) -> None:
    nowhere: dict[str, list[str]] = {}
    for (outcome, scenario), own in table.group_by(["outcome", "scenario"], maintain_order=True):
        tips = own.filter(pl.col("tipping").is_not_null())
        if tips.is_empty():
            nowhere.setdefault(str(outcome), []).append(str(scenario))
            continue
        parts = list(tips.group_by("quantity", maintain_order=True))
        parts.sort(key=lambda part: -float(part[1]["beyond"].max()))  # type: ignore[arg-type]
        rows = [_tip(str(name), part) for (name,), part in parts[:SHOWN]]
        screen.table(pl.DataFrame(rows), f"{outcome}, “{scenario}” against {first}")
    if nowhere:
        text = "; ".join(f"{outcome} ({', '.join(under)})" for outcome, under in nowhere.items())
        _wrapped(f"Nowhere within its support does any one quantity flip the order with {first}: {text}")


def _tip(name: str, part: pl.DataFrame) -> dict[str, str]:
    above = " or ".join(dict.fromkeys(part["above"]))
    return {
        "quantity": name,
        "tips at": commands.over_branches(part["tipping"]),
        "support": commands.over_branches([*part["low"], *part["high"]]),
        "better above": above,
        "draws beyond": percent(part["beyond"]),
    }


def _boxes(table: pl.DataFrame) -> None:
    if table.is_empty():
        screen.say("No box gathers them")
        return
    keys = ["outcome", "scenario", "branch", "cases"]
    places: dict[str, list[str]] = {}
    unheld = 0
    for (outcome, scenario, branch, _), part in table.group_by(keys, maintain_order=True):
        row = part.row(0, named=True)
        if not row["held_up"]:
            unheld += 1
            continue
        share, of_all = percent([row["coverage"]]), percent([row["base"]])
        words = f"{row['words']} (of all: {of_all}; the box holds {share} of them)"
        places.setdefault(words, []).append(f"{outcome}, “{scenario}”" + (f" ({branch})" if branch else ""))
    for words, where in places.items():
        _wrapped(f"{'; '.join(where)}:")
        _wrapped(words, "  ")
    if unheld:
        screen.say(f"{unheld} more did not hold up in the other half of the draws")

"""The tables of a comparison as they are read: numbers in words, ranges over branches."""

from collections.abc import Sequence

import polars as pl

from vedette.brief.figures import Cell
from vedette.brief.odds import assumed_by, better_in_words, odds_in_words, share_range
from vedette.brief.scenario_names import scenario_name
from vedette.brief.scenario_words import branch_name, plain_number, unit_words
from vedette.brief.words import error_number, outcome_range
from vedette.scenario import Ensemble
from vedette.scenario.answers.tables import PARTS


def overview(ensemble: Ensemble, outcomes: Sequence[str], *, differences: pl.DataFrame) -> pl.DataFrame:
    """Returns a row for each outcome with a difference that matters, a column for each scenario.

    ``differences``: those from the first scenario. All outcomes where none has such a difference; no row
    where there is one scenario.
    """
    chosen = [name for name in outcomes if ensemble.outcomes[name].matters] or outcomes
    rows = []
    for outcome in chosen if len(ensemble.names) > 1 else ():
        defined, changes = ensemble.outcomes[outcome], differences.filter(outcome=outcome)
        matters = f"; {plain_number(defined.matters.least)} or more matter" if defined.matters else ""
        row = {"outcome": f"{defined.name} ({unit_words(defined.unit).strip('()')}{matters})"}
        for scenario in ensemble.scenarios[1:]:
            row[scenario.name] = _cell(ensemble, changes.filter(scenario=scenario.id))
        rows.append(row)
    return pl.DataFrame(rows)


def level_table(ensemble: Ensemble, levels: pl.DataFrame, *, keys: Sequence[str]) -> pl.DataFrame:
    """Returns a row for each of the keys: median, mean, tail, 90 % interval, odds of a threshold."""
    rows = []
    for key, part in levels.group_by(list(keys), maintain_order=True):
        row = {
            name: _named(ensemble, name, str(value)) for name, value in zip(keys, key, strict=True)
        } | _numbers(part, signed=False)
        chances = [chance for chance in part["chance"] if chance is not None] if "chance" in part else []
        if chances:
            row["chance of " + part["threshold"][0]] = odds_in_words(ensemble, chances)
        rows.append(row)
    return pl.DataFrame(rows)


def intervals(ensemble: Ensemble, levels: pl.DataFrame) -> list[dict[str, Cell]]:
    """Returns lowest and highest 90 % ends and middles over branches, by outcome and scenario, in names."""
    ends = levels.group_by("outcome", "scenario", maintain_order=True).agg(
        pl.col("low_90").min().alias("low"),
        pl.col("median").min().alias("middle_low"),
        pl.col("median").max().alias("middle_high"),
        pl.col("high_90").max().alias("high"),
    )
    rows: list[dict[str, Cell]] = []
    for row in ends.iter_rows(named=True):
        one = ensemble.outcomes[row["outcome"]]
        named = {"outcome": f"{one.name} ({one.unit})", "scenario": scenario_name(ensemble, row["scenario"])}
        rows.append({**row, **named})
    return rows


def change_table(ensemble: Ensemble, differences: pl.DataFrame) -> pl.DataFrame:
    """Returns a row for each scenario and branch, from the differences of one outcome."""
    draws = ensemble.draws // ensemble.groups
    rows = []
    for (scenario, branch), part in differences.group_by(["scenario", "branch"], maintain_order=True):
        row = {"scenario": scenario_name(ensemble, scenario)}
        if ensemble.groups > 1:
            row["reading"] = branch_name(ensemble, str(branch))
        row |= _numbers(part, signed=True)
        row["chance that it is better"] = better_in_words(ensemble, part)
        if part["matters"][0] is not None:
            worse, better = (
                share_range(part[side].to_list(), draws) for side in ("much_worse", "much_better")
            )
            row[f"by more than {plain_number(part['matters'][0])}"] = f"worse {worse}, better {better}"
        rows.append(row)
    return pl.DataFrame(rows)


def spread_table(ensemble: Ensemble, differences: pl.DataFrame) -> pl.DataFrame:
    """Returns the parts of the spread of each scenario, from the differences of one outcome; 100 % in all."""
    first = differences.unique("scenario", keep="first", maintain_order=True)
    rows = []
    for row in first.iter_rows(named=True):
        shares = _hundred([float(row[f"from_{part}"]) for part in PARTS])
        rows.append(
            {"scenario": scenario_name(ensemble, row["scenario"])} | dict(zip(PARTS, shares, strict=True))
        )
    return pl.DataFrame(rows)


def _named(ensemble: Ensemble, key: str, value: str) -> str:
    """A key of a table as it is read: scenarios and places by their names."""
    if key == "scenario":
        return scenario_name(ensemble, value)
    return ensemble.mechanism.case.places.names.get(value, value) if key == "place" else value


def _hundred(shares: Sequence[float]) -> list[str]:
    """Shares that add up to 1 in whole per cent that add up to 100: the largest remainders are rounded up."""
    whole = [int(100 * share) for share in shares]
    missing = round(100 * sum(shares)) - sum(whole)
    order = sorted(range(len(shares)), key=lambda place: whole[place] - 100 * shares[place])
    for place in order[:missing]:
        whole[place] += 1
    return [f"{each} %" for each in whole]


def _cell(ensemble: Ensemble, rows: pl.DataFrame) -> str:
    if rows["same"].min() == 1:
        return "no difference"
    draws = ensemble.draws // ensemble.groups
    middle = outcome_range(rows["median"].to_list(), rows["median_error"].to_list(), signed=True)
    sides = ("much_worse", "much_better") if rows["matters"][0] is not None else ("worse", "better")
    worse, better = (share_range(rows[side].to_list(), draws) for side in sides)
    assumed = "\N{NO-BREAK SPACE}*" if assumed_by(rows) else ""
    return f"{middle}; worse {worse}, better {better}{assumed}"


def _numbers(part: pl.DataFrame, *, signed: bool) -> dict[str, str]:
    """Median, mean and worst twentieth with their errors, and the 90 % interval, over branches."""
    row = {}
    for name, title in (("median", "median"), ("mean", "mean"), ("worst_5", "worst 5 %")):
        errors = part[f"{name}_error"].to_list()
        numbers = outcome_range(part[name].to_list(), errors, signed=signed)
        row[title] = f"{numbers} ±{error_number(max(errors))}"
    ends = outcome_range([min(part["low_90"]), max(part["high_90"])], signed=signed)
    return row | {"90 %": ends}

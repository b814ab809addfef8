"""The names of what tables of an ensemble hold by id: outcomes, scenarios, quantities, branches."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from vedette.brief.scenario_words import branch_name
from vedette.scenario import Ensemble, Mechanism
from vedette.scenario.drivers import Drivers


def outcome_name(ensemble: Ensemble, outcome: object) -> str:
    """The name of an outcome."""
    return ensemble.outcomes[str(outcome)].name


def scenario_name(ensemble: Ensemble, scenario: object) -> str:
    """The name of a scenario."""
    return ensemble.scenarios[ensemble.index(str(scenario))].name


def quantity_name(ensemble: Ensemble, quantity: str) -> str:
    """The name of a quantity or of a choice between branches; chance and the like have none but their own."""
    mechanism = ensemble.mechanism
    names = {each.id: each.name for each in mechanism.file.alternatives}
    names |= {quantity.id: quantity.name for quantity, _ in mechanism.quantities}
    return names.get(quantity, quantity)


def box_words(ensemble: Ensemble, words: str) -> str:
    """The words of a box with the names of quantities in place of their ids."""
    for quantity, _ in ensemble.mechanism.quantities:
        words = words.replace(f" {quantity.id} ", f" “{quantity.name}” ")
    return words


def drivers_by_name(ensemble: Ensemble, drivers: Drivers) -> Drivers:
    """The tables of drivers with names in place of ids."""
    return replace(
        drivers,
        inputs=_named(ensemble, drivers.inputs),
        tipping=_named(ensemble, drivers.tipping),
        boxes=_named(ensemble, drivers.boxes),
    )


def _named(ensemble: Ensemble, table: pl.DataFrame) -> pl.DataFrame:
    tell = {
        "outcome": lambda cell: outcome_name(ensemble, cell),
        "scenario": lambda cell: scenario_name(ensemble, cell),
        "above": lambda cell: scenario_name(ensemble, cell),
        "input": lambda cell: quantity_name(ensemble, cell),
        "quantity": lambda cell: quantity_name(ensemble, cell),
        "branch": lambda cell: branch_name(ensemble, cell),
        "words": lambda cell: box_words(ensemble, cell),
    }
    told = [
        pl.Series(name, [None if cell is None else tell[name](cell) for cell in table[name]], pl.String)
        for name in table.columns
        if name in tell
    ]
    return table.with_columns(told)


_ID = r"[a-z0-9]+(?:-[a-z0-9]+)+"
_IDS = re.compile(rf"(?<![\w-]){_ID}(?:, {_ID})*(?![\w-])")


def names_by_id(mechanism: Mechanism) -> dict[str, str]:
    """What the ids of a mechanism and its case stand for: names of its entries, publishers of claims."""
    case = mechanism.case
    publishers = dict(case.sources.select("id", "publisher").iter_rows())
    claims = case.claims.select("id", "source").iter_rows()
    names = {claim: publishers.get(source, "a claim of the case") for claim, source in claims}
    entries = (entry for field in mechanism.file.model_fields_set for entry in _entries(mechanism, field))
    actors = dict(case.actors.select("id", "name").iter_rows())
    return actors | publishers | names | {entry.id: f"“{entry.name}”" for entry in entries}


def _entries(mechanism: Mechanism, field: str) -> list[Any]:
    found = getattr(mechanism.file, field)
    return (
        [e for e in found if hasattr(e, "id") and hasattr(e, "name")]
        if isinstance(found, list | tuple)
        else []
    )


def without_ids(names: Mapping[str, str], words: str) -> str:
    """Words in which ids of two parts or more are names; a row of claims of one publisher names it once.

    >>> without_ids({"p-1": "Reuters", "p-2": "Reuters", "us-men": "“Troops”"}, "p-1, p-2: us-men, as-is")
    'Reuters: “Troops”, as-is'
    """
    return _IDS.sub(
        lambda found: ", ".join(dict.fromkeys(names.get(one, one) for one in found[0].split(", "))), words
    )


def outcomes_moved(ensemble: Ensemble, ids: str) -> str:
    """The names of outcomes from their ids: two at most, and how many more; or that it is every one."""
    moved = [outcome_name(ensemble, one) for one in ids.split(", ") if one in ensemble.outcomes]
    if len(moved) == len(ensemble.outcomes) > 1:
        return "every outcome"
    more = len(moved) - 1
    return f"{moved[0]} and {more} more" if more > 1 else " and ".join(moved)

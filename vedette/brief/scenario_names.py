"""The names of what tables of an ensemble hold by id: outcomes, scenarios, quantities, branches."""

from dataclasses import replace

import polars as pl

from vedette.brief.scenario_words import branch_name
from vedette.scenario import Ensemble
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

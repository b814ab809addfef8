"""The mechanism of a case, once it is read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from vedette.case import Case
from vedette.model import FloatArray
from vedette.periods import Span, Step, parse
from vedette.scenario.language.entries import MechanismFile, Outcome, Quantity
from vedette.scenario.language.keys import RandomKeys, keys_of
from vedette.scenario.language.located import Lines
from vedette.scenario.language.naming import Names, quantities
from vedette.scenario.language.paths import Scenario, combined
from vedette.scenario.language.plan import Plan, plan_of


@dataclass(frozen=True, eq=False)
class Mechanism:
    """The mechanism of a case and its scenarios.

    ``span`` are the months that are simulated, T of them. ``moved`` says how it differs from the file where
    its start was moved; see `vedette.scenario.moving.moved`. ``withheld_nodes``: nodes whose level is not
    printed, each with the reason; see `vedette.scenario.language.arms_index`.
    """

    case: Case
    file: MechanismFile
    names: Names
    lines: Lines
    span: Span
    scenarios: Mapping[str, Scenario]
    moved: str = ""
    withheld_nodes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def withheld(self) -> dict[str, str]:
        """Outcomes of which only changes are printed, never a level, each with the reason."""
        nodes = self.withheld_nodes
        return {each.id: nodes[each.of] for each in self.file.outcomes if each.of in nodes}

    @property
    def headline(self) -> Outcome:
        """The outcome that sentences are about: the first with a difference that matters, else the first."""
        outcomes = self.file.outcomes
        return next((each for each in outcomes if each.matters), outcomes[0])

    @property
    def compared(self) -> tuple[str, ...]:
        """The scenarios that are compared where none are asked for: the base first, all if none are named."""
        return tuple(dict.fromkeys([self.file.base, *(self.file.compared or self.scenarios)]))

    @cached_property
    def plan(self) -> Plan:
        """What is computed from what, and in which order."""
        return plan_of(self.file)

    @cached_property
    def keys(self) -> RandomKeys:
        """The names of its random streams."""
        return keys_of(self.file)

    @cached_property
    def quantities(self) -> tuple[tuple[Quantity, str], ...]:
        """Every quantity with its mark: observed, estimated or assumed; in the order of the file."""
        return quantities(self.file)

    @property
    def base(self) -> Scenario:
        """The scenario that the others start from."""
        return self.scenarios[self.file.base]

    def scenario(self, named: str) -> Scenario:
        """A scenario, or a combination like ``leave-2023+iran-steps-in``.

        Raises:
            UsageError: no such scenario, or parts that set one lever differently.
        """
        return combined(named, self.scenarios)

    def lever_paths(self, scenario: Scenario) -> FloatArray:
        """The value of every lever in every month, (T, L); levers that it does not set are the base's."""
        if not self.file.levers:
            return np.zeros((len(self.span), 0))
        rows = (scenario.paths.get(lever.id, self.base.paths[lever.id]) for lever in self.file.levers)
        return np.stack(list(rows), axis=1)


def months_of(mechanism: Mechanism) -> FloatArray:
    """The calendar by month, (T, C): 1 where an entry happens."""
    rows = [
        (parse(entry.first, Step.MONTH), parse(entry.last or entry.first, Step.MONTH))
        for entry in mechanism.file.calendar
    ]
    table = [[float(first <= period <= last) for first, last in rows] for period in mechanism.span]
    return np.asarray(table, dtype=np.float64).reshape(len(mechanism.span), len(rows))

"""Settings: what one actor does with its levers in a scenario, and scenarios put together from settings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from vedette.model import FloatArray
from vedette.periods import Step, label
from vedette.plurals import counted
from vedette.scenario.language.deciders import lever_actors
from vedette.scenario.language.entries import Lever
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.paths import Scenario
from vedette.scenario.language.rules import Rule


@dataclass(frozen=True, eq=False)
class Setting:
    """What one actor does with its levers: their paths, float (T,) each, and its rules.

    ``scenario`` is the first of the scenarios given that says so.
    """

    actor: str
    scenario: str
    paths: dict[str, FloatArray]
    rules: tuple[Rule, ...]

    def same(self, other: "Setting") -> bool:
        """Whether two settings of an actor are the same paths and rules."""
        alike = all(np.array_equal(path, other.paths[name]) for name, path in self.paths.items())
        return alike and self.rules == other.rules


def setting_of(mechanism: Mechanism, actor: str, scenario: Scenario) -> Setting:
    """What an actor does in a scenario; levers that it does not set are the base's."""
    setters = lever_actors(mechanism.file.levers, mechanism.case)
    own = [lever for lever, setter in setters.items() if setter == actor]
    paths = {lever: scenario.paths.get(lever, mechanism.base.paths[lever]) for lever in own}
    rules = tuple(rule.only(own) for rule in scenario.rules)
    rules = rules if any(rule.entry.levers for rule in rules) else ()
    return Setting(actor, scenario.id, paths, rules)


def settings_of(mechanism: Mechanism, actor: str, scenarios: Iterable[Scenario]) -> tuple[Setting, ...]:
    """The distinct settings of an actor among scenarios, in their order."""
    settings: list[Setting] = []
    for scenario in scenarios:
        setting = setting_of(mechanism, actor, scenario)
        if not any(setting.same(other) for other in settings):
            settings.append(setting)
    return tuple(settings)


def together(mechanism: Mechanism, settings: Sequence[Setting]) -> Scenario:
    """The scenario in which each actor does what its setting says, all else as in the base."""
    paths = {**mechanism.base.paths}
    rules: tuple[Rule, ...] = ()
    for setting in settings:
        paths |= setting.paths
        rules += setting.rules
    name = "+".join(setting.scenario for setting in settings)
    return Scenario(name, name, "", "", "", paths, rules=rules)


def in_words(mechanism: Mechanism, settings: Sequence[Setting]) -> dict[str, str]:
    """Settings of one actor in words, by their scenario; levers on which all of them agree are left out."""
    names = {lever.id: _with_unit(lever) for lever in mechanism.file.levers}
    first = settings[0].paths
    apart = [
        lever
        for lever in first
        if any(not np.array_equal(each.paths[lever], first[lever]) for each in settings)
    ]
    words = {}
    for each in settings:
        said = [f"{names[lever]} {path_in_words(mechanism, each.paths[lever])}" for lever in apart]
        said += [rule_in_words(mechanism, rule) for rule in each.rules if rule.entry.levers]
        words[each.scenario] = "; ".join(said)
    return words


def path_in_words(mechanism: Mechanism, path: FloatArray) -> str:
    """A path of a lever in words: ``3,000 to 0 by 2023-01``."""
    first, last = float(path[0]), float(path[-1])
    if np.all(path == first):
        return amount(first)
    at = mechanism.span.first + int(np.flatnonzero(path != last)[-1]) + 1
    low, high = float(path.min()), float(path.max())
    way = [amount(value) for value in (low, high) if value not in (first, last)]
    by_way = f", by way of {' and '.join(way)}" if way else ""
    return f"{amount(first)} to {amount(last)} by {label(at, Step.MONTH)}{by_way}"


def rule_in_words(mechanism: Mechanism, rule: Rule) -> str:
    """A rule in words: what it sets, and when."""
    names = {lever.id: _with_unit(lever) for lever in mechanism.file.levers}
    signs = {sign.id: sign.name for sign in mechanism.file.signs}
    when = rule.entry.when
    side = f"above {amount(when.above)}" if when.above is not None else f"below {amount(when.below or 0.0)}"
    set_to = " and ".join(
        f"{names[lever]} {amount(change.to)}"
        + (f" within {counted(change.over, 'month')}" * (change.over > 1))
        for lever, change in rule.entry.levers.items()
    )
    lasting = f" for {counted(when.months, 'month')} in a row" if when.months > 1 else ""
    known = f" (known {when.lag} months later)" if when.lag > 1 else ""
    return f"{set_to} once {signs.get(when.sign, when.sign)} are {side}{lasting}{known}"


def _with_unit(lever: Lever) -> str:
    """The name of a lever with its unit, of which people need none: ``US money (USD/month)``."""
    return lever.name if lever.unit == "people" else f"{lever.name} ({lever.unit})"


def amount(value: float) -> str:
    """A value of a lever: ``62,000,000``, ``0.5``."""
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"

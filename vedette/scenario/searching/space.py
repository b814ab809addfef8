"""The space of a search: where each lever of an actor may go and by when, and rules it may follow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vedette.errors import UsageError
from vedette.model import FloatArray
from vedette.scenario.language.deciders import lever_actors
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.paths import Scenario
from vedette.scenario.language.rules import Rule
from vedette.scenario.language.settings import Setting, setting_of

STEPS = 20
"""Steps from the least to the most of a lever."""
MONTHS = 3
"""Months between the ends that are tried of a path."""
LEVELS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
"""Levels of a rule that are tried, as parts of the one in the scenario."""
LONGEST = 12
"""Months in a row that a rule waits for at most."""

Point = Mapping[str, int]


@dataclass(frozen=True, eq=False)
class SearchSpace:
    """What is searched: each name has whole numbers from 0 to the one given.

    ``ranges``: the least and the most that scenarios give each lever. ``rules``: the rules of the actor in
    them, each of which is followed or not, at other levels.
    """

    mechanism: Mechanism
    actor: str
    ranges: Mapping[str, tuple[float, float]]
    rules: tuple[Rule, ...]

    @property
    def sizes(self) -> dict[str, int]:
        """The largest number of each name."""
        last = max((len(self.mechanism.span) - 1) // MONTHS, 1)
        sizes: dict[str, int] = {}
        for lever in self.ranges:
            sizes |= {f"{lever} to": STEPS, f"{lever} by": last - 1}
        for place, rule in enumerate(self.rules):
            sizes |= {f"{place} follow": 1, f"{place} level": len(LEVELS) - 1, f"{place} for": LONGEST - 1}
            sizes |= {f"{place} {lever}": STEPS for lever in rule.entry.levers if lever in self.ranges}
        return sizes

    def setting(self, point: Point, name: str) -> Setting:
        """What the actor does at a point: straight lines from the base's first month, then as reached."""
        paths = dict(setting_of(self.mechanism, self.actor, self.mechanism.base).paths)
        for lever in self.ranges:
            paths[lever] = self._path(lever, paths[lever], point)
        rules = [self._rule(place, point) for place in range(len(self.rules)) if point[f"{place} follow"]]
        return Setting(self.actor, name, paths, tuple(rules))

    def _path(self, lever: str, base: FloatArray, point: Point) -> FloatArray:
        by = MONTHS * (point[f"{lever} by"] + 1)
        part = np.minimum(np.arange(len(base)) / by, 1.0)
        return np.asarray(base[0] + (self._value(lever, point[f"{lever} to"]) - base[0]) * part)

    def _value(self, lever: str, step: int) -> float:
        least, most = self.ranges[lever]
        return least + (most - least) * step / STEPS

    def _rule(self, place: int, point: Point) -> Rule:
        rule = self.rules[place]
        factor = LEVELS[point[f"{place} level"]]
        when = rule.entry.when
        side = (
            {"above": when.above * factor}
            if when.above is not None
            else {"below": (when.below or 0) * factor}
        )
        changed = when.model_copy(update={**side, "months": point[f"{place} for"] + 1})
        levers = {
            lever: change.model_copy(update={"to": self._value(lever, point[f"{place} {lever}"])})
            if lever in self.ranges
            else change
            for lever, change in rule.entry.levers.items()
        }
        return Rule(rule.entry.model_copy(update={"when": changed, "levers": levers}), rule.node)


def space_of(mechanism: Mechanism, actor: str, scenarios: Sequence[Scenario]) -> SearchSpace:
    """The space that scenarios span for an actor.

    Raises:
        UsageError: they give all levers of the actor one value.
    """
    setters = lever_actors(mechanism.file.levers, mechanism.case)
    values: dict[str, list[float]] = {lever: [] for lever, setter in setters.items() if setter == actor}
    rules: list[Rule] = []
    for scenario in (mechanism.base, *scenarios):
        setting = setting_of(mechanism, actor, scenario)
        for lever, value in _given(setting):
            values[lever].append(value)
        rules += [rule for rule in setting.rules if rule not in rules and not rule.entry.when.after]
    in_order = sorted(values, key=lambda lever: mechanism.keys.levers[lever])
    ranges = {lever: (min(values[lever]), max(values[lever])) for lever in in_order}
    ranges = {lever: (least, most) for lever, (least, most) in ranges.items() if least < most}
    if not ranges:
        names = ", ".join(scenario.id for scenario in scenarios)
        raise UsageError(
            f"expected scenarios in which {actor} sets a lever to different values; found none in {names}. "
            "Name scenarios that span what it may do."
        )
    return SearchSpace(mechanism, actor, ranges, tuple(rules))


def _given(setting: Setting) -> Iterator[tuple[str, float]]:
    """Every value that a setting gives its levers, those of its rules too."""
    for lever, path in setting.paths.items():
        yield from ((lever, float(value)) for value in (path.min(), path.max()))
    for rule in setting.rules:
        yield from ((lever, change.to) for lever, change in rule.entry.levers.items())

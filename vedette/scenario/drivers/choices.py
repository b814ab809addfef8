"""Choices: the options of one decision-maker, and what everybody else may do meanwhile."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from vedette.errors import UsageError
from vedette.evidence.actors import actors_of
from vedette.model import FloatArray
from vedette.periods import Span
from vedette.plurals import counted
from vedette.scenario.engine.ensemble import Ensemble, read_off
from vedette.scenario.engine.running import run_others
from vedette.scenario.language.deciders import decision_maker, lever_actors
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.paths import Scenario
from vedette.scenario.language.reactions import acting
from vedette.scenario.language.settings import Setting, in_words, setting_of, settings_of, together

MOST_WORLDS = 200
"""Combinations of options with what everybody else does that are simulated at most."""
DRAWS = 2000
"""Draws used at most."""


@dataclass(frozen=True, eq=False)
class Choices:
    """Options of an actor among some scenarios, and the settings of every other actor that has several.

    A world is one setting of each of the others. What only one of the scenarios says of an actor is a setting
    too; so is what a table of reactions to these options names.
    """

    mechanism: Mechanism
    who: str
    options: tuple[Setting, ...]
    others: Mapping[str, tuple[Setting, ...]]

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """What each actor does in words, by actor and scenario; first the one who chooses."""
        settings = {self.who: self.options, **self.others}
        return {actor: in_words(self.mechanism, each) for actor, each in settings.items()}

    @property
    def names(self) -> dict[str, str]:
        """The name of each actor."""
        actors = actors_of(self.mechanism.case)
        return {actor: actors.name(actor) for actor in (self.who, *self.others)}

    @property
    def worlds(self) -> tuple[tuple[Setting, ...], ...]:
        """Every combination of settings of the others; one, of nobody, where all keep to theirs."""
        return tuple(product(*self.others.values()))

    @property
    def runs(self) -> int:
        """How many combinations of options with what others do there are."""
        return len(self.options) * len(self.worlds)

    def scenarios(self) -> Iterator[Scenario]:
        """The scenario of each option in each world, world by world."""
        for world in self.worlds:
            for option in self.options:
                yield together(self.mechanism, [option, *world])


def choices_of(mechanism: Mechanism, scenarios: Sequence[Scenario], who: str) -> Choices:
    """The options of an actor among scenarios, and what everybody else may do.

    Raises:
        UsageError: an actor that sets no lever, or with fewer than two options, or too many combinations.
    """
    actor = decision_maker(who, mechanism.file.levers, mechanism.case)
    chosen = _choices(mechanism, scenarios, actor)
    if len(chosen.options) < 2:
        names = ", ".join(each.id for each in scenarios)
        raise UsageError(
            f"--who {who}: expected scenarios in which {actor} does different things; found one option in "
            f"{names}. Name another actor, or add a scenario that sets its levers otherwise."
        )
    if chosen.runs > MOST_WORLDS:
        raise UsageError(
            f"--who {who}: expected at most {MOST_WORLDS} combinations of options with what others do; "
            f"found {counted(len(chosen.options), 'option')} in {counted(len(chosen.worlds), 'world')}. "
            "Compare fewer scenarios."
        )
    return chosen


def every_choice(mechanism: Mechanism, scenarios: Sequence[Scenario]) -> tuple[Choices, ...]:
    """The choices of every actor that has two options.

    The options are those of the scenarios. Where these give an actor no choice, they are joined by all others
    of the mechanism that do.
    """
    every = []
    for actor in dict.fromkeys(lever_actors(mechanism.file.levers, mechanism.case).values()):
        chosen = _choices(mechanism, scenarios, actor)
        if len(chosen.options) < 2:
            only = chosen.options[0]
            more = [
                scenario
                for scenario in mechanism.scenarios.values()
                if not setting_of(mechanism, actor, scenario).same(only)
            ]
            chosen = _choices(mechanism, [*scenarios, *more], actor)
        if len(chosen.options) > 1:
            every.append(chosen)
    return tuple(every)


def _choices(mechanism: Mechanism, scenarios: Sequence[Scenario], actor: str) -> Choices:
    options, others = settings_of(mechanism, actor, scenarios), {}
    setters = dict.fromkeys(lever_actors(mechanism.file.levers, mechanism.case).values())
    for other in (setter for setter in setters if setter != actor):
        named = [mechanism.scenario(name) for name in _answers(mechanism, other, actor, options)]
        settings = settings_of(mechanism, other, [*scenarios, *named])
        if len(settings) > 1:
            others[other] = settings
    return Choices(mechanism, actor, options, others)


def _answers(mechanism: Mechanism, other: str, actor: str, options: Sequence[Setting]) -> Iterator[str]:
    """Scenarios named in tables of how another actor answers these options."""
    for reaction in mechanism.file.reactions:
        if acting(mechanism, reaction.who) == other and acting(mechanism, reaction.to) == actor:
            for choice, row in reaction.odds.items():
                setting = setting_of(mechanism, actor, mechanism.scenario(choice))
                if any(setting.same(option) for option in options):
                    yield from row


def outcomes_by_choice(
    ensemble: Ensemble, every: Sequence[Choices], outcomes: Sequence[str], months: Span | None
) -> list[dict[str, FloatArray]]:
    """For each of the choices every outcome under each option in each world, (O, W, D), on the first draws.

    What several of them have in common is run once.
    """
    keep = max(ensemble.groups, min(ensemble.draws, DRAWS) // ensemble.groups * ensemble.groups)
    within = ensemble.within(months)
    asked = [list(choices.scenarios()) for choices in every]
    places: dict[Hashable, int] = {}
    for scenario in (scenario for each in asked for scenario in each):
        places.setdefault(_levers(ensemble.mechanism, scenario), len(places))
    apart = {places[_levers(ensemble.mechanism, scenario)]: scenario for each in asked for scenario in each}
    rows: dict[str, list[FloatArray]] = {name: [] for name in outcomes}
    for paths in run_others(ensemble, [apart[place] for place in range(len(places))], keep):
        for name in outcomes:
            outcome = ensemble.outcomes[name]
            values = paths[:, :, within, ensemble.kept.index(outcome.of)].astype(np.float64)
            rows[name].append(read_off(outcome, values))
    values_of = {name: np.concatenate(each) for name, each in rows.items()}
    tables = []
    for choices, scenarios in zip(every, asked, strict=True):
        own = [places[_levers(ensemble.mechanism, scenario)] for scenario in scenarios]
        shape = (len(choices.worlds), len(choices.options), keep)
        tables.append({name: each[own].reshape(shape).swapaxes(0, 1) for name, each in values_of.items()})
    return tables


def _levers(mechanism: Mechanism, scenario: Scenario) -> Hashable:
    """What a scenario does: the paths of all levers, and its rules."""
    return mechanism.lever_paths(scenario).tobytes(), repr(scenario.rules)

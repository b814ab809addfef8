"""Choices: the options of one decision-maker, and what everybody else may do meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
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
    options = settings_of(mechanism, actor, scenarios)
    if len(options) < 2:
        names = ", ".join(each.id for each in scenarios)
        raise UsageError(
            f"--who {who}: expected scenarios in which {actor} does different things; found one option in "
            f"{names}. Name another actor, or add a scenario that sets its levers otherwise."
        )
    others = {}
    setters = dict.fromkeys(lever_actors(mechanism.file.levers, mechanism.case).values())
    for other in (setter for setter in setters if setter != actor):
        named = [mechanism.scenario(name) for name in _answers(mechanism, other, actor, options)]
        settings = settings_of(mechanism, other, [*scenarios, *named])
        if len(settings) > 1:
            others[other] = settings
    chosen = Choices(mechanism, actor, options, others)
    runs = len(options) * len(chosen.worlds)
    if runs > MOST_WORLDS:
        raise UsageError(
            f"--who {who}: expected at most {MOST_WORLDS} combinations of options with what others do; "
            f"found {counted(len(options), 'option')} in {counted(len(chosen.worlds), 'world')}. Compare "
            "fewer scenarios."
        )
    return chosen


def _answers(mechanism: Mechanism, other: str, actor: str, options: Sequence[Setting]) -> Iterator[str]:
    """Scenarios named in tables of how another actor answers these options."""
    for reaction in mechanism.file.reactions:
        if acting(mechanism, reaction.who) == other and acting(mechanism, reaction.to) == actor:
            for choice, row in reaction.odds.items():
                setting = setting_of(mechanism, actor, mechanism.scenario(choice))
                if any(setting.same(option) for option in options):
                    yield from row


def outcomes_by_choice(
    ensemble: Ensemble, choices: Choices, outcomes: Sequence[str], months: Span | None
) -> dict[str, FloatArray]:
    """Each outcome under each option in each world, on the ensemble's first draws, (O, W, D)."""
    keep = max(ensemble.groups, min(ensemble.draws, DRAWS) // ensemble.groups * ensemble.groups)
    within = ensemble.within(months)
    rows: dict[str, list[FloatArray]] = {name: [] for name in outcomes}
    for paths in run_others(ensemble, list(choices.scenarios()), keep):
        for name in outcomes:
            outcome = ensemble.outcomes[name]
            values = paths[:, :, within, ensemble.kept.index(outcome.of)].astype(np.float64)
            rows[name].append(read_off(outcome, values))
    shape = (len(choices.worlds), len(choices.options), keep)
    return {name: np.concatenate(each).reshape(shape).swapaxes(0, 1) for name, each in rows.items()}

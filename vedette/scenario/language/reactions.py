"""Checks ``reactions``: actors and scenarios are there, choices and answers stand once, odds sum to 1."""

from collections.abc import Iterator

from vedette.errors import Problem, UsageError
from vedette.evidence.actors import actors_of
from vedette.problems import Path as Keys
from vedette.problems import did_you_mean, shown
from vedette.scenario.language.deciders import actor_id, lever_actors
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.settings import Setting, setting_of


def wrong_reactions(mechanism: Mechanism) -> Iterator[Problem]:
    """Mistakes in the odds of how actors answer each other."""
    setters = list(dict.fromkeys(lever_actors(mechanism.file.levers, mechanism.case).values()))
    for index, reaction in enumerate(mechanism.file.reactions):
        keys: Keys = ("reactions", index)
        actors = {key: acting(mechanism, getattr(reaction, key)) for key in ("who", "to")}
        unknown = [key for key, actor in actors.items() if actor not in setters]
        for key in unknown:
            found = getattr(reaction, key)
            cure = did_you_mean(found, setters)
            yield mechanism.lines.problem((*keys, key), "an actor that sets a lever", shown(found), cure)
        if unknown:
            continue
        if actors["who"] == actors["to"]:
            found, cure = shown(reaction.who), "Name the one who answers under who, the other under to."
            yield mechanism.lines.problem((*keys, "who"), "two actors", found, cure)
            continue
        yield from _rows(mechanism, (*keys, "odds"), actors["who"], actors["to"], reaction.odds)


def acting(mechanism: Mechanism, text: str) -> str:
    """The id of the actor that a text means; the text itself where it means none, or several."""
    return actor_id(text, actors_of(mechanism.case)) or text


def _rows(
    mechanism: Mechanism, keys: Keys, who: str, to: str, odds: dict[str, dict[str, float]]
) -> Iterator[Problem]:
    choices, problems = _settings(mechanism, keys, to, list(odds))
    yield from problems
    for choice in choices:
        row, at = odds[choice], (*keys, choice)
        _, problems = _settings(mechanism, at, who, list(row))
        yield from problems
        out = {name: share for name, share in row.items() if not 0 <= share <= 1}
        for name, share in out.items():
            yield mechanism.lines.problem((*at, name), "odds from 0 to 1", f"{share:g}", "Correct it.")
        if not out and abs(sum(row.values()) - 1) > 1e-6:
            found = f"{' + '.join(f'{share:g}' for share in row.values())} = {sum(row.values()):g}"
            cure = "Correct them: one of the answers comes."
            yield mechanism.lines.problem(at, "odds that sum to 1", found, cure)


def _settings(
    mechanism: Mechanism, keys: Keys, actor: str, names: list[str]
) -> tuple[dict[str, Setting], list[Problem]]:
    """What an actor does in each scenario; one that is not there, or says what another says, is a mistake."""
    settings: dict[str, Setting] = {}
    problems = []
    for name in names:
        try:
            setting = setting_of(mechanism, actor, mechanism.scenario(name))
        except UsageError as error:
            expected = "the id of a scenario"
            problems.append(mechanism.lines.problem((*keys, name), expected, shown(name), str(error)))
            continue
        twin = next((other for other, known in settings.items() if known.same(setting)), None)
        settings[name] = setting
        if twin is not None:
            found = f"{name}, in which {actor} does the same as in {twin}"
            cure = "Keep one of the two."
            problems.append(mechanism.lines.problem((*keys, name), "each setting once", found, cure))
    return settings, problems

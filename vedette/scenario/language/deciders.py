"""Decision-makers: the actor that sets each lever."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from vedette.case import Case
from vedette.errors import Problem, UsageError
from vedette.evidence.actors import Actors, actors_of
from vedette.problems import did_you_mean, shown
from vedette.scenario.language.entries import Lever
from vedette.scenario.language.located import Lines

_SEVERAL = re.compile(r"\s*(?:[;,/&+]|\band\b)\s*")


def lever_actors(levers: Sequence[Lever], case: Case) -> Mapping[str, str]:
    """The id of the actor that sets each lever, by the id of the lever.

    In an edition that withholds the actor it is the text of ``who``.
    """
    actors = actors_of(case)
    return {lever.id: actor_id(lever.who, actors) or lever.who for lever in levers}


def actor_id(text: str, actors: Actors) -> str | None:
    """The id of the one actor that a text means by id, name or alias; None if there is none, or several."""
    ids = actors.candidates(text)
    return ids[0] if len(ids) == 1 else None


def decision_maker(text: str, levers: Sequence[Lever], case: Case) -> str:
    """The id of an actor that sets a lever.

    Raises:
        UsageError: no actor of that name, or one that sets no lever.
    """
    setters = list(dict.fromkeys(lever_actors(levers, case).values()))
    actor = actor_id(text, actors_of(case)) or text
    if actor not in setters:
        listed = ", ".join(setters) or "nobody"
        cure = did_you_mean(text, setters)
        raise UsageError(f"{text!r}: expected an actor that sets a lever ({listed}). {cure}")
    return actor


def undecided(
    levers: Sequence[Lever], lines: Lines, case: Case, unsure: Collection[str]
) -> Iterator[Problem]:
    """Levers that no actor of the case sets, or that two do; none are judged where actors are withheld."""
    if case.withheld or "actors.csv" in unsure:
        return
    actors = actors_of(case)
    for index, lever in enumerate(levers):
        found = actors.candidates(lever.who)
        if len(found) == 1:
            continue
        expected, text, cure = "one actor of the case", shown(lever.who), _cure(lever.who, found, actors)
        yield lines.problem(("levers", index, "who"), expected, text, cure)


def _cure(who: str, found: Sequence[str], actors: Actors) -> str:
    """What to do about a text that does not mean one actor."""
    if found:
        return f"It may mean {' or '.join(found)}: write the id of one."
    parts = [ids[0] for part in _SEVERAL.split(who) if len(ids := actors.candidates(part)) == 1]
    if len(parts) > 1:
        return f"Make a lever of its own for each of {' and '.join(parts)}, or name the one who decides."
    known = [spelling for spellings in actors.spellings.values() for spelling in spellings]
    return f"{did_you_mean(who, known)} Or add it: vedette add actor."

"""What an entry must be to earn its mark, and what holds where a recipe has too few points."""

from collections.abc import Sequence

from vedette.plurals import counted
from vedette.problems import did_you_mean, wrong
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.from_case import FromCase
from vedette.scenario.language.ground import Ground, TooFew
from vedette.scenario.language.judgements import Judged
from vedette.scenario.recipes.recipe import FitRecipe, recipes

UNREAD = Ground(Distribution(form="point", value=1.0), "estimated", "not computed: tables hold mistakes")
"""Stands for a computed number while tables of the case hold mistakes."""
_MOVE = "Move it to assumptions, with its author, or name a recipe"
_TYPED = ("distribution", "author", "why", "source", "data", "claims")


def computed_only(entry: object, ways: Sequence[str], what: str) -> object:
    """An entry as written, if it names what the program computes it from.

    Raises:
        PydanticCustomError: a distribution is typed, a fit is free text, or none or several ways are named.
    """
    if not isinstance(entry, dict):
        return entry
    named = [way for way in ways if entry.get(way) is not None]
    known = f"a recipe that the program runs: {', '.join(recipes())}"
    for key in _TYPED:
        if key in entry:
            cure = f"{_MOVE}; words of your own go into note."
            raise wrong(key, f"none in an {what}: the program computes it", entry[key], cure)
    if "fit" in named and not isinstance(entry["fit"], dict | FitRecipe):
        near = did_you_mean(str(entry["fit"]), recipes()) if len(str(entry["fit"])) < 20 else ""
        raise wrong("fit", known, entry["fit"], f"{_MOVE}. {near}".strip())
    if len(named) != 1:
        raise wrong(ways[0], f"one of {', '.join(ways)}", " and ".join(named) or None, f"{_MOVE}.")
    return entry


def with_fallback(found: Ground | TooFew, fallback: Judged | None, known: FromCase, key: str) -> Ground:
    """What was computed, or with too few points the assumption that holds instead.

    Raises:
        PydanticCustomError: there are too few points, and no assumption.
    """
    if isinstance(found, Ground):
        return found
    if fallback is None:
        expected = f"at least {found.least} independent {found.noun}s, or else: an assumption by an author"
        cure = "Add else: with distribution, author, source and why, or move it to assumptions."
        number = counted(found.points, found.noun)
        raise wrong(key, expected, number, f"{cure} It read: {found.rests_on}.")
    pooled = fallback.pool(known)
    rests_on = "; ".join(filter(None, (f"assumed {found.words}", pooled.rests_on)))
    return Ground(
        pooled.distribution,
        "assumed",
        rests_on,
        pooled.source,
        points=found.points,
        answers=pooled.answers,
    )

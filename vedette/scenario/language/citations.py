"""Sources that a mechanism and its scenarios cite: what is written like an id must be one of the case."""

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from vedette.errors import Problem
from vedette.problems import Path as Keys
from vedette.problems import did_you_mean, shown
from vedette.scenario.language.entries import Estimate, MechanismFile
from vedette.scenario.language.located import Lines

_COMPOUND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_WORD = re.compile(r"[a-z0-9]+")
_NONE = "none"
_SOURCED = ("calendar",)
"""Lists whose entries rest on a source, so that a single word under ``source`` is an id."""


def unsourced(file: MechanismFile, lines: Lines, known: Collection[str]) -> Iterator[Problem]:
    """Problems of sources that are not among the known ids; none are judged where none are known."""
    for where in (*_SOURCED, "assumptions"):
        for index, entry in enumerate(getattr(file, where)):
            yield from uncited((where, index, "source"), entry.source, known, lines, where in _SOURCED)
    for index, assumption in enumerate(file.assumptions):
        for place, judgement in enumerate(assumption.authors):
            at: Keys = ("assumptions", index, "authors", place, "source")
            yield from uncited(at, judgement.source, known, lines)
    for index, estimate in enumerate(file.estimates):
        for keys, source in _of_fallback(estimate):
            yield from uncited(("estimates", index, "else", *keys), source, known, lines)
    for a, alternative in enumerate(file.alternatives):
        for b, branch in enumerate(alternative.branches):
            yield from uncited(("alternatives", a, "branches", b, "source"), branch.source, known, lines)


def _of_fallback(estimate: Estimate) -> Iterator[tuple[Keys, str]]:
    if estimate.fallback is not None:
        yield ("source",), estimate.fallback.source
        for place, judgement in enumerate(estimate.fallback.authors):
            yield ("authors", place, "source"), judgement.source


def uncited(
    keys: Keys, text: str, known: Collection[str], lines: Lines, sourced: bool = False
) -> Iterator[Problem]:
    """Problems of the ids in a text like ``reuters-2014, paper: what they say``; ``known`` empty: none.

    An id is recognised by its hyphens. A single word is one too where it is nearly the id of a source, or
    with ``sourced`` in any case; other texts are words of the author.
    """
    cited = re.split(r"\s*[,;]\s*", text.partition(":")[0].strip())
    for part in cited if known else ():
        if part in known:
            continue
        word = len(cited) == 1 and part != _NONE and _WORD.fullmatch(part)
        alone = word and (sourced or get_close_matches(part, known, 1, cutoff=0.8))
        if _COMPOUND.fullmatch(part) or alone:
            cure = f"{did_you_mean(part, known)} What is no source is said in several words."
            yield lines.problem(keys, "the id of a row in sources.csv", shown(part), cure)

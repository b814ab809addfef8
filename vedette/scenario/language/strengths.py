"""Strengths of main forces in ``mechanisms.yaml``: estimates drawn as in the index of arms."""

from collections.abc import Sequence

import numpy as np

from vedette.network import ArmedForce
from vedette.plurals import counted
from vedette.problems import did_you_mean, wrong
from vedette.scenario.language.from_case import FromCase

STEPS = 201
"""The number of quantiles by which a strength is kept."""
_UNREAD = {"distribution": {"form": "point", "value": 1.0}, "fit": "headcounts", "source": "claims.csv"}


def with_strength(entry: object, known: object) -> object:
    """An estimate as written, with the distribution, fit, source and claims of its forces if it names any.

    Raises:
        PydanticCustomError: a force without a strength on the day, or something that they say is written too.
    """
    if not isinstance(entry, dict) or entry.get("strength") is None:
        return entry
    for name in ("distribution", "fit", "source", "claims", "precedents"):
        if name in entry:
            raise wrong(name, "none where a strength is named", entry[name], "Leave one of the two out.")
    if entry.get("unit") != "people":
        raise wrong("unit", "people, since a strength is one", entry.get("unit"), "Write people.")
    forces = entry["strength"]
    assert isinstance(known, FromCase)
    if not known.countable or not isinstance(forces, list) or not forces:
        return {**entry, **_UNREAD}  # the field itself tells what is wrong with it
    return {**entry, **_filled([str(force) for force in forces], known)}


def _filled(forces: Sequence[str], known: FromCase) -> dict[str, object]:
    if known.as_of is None:
        cure = "Write as_of in case.yaml: what headcounts say depends on the day."
        raise wrong("strength", "a case with an as-of", "none", cure)
    parts = {part.force: part for part in known.arms.parts} if known.arms else {}
    for force in forces:
        if force not in parts or forces.count(force) > 1:
            cure = f"{did_you_mean(force, list(parts))} Each once; main forces are marked in forces.csv."
            raise wrong("strength", f"main forces with a strength on {known.as_of}", force, cure)
    chosen = [parts[force] for force in forces]
    whole = np.sum([part.strength for part in chosen], axis=0)
    values = np.quantile(whole, np.linspace(0, 1, STEPS)).round(1).tolist()
    claims = sorted({claim for part in chosen for claim in part.claims})
    fit = f"{counted(len(claims), 'headcount')}, drawn as in the index of arms of {known.as_of}"
    return {
        "distribution": {"form": "quantiles", "values": values},
        "fit": fit + "".join(_assumed(part) for part in chosen),
        "source": "claims.csv: strength of the main forces",
        "claims": claims,
    }


def _assumed(part: ArmedForce) -> str:
    return "" if part.most is None else f"; {part.force} assumed, 0 to {part.most:,.0f}, by {part.author}"

"""Strengths of main forces in ``mechanisms.yaml``: estimates drawn as in the index of arms."""

from collections.abc import Sequence

import numpy as np

from vedette.network import ArmedForce
from vedette.plurals import counted
from vedette.problems import did_you_mean, wrong
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.from_case import FromCase
from vedette.scenario.language.ground import Ground, TooFew

STEPS = 201
"""The number of quantiles by which a strength is kept."""


def strength_ground(forces: Sequence[str], unit: str, known: FromCase) -> Ground | TooFew:
    """The strength of main forces on the day, drawn as in the index of arms, or that none is known by then.

    Raises:
        PydanticCustomError: a name that is no main force, a name twice, another unit, or no as-of.
    """
    if unit != "people":
        raise wrong("unit", "people, since a strength is one", unit, "Write people.")
    if known.as_of is None:
        cure = "Write as_of in case.yaml: what headcounts say depends on the day."
        raise wrong("strength", "a case with an as-of", "none", cure)
    parts = {part.force: part for part in known.arms.parts} if known.arms else {}
    coded = known.case.forces.filter(known.case.forces["main"] != "")["force"].to_list()
    for force in forces:
        if force not in parts and force in coded and len(set(forces)) == len(forces):
            return TooFew(0, 1, f"no headcount of {force} within reach of {known.as_of}", "headcount")
        if force not in parts or forces.count(force) > 1:
            cure = f"{did_you_mean(force, list(parts))} Each once; main forces are marked in forces.csv."
            raise wrong("strength", f"main forces with a strength on {known.as_of}", force, cure)
    chosen = [parts[force] for force in forces]
    whole = np.sum([part.strength for part in chosen], axis=0)
    values = np.quantile(whole, np.linspace(0, 1, STEPS)).round(1).tolist()
    claims = sorted({claim for part in chosen for claim in part.claims})
    drawn = f"{counted(len(claims), 'headcount')}, drawn as in the index of arms of {known.as_of}"
    assumed = [part for part in chosen if part.most is not None]
    return Ground(
        Distribution(form="quantiles", values=tuple(values)),
        "assumed" if len(assumed) == len(chosen) else "estimated",
        drawn + "".join(_assumed(part) for part in chosen),
        "claims.csv: strength of the main forces",
        tuple(claims),
        len(claims),
    )


def _assumed(part: ArmedForce) -> str:
    return "" if part.most is None else f"; {part.force} assumed, 0 to {part.most:,.0f}, by {part.author}"

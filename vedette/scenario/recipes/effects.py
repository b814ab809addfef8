"""An intervention's effect as a number of a mechanism."""

from collections.abc import Mapping

import numpy as np

from vedette.effect import Changed, Effect, find_intervention, find_series, what_changed
from vedette.errors import VedetteError
from vedette.model import FloatArray, Measure, Pool
from vedette.panel import gather
from vedette.periods import Step, label
from vedette.problems import wrong
from vedette.scenario.language.from_case import SEED, FromCase
from vedette.scenario.recipes.recipe import EffectRecipe

DRAWS = 1000
"""As many as `vedette effect` takes, so that both give one number."""
UNITS: Mapping[str, str] = {"ratio": "number", "size": "number", "half-life": "months"}


def effect_draws(chosen: EffectRecipe, known: FromCase, column: str) -> tuple[FloatArray, int, str]:
    """Draws of what an intervention changed, the months of its window, and what they rest on.

    Raises:
        PydanticCustomError: the case has no such intervention or series, nothing is known of the time after
            it, or the likeliest shape has no half-life.
    """
    try:
        changed = _changed(chosen, known)
    except VedetteError as error:
        raise wrong(column, "an intervention whose effect is known", chosen.of, str(error)) from error
    effect = changed.estimate
    return _read(chosen, effect, column), len(effect.periods), _rests_on(changed)


def _changed(chosen: EffectRecipe, known: FromCase) -> Changed[Effect]:
    case = known.case
    return what_changed(
        case,
        gather(case, known_on=known.as_of),
        find_intervention(case, chosen.of),
        find_series(case, chosen.series),
        chosen.months or case.horizon,
        known.as_of,
        Measure(chosen.measure),
        Pool(),
        DRAWS,
        SEED,
    )


def _read(chosen: EffectRecipe, effect: Effect, column: str) -> FloatArray:
    match chosen.read:
        case "ratio":
            return effect.ratios()
        case "size":
            return np.asarray(np.exp(effect.shape.log_size))
        case _:
            if effect.shape.half_life is None or effect.step is not Step.MONTH:
                found = f"a {effect.shape.name} by {effect.step}"
                cure = "Read ratio or size: this shape has no half-life in months."
                raise wrong(f"{column}.read", "a shape that fades or builds up", found, cure)
            return effect.shape.half_life


def _rests_on(changed: Changed[Effect]) -> str:
    """The window, the shape, and whether the effect stands out, in words."""
    effect = changed.estimate
    ends = f"{label(effect.periods[0], effect.step)} to {label(effect.periods[-1], effect.step)}"
    shape, p = effect.shape, effect.placebos.p_dates
    rank = "no earlier window to judge it by" if p is None else f"p = {p:.2f} among earlier windows"
    told = "" if effect.told else ", not told from what happens anyway"
    return (
        f"effect of {changed.done.name} on {effect.measure} in {changed.series.name}, {ends}, by the "
        f"{effect.model} fitted up to {label(effect.origin, effect.step)}; likeliest shape {shape.name} "
        f"({shape.chances[shape.name]:.0%}); {rank}{told}"
    )

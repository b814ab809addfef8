"""The smallest effect that a record could have told from what happens anyway."""

from dataclasses import dataclass

import numpy as np

from vedette.effect.deviation import HALF
from vedette.effect.placebo import Placebos
from vedette.effect.profiles import SHAPES
from vedette.effect.shape import Shape
from vedette.model import FloatArray

STEP, LEVEL, POWER = SHAPES[0], 0.05, 0.8
"""An effect is told if p is below the level; the smallest one is told in this share of windows."""
LARGEST, SIZES = 100.0, 60
"""The largest multiplier that is tried, and the number of multipliers up to it."""


@dataclass(frozen=True)
class Smallest:
    """The smallest multipliers that would have been told, where they are largest, by a shape.

    ``more`` and ``less``: a rise to this multiple or more, a fall to this one or less, would have come to p
    below .05 with 80 % power; None if no multiplier up to 100, or down to a hundredth, would. ``possible``:
    whether p can fall below .05 at all. ``shape``: the shape, at the half-life ``half_life`` if it has one.
    """

    possible: bool
    shape: str
    half_life: float | None
    more: float | None = None
    less: float | None = None


def smallest_effects(placebos: Placebos, shape: Shape) -> tuple[Smallest, ...]:
    """The smallest effect of the chosen shape, and that of a step if another was chosen."""
    lives = shape.half_lives()
    half_life = lives[1] if lives else None
    chosen = _smallest(placebos, shape.name, half_life, shape.profile())
    if shape.name == STEP:
        return (chosen,)
    return chosen, _smallest(placebos, STEP, None, np.ones(shape.periods))


def _smallest(placebos: Placebos, shape: str, half_life: float | None, profile: FloatArray) -> Smallest:
    """The smallest effect of a shape that would have been told at p below .05 with 80 % power.

    The forecast of the window is taken to have been as far off as that of each placebo window, in units of
    its own uncertainty. An effect of each size is planted on the counts that it gives, and the window is
    scored like the real one, its best shape chosen. It is told if no more placebo windows score at least as
    much than p below .05 allows. Counts that would have been near zero cannot show a fall.
    """
    needed = _needed(placebos)
    if needed is None:
        return Smallest(False, shape, half_life)
    sizes = np.linspace(0.0, np.log(LARGEST), SIZES + 1)[1:]
    more, less = (_least(placebos, profile, sizes * sign, needed) for sign in (1.0, -1.0))
    return Smallest(True, shape, half_life, more, less)


def _needed(placebos: Placebos) -> float | None:
    """The score above which p is below the level; None if there is no such score."""
    scores = np.sort(placebos.dates["score"].to_numpy())[::-1]
    needed = None
    for larger, score in enumerate(scores):
        if placebos.p_of(larger) >= LEVEL:
            break
        needed = float(score)
    return needed


def _least(placebos: Placebos, profile: FloatArray, sizes: FloatArray, needed: float) -> float | None:
    """The multiplier from which on the power suffices."""
    window, patterns = placebos.window, placebos.window.patterns
    usual = np.maximum(np.exp(window.middle) - HALF, 0.0)
    planted = usual * np.exp(sizes[:, None] * profile)
    best = patterns.best(placebos.errors[:, None, :] + window.divided_of(planted) - window.divided_of(usual))
    further = window.surprises(planted) - window.surprises(usual)
    surprises = placebos.surprises[:, None, :] + further
    scores = np.abs(np.take_along_axis(surprises, best[..., None], axis=-1)[..., 0])
    told = (scores > needed).mean(axis=0)
    if told[-1] < POWER:
        return None
    short = np.flatnonzero(told < POWER)
    return float(np.exp(sizes[short[-1] + 1 if len(short) else 0]))

"""Writes an effect as `estimates` entries of a mechanism, for scenarios."""

from typing import Any

import numpy as np

from vedette.effect.effect import Effect
from vedette.effect.figures import BeforeAfter
from vedette.effect.intervention import Intervention
from vedette.effect.wording import NAMES, peak
from vedette.model import FloatArray
from vedette.periods import Step, label
from vedette.plurals import counted

EDGES = (0.05, 0.95)


def estimates(done: Intervention, found: Effect | BeforeAfter) -> list[dict[str, Any]]:
    """An effect as entries of ``estimates`` in ``mechanisms.yaml``.

    For an effect on counts: the ratio over the window, the size of the chosen shape where it is largest and,
    if it has one, its half-life, as lognormal distributions with the same 5 % and 95 % quantiles. For figures
    before and after: the ratio. The ids begin with that of the intervention; change ids and names as the
    mechanism needs.
    """
    if isinstance(found, BeforeAfter):
        figures = counted(found.figures.height, "figure")
        fit = f"before and after {label(found.start, Step.MONTH)}, drawn among {figures}"
        name = f"{found.relation} of {found.subject} after {done.name}, over before"
        return [_entry(f"{done.id}-ratio", name, "number", found.ratios, fit, done)]
    months = f"{label(found.periods[0], found.step)} to {label(found.periods[-1], found.step)}"
    fit = f"{found.model} fitted up to {label(found.origin, found.step)}, {months}"
    about = f"{found.measure} in {found.unit} after {done.name}"
    ratio = _entry(
        f"{done.id}-ratio", f"{about}, over what would have been", "number", found.ratios(), fit, done
    )
    if found.step is not Step.MONTH:
        return [ratio]
    shape = found.shape
    where = f"{NAMES[shape.name]} in {about}, {peak(shape.name, found.step)}"
    size = _entry(f"{done.id}-size", f"Size of a {where}", "number", np.exp(shape.log_size), fit, done)
    if shape.half_life is None:
        return [ratio, size]
    name = f"Half-life of a {NAMES[shape.name]} in {about}"
    return [ratio, size, _entry(f"{done.id}-half-life", name, "months", shape.half_life, fit, done)]


def _entry(
    name: str, about: str, unit: str, draws: FloatArray, fit: str, done: Intervention
) -> dict[str, Any]:
    low, high = (float(f"{value:.3g}") for value in np.quantile(draws, EDGES).tolist())
    return {
        "id": name.replace("@", "-"),
        "name": about,
        "unit": unit,
        "distribution": {"form": "lognormal", "low": low, "high": high},
        "fit": fit,
        "source": done.source,
    }

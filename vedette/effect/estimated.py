"""Writes an effect as `estimates` entries of a mechanism, which compute it anew."""

from typing import Any

from vedette.effect.effect import Effect
from vedette.effect.figures import BeforeAfter
from vedette.effect.intervention import Intervention
from vedette.effect.series import Series
from vedette.effect.wording import NAMES, peak
from vedette.periods import Step


def estimates(done: Intervention, series: Series, found: Effect | BeforeAfter) -> list[dict[str, Any]]:
    """An effect as entries of ``estimates`` in ``mechanisms.yaml``.

    The ratio over the window, the size of the chosen shape where it is largest and, if it has one, its
    half-life. The entries name the intervention, the series and the window; the program computes the numbers
    each time, by the pool, as they are known on the as-of. The ids begin with that of the intervention;
    change ids and names as the mechanism needs. Figures before and after are too few: no entries.
    """
    if isinstance(found, BeforeAfter):
        return []
    recipe = {"of": done.id, "series": series.typed, "months": len(found.periods)}
    if found.measure != "deaths":
        recipe["measure"] = found.measure
    about = f"{found.measure} in {series.name} after {done.name}"
    ratio = _entry(done, "ratio", f"{about}, over what would have been", "number", recipe)
    if found.step is not Step.MONTH:
        return [ratio]
    name = NAMES[found.shape.name]
    where = f"Size of a {name} in {about}, {peak(found.shape.name, found.step)}"
    size = _entry(done, "size", where, "number", recipe)
    if found.shape.half_life is None:
        return [ratio, size]
    return [ratio, size, _entry(done, "half-life", f"Half-life of a {name} in {about}", "months", recipe)]


def _entry(done: Intervention, read: str, name: str, unit: str, recipe: dict[str, Any]) -> dict[str, Any]:
    key = f"{done.id}-{read}".replace("@", "-")
    return {"id": key, "name": name, "unit": unit, "fit": {"effect": {**recipe, "read": read}}}

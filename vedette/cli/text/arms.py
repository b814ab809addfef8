"""The index of arms on a day in sentences."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from vedette.network import Monopoly
from vedette.plurals import counted


def day_in_words(index: Monopoly, names: Mapping[str, str]) -> Iterator[str]:
    """Sentences: the index or why it is withheld, what of it is assumed, and what it leaves out."""
    yield _share(index, names)
    if index.assumed and not index.withheld:
        ranges = (
            f"{names.get(part.force, part.force)} (0 to {part.most:,.0f}, by {part.author})"
            for part in index.assumed
        )
        points = counted(round(100 * index.assumed_width), "point rests", "points rest")
        yield f"Of that range {points} on assumed strengths: {', '.join(ranges)}."
    if index.missing:
        yield f"Main forces without a headcount within reach, not counted: {_named(index.missing, names)}."
    yield "Foreign troops are not counted."
    if index.elsewhere:
        yield f"Nor are armed groups whose war is elsewhere: {_named(index.elsewhere, names)}."


def _share(index: Monopoly, names: Mapping[str, str]) -> str:
    if index.withheld:
        words = f"The share of {index.at} is withheld, since {index.withheld}."
        least = index.least_certain.force
        widest = f" Least certain is the strength of {names.get(least, least)}." if index.too_wide else ""
        return words + widest
    low, middle, high = index.quantiles
    hybrid, other = (float(np.median(index.of_status(status))) for status in ("hybrid", "non-state"))
    return (
        f"On {index.at} forces that the state alone commands hold {middle:.0%} of armed strength "
        f"({low:.0%} to {high:.0%}); hybrid forces, on a public payroll "
        f"and under others' command too, {hybrid:.0%}; others {other:.0%}."
    )


def _named(forces: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(force, force) for force in forces)

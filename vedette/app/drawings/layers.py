"""Where the actors of a drawing stand: a column for each side, ordered so that few lines cross.

Places depend on who is drawn and on their ties alone: the same ties give the same places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vedette.commands import DrawnActor, DrawnTies, Side

COLUMNS: Sequence[tuple[Side, ...]] = (
    (Side.FOREIGN,),
    (Side.STATE,),
    (Side.HYBRID,),
    (Side.NON_STATE,),
    (Side.OTHER, Side.SITE),
)
"""The sides that share a column, from left to right; one without actors takes no room."""
BOX, TALL = 184, 18
"""The width and height of the box of an actor."""
_STEP, _WIDEST = 24, 44
_TOP, _EDGE = 40, 2
_SWEEPS = 8


@dataclass(frozen=True)
class Layers:
    """The places of a drawing: the left upper corner of each box by id, the columns, and the size."""

    places: Mapping[str, tuple[float, float]]
    columns: Sequence[tuple[float, Sequence[DrawnActor]]]
    width: int
    height: int


def layers(drawn: DrawnTies, width: int) -> Layers:
    """Returns the places of the actors of a day in a drawing of a width."""
    groups = [[actor for actor in drawn.actors if actor.side in sides] for sides in COLUMNS]
    columns = _ordered([group for group in groups if group], drawn)
    tallest = max((len(column) for column in columns), default=1)
    height = _TOP + tallest * _STEP + 8
    gap = (width - BOX - 2 * _EDGE) / max(1, len(columns) - 1)
    places: dict[str, tuple[float, float]] = {}
    placed = []
    for number, column in enumerate(columns):
        x = _EDGE + number * gap
        step = min(_WIDEST, (height - _TOP) / len(column))
        start = _TOP + (height - _TOP - step * len(column)) / 2 + (step - TALL) / 2
        placed.append((x, column))
        places |= {actor.id: (x, start + place * step) for place, actor in enumerate(column)}
    return Layers(places, placed, width, height)


def _ordered(columns: list[list[DrawnActor]], drawn: DrawnTies) -> list[list[DrawnActor]]:
    """The columns in the order in which each actor stands near the middle of those it is tied to."""
    weights: dict[str, dict[str, float]] = {actor.id: {} for actor in drawn.actors}
    for tie in drawn.ties:
        for one, other in ((tie.subject, tie.object), (tie.object, tie.subject)):
            weights[one][other] = weights[one].get(other, 0.0) + tie.belief
    columns = [sorted(column, key=lambda actor: (actor.name, actor.id)) for column in columns]
    for sweep in range(_SWEEPS):
        order = range(len(columns)) if sweep % 2 else reversed(range(len(columns)))
        for number in order:
            heights = _heights(columns)
            columns[number] = sorted(
                columns[number], key=lambda actor: (_middle(actor.id, weights, heights), actor.name, actor.id)
            )
    return columns


def _heights(columns: list[list[DrawnActor]]) -> dict[str, float]:
    """How far down each actor stands in its column, from 0 to 1."""
    return {actor.id: (place + 0.5) / len(column) for column in columns for place, actor in enumerate(column)}


def _middle(actor: str, weights: Mapping[str, Mapping[str, float]], heights: Mapping[str, float]) -> float:
    near = {other: weight for other, weight in weights[actor].items() if other != actor}
    whole = sum(near.values())
    if not whole:
        return heights[actor]
    return round(sum(weight * heights[other] for other, weight in near.items()) / whole, 6)

"""The grid of a panel: periods, parts of the map and strata, and the parts in which an event may lie."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from vedette.case import Case, MapPart
from vedette.events import UNRESOLVED
from vedette.panel.event_cells import UNKNOWN_REGIONS
from vedette.periods import Span

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Group = tuple[str, tuple[int, ...]]

NOWHERE = "in no place"
"""The unit of the events that lie in no area of the case: part of the country, of no place."""


@dataclass(frozen=True)
class Grid:
    """Axes of a panel.

    Attributes:
        span: the periods.
        parts: parts of the map (a governorate, or a piece of one cut by a drawn region). The last is
            `NOWHERE` where events that are counted lie in no area.
        strata: ids of the strata, ``other`` last.
    """

    span: Span
    parts: tuple[MapPart, ...]
    strata: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Periods, parts, strata."""
        return len(self.span), len(self.parts), len(self.strata)

    @property
    def areas(self) -> int:
        """The number of parts of the map, without `NOWHERE`."""
        return sum(part.place != NOWHERE for part in self.parts)

    @cached_property
    def places(self) -> tuple[Group, ...]:
        """The parts of each place, in the order of the case; `NOWHERE` last, where it is there."""
        members: dict[str, list[int]] = {}
        for number, part in enumerate(self.parts):
            members.setdefault(part.place, []).append(number)
        return tuple((place, tuple(numbers)) for place, numbers in members.items())

    @property
    def everywhere(self) -> tuple[Group, ...]:
        """One group: the whole country, with the events in no place."""
        return (("all", tuple(range(len(self.parts)))),)

    def regions(self, case: Case) -> tuple[Group, ...]:
        """The parts of each named region of the case."""
        return tuple(
            (region.id, tuple(n for n, part in enumerate(self.parts) if _in(part, region.id, region.places)))
            for region in case.regions
        )

    def candidates(self, place: str, regions: str) -> Ints:
        """The parts in which an event may lie.

        Args:
            place: id of a place, empty if the event is spread, or ``?NAME`` if it lies in no place.
            regions: drawn regions that contain its point, joined by ``;``, or ``?`` if not known.
        """
        wanted = NOWHERE if place.startswith(UNRESOLVED) else place
        members = dict(self.places).get(wanted, tuple(range(self.areas)))
        inside = [n for n in members if ";".join(self.parts[n].regions) == regions]
        exact = place and regions != UNKNOWN_REGIONS and len(inside) == 1
        return np.array(inside if exact else members)


def _in(part: MapPart, region: str, places: tuple[str, ...]) -> bool:
    return region in part.regions or part.place in places

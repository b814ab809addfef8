"""Places: areas with ids, names, aliases, polygons and neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from vedette.case.geography import borders
from vedette.case.geography.names import fold
from vedette.case.geography.spellings import Spellings

Points = NDArray[np.float64]
"""Shape (N, 2): longitude, latitude in degrees."""


@dataclass(frozen=True, eq=False)
class Places:
    """The areas of a case, in the order of its file.

    ``geometry`` maps ids to WGS84 polygons. A case without polygons has one place, the whole country.
    """

    ids: tuple[str, ...]
    names: Mapping[str, str]
    geometry: Mapping[str, BaseGeometry]
    spellings: Spellings = field(default_factory=Spellings, repr=False)
    level: int = 1
    """The administrative level of the areas: 1 for provinces or regions, 2 for districts, 3 ..."""
    within: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    """Ids of the areas that lie in a place one level up, by its normalised name."""

    def resolve(self, name: str) -> str | None:
        """The id of the place with an id, name or alias in any spelling; None if there is none.

        Words for a kind of area make no difference, unless two places have the same name without them. If the
        whole country is the only place, every name resolves to it.
        """
        if not self.geometry:
            return self.ids[0]
        return name if name in self.names else self.spellings.find(name)

    def only_area_in(self, name: str) -> str | None:
        """The id of the one area that lies in a coarser place (a province); None if several or none do."""
        areas = self.within.get(fold(name), frozenset())
        return next(iter(areas)) if len(areas) == 1 else None

    def at(self, latitude: float, longitude: float) -> str | None:
        """Id of the place at a point in degrees; None if it lies outside all of them."""
        return self.locate(np.array([[longitude, latitude]]))[0]

    def locate(self, points: Points) -> list[str | None]:
        """Ids of the places at points, shape (N, 2) of longitude, latitude.

        A point in a gap between polygons, or just outside their edge, is assigned to the nearest place within
        `borders.SLOPPY`; a point in several polygons to the first of them.
        """
        drawn = self._drawn
        usable = np.flatnonzero(np.isfinite(points).all(axis=1))
        if not drawn or not len(usable):
            return [None] * len(points)
        dot, place = self._tree.query_nearest(
            shapely.points(points[usable]), max_distance=borders.SLOPPY, return_distance=False
        )
        first = np.full(len(points), len(drawn))
        np.minimum.at(first, usable[dot], place)
        ids = np.array([*drawn, None], dtype=object)
        located: list[str | None] = ids[first].tolist()
        return located

    def adjacency(self) -> NDArray[np.bool_]:
        """Which places share a border, shape (P, P) in the order of ``ids``: see `borders.adjacency`."""
        return self._neighbours.copy()

    def order(self) -> NDArray[np.int64]:
        """Order of neighbourhood, shape (P, P): 0 itself, 1 neighbours, ..., -1 not connected."""
        return borders.order(self._neighbours)

    def geojson(self) -> dict[str, Any]:
        """The places as a GeoJSON FeatureCollection with properties ``id`` and ``name``."""
        return {"type": "FeatureCollection", "features": [self._feature(place) for place in self.ids]}

    def _feature(self, place: str) -> dict[str, Any]:
        polygon = self.geometry.get(place)
        return {
            "type": "Feature",
            "id": place,
            "properties": {"id": place, "name": self.names[place]},
            "geometry": mapping(polygon) if polygon is not None else None,
        }

    @cached_property
    def _drawn(self) -> tuple[str, ...]:
        return tuple(place for place in self.ids if place in self.geometry)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([self.geometry[place] for place in self._drawn])

    @cached_property
    def _neighbours(self) -> NDArray[np.bool_]:
        touching = np.zeros((len(self.ids), len(self.ids)), dtype=bool)
        rows = [index for index, place in enumerate(self.ids) if place in self.geometry]
        touching[np.ix_(rows, rows)] = borders.adjacency([self.geometry[place] for place in self._drawn])
        return touching

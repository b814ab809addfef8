"""Regions, made of places or drawn as polygons, and the parts into which drawn regions cut places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from vedette.case.geography.places import Places, Points

SLIVER = 0.01
"""Pieces below this share of a place's area are ignored."""


@dataclass(frozen=True)
class Region:
    """A named region: made of ``places``, or drawn as a ``polygon`` (then ``places`` is empty)."""

    id: str
    name: str
    places: tuple[str, ...] = ()
    polygon: BaseGeometry | None = None
    note: str = ""
    author: str = ""
    source: str = ""


@dataclass(frozen=True)
class MapPart:
    """A part of a place: its intersection with exactly these drawn ``regions``, outside all others."""

    id: str
    place: str
    regions: tuple[str, ...] = ()


def regions_at(regions: Sequence[Region], points: Points) -> list[tuple[str, ...]]:
    """Ids of the drawn regions that contain points, shape (N, 2) of longitude, latitude."""
    drawn = [region for region in regions if region.polygon is not None]
    if not drawn or not len(points):
        return [()] * len(points)
    dots = shapely.points(points)
    inside = np.array([shapely.intersects(region.polygon, dots) for region in drawn])
    return [tuple(drawn[index].id for index in np.flatnonzero(column)) for column in inside.T]


def parts(places: Places, regions: Sequence[Region]) -> tuple[MapPart, ...]:
    """Cuts each place by the drawn regions, in the order of both.

    The id of a part is the id of its place and of its regions, joined by ``+``. Pieces below `SLIVER`
    of the place are ignored.
    """
    return tuple(part for place in places.ids for part in _pieces(place, places.geometry.get(place), regions))


def _pieces(place: str, polygon: BaseGeometry | None, regions: Sequence[Region]) -> Iterator[MapPart]:
    if polygon is None:
        yield MapPart(place, place)
        return
    smallest = SLIVER * polygon.area
    pieces: list[tuple[tuple[str, ...], BaseGeometry]] = [((), polygon)]
    for region in regions:
        if region.polygon is not None:
            pieces = [cut for piece in pieces for cut in _cut(*piece, region.id, region.polygon, smallest)]
    for ids, _ in pieces:
        yield MapPart("+".join((place, *ids)), place, ids)


def _cut(
    regions: tuple[str, ...], piece: BaseGeometry, region: str, polygon: BaseGeometry, smallest: float
) -> Iterator[tuple[tuple[str, ...], BaseGeometry]]:
    outside, inside = piece.difference(polygon), piece.intersection(polygon)
    if inside.area < smallest:
        yield regions, piece
    elif outside.area < smallest:
        yield (*regions, region), piece
    else:
        yield regions, outside
        yield (*regions, region), inside

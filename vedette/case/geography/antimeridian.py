"""Polygons across the antimeridian, cut at 180 degrees as RFC 7946 wants."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from vedette.case.geography.repair import repaired

_WORLDS = (-360.0, 0.0, 360.0)


def crosses(polygon: BaseGeometry) -> bool:
    """Whether longitudes run past 180 degrees, or an edge is longer than half the earth."""
    west, _, east, _ = polygon.bounds
    rings = [ring for part in shapely.get_parts(polygon) for ring in shapely.get_rings(part)]
    return bool(west < -180 or east > 180 or any(_jumps(shapely.get_coordinates(ring)) for ring in rings))


def cut(polygon: BaseGeometry) -> BaseGeometry | None:
    """The polygon in longitudes from -180 to 180, in several pieces where it crosses them.

    None if a ring crosses itself and cannot be repaired.
    """
    parts = shapely.get_parts(polygon)
    shells = [_within(part.exterior) for part in parts]
    holes = [_within(hole) for part in parts for hole in part.interiors]
    if any(area is None for area in (*shells, *holes)):
        return None
    return shapely.difference(shapely.union_all(shells), shapely.union_all(holes))


def _within(ring: shapely.LinearRing) -> BaseGeometry | None:
    """The area in a ring, with its longitudes brought to -180 to 180; None if it cannot be repaired."""
    points = shapely.get_coordinates(ring)
    if _jumps(points):
        points[:, 0] = np.unwrap(points[:, 0], period=360)
    area = repaired(shapely.Polygon(points))
    if area is None:
        return None
    worlds = [shapely.box(shift - 180, -90, shift + 180, 90) for shift in _WORLDS]
    pieces = [
        translate(shapely.intersection(area, world), -shift)
        for world, shift in zip(worlds, _WORLDS, strict=True)
    ]
    return shapely.union_all([piece for piece in pieces if piece.area > 0])


def _jumps(points: NDArray[np.float64]) -> bool:
    """Whether an edge is longer than half the earth; an edge all round it is that of a frame."""
    steps = np.abs(np.diff(points[:, 0]))
    return bool(((steps > 180) & (steps < 360)).any())

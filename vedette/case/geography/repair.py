"""Repairs polygons whose rings cross or touch themselves, where the area hardly changes."""

import shapely
from shapely.geometry.base import BaseGeometry

LARGEST_CHANGE = 0.01
"""The largest share of its area by which repair may change a polygon."""


def repaired(polygon: BaseGeometry) -> BaseGeometry | None:
    """A valid polygon of nearly the same area; None if there is none.

    >>> spike = shapely.Polygon([(0, 0), (4, 0), (4, 4), (4, 5), (4, 4), (0, 4)])
    >>> repaired(spike).area, repaired(shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))
    (16.0, None)
    """
    if polygon.is_valid:
        return polygon
    parts = shapely.get_parts(shapely.make_valid(polygon))
    area = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
    change = abs(area.area - polygon.area)
    return area if area.area > 0 and change <= LARGEST_CHANGE * area.area else None

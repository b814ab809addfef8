"""The areas of a case as paths of a picture, for maps whose colours change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shapely import LinearRing
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from vedette.brief.charts.maps import Geometries, flat_shapes

_WIDTH, _TALLEST = 560, 620
"""Pixels: how wide the picture is, and the most that it is tall."""
_APART = 0.4
"""Pixels by which an outline may be simplified."""
_SMALLEST = 0.5
"""Square pixels below which a piece of an area is left out, unless it is all there is."""


@dataclass(frozen=True)
class AreaMap:
    """Paths of areas, in the coordinates of a picture.

    Attributes:
        width: of the picture, in pixels.
        height: of the picture, in pixels.
        areas: the path of each area, by id, as the ``d`` of SVG.
        regions: the outline of each drawn region, by name.
    """

    width: int
    height: int
    areas: Mapping[str, str]
    regions: Mapping[str, str]


def area_map(places: Geometries, regions: Geometries) -> AreaMap:
    """Returns the map of areas and the outlines of drawn regions, both by id or name, in degrees."""
    flat = flat_shapes({**places, **{f"region {name}": shape for name, shape in regions.items()}})
    west, south, east, north = unary_union(list(flat.values())).bounds
    scale = min((_WIDTH - 2) / (east - west), _TALLEST / (north - south))
    drawn = {
        key: affine_transform(shape, [scale, 0, 0, -scale, 1 - west * scale, 1 + north * scale])
        for key, shape in flat.items()
    }
    return AreaMap(
        round((east - west) * scale) + 2,
        round((north - south) * scale) + 2,
        {key: _path(drawn[key]) for key in places},
        {name: _path(drawn[f"region {name}"]) for name in regions},
    )


def _path(shape: BaseGeometry) -> str:
    """The rings of a shape as one path; neighbours that are simplified each for itself part by a hair."""
    simple = shape.simplify(_APART, preserve_topology=True)
    return "".join(_ring(ring) for ring in _rings(simple))


def _rings(shape: BaseGeometry) -> Iterator[LinearRing]:
    pieces = [each for each in getattr(shape, "geoms", [shape]) if each.geom_type == "Polygon"]
    largest = max((each.area for each in pieces), default=0)
    for each in pieces:
        if each.area >= min(_SMALLEST, largest):
            yield from (each.exterior, *each.interiors)


def _ring(ring: LinearRing) -> str:
    points = [f"{x:.1f} {y:.1f}" for x, y in list(ring.coords)[:-1]]
    return f"M{'L'.join(points)}Z"

"""Areas that lie on each other: enclaves are cut out, doubles are mistakes."""

from collections.abc import Iterator, Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from vedette.errors import Problem

ON_TOP = 0.5
"""From this share of the smaller area on, one area lies on the other."""
NOTABLE = 0.05
"""From this share of the smaller area on, an overlap is worth a remark."""
_ENCLAVE = 0.5
"""Up to this share of the larger area, the smaller one can be an enclave in it."""


def overlapping(polygons: Mapping[str, BaseGeometry]) -> Iterator[tuple[str, str, float]]:
    """Pairs of ids, the larger area first, and the share of the smaller that lies on it, above `ON_TOP`."""
    ids = sorted(polygons, key=lambda place: (-polygons[place].area, place))
    shapes = [polygons[place] for place in ids]
    inside = shapely.point_on_surface(shapes)
    point, around = shapely.STRtree(shapes).query(inside, predicate="intersects")
    pairs = {
        (min(one, other), max(one, other)) for one, other in zip(point, around, strict=True) if one != other
    }
    for large, small in sorted(pairs):
        share = shapely.intersection(shapes[large], shapes[small]).area / shapes[small].area
        if share > ON_TOP:
            yield ids[large], ids[small], share


def partly_overlapping(polygons: Mapping[str, BaseGeometry]) -> Iterator[tuple[str, str, float]]:
    """Pairs of ids, the larger area first, and the share of the smaller that lies on it, above `NOTABLE`."""
    ids = sorted(polygons, key=lambda place: (-polygons[place].area, place))
    shapes = np.array([polygons[place] for place in ids], dtype=object)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    for large, small in sorted((i, j) for i, j in zip(one.tolist(), other.tolist(), strict=True) if i < j):
        share = shapely.intersection(shapes[large], shapes[small]).area / shapes[small].area
        if share > NOTABLE:
            yield ids[large], ids[small], share


def without_enclaves(
    polygons: Mapping[str, BaseGeometry], file: str
) -> tuple[dict[str, BaseGeometry], list[Problem]]:
    """The polygons with each enclave cut out of the area around it, and mistakes: one area on another."""
    cut, problems = dict(polygons), []
    for large, small, share in overlapping(polygons):
        rest = shapely.difference(cut[large], polygons[small])
        if rest.area < _ENCLAVE * polygons[large].area:
            found = f"{small} and {large} on top of each other ({share:.0%} of {small})"
            cure = "Remove one of the two; a file of provinces and districts holds both levels: keep one."
            problems.append(Problem(file, 0, "features", "areas that lie side by side", found, cure))
        cut[large] = rest
    return cut, problems

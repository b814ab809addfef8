"""Adjacency of areas, computed from their polygons."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

SLOPPY = 0.03
"""Tolerance in degrees (about 3 km): across gaps and overlaps up to this width areas still touch."""

_OF_SIDE = 0.05
_LENGTHS = 4
_EXACT_LENGTH = 0.005


def adjacency(polygons: Sequence[BaseGeometry]) -> NDArray[np.bool_]:
    """Whether areas share a border, shape (P, P), symmetric, False on the diagonal.

    Two areas are neighbours if their outlines share a line longer than 0.005 degrees, or if the outline of
    each is within a tolerance of the other over a length of more than four tolerances. The tolerance is
    `SLOPPY`, or a twentieth of the square root of the smaller area if that is less. Areas that touch only in
    a point are not neighbours.
    """
    shapes = np.asarray(polygons, dtype=object)
    neighbours = np.zeros((len(shapes), len(shapes)), dtype=bool)
    if len(shapes) < 2:
        return neighbours
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=SLOPPY)
    one, other = one[one < other], other[one < other]
    touching = _share_line(shapes[one], shapes[other]) | _run_together(shapes[one], shapes[other])
    neighbours[one[touching], other[touching]] = True
    return neighbours | neighbours.T


def order(neighbours: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Order of neighbourhood, shape (P, P): the fewest borders to cross, 0 to itself, -1 if not connected."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import shortest_path

    steps = shortest_path(csr_array(neighbours, dtype=np.float64), unweighted=True)
    return np.where(np.isinf(steps), -1, steps).astype(np.int64)


def _share_line(one: NDArray[np.object_], other: NDArray[np.object_]) -> NDArray[np.bool_]:
    common = shapely.intersection(shapely.boundary(one), shapely.boundary(other))
    return np.asarray(shapely.length(common) > _EXACT_LENGTH)


def _run_together(one: NDArray[np.object_], other: NDArray[np.object_]) -> NDArray[np.bool_]:
    side = np.sqrt(np.minimum(shapely.area(one), shapely.area(other)))
    tolerance = np.minimum(SLOPPY, _OF_SIDE * side)
    alongside = np.minimum(_length_near(one, other, tolerance), _length_near(other, one, tolerance))
    return np.asarray(alongside > _LENGTHS * tolerance)


def _length_near(
    one: NDArray[np.object_], other: NDArray[np.object_], distance: NDArray[np.float64]
) -> NDArray[np.float64]:
    near = shapely.intersection(shapely.boundary(one), shapely.buffer(other, distance))
    return np.asarray(shapely.length(near), dtype=np.float64)

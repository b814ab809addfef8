"""Reads GeoJSON files as features with checked polygons (WGS84, degrees)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from vedette.case.checking.files import read_text
from vedette.case.geography import antimeridian
from vedette.case.geography.geojson_text import entries_of
from vedette.case.geography.repair import repaired
from vedette.errors import Problem
from vedette.problems import shown

_AREAS = ("Polygon", "MultiPolygon")
_FURTHEST = 360.0


@dataclass(frozen=True)
class Feature:
    """One feature of a file: its position in the list, its properties, its polygon."""

    index: int
    properties: dict[str, Any]
    polygon: BaseGeometry


def read_polygons(path: Path, latitude_first: bool = False) -> tuple[list[Feature], list[Problem]]:
    """Reads the polygons of a file: the valid features, and the problems of the others.

    Rings that cross themselves by a hair are repaired, polygons over the antimeridian are cut there, and the
    areas of a GeometryCollection are taken together. With ``latitude_first`` the coordinates are swapped.
    """
    text = read_text(path)
    if isinstance(text, Problem):
        return [], [text]
    entries, problems = entries_of(text, path.name)
    if problems:
        return [], problems
    read = [_feature(index, entry, path.name, latitude_first) for index, entry in enumerate(entries)]
    features = [item for item in read if isinstance(item, Feature)]
    return features, [item for item in read if isinstance(item, Problem)]


def _feature(index: int, entry: Any, file: str, latitude_first: bool) -> Feature | Problem:
    where = f"features[{index}].geometry"
    geometry = entry.get("geometry") if isinstance(entry, dict) else None
    areas = list(_areas(geometry))
    if not areas:
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        cure = "Draw it as an area, or remove the feature."
        return Problem(file, 0, where, "Polygon or MultiPolygon", shown(kind), cure)
    try:
        shapes = [shapely.force_2d(shape(area)) for area in areas]
    except (
        ShapelyError,
        ValueError,
        OverflowError,
        TypeError,
        IndexError,
        KeyError,
        AttributeError,
    ) as error:
        return Problem(file, 0, where, "rings of [longitude, latitude]", shown(str(error)), "Draw it again.")
    parts = [part for drawn in shapes for part in shapely.get_parts(drawn)]
    polygon = shapes[0] if len(shapes) == 1 else shapely.MultiPolygon(parts)
    if latitude_first:
        polygon = shapely.transform(polygon, lambda points: points[:, ::-1])
    problem = next(_flaws(polygon, file, where), None)
    if problem:
        return problem
    mended = antimeridian.cut(polygon) if antimeridian.crosses(polygon) else repaired(polygon)
    if mended is None:
        cure = "Repair it (in QGIS: Fix geometries)."
        reason = shapely.is_valid_reason(polygon)
        return Problem(file, 0, where, "a ring that does not cross itself", reason, cure)
    properties = entry.get("properties")
    return Feature(index, properties if isinstance(properties, dict) else {}, mended)


def _areas(geometry: Any) -> Iterator[dict[str, Any]]:
    """The polygons of a geometry, those of a GeometryCollection one by one."""
    if not isinstance(geometry, dict):
        return
    if geometry.get("type") in _AREAS:
        yield geometry
    inside = geometry.get("geometries")
    if geometry.get("type") == "GeometryCollection" and isinstance(inside, list):
        for part in inside:
            yield from _areas(part)


def _flaws(polygon: BaseGeometry, file: str, where: str) -> Iterator[Problem]:
    if polygon.is_empty:
        yield Problem(file, 0, where, "an area", "no points", "Draw it, or remove the feature.")
        return
    west, south, east, north = polygon.bounds
    if -_FURTHEST <= west <= east <= _FURTHEST and -90 <= south <= north <= 90:
        return
    expected = "degrees of longitude and latitude"
    first = ", ".join(f"{value:.4g}" for value in shapely.get_coordinates(polygon)[0])
    found, cure = f"coordinates such as {first}", "Export in WGS84 (EPSG:4326), longitude before latitude."
    if -90 <= west <= east <= 90 and -180 <= south <= north <= 180:
        found += ", with latitude first"
        cure = "Write `places: {latitude_first: true}` in case.yaml, or export it with longitude first."
    elif max(abs(east), abs(west), abs(north), abs(south)) > 1000:
        found += ", which are metres of a projection"
    yield Problem(file, 0, where, expected, found, cure)

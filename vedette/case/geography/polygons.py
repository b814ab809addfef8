"""Reads GeoJSON files as features with checked polygons (WGS84, degrees)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from vedette.case.checking.files import read_text
from vedette.errors import Problem
from vedette.problems import shown

_AREAS = ("Polygon", "MultiPolygon")


@dataclass(frozen=True)
class Feature:
    """One feature of a file: its position in the list, its properties, its polygon."""

    index: int
    properties: dict[str, Any]
    polygon: BaseGeometry


def read_polygons(path: Path) -> tuple[list[Feature], list[Problem]]:
    """Reads a FeatureCollection of polygons: the valid features, and the problems of the others."""
    text = read_text(path)
    if isinstance(text, Problem):
        return [], [text]
    try:
        loaded = json.loads(text)
    except json.JSONDecodeError as error:
        found = f"{error.msg} in line {error.lineno}"
        return [], [Problem(path.name, 0, "", "GeoJSON", found, "Export the file again; it may be cut off.")]
    except RecursionError:
        return [], [Problem(path.name, 0, "", "GeoJSON", "endless nesting", "Export the file again.")]
    entries = loaded.get("features") if isinstance(loaded, dict) else None
    if not isinstance(entries, list) or loaded.get("type") != "FeatureCollection":
        found = shown(loaded.get("type") if isinstance(loaded, dict) else type(loaded).__name__)
        cure = "Export the areas as one GeoJSON FeatureCollection."
        return [], [Problem(path.name, 0, "type", "a FeatureCollection with features", found, cure)]
    read = [_feature(index, entry, path.name) for index, entry in enumerate(entries)]
    features = [item for item in read if isinstance(item, Feature)]
    return features, [item for item in read if isinstance(item, Problem)]


def _feature(index: int, entry: Any, file: str) -> Feature | Problem:
    where = f"features[{index}].geometry"
    geometry = entry.get("geometry") if isinstance(entry, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in _AREAS:
        cure = "Draw it as an area, or remove the feature."
        return Problem(file, 0, where, "Polygon or MultiPolygon", shown(kind), cure)
    try:
        polygon = shape(geometry)
    except (ShapelyError, ValueError, TypeError, IndexError, KeyError, AttributeError) as error:
        return Problem(file, 0, where, "rings of [longitude, latitude]", shown(str(error)), "Draw it again.")
    problem = next(_flaws(polygon, file, where), None)
    properties = entry.get("properties")
    return problem or Feature(index, properties if isinstance(properties, dict) else {}, polygon)


def _flaws(polygon: BaseGeometry, file: str, where: str) -> Iterator[Problem]:
    if polygon.is_empty:
        yield Problem(file, 0, where, "an area", "no points", "Draw it, or remove the feature.")
        return
    if not _on_earth(polygon):
        cure = "Export in WGS84 (EPSG:4326), longitude before latitude."
        found = "coordinates such as " + ", ".join(
            f"{value:.4g}" for value in shapely.get_coordinates(polygon)[0]
        )
        yield Problem(file, 0, where, "degrees of longitude and latitude", found, cure)
        return
    if not polygon.is_valid:
        cure = "Repair it (in QGIS: Fix geometries)."
        yield Problem(
            file, 0, where, "a ring that does not cross itself", shapely.is_valid_reason(polygon), cure
        )


def _on_earth(polygon: BaseGeometry) -> bool:
    west, south, east, north = polygon.bounds
    return bool(-180 <= west <= east <= 180 and -90 <= south <= north <= 90)

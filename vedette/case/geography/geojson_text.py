"""Reads the text of a GeoJSON file, in any of the forms in which areas are passed on, as features."""

import json
import re
from collections.abc import Iterator
from typing import Any

from vedette.errors import Problem
from vedette.problems import shown

GEOMETRIES = frozenset(
    ("Polygon", "MultiPolygon", "GeometryCollection", "Point", "MultiPoint", "LineString", "MultiLineString")
)
_DEGREES = re.compile(r"CRS84|CRS83|WGS ?_?84|\b(?:4326|4269|4258|4674|4979|4019)\b", re.IGNORECASE)
"""Geographic systems that differ from WGS84 by metres at most (NAD83, ETRS89, SIRGAS 2000)."""
_OTHER_FORMS = {
    "Topology": ("TopoJSON", "Convert it: `topo2geo`, or in mapshaper.org export it as GeoJSON."),
    "esri": ("Esri JSON", "Export it as GeoJSON, in ArcGIS with Features To JSON and its option GeoJSON."),
}


def entries_of(text: str, file: str) -> tuple[list[Any], list[Problem]]:
    """The features of a text: a FeatureCollection, one Feature or geometry, a list, or one feature a line."""
    try:
        loaded = json.loads(text)
    except json.JSONDecodeError as error:
        lines = _lines(text)
        if lines is None:
            found = f"{error.msg} in line {error.lineno}"
            return [], [Problem(file, 0, "", "GeoJSON", found, "Export the file again; it may be cut off.")]
        loaded = lines
    except RecursionError:
        return [], [Problem(file, 0, "", "GeoJSON", "endless nesting", "Export the file again.")]
    problem = _unread(loaded, file)
    return ([], [problem]) if problem else (list(_entries(loaded)), [])


def _lines(text: str) -> list[Any] | None:
    """The values of a text with one JSON value a line; None if it is no such text."""
    try:
        values = [json.loads(line) for line in text.replace("\x1e", "\n").splitlines() if line.strip()]
    except (json.JSONDecodeError, RecursionError):
        return None
    return values if len(values) > 1 and all(isinstance(value, dict) for value in values) else None


def _entries(loaded: Any) -> Iterator[Any]:
    for item in loaded if isinstance(loaded, list) else [loaded]:
        if item.get("type") == "FeatureCollection":
            yield from item["features"]
        elif item.get("type") == "Feature":
            yield item
        else:
            yield {"type": "Feature", "properties": {}, "geometry": item}


def _unread(loaded: Any, file: str) -> Problem | None:
    items = loaded if isinstance(loaded, list) else [loaded]
    for item in items:
        told = item.get("type") if isinstance(item, dict) else type(item).__name__
        kind = told if isinstance(told, str) else repr(told)
        if isinstance(item, dict) and str(item.get("geometryType", "")).startswith("esri"):
            kind = "esri"
        if kind in _OTHER_FORMS:
            found, cure = _OTHER_FORMS[kind]
            return Problem(file, 0, "", "GeoJSON", found, cure)
        whole = kind == "FeatureCollection" and isinstance(item.get("features"), list)
        if not whole and kind != "Feature" and kind not in GEOMETRIES:
            cure = "Export the areas as one GeoJSON FeatureCollection."
            return Problem(file, 0, "type", "a FeatureCollection with features", shown(told), cure)
        if isinstance(item, dict) and (other := _projection(item)):
            cure = "Export it in WGS84: in QGIS Save Features As, CRS EPSG:4326; or ogr2ogr -t_srs EPSG:4326."
            return Problem(file, 0, "crs", "degrees of longitude and latitude (WGS84)", shown(other), cure)
    return None


def _projection(item: dict[str, Any]) -> str | None:
    """The name of the coordinate reference system if it is not one of degrees."""
    crs = item.get("crs")
    inside = crs.get("properties") if isinstance(crs, dict) else None
    if not isinstance(inside, dict):
        return None
    name = inside.get("name") or inside.get("code") or ""
    return str(name) if name and not _DEGREES.search(str(name)) else None

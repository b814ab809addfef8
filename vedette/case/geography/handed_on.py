"""Polygons of a case as an edition hands them on: what is read of a file, and nothing else."""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from vedette.case.checking.files import read_text
from vedette.case.geography.columns import PLACES, SHAPE_TYPE, column
from vedette.case.geography.geojson_text import entries_of
from vedette.case.geography.read_places import ALIASES
from vedette.case.schema.settings import Settings, read_settings
from vedette.errors import CaseError, Problem

_GEOMETRY = ("type", "coordinates", "geometries")


def polygons_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files with the polygons of a case, by name: those of places, and those of regions.

    Each feature keeps its geometry and the properties that vedette reads: ids, names and levels of places,
    ids of regions. Notes, authors and whatever else a map program put in stay behind.

    Args:
        folder: of a case without mistakes.
    """
    settings, problems = read_settings(folder)
    if settings is None:
        raise CaseError(f"{folder} cannot be handed on.", problems)
    drawn = {region.polygons for region in settings.regions if region.polygons}
    for name in (PLACES, *sorted(drawn - {PLACES})):
        entries = _entries(folder / name)
        read = {key for entry in entries for key in _properties(entry) if key == "region" and name in drawn}
        if name == PLACES:
            read |= {key for entry in entries for key in _properties(entry) if _of_places(key, settings)}
        lines = (json.dumps(_feature(entry, read), ensure_ascii=False) for entry in entries)
        text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
        yield name, text.encode("utf-8")


def _entries(path: Path) -> list[Any]:
    text = read_text(path)
    entries, problems = ([], [text]) if isinstance(text, Problem) else entries_of(text, path.name)
    if problems:
        raise CaseError(f"{path} cannot be handed on.", problems)
    return entries


def _properties(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = entry.get("properties")
    return properties if isinstance(properties, dict) else {}


def _of_places(name: str, settings: Settings) -> bool:
    named = (ALIASES, SHAPE_TYPE, settings.places.id, settings.places.name)
    return name in named or column(name) is not None


def _feature(entry: Mapping[str, Any], read: Collection[str]) -> dict[str, Any]:
    kept = {name: value for name, value in _properties(entry).items() if name in read}
    return {"type": "Feature", "properties": kept, "geometry": _geometry(entry["geometry"])}


def _geometry(geometry: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: geometry[key] for key in _GEOMETRY if key in geometry}
    if "geometries" in kept:
        kept["geometries"] = [_geometry(part) for part in kept["geometries"]]
    return kept

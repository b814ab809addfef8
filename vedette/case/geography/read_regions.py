"""Reads drawn regions, and the bounds of a case."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from vedette.case.geography.columns import value
from vedette.case.geography.places import Places
from vedette.case.geography.polygons import Feature, read_polygons
from vedette.case.geography.regions import Region
from vedette.case.schema.settings import FILE, Bounds, RegionEntry, Settings
from vedette.errors import Problem
from vedette.problems import did_you_mean, shown

WORLD: Bounds = (-180.0, -90.0, 180.0, 90.0)

_MARGIN = 1.0


def read_regions(
    folder: Path, settings: Settings, places: Places
) -> tuple[tuple[Region, ...], list[Problem]]:
    """Joins the regions of ``case.yaml`` with their places or polygons."""
    problems = list(_unknown_places(settings.regions, places))
    drawn: dict[str, dict[str, BaseGeometry]] = {}
    for file in dict.fromkeys(entry.polygons for entry in settings.regions if entry.polygons):
        features, found = read_polygons(folder / file)
        ids = {entry.id for entry in settings.regions if entry.polygons == file}
        found = found or list(_region_problems(features, file, ids))
        problems += found
        drawn[file] = _united(features) if not found else {}
    return tuple(_region(entry, drawn) for entry in settings.regions), problems


def bounds_of(settings: Settings, places: Places) -> Bounds:
    """The bounds in case.yaml, else the bounding box of the places with a margin of one degree."""
    if settings.bounds:
        west, south, east, north = (float(value or 0.0) for value in settings.bounds)
        return west, south, east, north
    if not places.geometry:
        return WORLD
    west, south, east, north = shapely.total_bounds(list(places.geometry.values())).tolist()
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN


def _unknown_places(entries: Sequence[RegionEntry], places: Places) -> Iterator[Problem]:
    for index, entry in enumerate(entries):
        for place in entry.places:
            if place not in places.names:
                column = f"regions[{index}].places"
                cure = did_you_mean(place, places.ids)
                yield Problem(FILE, 0, column, "ids of places", shown(place), cure)


def _region_problems(features: Sequence[Feature], file: str, ids: set[str]) -> Iterator[Problem]:
    drawn = [value(feature, "region") for feature in features]
    for feature, region in zip(features, drawn, strict=True):
        if region not in ids:
            column = f"features[{feature.index}].properties.region"
            yield Problem(file, 0, column, "the id of a region", shown(region), did_you_mean(region, ids))
    for region in sorted(ids - set(drawn)):
        cure = "Draw it with the property `region` set to its id, or drop it from case.yaml."
        yield Problem(file, 0, "features", f"a feature of region {region}", "none", cure)


def _united(features: Sequence[Feature]) -> dict[str, BaseGeometry]:
    pieces: dict[str, list[BaseGeometry]] = defaultdict(list)
    for feature in features:
        pieces[value(feature, "region")].append(feature.polygon)
    return {region: shapely.union_all(polygons) for region, polygons in pieces.items()}


def _region(entry: RegionEntry, drawn: dict[str, dict[str, BaseGeometry]]) -> Region:
    polygon = drawn[entry.polygons].get(entry.id) if entry.polygons else None
    return Region(entry.id, entry.name, entry.places, polygon, entry.note, entry.author, entry.source)

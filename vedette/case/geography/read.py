"""Reads ``places.geojson`` and ``regions.geojson`` as places and regions."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from vedette.case.geography.places import Places, spellings
from vedette.case.geography.polygons import Feature, read_polygons
from vedette.case.geography.regions import Region
from vedette.case.schema.settings import FILE, Bounds, RegionEntry, Settings
from vedette.errors import Problem
from vedette.problems import did_you_mean, shown

PLACES = "places.geojson"
USUAL_IDS = (
    *("iso_3166_2", "ISO", "shapeISO", "id", "pcode", "ADM1_PCODE", "adm1_pcode", "ISO_1", "HASC_1"),
    *("GID_1", "ADM2_PCODE", "adm2_pcode", "GID_2", "shapeID"),
)
USUAL_NAMES = (
    *("name", "NAME_1", "shapeName", "ADM1_EN", "adm1_name", "ADM1_NAME", "NAME", "name_en"),
    *("NAME_2", "ADM2_EN", "adm2_name", "ADM2_NAME"),
)
WORLD: Bounds = (-180.0, -90.0, 180.0, 90.0)

_MARGIN = 1.0
_LEVEL = re.compile(r"(?:adm(?:in)?_?|^(?:name|gid|hasc|iso)_)([123])(?!\d)", re.IGNORECASE)
_RESERVED = "+;?"


def read_places(folder: Path, settings: Settings | None) -> tuple[Places | None, list[Problem]]:
    """Reads the places of a case; from a file without features one place, the whole country."""
    features, problems = read_polygons(folder / PLACES)
    if problems or settings is None:
        return None, problems
    if not features:
        country = settings.country
        return _named({country.iso3: country.name}, {}, settings)
    properties = settings.places
    id_property = _property(features, USUAL_IDS, properties.id)
    if id_property is None:
        return None, [_no_id(features, properties.id)]
    if properties.name and properties.name not in _known(features):
        return None, [_no_property("places.name", properties.name, features)]
    ids = [_value(feature, id_property) for feature in features]
    problems = [*_bad_ids(ids, id_property)]
    if problems:
        return None, problems
    name_property = properties.name or _property(features, USUAL_NAMES, None) or id_property
    names = {place: _value(f, name_property) or place for place, f in zip(ids, features, strict=True)}
    level = properties.level or _level(features, name_property, id_property)
    polygons = {place: f.polygon for place, f in zip(ids, features, strict=True)}
    return _named(names, polygons, settings, level)


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


def _level(features: Sequence[Feature], *properties: str) -> int:
    """The administrative level that the name of a property states (``ADM2_EN``), or ``shapeType``; else 1."""
    kinds = {_value(feature, "shapeType") for feature in features}
    stated = (_LEVEL.search(text) for text in (*properties, *kinds))
    return max((int(found[1]) for found in stated if found), default=1)


def _named(
    names: dict[str, str], geometry: dict[str, BaseGeometry], settings: Settings, level: int = 1
) -> tuple[Places | None, list[Problem]]:
    problems = [
        Problem(FILE, 0, f"aliases.{key}", "the id of a place", shown(key), did_you_mean(key, names))
        for key in settings.aliases
        if key not in names
    ]
    known, clashes = spellings(names, settings.aliases)
    for name, holder, other in clashes:
        file = PLACES if name in names.values() else FILE
        found = f"{name!r} for both {holder} and {other}"
        problems.append(Problem(file, 0, "", "a name that fits one place", found, "Rename one of the two."))
    return (None, problems) if problems else (Places(tuple(names), names, geometry, known, level), [])


def _property(features: Sequence[Feature], usual: Sequence[str], name: str | None) -> str | None:
    """The first property that every feature has, preferably one whose values all differ."""
    filled = [name for name in ([name] if name else usual) if all(_value(f, name) for f in features)]
    unique = (name for name in filled if len({_value(f, name) for f in features}) == len(features))
    return next(unique, filled[0] if filled else None)


def _value(feature: Feature, name: str) -> str:
    value = feature.properties.get(name)
    return "" if value is None else str(value).strip()


def _known(features: Sequence[Feature]) -> list[str]:
    return list(dict.fromkeys(name for feature in features for name in feature.properties))


def _no_id(features: Sequence[Feature], name: str | None) -> Problem:
    if name:
        return _no_property("places.id", name, features)
    found = ", ".join(_known(features)) or "no properties"
    cure = "Name the property that holds ids in case.yaml, like `places: {id: CODE, name: LABEL}`."
    return Problem(PLACES, 0, "properties", "an id in every feature", found, cure)


def _no_property(column: str, name: str, features: Sequence[Feature]) -> Problem:
    cure = did_you_mean(name, _known(features))
    return Problem(FILE, 0, column, "a property that every feature of places.geojson has", shown(name), cure)


def _bad_ids(ids: Sequence[str], name: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, place in enumerate(ids):
        column = f"features[{index}].properties.{name}"
        earlier = first.setdefault(place, index)
        if earlier != index:
            cure = f"features[{earlier}] has it; merge the two or correct one."
            yield Problem(PLACES, 0, column, "each id once", shown(place), cure)
        if any(mark in place for mark in _RESERVED):
            cure = "Change the id."
            yield Problem(PLACES, 0, column, f"an id without any of {_RESERVED}", shown(place), cure)


def _unknown_places(entries: Sequence[RegionEntry], places: Places) -> Iterator[Problem]:
    for index, entry in enumerate(entries):
        for place in entry.places:
            if place not in places.names:
                column = f"regions[{index}].places"
                cure = did_you_mean(place, places.ids)
                yield Problem(FILE, 0, column, "ids of places", shown(place), cure)


def _region_problems(features: Sequence[Feature], file: str, ids: set[str]) -> Iterator[Problem]:
    drawn = [_value(feature, "region") for feature in features]
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
        pieces[_value(feature, "region")].append(feature.polygon)
    return {region: shapely.union_all(polygons) for region, polygons in pieces.items()}


def _region(entry: RegionEntry, drawn: dict[str, dict[str, BaseGeometry]]) -> Region:
    polygon = drawn[entry.polygons].get(entry.id) if entry.polygons else None
    return Region(entry.id, entry.name, entry.places, polygon, entry.note, entry.author, entry.source)

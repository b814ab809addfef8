"""Reads ``places.geojson`` as places: ids, names, spellings, polygons and level."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from vedette.case.geography.columns import CODES, PLACES, Columns, find_columns, only_codes, value
from vedette.case.geography.names import fold, spelled
from vedette.case.geography.overlaps import without_enclaves
from vedette.case.geography.places import Places
from vedette.case.geography.polygons import Feature, read_polygons
from vedette.case.geography.spellings import Clash, make_spellings
from vedette.case.geography.whereabouts import swapped
from vedette.case.schema.settings import FILE, Settings
from vedette.errors import Problem
from vedette.problems import did_you_mean, shown

ALIASES = "aliases"
"""The property of places.geojson with other names of an area: a list, or text with semicolons between."""

_RESERVED = "+;?"


def read_places(folder: Path, settings: Settings | None) -> tuple[Places | None, list[Problem]]:
    """Reads the places of a case; from a file without features one place, the whole country."""
    latitude_first = settings is not None and settings.places.latitude_first
    features, problems = read_polygons(folder / PLACES, latitude_first)
    if problems or settings is None:
        return None, problems
    if not features:
        country = settings.country
        return _places({country.iso3: country.name}, {}, {}, settings, settings.places.level or 1)
    columns = find_columns(features, settings.places)
    if isinstance(columns, Problem):
        return None, [columns]
    ids = [value(feature, columns.id) for feature in features]
    problems = [*_bad_ids(ids, columns.id)]
    if columns.name is None:
        problems.append(only_codes(features, columns))
    if problems or (problems := [*swapped(features, settings)]):
        return None, problems
    by_id = dict(zip(ids, features, strict=True))
    names = _told_apart(by_id, columns)
    others = {place: tuple(_other_names(feature, columns)) for place, feature in by_id.items()}
    drawn = {place: feature.polygon for place, feature in by_id.items()}
    polygons, problems = without_enclaves(drawn, PLACES)
    if problems:
        return None, problems
    places, problems = _places(names, others, polygons, settings, settings.places.level or columns.level)
    return (replace(places, within=_within(by_id, columns)) if places else None), problems


def _within(features: Mapping[str, Feature], columns: Columns) -> dict[str, frozenset[str]]:
    """Ids of the areas in each place one level up, by its normalised name."""
    areas: dict[str, set[str]] = defaultdict(set)
    for place, feature in features.items():
        if columns.above and value(feature, columns.above):
            areas[fold(value(feature, columns.above))].add(place)
    return {name: frozenset(ids) for name, ids in areas.items()}


def _places(
    names: dict[str, str],
    others: Mapping[str, Sequence[str]],
    polygons: dict[str, BaseGeometry],
    settings: Settings,
    level: int,
) -> tuple[Places | None, list[Problem]]:
    problems = [
        Problem(FILE, 0, f"aliases.{key}", "the id of a place", shown(key), did_you_mean(key, names))
        for key in settings.aliases
        if key not in names
    ]
    spellings, clashes = make_spellings(names, others, settings.aliases)
    problems += [_clash_problem(clash, names, level) for clash in clashes]
    return (None, problems) if problems else (Places(tuple(names), names, polygons, spellings, level), [])


def _clash_problem(clash: Clash, names: Mapping[str, str], level: int) -> Problem:
    found = f"{clash.name!r} for both {clash.holder} and {clash.other}"
    expected, cure = "a name that fits one place", "Rename one of the two."
    if clash.name not in names.values():
        cure = f"It is a name of {clash.holder}: remove it from {clash.other}."
        return Problem(FILE, 0, f"aliases.{clash.other}", expected, found, cure)
    if level > 1:
        cure = f"Write the area one level up beside both names, such as '{clash.name} (North)'."
    return Problem(PLACES, 0, "", expected, found, cure)


def _told_apart(features: Mapping[str, Feature], columns: Columns) -> dict[str, str]:
    """Names by id; areas of one name get the area one level up in brackets, where that differs."""
    names = {place: _name(feature, columns) or place for place, feature in features.items()}
    same: dict[str, list[str]] = defaultdict(list)
    for place, name in names.items():
        same[spelled(name)].append(place)
    for places in same.values():
        above = [value(features[place], columns.above or "") for place in places]
        if len(places) > 1 and len({spelled(name) for name in above if name}) == len(places):
            names |= {place: f"{names[place]} ({name})" for place, name in zip(places, above, strict=True)}
    return names


def _name(feature: Feature, columns: Columns) -> str:
    return value(feature, columns.name or "")


def _other_names(feature: Feature, columns: Columns) -> Iterator[str]:
    """Names of an area in its columns and in `ALIASES`; codes are left out."""
    columns_ = [columns.name or "", *columns.others]
    said = [name.strip() for column in columns_ for name in value(feature, column).split("|")]
    yield from (name for name in said if name and not CODES.fullmatch(name))
    aliases = feature.properties.get(ALIASES)
    listed = aliases if isinstance(aliases, list) else str(aliases or "").split(";")
    yield from (str(name).strip() for name in listed if str(name).strip())


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

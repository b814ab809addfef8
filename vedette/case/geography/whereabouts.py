"""Whether the areas of a case lie where its country lies."""

from collections.abc import Iterator, Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from vedette.case.geography.columns import PLACES
from vedette.case.geography.countries import CountryRecord, country_record
from vedette.case.geography.polygons import Feature
from vedette.case.schema.settings import Country, Settings
from vedette.errors import Problem
from vedette.plurals import counted

_MOST_SHOWN = 3
_FILLED = 0.8
_CLEARLY = 0.1


def swapped(features: Sequence[Feature], settings: Settings) -> Iterator[Problem]:
    """The mistake of areas whose coordinates lie in the country, or fill its box, only when swapped."""
    record = country_record(settings.country)
    if record is None:
        return
    polygons = [feature.polygon for feature in features]
    boxes = [polygon.bounds for polygon in polygons]
    outside = not any(record.holds(*box) for box in boxes)
    inside = all(record.holds(south, west, north, east) for west, south, east, north in boxes)
    if (outside and inside) or _fills_when_swapped(polygons, record):
        expected = f"areas in {record.country.name}, longitude before latitude"
        found = f"polygons in {_box(polygons)}; with the two swapped they lie in the country"
        cure = "Write `places: {latitude_first: true}` in case.yaml, or export them with longitude first."
        if settings.places.latitude_first:
            cure = "Remove `latitude_first` from case.yaml."
        yield Problem(PLACES, 0, "geometry", expected, found, cure)


def _fills_when_swapped(polygons: Sequence[BaseGeometry], record: CountryRecord) -> bool:
    west, south, east, north = shapely.total_bounds(polygons).tolist()
    country = shapely.box(*record.bounds)
    as_read, turned = shapely.box(west, south, east, north), shapely.box(south, west, north, east)
    return _common(turned, country) > _FILLED and _common(as_read, country) < _FILLED - _CLEARLY


def _common(one: BaseGeometry, other: BaseGeometry) -> float:
    """The area that two boxes share, as a part of the area of both together."""
    return float(one.intersection(other).area / one.union(other).area)


def far_areas(polygons: Mapping[str, BaseGeometry], country: Country) -> Iterator[Problem]:
    """A warning of areas that lie more than two degrees outside the country."""
    record = country_record(country)
    if record is None:
        return
    far = [place for place, polygon in polygons.items() if not record.holds(*polygon.bounds)]
    if far:
        expected = f"areas in {country.name}"
        more = f" and {len(far) - _MOST_SHOWN} more" if len(far) > _MOST_SHOWN else ""
        listed = ", ".join(far[:_MOST_SHOWN]) + more
        found = f"{counted(len(far), 'area')} elsewhere ({listed}), in {_box([polygons[p] for p in far])}"
        cure = "Take the areas of this country, or correct `country` in case.yaml."
        yield Problem(PLACES, 0, "geometry", expected, found, cure)


def _box(polygons: Sequence[BaseGeometry]) -> str:
    west, south, east, north = shapely.total_bounds(polygons).tolist()
    return f"{west:g}..{east:g} east, {south:g}..{north:g} north"

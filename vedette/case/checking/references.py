"""Checks across tables: foreign keys and coordinates."""

from collections.abc import Collection, Iterator, Sequence

import polars as pl

from vedette.case.checking.tables import CaseTable
from vedette.case.geography.places import Places
from vedette.case.geography.regions import Region
from vedette.case.schema.settings import Bounds
from vedette.errors import Problem
from vedette.problems import did_you_mean, shown

UNRESOLVED = "?"
"""Markers in ``observed.csv`` for a place with an unknown name, and for regions that are not known."""


def unknown_ids(table: CaseTable, column: str, known: Collection[str], kind: str) -> Iterator[Problem]:
    """Foreign key check: problems of filled cells that are not one of the known ids."""
    ids = frozenset(known)
    for number, value in _cells(table, column):
        if value and value not in ids:
            yield Problem(table.file, number, column, kind, shown(value), did_you_mean(value, known))


def unknown_places(observed: CaseTable, places: Places) -> Iterator[Problem]:
    """Problems of places in ``observed.csv`` that are neither empty, known nor marked unresolved."""
    for number, value in _cells(observed, "place"):
        if value and value not in places.names and not value.startswith(UNRESOLVED):
            cure = did_you_mean(value, places.ids)
            yield Problem(observed.file, number, "place", "the id of a place", shown(value), cure)


def unknown_regions(observed: CaseTable, regions: Sequence[Region]) -> Iterator[Problem]:
    """Problems of cells of ``observed.csv`` with regions that are not drawn in the case."""
    drawn = [region.id for region in regions if region.polygon is not None]
    for number, value in _cells(observed, "regions"):
        for region in value.split(";") if value not in ("", UNRESOLVED) else ():
            if region not in drawn:
                expected, cure = "ids of drawn regions, joined by ;", did_you_mean(region, drawn)
                yield Problem(observed.file, number, "regions", expected, shown(region), cure)


def unknown_in_list(table: CaseTable, column: str, known: Collection[str], kind: str) -> Iterator[Problem]:
    """Foreign key check of cells with ids joined by ``;``."""
    for number, value in _cells(table, column):
        for one in value.split(";") if value else ():
            if one.strip() not in known:
                expected, cure = f"{kind}, joined by ;", did_you_mean(one.strip(), known)
                yield Problem(table.file, number, column, expected, shown(one), cure)


def half_points(table: CaseTable) -> Iterator[Problem]:
    """Problems of rows with only one of latitude and longitude."""
    for number, latitude, longitude in _points(table):
        if (latitude is None) != (longitude is None):
            column = "latitude" if latitude is None else "longitude"
            yield Problem(table.file, number, column, "both coordinates or none", "nothing", "Fill it in.")


def far_points(table: CaseTable, bounds: Bounds) -> Iterator[Problem]:
    """Problems of points outside the bounds of the case; swapped coordinates have a cure of their own."""
    west, south, east, north = bounds
    for number, latitude, longitude in _points(table):
        if latitude is None or longitude is None or _within(latitude, longitude, bounds):
            continue
        expected = f"a point in {south:g}..{north:g} north, {west:g}..{east:g} east"
        found = f"latitude {latitude:g}, longitude {longitude:g}"
        cure = "Correct it, or widen `bounds` in case.yaml."
        if swapped(latitude, longitude, bounds):
            cure = "Latitude and longitude look swapped."
        yield Problem(table.file, number, "latitude", expected, found, cure)


def swapped(latitude: float, longitude: float, bounds: Bounds) -> bool:
    """Whether a point is within the bounds only if latitude and longitude are swapped."""
    return not _within(latitude, longitude, bounds) and _within(longitude, latitude, bounds)


def swapped_points(table: CaseTable, bounds: Bounds) -> Iterator[Problem]:
    """The far points whose coordinates look swapped."""
    return (problem for problem in far_points(table, bounds) if "swapped" in problem.cure)


def disordered(observed: CaseTable) -> Iterator[int]:
    """The spreadsheet rows of ``observed.csv`` in which low <= best <= high does not hold."""
    fails = observed.frame.select((pl.col("low") > pl.col("best")) | (pl.col("best") > pl.col("high")))
    return (number for number, failing in zip(observed.numbers, fails.to_series(), strict=True) if failing)


def _within(latitude: float, longitude: float, bounds: Bounds) -> bool:
    west, south, east, north = bounds
    return south <= latitude <= north and west <= longitude <= east


def _cells(table: CaseTable, column: str) -> Iterator[tuple[int, str]]:
    return zip(table.numbers, table.frame[column].to_list(), strict=True)


def _points(table: CaseTable) -> Iterator[tuple[int, float | None, float | None]]:
    frame = table.frame
    return zip(table.numbers, frame["latitude"].to_list(), frame["longitude"].to_list(), strict=True)

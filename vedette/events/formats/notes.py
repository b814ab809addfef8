"""Notes on a file that was read: oddities in it, which are kept as published."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb

from vedette.case import Case
from vedette.errors import Problem
from vedette.events.counted_events import uncounted_events, uncounted_types
from vedette.events.formats.head import FileHead
from vedette.events.placing import own_name
from vedette.plurals import counted, plural

_KEPT = "Kept as published."
_SHOWN = 10


def notes(
    connection: duckdb.DuckDBPyConnection, number: int, name: str, head: FileHead, case: Case
) -> Iterator[Problem]:
    """All notes on one file; none of them prevents its use.

    Args:
        connection: a store with the file.
        number: the file's number in the store.
        name: its name.
        head: its head.
        case: the case, for places, bounds and country.
    """
    yield from _copies(connection, number, name, head)
    yield from _disorder(connection, number, name)
    yield from _elsewhere(connection, number, name, case)
    yield from _coordinates(connection, number, name, case)
    yield from _kinds(connection, number, name, case)
    yield from _place_names(connection, number, name, case)
    if head.extra:
        expected = f"the columns of {head.layout.name}"
        found = f"{len(head.extra)} more: {', '.join(head.extra[:_SHOWN])}"
        yield Problem(name, 1, "", expected, found, "Kept with the original rows.")


def _copies(
    connection: duckdb.DuckDBPyConnection, number: int, name: str, head: FileHead
) -> Iterator[Problem]:
    row = connection.execute("SELECT copies FROM files WHERE number = ?", [number]).fetchone()
    if row and row[0]:
        found = counted(row[0], "row that repeats another", "rows that repeat another")
        cure = "Counted once."
        if head.layout.sides:
            cure = "Counted once: an actor-based export has a row for each actor of an event."
        yield Problem(name, 0, "", "each event once", found, cure)


def _disorder(connection: duckdb.DuckDBPyConnection, number: int, name: str) -> Iterator[Problem]:
    wrong = "NOT (low <= best AND best <= high)"
    example = _first(connection, number, wrong, "low || ', ' || best || ', ' || high")
    if example:
        count, row, shown = example
        found = f"{counted(count, 'row')} where it fails, the first {shown}"
        yield Problem(name, row, "low, best, high", "low <= best <= high", found, _KEPT)


def _elsewhere(
    connection: duckdb.DuckDBPyConnection, number: int, name: str, case: Case
) -> Iterator[Problem]:
    example = _first(connection, number, "country <> $country", "country", country=case.country.name)
    if example:
        count, row, shown = example
        events = counted(count, "event")
        found = f"{events} in other countries, the first in {shown or 'a country not named'}"
        cure = f"Kept, but not counted for {case.country.name}."
        yield Problem(name, row, "country", case.country.name, found, cure)


def _coordinates(
    connection: duckdb.DuckDBPyConnection, number: int, name: str, case: Case
) -> Iterator[Problem]:
    inside = "{} BETWEEN $west AND $east AND {} BETWEEN $south AND $north"
    outside = f"country = $country AND NOT ({inside.format('longitude', 'latitude')})"
    swapped = f"{outside} AND {inside.format('latitude', 'longitude')}"
    astray = f"{outside} AND NOT ({inside.format('latitude', 'longitude')})"
    box = dict(zip(("west", "south", "east", "north"), case.bounds, strict=True))
    expected = "longitude {west:g} to {east:g}, latitude {south:g} to {north:g}".format(**box)
    for condition, *fault in (
        (swapped, "looks swapped", "look swapped"),
        (astray, "lies outside", "lie outside"),
    ):
        example = _first(
            connection, number, condition, "latitude || ', ' || longitude", **box, country=case.country.name
        )
        if example:
            count, row, shown = example
            found = f"{counted(count, 'point')} that {plural(count, *fault)}, the first {shown}"
            yield Problem(name, row, "latitude, longitude", expected, found, f"{_KEPT} Look at the source.")


def _kinds(connection: duckdb.DuckDBPyConnection, number: int, name: str, case: Case) -> Iterator[Problem]:
    types = uncounted_types(connection, case, f"file_number = {number:d}")
    for remark in uncounted_events(case, types):
        yield replace(remark, file=name)


def _place_names(
    connection: duckdb.DuckDBPyConnection, number: int, name: str, case: Case
) -> Iterator[Problem]:
    """One note on all names of places, at the level of the areas, that no area of the case has."""
    column = own_name(case.places.level)
    if column is None or not case.places.geometry:
        return
    rows = connection.execute(
        f"SELECT {column}, count(*), min(row) FROM events WHERE file_number = ? AND country = ? "
        f"AND {column} IS NOT NULL GROUP BY {column} ORDER BY count(*) DESC, {column}",
        [number, case.country.name],
    ).fetchall()
    unknown = [row for row in rows if case.places.resolve(row[0]) is None]
    if unknown:
        found = ", ".join(f"{place!r} ({counted(count, 'event')})" for place, count, _ in unknown[:_SHOWN])
        if len(unknown) > _SHOWN:
            found += f" and {counted(len(unknown) - _SHOWN, 'more name')}"
        cure = "Kept. Add other names of areas under `aliases` in case.yaml; see vedette events aliases CASE."
        yield Problem(
            name,
            unknown[0][2],
            ("province", "district")[case.places.level - 1],
            "the name of an area",
            found,
            cure,
        )


def _first(
    connection: duckdb.DuckDBPyConnection, number: int, condition: str, shown: str, **values: float | str
) -> tuple[int, int, str] | None:
    """The number of rows of a file that meet a condition, the first such row, and its value as an example."""
    row_ = connection.execute(
        f"SELECT count(*), min(row), arg_min({shown}, row) FROM events "
        f"WHERE file_number = $number AND ({condition})",
        {"number": number, **values},
    ).fetchone()
    return (int(row_[0]), int(row_[1]), str(row_[2])) if row_ and row_[0] else None

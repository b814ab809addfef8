"""The report that `load` returns: contents and notes of each file, changes of each data set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from vedette.case import Case
from vedette.errors import Problem
from vedette.events.build import Reading
from vedette.events.disk import database
from vedette.events.folder import EventFile
from vedette.events.formats.notes import notes
from vedette.events.releases import Change


@dataclass(frozen=True)
class LoadedFile:
    """A file that was given to `load`.

    Attributes:
        name: its name in the events folder.
        sha256: its hash, 64 hexadecimal digits.
        known: whether the same file was loaded before; then it is not read again.
        dataset: the data set it belongs to.
        release: its release, empty if not known.
        layout: how its columns are arranged.
        events: events in it, copies counted once.
        standing: the number of these events that no newer release replaces.
        first: the first day of an event.
        last: the last day of an event.
        low: deaths, low estimate.
        best: deaths, best estimate.
        high: deaths, high estimate.
        notes: remarks on its content.
    """

    name: str
    sha256: str
    known: bool
    dataset: str
    release: str
    layout: str
    events: int
    standing: int
    first: date
    last: date
    low: int
    best: int
    high: int
    notes: tuple[Problem, ...]


@dataclass(frozen=True)
class Loaded:
    """The report of a load; ``changes`` is empty if the events are the same as before."""

    files: tuple[LoadedFile, ...]
    changes: tuple[Change, ...]


def describe(
    store: Path, given: Sequence[EventFile], readings: Sequence[Reading], case: Case
) -> tuple[LoadedFile, ...]:
    """The report on each loaded file: its contents in the store, and notes if it was read now."""
    fresh = {reading.entry.sha256: reading for reading in readings}
    with database(store, read_only=True) as connection:
        return tuple(
            _file(connection, digest, fresh.get(digest), case)
            for digest in dict.fromkeys(entry.sha256 for entry in given)
        )


def _file(
    connection: duckdb.DuckDBPyConnection, sha256: str, reading: Reading | None, case: Case
) -> LoadedFile:
    row = connection.execute(
        "SELECT any_value(name), any_value(files.dataset), any_value(files.release), any_value(layout), "
        "count(*), count(*) FILTER (standing), min(date_start), max(date_end), "
        "sum(low), sum(best), sum(high) FROM events JOIN files ON number = file_number WHERE sha256 = ?",
        [sha256],
    ).fetchone()
    assert row is not None
    name, dataset, release, layout, events, standing, first, last, *deaths = row
    low, best, high = (int(number) for number in deaths)
    found = notes(connection, reading.number, name, reading.head, case) if reading else ()
    known = reading is None
    return LoadedFile(
        *(name, sha256, known, dataset, release, layout, events, standing, first, last, low, best, high),
        tuple(found),
    )

"""The report that `load` returns: contents and notes of each file, changes of each data set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from vedette.case import Case
from vedette.errors import Problem
from vedette.events.build import Reading
from vedette.events.counting import CountingRelease, counting_releases
from vedette.events.covers import between, covers_of, file_covers
from vedette.events.disk import database
from vedette.events.edges import edges
from vedette.events.folder import EventFile
from vedette.events.formats.notes import notes
from vedette.events.lowered import LoweredMonth
from vedette.events.releases import Change
from vedette.periods import joined


@dataclass(frozen=True)
class LoadedFile:
    """A file that was given to `load`.

    Attributes:
        name: its name in the events folder.
        sha256: its hash, 64 hexadecimal digits.
        known: whether the same file was loaded before; then it is not read again.
        dataset: the data set it belongs to.
        release: its release, empty if not known.
        guessed: whether nothing but its last event says which release it is of.
        layout: how its columns are arranged.
        events: events in it, copies counted once.
        standing: the number of these events that no newer release replaces.
        first: the first day of an event.
        last: the last day of an event.
        low: deaths, low estimate.
        best: deaths, best estimate.
        high: deaths, high estimate.
        covers: the days that it covers in the country of the case, as runs like ``2016-01..2018-12``.
        notes: remarks on its content.
    """

    name: str
    sha256: str
    known: bool
    dataset: str
    release: str
    guessed: bool
    layout: str
    events: int
    standing: int
    first: date
    last: date
    low: int
    best: int
    high: int
    covers: tuple[str, ...]
    notes: tuple[Problem, ...]


@dataclass(frozen=True)
class Gap:
    """Days between files of a data set that none covers, like ``2017-01..2017-12``."""

    dataset: str
    days: str


@dataclass(frozen=True)
class Loaded:
    """The report of a load.

    Attributes:
        files: the files that were given.
        changes: what changed by data set; empty if the events are the same as before.
        lowered: months that have fewer deaths than before.
        gaps: runs of days between files that no file covers, by data set.
        counting: which release counts for which days, of the data sets of the files.
    """

    files: tuple[LoadedFile, ...]
    changes: tuple[Change, ...]
    lowered: tuple[LoweredMonth, ...]
    gaps: tuple[Gap, ...]
    counting: tuple[CountingRelease, ...]


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
    covers = [c for c in file_covers(connection, dataset, case.country) if c.sha256 == sha256]
    found = list(notes(connection, reading.number, name, reading.head, case)) if reading else []
    found += [*edges(name, dataset, covers, case), *_not_counted(name, dataset, case)]
    known = reading is None
    return LoadedFile(
        *(name, sha256, known, dataset, release, any(cover.guessed for cover in covers), layout),
        *(events, standing, first, last, low, best, high),
        tuple(map(str, joined(cover.days for cover in covers))),
        tuple(found),
    )


def _not_counted(name: str, dataset: str, case: Case) -> Iterator[Problem]:
    """A note on a file of a data set that the case does not count."""
    counts = [case.dataset, *([case.partial.dataset] if case.partial else [])]
    if dataset not in counts:
        cure = (
            f"Kept, but not counted. To count it instead of {case.dataset}, write `dataset: {dataset}` under "
            "`events` in case.yaml: a case counts one data set."
        )
        yield Problem(name, 0, "", f"a file of {' or '.join(counts)}, which the case counts", dataset, cure)


def gaps_in(store: Path, case: Case) -> tuple[Gap, ...]:
    """The gaps between files of each data set of a store."""
    with database(store, read_only=True) as connection:
        return tuple(
            Gap(dataset, str(gap))
            for (dataset,) in connection.execute("SELECT DISTINCT dataset FROM files ORDER BY 1").fetchall()
            for gap in between(covers_of(connection, dataset, case.country))
        )


def counting_in(store: Path, given: Sequence[EventFile], case: Case) -> tuple[CountingRelease, ...]:
    """Which release counts for which days, of the data sets of some files."""
    digests = [entry.sha256 for entry in given]
    with database(store, read_only=True) as connection:
        datasets = connection.execute(
            "SELECT DISTINCT dataset FROM files WHERE list_contains(?, sha256) ORDER BY dataset", [digests]
        ).fetchall()
        return tuple(
            release
            for (dataset,) in datasets
            for release in counting_releases(file_covers(connection, dataset, case.country), dataset)
        )

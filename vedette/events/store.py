"""The store: all events of a case in one DuckDB file, a cache of the files in its events folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from vedette.case import Case, Country
from vedette.errors import DataError
from vedette.events.build import build, made_from
from vedette.events.counted_events import UNCOUNTED, uncounted_types
from vedette.events.counting import CountingRelease, counting_releases
from vedette.events.covers import covers_of, file_covers
from vedette.events.disk import database, frame, storing
from vedette.events.folder import EventFile, event_files, fingerprint
from vedette.events.formats.reader import raw_table
from vedette.events.formats.table import COLUMNS, SCHEMA, listed, quoted
from vedette.events.releases import release_order
from vedette.files import current, replacing, settle
from vedette.periods import Days
from vedette.progress import Report, quiet

STORE = ".vedette/events.duckdb"
"""The DuckDB file of a case, by its path in the workspace."""


_DAY = "greatest($day, (SELECT min(known) FROM files WHERE dataset = $dataset))"
"""The day that is asked for; before the first file was known, the day on which it was."""

_THEN = f"""CASE WHEN coalesce(first_known, known) <= {_DAY} THEN {_DAY}
    ELSE greatest({_DAY}, coalesce(first_loaded, CASE WHEN NOT published THEN known END)) END"""
"""The day whose state of a row is asked for: where no file of its day was known yet, that of the first load
of one whose day of publication is not said."""

_STOOD = f"known <= {_THEN} AND (until IS NULL OR until > {_THEN})"
"""Rows that stood on a day: known by then, and replaced, if at all, by what was known later."""


@dataclass(frozen=True)
class Dataset:
    """A data set in the store.

    Attributes:
        dataset: its name, such as ``ucdp``.
        release: the release at hand that stands before all others, empty if not known.
        files: the files it was read from.
        rows: events that stand.
        first: the first day of an event.
        last: the last day of an event.
    """

    dataset: str
    release: str
    files: tuple[str, ...]
    rows: int
    first: date
    last: date


@dataclass(frozen=True)
class Store:
    """The events of a case, read-only. ``path`` is None where the case has no event files.

    Data sets are never added up: every question names one.
    """

    path: Path | None

    def datasets(self) -> tuple[Dataset, ...]:
        """The data sets in the store, by name."""
        if self.path is None:
            return ()
        with storing(), database(self.path, read_only=True) as connection:
            rows = connection.execute(
                "SELECT dataset, list(DISTINCT release), list(DISTINCT name ORDER BY name), sum(rows), "
                "min(first), max(last) FROM files JOIN (SELECT file_number AS number, count(*) AS rows, "
                "min(date_start) AS first, max(date_end) AS last FROM events WHERE standing GROUP BY ALL) "
                "USING (number) GROUP BY dataset ORDER BY dataset"
            ).fetchall()
        return tuple(
            Dataset(name, max(releases, key=release_order), tuple(files), int(events), first, last)
            for name, releases, files, events, first, last in rows
        )

    def table(self, dataset: str, as_of: date | None, known_on: date | None = None) -> pl.DataFrame:
        """The events of a data set, sorted by ``date_start`` and ``source_id``.

        Args:
            dataset: its name.
            as_of: the day up to which events were over; None for all.
            known_on: the day on which the rows stood: those of files that were published by then, unless a
                release that was published by then replaced them; None for now. A file whose day of
                publication is not said replaces nothing before it was loaded, and what it alone covers
                counts on each day. Before the first file was published that file stands in.

        Returns:
            The columns of `vedette.events.formats.table.COLUMNS`.

        Raises:
            DataError: the store does not hold the data set.

        Example:
            ``open_events(read_case("iraq")).table("ucdp", date(2018, 12, 31))``
        """
        path = self._path_of(dataset)
        values = {"dataset": dataset, "limit": date.max if as_of is None else as_of}
        stood, once = "standing", ""
        if known_on is not None:
            values["day"] = known_on
            stood = _STOOD
            once = "QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY known DESC, number) = 1 "
        with storing(), database(path, read_only=True) as connection:
            found = connection.sql(
                f"SELECT {listed(tuple(COLUMNS), 'events.')} FROM events JOIN files ON number = file_number "
                f"WHERE {stood} AND events.dataset = $dataset AND date_end <= $limit "
                f"{once}ORDER BY date_start, source_id",
                params=values,
            )
            return frame(found).cast(SCHEMA)

    def counting(
        self, dataset: str, country: Country, known_on: date | None = None
    ) -> tuple[CountingRelease, ...]:
        """Which release of a data set counts for which days of a country, in order of the days.

        ``known_on`` as for `table`.

        Raises:
            DataError: the store does not hold the data set.
        """
        with storing(), database(self._path_of(dataset), read_only=True) as connection:
            return counting_releases(file_covers(connection, dataset, country), dataset, known_on)

    def covers(self, dataset: str, country: Country, known_on: date | None = None) -> tuple[Days, ...]:
        """The days on which the files of a data set know of everything in a country: runs in order.

        On other days silence means nothing; see `vedette.events.covers`. ``known_on`` as for `table`.

        Raises:
            DataError: the store does not hold the data set.
        """
        with storing(), database(self._path_of(dataset), read_only=True) as connection:
            return covers_of(connection, dataset, country, known_on)

    def unpublished(self, dataset: str) -> tuple[str, ...]:
        """The names of the files of a data set of which nobody has said when they were published, by name.

        Raises:
            DataError: the store does not hold the data set.
        """
        with storing(), database(self._path_of(dataset), read_only=True) as connection:
            rows = connection.execute(
                "SELECT DISTINCT name FROM files WHERE dataset = ? AND NOT published ORDER BY name", [dataset]
            ).fetchall()
        return tuple(name for (name,) in rows)

    def disordered(self, dataset: str, country: Country, last: date) -> int:
        """How many events of a country, over by a day, break low <= best <= high in the publisher's file.

        Raises:
            DataError: the store does not hold the data set.
        """
        with storing(), database(self._path_of(dataset), read_only=True) as connection:
            found = connection.execute(
                "SELECT count(*) FROM events WHERE standing AND dataset = ? AND country = ? "
                "AND date_end <= ? AND NOT (low <= best AND best <= high)",
                [dataset, country.name, last],
            ).fetchone()
        return int(found[0]) if found else 0

    def original(self, dataset: str, source_id: str, known_on: date | None = None) -> Mapping[str, str]:
        """The row of an event as its publisher wrote it, by column; empty cells are empty texts.

        ``known_on`` as for `table`.

        Raises:
            DataError: there is no such data set or event.
        """
        path = self._path_of(dataset)
        with storing(), database(path, read_only=True) as connection:
            values: dict[str, str | date] = {"dataset": dataset, "id": source_id}
            stood = "standing"
            if known_on is not None:
                values["day"], stood = known_on, _STOOD
            where = connection.execute(
                "SELECT file_number, row - 1 - header_rows FROM events JOIN files ON number = file_number "
                f"WHERE {stood} AND events.dataset = $dataset AND source_id = $id "
                "ORDER BY known DESC, number LIMIT 1",
                values,
            ).fetchone()
            if where is None:
                raise DataError(
                    f"{dataset} holds no event {source_id}. Look up its id in the table of events."
                )
            number, rowid = where
            row = connection.execute(f"SELECT * FROM {quoted(raw_table(number))} WHERE rowid = ?", [rowid])
            names = [column[0] for column in row.description or ()]
            cells = row.fetchone() or ()
        return {name: value or "" for name, value in zip(names, cells, strict=True)}

    def unresolved(self, case: Case) -> pl.DataFrame:
        """Province names that the case does not know: ``dataset, name, events, best``, most events first.

        Events in other countries are left out.
        """
        if self.path is None:
            return pl.DataFrame(
                schema={"dataset": pl.String, "name": pl.String, "events": pl.Int64, "best": pl.Int64}
            )
        with storing(), database(self.path, read_only=True) as connection:
            found = connection.sql(
                "SELECT dataset, place_name AS name, count(*) AS events, CAST(sum(best) AS BIGINT) AS best "
                "FROM events WHERE standing AND country = ? AND place_name IS NOT NULL "
                "GROUP BY ALL ORDER BY dataset, events DESC, name",
                params=[case.country.name],
            )
            names = frame(found)
        unknown = [case.places.resolve(name) is None for name in names["name"]]
        return names.filter(pl.Series(unknown, dtype=pl.Boolean))

    def uncounted(self, case: Case) -> pl.DataFrame:
        """Events that are no violence that the case counts: see `uncounted_types`; no rows without files."""
        if self.path is None:
            return pl.DataFrame(schema=UNCOUNTED)
        with storing(), database(self.path, read_only=True) as connection:
            return uncounted_types(connection, case)

    def _path_of(self, dataset: str) -> Path:
        held = [found.dataset for found in self.datasets()]
        if self.path is None or dataset not in held:
            known = ", ".join(held) or "none"
            raise DataError(
                f"The store holds no {dataset}; it holds: {known}. "
                "Load it with: vedette events load CASE FILE"
            )
        return self.path


def open_events(case: Case, report: Report = quiet) -> Store:
    """The store of a case, rebuilt if it is missing, damaged or not made from the files at hand.

    Raises:
        EventsError: a file in the events folder cannot be read.
        StorageError: the store cannot be written.
    """
    home = case.workspace()
    with storing():
        settle(home)
        entries = event_files(home)
        if not entries:
            return Store(None)
        path = current(home, STORE)
        if made_from(path) != fingerprint(entries, case):
            path = rebuild(case, entries, report)
        return Store(path)


def rebuild(case: Case, entries: tuple[EventFile, ...], report: Report) -> Path:
    """Builds a store beside the old one, replaces it, and returns its path."""
    with replacing(store_of(case), home=case.writable_workspace()) as made:
        build(made, entries, case, date.today(), report)
    return store_of(case)


def store_of(case: Case) -> Path:
    """The DuckDB file of a case."""
    return case.workspace() / STORE

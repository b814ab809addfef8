"""Reads one event file into a store that is being built."""

import re
from datetime import date

import duckdb

from vedette.case import Country
from vedette.counts import TAKE_AGAIN, refused
from vedette.errors import EventsError
from vedette.events.covers import store_covers
from vedette.events.folder import EventFile
from vedette.events.formats import ucdp
from vedette.events.formats.acled import ACLED
from vedette.events.formats.convert import Raw, insert_statement, problems
from vedette.events.formats.dates import way_of_dates
from vedette.events.formats.duplicates import find_copies
from vedette.events.formats.gdelt import GDELT
from vedette.events.formats.head import FileHead, read_head
from vedette.events.formats.layout import ReplacedSpan, cell
from vedette.events.formats.raw import read_raw
from vedette.events.formats.table import COLUMNS, quoted
from vedette.events.formats.ucdp_releases import ucdp_dataset, ucdp_release

FILES = (
    "CREATE TABLE files (number INTEGER, name VARCHAR, sha256 VARCHAR, bytes BIGINT, dataset VARCHAR, "
    "release VARCHAR, layout VARCHAR, replaces VARCHAR, header_rows INTEGER, copies INTEGER, known DATE)"
)
EVENTS = (
    "CREATE TABLE events ("
    + ", ".join(f"{quoted(name)} {kind}" for name, (kind, _) in COLUMNS.items())
    + ", file_number INTEGER, standing BOOLEAN, until DATE)"
)
_ALL_PAGES = (
    "Ask for all on one page, or load all pages at once and say which release they are: "
    "vedette events load CASE PAGE... --release 25.1"
)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def raw_table(number: int) -> str:
    """The name of the raw table of a file."""
    return f"raw_{number}"


def read_file(
    connection: duckdb.DuckDBPyConnection, entry: EventFile, number: int, country: Country, today: date
) -> FileHead:
    """Reads a file into its raw table and the common table.

    Args:
        connection: a store that is being built.
        entry: the file.
        number: its number in the store.
        country: the country of the case.
        today: no event may be dated more than a year after this day.

    Raises:
        EventsError: the file is unreadable, of no known layout, or some of its cells are wrong;
            ``problems`` lists all of them.
    """
    head = read_head(entry.path)
    table = raw_table(number)
    if head.pages > 1 and not entry.options.release:
        raise refused(entry.name, "the whole answer", f"one page of {head.pages}", _ALL_PAGES)
    read_raw(connection, entry.path, head, table)
    raw = _raw(connection, table, head, entry)
    copies = _checked(connection, raw, number, today)
    dataset = (
        _said(raw, entry.options.dataset)
        if entry.options.dataset
        else _dataset(connection, raw, entry.options.release)
    )
    release = entry.options.release or _release(connection, raw, dataset)
    connection.execute(insert_statement(raw, dataset, release, number, country, _copies_table(number)))
    connection.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(number, entry.name, entry.sha256, entry.bytes, dataset, release, head.layout.name),
            *(_replaces(head, dataset), int(head.header), copies, _known(connection, entry, number, dataset)),
        ],
    )
    store_covers(connection, number, table, head, entry.options.covers)
    return head


def _raw(connection: duckdb.DuckDBPyConnection, table: str, head: FileHead, entry: EventFile) -> Raw:
    fields = head.layout.fields
    days = list(dict.fromkeys((fields["date_start"].column, fields["date_end"].column)))
    way = way_of_dates(connection, table, days, int(head.tags), entry.name, entry.options.dates)
    without_id = f"SELECT count(*) FROM {quoted(table)} WHERE {cell(fields['source_id'].column)} IS NULL"
    row = connection.execute(without_id).fetchone()
    return Raw(table, entry.name, head, way, blank=row is not None and row[0] > int(head.tags))


def _copies_table(number: int) -> str:
    return f"copies_{number}"


def _checked(connection: duckdb.DuckDBPyConnection, raw: Raw, number: int, today: date) -> int:
    """Refuses a file without events or with mistakes; returns how many rows repeat an earlier one."""
    row = connection.execute(f"SELECT count(*) {raw.rows}").fetchone()
    if row is None or not row[0]:
        raise refused(raw.file, "events", "a header without rows", TAKE_AGAIN)
    mistakes = problems(connection, raw, today)
    copies, contradictions = find_copies(connection, raw, _copies_table(number))
    if mistakes or contradictions:
        raise EventsError(f"{raw.file} cannot be read", [*mistakes, *contradictions])
    return copies


def _dataset(connection: duckdb.DuckDBPyConnection, raw: Raw, release: str | None) -> str:
    dataset = raw.head.layout.dataset
    return ucdp_dataset(connection, raw, release) if dataset == ucdp.GED else dataset


def _said(raw: Raw, dataset: str) -> str:
    """The data set that the user named, if a file of this layout can belong to it."""
    own = raw.head.layout.dataset
    possible = (ucdp.GED, ucdp.CANDIDATE) if own == ucdp.GED else (own,)
    if dataset not in possible:
        cure = "Leave the data set out, or name one that it can be."
        raise refused(
            raw.file, f"a file of {dataset}", f"{raw.head.layout.name}: {', '.join(possible)}", cure
        )
    return dataset


def _release(connection: duckdb.DuckDBPyConnection, raw: Raw, dataset: str) -> str:
    """The release; empty if it cannot be inferred.

    That of an ACLED export is the day of its newest upload (``timestamp``), else that of its newest event.
    """
    if dataset == GDELT:
        return ""
    if dataset != ACLED:
        return ucdp_release(connection, raw, dataset)
    newest = f"max({raw.sql('date_end')})"
    if "timestamp" in raw.head.columns:
        seconds = f"max(try_cast({cell('timestamp')} AS BIGINT))"
        newest = f"coalesce(CAST(make_timestamp({seconds} * 1000000) AS DATE), {newest})"
    row = connection.execute(f"SELECT {newest} {raw.rows}").fetchone()
    assert row is not None
    return str(row[0].isoformat())


def _known(connection: duckdb.DuckDBPyConnection, entry: EventFile, number: int, dataset: str) -> date:
    """The day from which the rows of a file were known: that of its publication, else when it was loaded.

    An ACLED export is published on the day of its release. Of a file that nobody loaded, but put into the
    folder, it is known that it cannot be older than its last event.
    """
    row = connection.execute(
        "SELECT max(date_end), any_value(release) FROM events WHERE file_number = ?", [number]
    ).fetchone()
    assert row is not None
    last: date = row[0]
    exported = date.fromisoformat(row[1]) if dataset == ACLED and _DAY.fullmatch(row[1]) else None
    return max(entry.options.published or exported or entry.options.loaded or last, last)


def _replaces(head: FileHead, dataset: str) -> str:
    return str(ReplacedSpan.MONTHS if dataset == ucdp.CANDIDATE else head.layout.replaces)

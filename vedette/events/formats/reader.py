"""Reads one event file into a store that is being built."""

import re
from datetime import date

import duckdb

from vedette.case import Country
from vedette.counts import TAKE_AGAIN, refused
from vedette.errors import EventsError
from vedette.events.covers import store_covers
from vedette.events.folder import EventFile
from vedette.events.formats.acled import ACLED
from vedette.events.formats.convert import Raw, insert_statement, problems
from vedette.events.formats.dates import way_of_dates
from vedette.events.formats.duplicates import find_copies
from vedette.events.formats.gdelt import GDELT
from vedette.events.formats.head import FileHead, read_head
from vedette.events.formats.layout import cell
from vedette.events.formats.raw import read_raw
from vedette.events.formats.table import COLUMNS, quoted
from vedette.events.formats.ucdp import PRECISE, UCDP
from vedette.events.formats.ucdp_releases import Release, subset_release, ucdp_release

FILES = (
    "CREATE TABLE files (number INTEGER, name VARCHAR, sha256 VARCHAR, bytes BIGINT, dataset VARCHAR, "
    "release VARCHAR, guessed BOOLEAN, layout VARCHAR, replaces BOOLEAN, header_rows INTEGER, "
    "copies INTEGER, known DATE, published BOOLEAN)"
)
EVENTS = (
    "CREATE TABLE events ("
    + ", ".join(f"{quoted(name)} {kind}" for name, (kind, _) in COLUMNS.items())
    + ", file_number INTEGER, standing BOOLEAN, until DATE, first_known DATE, first_loaded DATE)"
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
    dataset = head.layout.dataset
    release = _release(connection, raw, dataset, entry.options.release)
    connection.execute(insert_statement(raw, dataset, release.name, number, country, _copies_table(number)))
    connection.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(number, entry.name, entry.sha256, entry.bytes, dataset, release.name, release.guessed),
            *(head.layout.name, head.layout.replaces, int(head.header), copies),
            *_known(connection, entry, number, dataset),
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


def _release(connection: duckdb.DuckDBPyConnection, raw: Raw, dataset: str, said: str | None) -> Release:
    """The release of a file; ``said`` is what the user says it is of.

    That of an ACLED export is the day of its newest upload (``timestamp``), else that of its newest event.
    """
    if dataset == UCDP:
        return ucdp_release(connection, raw, said)
    if said or dataset == GDELT:
        return Release(said or "")
    if dataset == PRECISE:
        return subset_release(connection, raw)
    newest = f"max({raw.sql('date_end')})"
    if "timestamp" in raw.head.columns:
        seconds = f"max(try_cast({cell('timestamp')} AS BIGINT))"
        newest = f"coalesce(CAST(make_timestamp({seconds} * 1000000) AS DATE), {newest})"
    row = connection.execute(f"SELECT {newest} {raw.rows}").fetchone()
    assert row is not None
    return Release(str(row[0].isoformat()))


def _known(
    connection: duckdb.DuckDBPyConnection, entry: EventFile, number: int, dataset: str
) -> tuple[date, bool]:
    """The day from which the rows of a file were known, and whether that is the day of its publication.

    An ACLED export is published on the day of its release. Of a file whose day of publication is not said the
    day of the load is taken; of one that nobody loaded, but put into the folder, that of its last event.
    """
    row = connection.execute(
        "SELECT max(date_end), any_value(release) FROM events WHERE file_number = ?", [number]
    ).fetchone()
    assert row is not None
    last: date = row[0]
    exported = date.fromisoformat(row[1]) if dataset == ACLED and _DAY.fullmatch(row[1]) else None
    published = entry.options.published or exported
    return max(published or entry.options.loaded or last, last), published is not None

"""Which data set and release a file with the columns of UCDP GED belongs to.

Yearly and Candidate files have the same columns. A file is a Candidate file if an event in it has still to be
checked (``code_status``), or if its name or the user says so. A file of some months of a year or two, not
from January to December, whose events are all checked may be either: the user is asked.
"""

from dataclasses import dataclass
from datetime import date

import duckdb

from vedette.counts import refused
from vedette.events.formats.convert import Raw
from vedette.events.formats.layout import cell
from vedette.events.formats.release_names import (
    FIRST_CANDIDATE,
    candidate_release,
    months_of,
    named,
    yearly_release,
    years_to,
)
from vedette.events.formats.ucdp import CANDIDATE, GED
from vedette.periods import Days, Step, period_of
from vedette.plurals import counted

_YEARS = 2
"""A file that spans more calendar years than this is no Candidate file."""
_MOST, _MANY = 0.9, 20


@dataclass(frozen=True)
class _Events:
    """The events of a file: their number, first and last start, and the earliest end."""

    number: int
    first: date
    last: date
    ended: date


def ucdp_dataset(connection: duckdb.DuckDBPyConnection, raw: Raw, release: str | None) -> str:
    """The data set of a file with the columns of GED; ``release`` is what the user says it is of.

    Raises:
        EventsError: it may be a yearly file or a Candidate file.
    """
    if _unchecked(connection, raw):
        return CANDIDATE
    events = _events(connection, raw)
    for name in (release or "", _own_name(connection, raw, events)):
        if months_of(name):
            return CANDIDATE
        if years_to(name):
            return GED
    if "candidate" in raw.file.lower():
        return CANDIDATE
    if _brief(events) and not raw.head.tags:
        found = f"{counted(events.number, 'event')} from {events.first} to {events.last}, which may be either"
        cure = (
            f"If it is the Candidate file, add: --dataset {CANDIDATE} --release "
            f"{_by_months(connection, raw, events)}. If it is from the yearly release, add: --dataset {GED} "
            f"--release {yearly_release(events.last.year)}, or the release that it is from."
        )
        raise refused(raw.file, "a yearly UCDP release or a file of Candidate events", found, cure)
    return GED


def _brief(events: _Events) -> bool:
    """Whether events are so few months, not whole years, that a Candidate file can hold them."""
    whole = (events.first.month, events.last.month) == (1, 12)
    few = events.last.year - events.first.year < _YEARS
    return few and not whole and events.first.year >= FIRST_CANDIDATE


def ucdp_release(connection: duckdb.DuckDBPyConnection, raw: Raw, dataset: str) -> str:
    """The release that the name of a file says if its events fit it, else that of its events."""
    events = _events(connection, raw)
    name = _own_name(connection, raw, events)
    if name and (dataset == CANDIDATE) == bool(months_of(name)):
        return name
    return _by_months(connection, raw, events) if dataset == CANDIDATE else yearly_release(events.last.year)


def _unchecked(connection: duckdb.DuckDBPyConnection, raw: Raw) -> bool:
    """Whether UCDP has still to check an event of a file."""
    if "code_status" not in raw.head.columns:
        return False
    row = connection.execute(
        f"SELECT count(*) {raw.rows} AND lower({cell('code_status')}) <> 'clear'"
    ).fetchone()
    return bool(row and row[0])


def _events(connection: duckdb.DuckDBPyConnection, raw: Raw) -> _Events:
    start, end = raw.sql("date_start"), raw.sql("date_end")
    row = connection.execute(f"SELECT count(*), min({start}), max({start}), min({end}) {raw.rows}").fetchone()
    assert row is not None
    return _Events(*row)


def _own_name(connection: duckdb.DuckDBPyConnection, raw: Raw, events: _Events) -> str:
    """The release in the name of a file; empty if there is none or most events lie outside it."""
    release = named(raw.file)
    if (months := months_of(release)) is not None:
        after, before = f"DATE '{months.first}'", f"DATE '{months.last}'"
        touching = f"{raw.sql('date_end')} >= {after} AND {raw.sql('date_start')} <= {before}"
        return release if 2 * _count(connection, raw, touching) > events.number else ""
    last = years_to(release)
    return release if last is not None and events.last.year <= last else ""


def _by_months(connection: duckdb.DuckDBPyConnection, raw: Raw, events: _Events) -> str:
    """The Candidate release of the month that all events touch or nearly all begin in; else of all months."""
    last, ended = (period_of(day, Step.MONTH) for day in (events.last, events.ended))
    if last <= ended:
        return candidate_release(Days(events.last, events.last))
    month = f"date_trunc('month', {raw.sql('date_start')})"
    row = connection.execute(f"SELECT mode({month}) {raw.rows}").fetchone()
    assert row is not None
    usual: date = row[0]
    inside = _count(connection, raw, f"{month} = DATE '{usual}'")
    if events.number >= _MANY and inside >= _MOST * events.number:
        return candidate_release(Days(usual, usual))
    return candidate_release(Days(events.ended, events.last))


def _count(connection: duckdb.DuckDBPyConnection, raw: Raw, condition: str) -> int:
    """The number of rows of a file that meet a condition."""
    row = connection.execute(f"SELECT count(*) {raw.rows} AND ({condition})").fetchone()
    return int(row[0]) if row else 0

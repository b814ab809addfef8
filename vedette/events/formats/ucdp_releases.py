"""Which release a file with the columns of UCDP GED is of.

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


@dataclass(frozen=True)
class Release:
    """The release of a file; ``guessed`` if nothing but its last event says which yearly one."""

    name: str
    guessed: bool = False


def ucdp_release(connection: duckdb.DuckDBPyConnection, raw: Raw, said: str | None) -> Release:
    """The release of a file with the columns of GED; ``said`` is what the user says it is of.

    Raises:
        EventsError: it may be a yearly file or a Candidate file, or ``said`` names no release that it can be.
    """
    events, unchecked = _events(connection, raw), _unchecked(connection, raw)
    if said:
        return Release(_possible(connection, raw, events, said, unchecked=unchecked))
    name = _own_name(connection, raw, events)
    if unchecked or "candidate" in raw.file.lower():
        return Release(name if months_of(name) else _by_months(connection, raw, events))
    if name:
        return Release(name)
    if _brief(events) and not raw.head.tags:
        found = f"{counted(events.number, 'event')} from {events.first} to {events.last}, which may be either"
        cure = (
            f"If it is the Candidate file, add: --release {_by_months(connection, raw, events)}. If it is "
            f"from the yearly release, add: --release {yearly_release(events.last.year)}, or the release "
            "that it is from."
        )
        raise refused(raw.file, "a yearly UCDP release or a file of Candidate events", found, cure)
    return Release(yearly_release(events.last.year), guessed=True)


def subset_release(connection: duckdb.DuckDBPyConnection, raw: Raw) -> Release:
    """The yearly release of a file with a subset of UCDP GED: that of its name, else that of its events."""
    events = _events(connection, raw)
    name = _own_name(connection, raw, events)
    return Release(name if years_to(name) else yearly_release(events.last.year))


def _possible(
    connection: duckdb.DuckDBPyConnection, raw: Raw, events: _Events, said: str, *, unchecked: bool
) -> str:
    """What the user says, if it names a release that the file can be of."""
    if months_of(said) or (years_to(said) and not unchecked):
        return said
    candidate = _by_months(connection, raw, events)
    if unchecked:
        expected = "a Candidate release, since UCDP has still to check some of its events"
        raise refused(raw.file, expected, said, f"Leave --release out, or add: --release {candidate}")
    yearly = yearly_release(events.last.year) or "25.1"
    cure = f"Write it like {yearly} (yearly), {candidate} (Candidate) or 25.01.25.09 (a Candidate of months)."
    raise refused(raw.file, "a release of UCDP", said, cure)


def _brief(events: _Events) -> bool:
    """Whether events are so few months, not whole years, that a Candidate file can hold them."""
    whole = (events.first.month, events.last.month) == (1, 12)
    few = events.last.year - events.first.year < _YEARS
    return few and not whole and events.first.year >= FIRST_CANDIDATE


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

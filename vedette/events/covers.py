"""Covers: the days on which a file knows of everything, by rule or as the user said.

Silence on a covered day is an observed zero; on any other day it is unknown.

- A yearly UCDP file covers whole calendar years, from that of its first event to that of its last, over all
  countries in it. Where only the last event says which release it is of, and the file is not of the whole
  world, it covers nothing after the month of that event.
- A UCDP Candidate file covers the months of its release.
- An ACLED file covers the days from its first event to its last; a country that ACLED began to code later,
  from then on.
- A GDELT file covers the days from its first event to its last, those left out that it added days later.

A file whose day of publication is said covers nothing after it, unless the user says that it does. A file
covers the countries in it; one with events in three regions of the world covers all countries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import duckdb

from vedette.case import Country
from vedette.events.acled_starts import first_coded
from vedette.events.formats.acled import ACLED
from vedette.events.formats.gdelt import GDELT
from vedette.events.formats.head import FileHead
from vedette.events.formats.layout import cell
from vedette.events.formats.release_names import months_of, whole_months
from vedette.events.formats.table import quoted
from vedette.events.formats.ucdp import PRECISE, UCDP
from vedette.periods import Days, joined, parse_days

COVERS = "CREATE TABLE covers (file_number INTEGER, first DATE, last DATE, everywhere BOOLEAN, said BOOLEAN)"
_REGIONS, _COUNTRIES = 3, 20
_LATE = 2
"""An event that GDELT added more days later than this does not show that its day is covered."""


def by_rule(dataset: str, first: date, last: date) -> Days:
    """The days that rows of a data set cover, from the first to the last start of an event in them.

    >>> str(by_rule("ucdp", date(2013, 3, 5), date(2014, 2, 1)))
    '2013-01..2014-12'
    """
    days = Days(first, last)
    return _whole_years(days) if dataset in (UCDP, PRECISE) else days


def store_covers(
    connection: duckdb.DuckDBPyConnection, number: int, raw_table: str, head: FileHead, said: Sequence[str]
) -> None:
    """Writes the covers of a file into a store that is being built.

    Args:
        connection: the store, which holds the events of the file.
        number: the number of the file in it.
        raw_table: the name of its raw table.
        head: its head.
        said: runs of days that the user says it covers. Where all its events lie in them, it covers just
            these; else they are added to what the rule gives.
    """
    runs = joined(parse_days(text) for text in said)
    everywhere = _everywhere(connection, number, raw_table, head)
    covers = [(run, True) for run in runs]
    if not runs or _outside(connection, number, runs):
        covers.append((_ruled(connection, number, everywhere), False))
    for run, spoken in covers:
        connection.execute(
            "INSERT INTO covers VALUES (?, ?, ?, ?, ?)", [number, run.first, run.last, everywhere, spoken]
        )


@dataclass(frozen=True)
class Cover:
    """A run of days of a country that a file covers.

    Attributes:
        release: the release of the file.
        guessed: whether nothing but the last event of the file says which release it is of.
        known: the day from which the file was known.
        published: whether that is the day of its publication, not that of the load.
        sha256: the hash of the file.
        days: the days.
    """

    release: str
    guessed: bool
    known: date
    published: bool
    sha256: str
    days: Days


def file_covers(connection: duckdb.DuckDBPyConnection, dataset: str, country: Country) -> tuple[Cover, ...]:
    """The runs of days on which each file of a data set knows of everything in a country."""
    rows = connection.execute(
        "WITH inside AS (SELECT file_number, min(date_start) AS begun FROM events "
        "WHERE dataset = $dataset AND country = $country GROUP BY file_number) "
        "SELECT release, guessed AND NOT everywhere, known, published, sha256, first, last, said, begun "
        "FROM covers JOIN files ON number = covers.file_number LEFT JOIN inside USING (file_number) "
        "WHERE dataset = $dataset AND (everywhere OR said OR begun IS NOT NULL) ORDER BY number, first",
        {"dataset": dataset, "country": country.name},
    ).fetchall()
    coded = first_coded(country.iso3) if dataset == ACLED else date.min
    covers = []
    for release, guessed, known, published, sha256, first, last, said, begun in rows:
        start = first if said else max(first, min(coded, begun or coded))
        end = min(last, known) if published and not said else last
        if start <= end:
            covers.append(Cover(release, guessed, known, published, sha256, Days(start, end)))
    return tuple(covers)


def known_covers(covers: Sequence[Cover], day: date | None) -> tuple[Cover, ...]:
    """The covers of files that were not published after a day; all without one.

    A file whose day of publication is not said counts on each day. Before any file was known, the first one
    stands in.
    """
    if day is None or not covers:
        return tuple(covers)
    limit = max(day, min(cover.known for cover in covers))
    return tuple(cover for cover in covers if cover.known <= limit or not cover.published)


def covers_of(
    connection: duckdb.DuckDBPyConnection, dataset: str, country: Country, day: date | None = None
) -> tuple[Days, ...]:
    """The days on which the files of a data set known on a day cover a country, as runs in order."""
    covers = known_covers(file_covers(connection, dataset, country), day)
    return joined(cover.days for cover in covers)


def between(covers: Sequence[Days]) -> tuple[Days, ...]:
    """The days between runs of days that follow each other.

    >>> [str(gap) for gap in between([parse_days("2016..2016"), parse_days("2018..2019")])]
    ['2017-01..2017-12']
    """
    day = timedelta(days=1)
    return tuple(Days(one.last + day, two.first - day) for one, two in pairwise(covers))


def gap_text(case: str, dataset: str, days: Days | str) -> str:
    """What to say of days between files that none covers, and what to do; ``case`` as one types it."""
    return (
        f"No file of {dataset} covers {days}: what happened then is unknown, not nothing. Load the file of "
        "these days; if a file at hand would hold such events, say so: "
        f"vedette events load {case} FILE --covers {days}"
    )


def _ruled(connection: duckdb.DuckDBPyConnection, number: int, everywhere: bool) -> Days:
    row = connection.execute(
        "SELECT dataset, release, guessed, first, last FROM files, (SELECT min(date_start) AS first, "
        "max(date_start) AS last FROM events WHERE file_number = $number) WHERE number = $number",
        {"number": number},
    ).fetchone()
    assert row is not None
    dataset, release, guessed, first, last = row
    if dataset == GDELT:
        return _timely(connection, number, Days(first, last))
    if dataset != UCDP:
        return by_rule(dataset, first, last)
    if months := months_of(release):
        return months if _touched(connection, number, months) else whole_months(Days(first, last))
    years = _whole_years(Days(first, last))
    return years if everywhere or not guessed else Days(years.first, whole_months(Days(first, last)).last)


def _whole_years(days: Days) -> Days:
    return Days(date(days.first.year, 1, 1), date(days.last.year, 12, 31))


def _touched(connection: duckdb.DuckDBPyConnection, number: int, months: Days) -> bool:
    """Whether at least half the events of a file touch some months."""
    row = connection.execute(
        "SELECT 2 * count(*) FILTER (date_end >= $first AND date_start <= $last) >= count(*) FROM events "
        "WHERE file_number = $number",
        {"number": number, "first": months.first, "last": months.last},
    ).fetchone()
    return bool(row and row[0])


def _timely(connection: duckdb.DuckDBPyConnection, number: int, days: Days) -> Days:
    """The days from the first event of a GDELT file to the last, without those added later."""
    row = connection.execute(
        "SELECT min(date_start), max(date_start) FROM events WHERE file_number = ? "
        "AND CAST(source_date AS DATE) - date_start <= ?",
        [number, _LATE],
    ).fetchone()
    return Days(*row) if row and row[0] else days


def _outside(connection: duckdb.DuckDBPyConnection, number: int, runs: Sequence[Days]) -> bool:
    """Whether an event of a file begins outside runs of days."""
    inside = " OR ".join(f"date_start BETWEEN DATE '{run.first}' AND DATE '{run.last}'" for run in runs)
    row = connection.execute(
        f"SELECT count(*) FROM events WHERE file_number = ? AND NOT ({inside})", [number]
    ).fetchone()
    return bool(row and row[0])


def _everywhere(connection: duckdb.DuckDBPyConnection, number: int, raw_table: str, head: FileHead) -> bool:
    """Whether a file holds events from so many parts of the world that it covers all countries."""
    countries = f"SELECT count(DISTINCT country) FROM events WHERE file_number = {number}"
    row = connection.execute(countries).fetchone()
    if row is None or row[0] < 2 or "region" not in head.columns:
        return row is not None and row[0] >= _COUNTRIES
    regions = (
        f"SELECT count(DISTINCT {cell('region')}) FROM {quoted(raw_table)} WHERE rowid >= {int(head.tags)}"
    )
    row = connection.execute(regions).fetchone()
    return row is not None and row[0] >= _REGIONS

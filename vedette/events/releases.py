"""Releases: which rows are current where several files of one data set overlap.

The releases of a data set stand in one order: a newer one before an older one, and the yearly releases of
UCDP before all its Candidates. On each day and in each country the first release that covers them (`covers`)
counts: an event that lies wholly in days that releases before its own cover does not stand. An event that
several releases hold stands as the first of them has it. Two files of one release add to each other.
"""

import re
from dataclasses import dataclass

import duckdb

from vedette.case import Country
from vedette.errors import EventsError, Problem
from vedette.events.formats.malformed import SHOWN
from vedette.events.formats.release_names import months_of
from vedette.events.formats.table import CONTENT, listed


@dataclass(frozen=True)
class Change:
    """The changes of one data set by a load, in numbers of events.

    Attributes:
        dataset: the data set.
        new: not known before.
        revised: known before with other content.
        withdrawn: known before and no longer there.
        unchanged: as before.
    """

    dataset: str
    new: int
    revised: int
    withdrawn: int
    unchanged: int


def release_order(release: str) -> tuple[int, ...]:
    """Sorts releases, the one that counts where all cover a day last.

    Candidates of UCDP stand below its yearly releases, by the last of their months; one of several months is
    issued after that of the last of them. Other releases go by the numbers in them, from the left.

    >>> sorted(["24.1", "23.01.23.09", "23.0.9", "9.1", "23.0.10"], key=release_order)
    ['23.0.9', '23.01.23.09', '23.0.10', '9.1', '24.1']
    """
    if months := months_of(release):
        first, last = (12 * day.year + day.month for day in (months.first, months.last))
        return 0, last, last - first
    return 1, *(int(number) for number in re.findall(r"\d+", release))


def settle(connection: duckdb.DuckDBPyConnection, country: Country) -> None:
    """Marks the current rows of each data set with several files.

    A row that does not stand has in ``until`` the day from which the releases that replace it were known;
    ``first_known`` is the day from which any file that covers its day was known, ``first_loaded`` the same
    for files whose day of publication is not said; empty where that is the day of its own file.

    Args:
        connection: the store.
        country: the country of the case, which a file covers on the days that the user says.

    Raises:
        EventsError: two files of one release contradict each other.
    """
    shared = "SELECT dataset FROM files GROUP BY dataset HAVING count(*) > 1 ORDER BY dataset"
    for (dataset,) in connection.execute(shared).fetchall():
        _rank(connection, dataset)
        _refuse_contradictions(connection, dataset)
        connection.execute(_REACH, {"home": country.name})
        connection.execute(_PIECES)
        connection.execute(_KNOWN)
        connection.execute(_HIDDEN, {"dataset": dataset})
        connection.execute(_MARK, {"dataset": dataset})


def change(connection: duckdb.DuckDBPyConnection, dataset: str, before: bool) -> Change:
    """Compares the standing rows of a data set with those of the attached database ``before``."""
    standing = (
        f"SELECT source_id, hash({listed(CONTENT)}) AS content FROM {{}}events "
        "WHERE standing AND dataset = $d"
    )
    old = standing.format("before.main.") if before else f"{standing.format('')} AND false"
    row = connection.execute(
        "SELECT count(*) FILTER (old.source_id IS NULL), "
        "count(*) FILTER (old.content <> new.content), "
        "count(*) FILTER (new.source_id IS NULL), "
        "count(*) FILTER (old.content = new.content) "
        f"FROM ({standing.format('')}) AS new FULL JOIN ({old}) AS old USING (source_id)",
        {"d": dataset},
    ).fetchone()
    assert row is not None
    return Change(dataset, *row)


def moved_months(connection: duckdb.DuckDBPyConnection, before: bool) -> dict[str, list[int]]:
    """Months whose standing rows add up to something else than in the attached database ``before``.

    By data set and month (``ucdp 2014-06``): events before and after, deaths (best) before and after.
    """
    counted = (
        "SELECT dataset || ' ' || strftime(date_start, '%Y-%m') AS month, count(*) AS events, "
        "CAST(sum(best) AS BIGINT) AS best FROM {}events WHERE standing GROUP BY month"
    )
    old = counted.format("before.main.") if before else f"FROM ({counted.format('')}) WHERE false"
    rows = connection.execute(
        "SELECT month, coalesce(old.events, 0), coalesce(new.events, 0), coalesce(old.best, 0), "
        f"coalesce(new.best, 0) FROM ({counted.format('')}) AS new FULL JOIN ({old}) AS old USING (month) "
        "WHERE (old.events, old.best) IS DISTINCT FROM (new.events, new.best) ORDER BY month"
    ).fetchall()
    return {month: [int(number) for number in numbers] for month, *numbers in rows}


def _rank(connection: duckdb.DuckDBPyConnection, dataset: str) -> None:
    rows = connection.execute("SELECT DISTINCT release FROM files WHERE dataset = ?", [dataset]).fetchall()
    orders = sorted({release_order(release) for (release,) in rows})
    ranks = [(release, orders.index(release_order(release))) for (release,) in rows]
    connection.execute("CREATE OR REPLACE TEMP TABLE ranks (number INTEGER, rank INTEGER)")
    for release, rank in ranks:
        connection.execute(
            "INSERT INTO ranks SELECT number, ? FROM files WHERE dataset = ? AND release = ?",
            [rank, dataset, release],
        )


_REACH = """
    CREATE OR REPLACE TEMP TABLE reach AS
    WITH countries AS (SELECT DISTINCT file_number, country FROM events JOIN ranks ON number = file_number)
    SELECT DISTINCT rank, country, first, last, known, published, replaces FROM covers
    JOIN ranks ON number = covers.file_number JOIN files USING (number)
    JOIN (FROM countries UNION SELECT file_number, $home FROM covers WHERE said) AS countries
        ON everywhere OR countries.file_number = covers.file_number
"""
"""The days of each country that a file covers, with the rank of its release."""

_PIECES = """
    CREATE OR REPLACE TEMP TABLE pieces AS
    SELECT country, day AS first, lead(day) OVER (PARTITION BY country ORDER BY day) - 1 AS last
    FROM (SELECT country, first AS day FROM reach UNION SELECT country, last + 1 FROM reach)
    QUALIFY last IS NOT NULL
"""
"""The days of each country, cut where the cover of a file begins or ends."""

_KNOWN = """
    CREATE OR REPLACE TEMP TABLE known AS
    SELECT country, pieces.first, pieces.last, ranks.rank,
        min(known) FILTER (reach.rank > ranks.rank AND replaces) AS since,
        min(known) AS first_known, min(known) FILTER (NOT published) AS first_loaded
    FROM pieces JOIN reach USING (country)
    CROSS JOIN (SELECT DISTINCT rank FROM ranks) AS ranks
    WHERE reach.first <= pieces.first AND reach.last >= pieces.last
    GROUP BY ALL
"""
"""From which day these days are known: from releases before that of a rank; from files not said to be
published on a day."""

_HIDDEN = """
    CREATE OR REPLACE TEMP TABLE hidden AS
    WITH ranked AS (
        SELECT events.rowid AS id, source_id, country, date_start, date_end, rank, ranks.number, known,
            CASE WHEN NOT published THEN known END AS loaded
        FROM events JOIN ranks ON number = file_number JOIN files USING (number)
        WHERE events.dataset = $dataset
    ), again AS (
        SELECT id, min(known) OVER (PARTITION BY source_id ORDER BY rank DESC, number
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS since
        FROM ranked SEMI JOIN (SELECT source_id FROM ranked GROUP BY source_id HAVING count(*) > 1)
            USING (source_id)
    ), spans AS (
        SELECT id, any_value(1 + date_end - date_start) AS days, max(since) AS since,
            coalesce(sum(1 + least(date_end, last) - greatest(date_start, first))
                FILTER (since IS NOT NULL), 0) AS hidden,
            min(first_known) FILTER (date_start BETWEEN first AND last) AS first_known,
            min(first_loaded) FILTER (date_start BETWEEN first AND last) AS first_loaded
        FROM ranked JOIN known USING (country, rank)
        WHERE date_start <= last AND date_end >= first
        GROUP BY id
    )
    SELECT id, least(again.since, CASE WHEN hidden = days THEN spans.since END) AS since,
        nullif(least(spans.first_known, known), known) AS first_known,
        nullif(least(spans.first_loaded, loaded), loaded) AS first_loaded
    FROM ranked LEFT JOIN spans USING (id) LEFT JOIN again USING (id)
"""

_MARK = """
    UPDATE events SET standing = since IS NULL, until = since,
        first_known = hidden.first_known, first_loaded = hidden.first_loaded
    FROM hidden WHERE events.rowid = hidden.id AND events.dataset = $dataset
        AND (until, events.first_known, events.first_loaded)
            IS DISTINCT FROM (since, hidden.first_known, hidden.first_loaded)
"""


def _refuse_contradictions(connection: duckdb.DuckDBPyConnection, dataset: str) -> None:
    found = connection.execute(
        f"WITH seen AS (SELECT source_id, release, file, row, rank, hash({listed(CONTENT)}) AS content "
        "FROM events JOIN ranks ON number = file_number), "
        "pairs AS (SELECT *, first_value(content) OVER pair AS other, "
        "first_value(file) OVER pair AS other_file, first_value(row) OVER pair AS other_row FROM seen "
        "WINDOW pair AS (PARTITION BY source_id, rank ORDER BY file, row)) "
        "SELECT file, row, source_id, release, other_file, other_row FROM pairs WHERE content <> other "
        f"ORDER BY file, row LIMIT {SHOWN}"
    ).fetchall()
    if not found:
        return
    expected = "one event for each id of a release"
    cure = "Say which file is newer with --release, or take one of them out of the events folder."
    problems = [
        Problem(file, row, "id", expected, f"{name} unlike row {other_row} of {other}", cure)
        for file, row, name, _, other, other_row in found
    ]
    release = found[0][3] or "without a release"
    raise EventsError(f"Two files of {dataset} {release} contradict each other", problems)

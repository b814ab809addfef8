"""Releases: which rows are current where several files of one data set overlap.

Of the events that lie wholly within the days and countries that a newer release covers (`covers`), only its
rows stand; an event that a newer release holds stands as that release has it. Two files of the same release
add to each other; a row that both hold counts once.
"""

import re
from dataclasses import dataclass

import duckdb

from vedette.errors import EventsError, Problem
from vedette.events.formats.malformed import SHOWN
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
    """Sorts releases: the numbers in one, from the left.

    >>> release_order("23.0.9") < release_order("23.0.10") < release_order("24.1")
    True
    """
    return tuple(int(number) for number in re.findall(r"\d+", release))


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Marks the current rows of each data set with several files.

    A row that does not stand has in ``until`` the day from which a newer release was known.

    Raises:
        EventsError: two files of one release contradict each other.
    """
    shared = "SELECT dataset FROM files GROUP BY dataset HAVING count(*) > 1 ORDER BY dataset"
    for (dataset,) in connection.execute(shared).fetchall():
        _rank(connection, dataset)
        _refuse_contradictions(connection, dataset)
        connection.execute(_COVERS)
        connection.execute(_HIDDEN, {"dataset": dataset})
        connection.execute(
            "UPDATE events SET standing = true, until = NULL WHERE dataset = $dataset AND NOT standing",
            {"dataset": dataset},
        )
        connection.execute(
            "UPDATE events SET standing = false, until = since FROM hidden WHERE events.rowid = hidden.id"
        )


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

    By data set and month (``ucdp-ged 2014-06``): events before and after, deaths (best) before and after.
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


_COVERS = """
    CREATE OR REPLACE TEMP TABLE hiding AS
    WITH countries AS (SELECT DISTINCT file_number, country FROM events JOIN ranks ON number = file_number)
    SELECT DISTINCT rank, country, first, last, known FROM covers
    JOIN ranks ON number = covers.file_number JOIN files USING (number)
    JOIN countries ON everywhere OR countries.file_number = covers.file_number
    WHERE replaces <> ''
"""

_HIDDEN = """
    CREATE OR REPLACE TEMP TABLE hidden AS
    WITH ranked AS (
        SELECT events.rowid AS id, source_id, country, date_start, date_end, rank, ranks.number, known
        FROM events JOIN ranks ON number = file_number JOIN files USING (number)
        WHERE events.dataset = $dataset
    ), again AS (SELECT source_id FROM ranked GROUP BY source_id HAVING count(*) > 1)
    SELECT id, min(since) AS since FROM (
        SELECT id, min(known) OVER (PARTITION BY source_id ORDER BY rank DESC, number
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS since
        FROM ranked SEMI JOIN again USING (source_id)
        UNION ALL
        SELECT ranked.id, hiding.known FROM ranked
        JOIN hiding ON hiding.country = ranked.country AND hiding.rank > ranked.rank
            AND date_start >= hiding.first AND date_end <= hiding.last
    ) WHERE since IS NOT NULL GROUP BY id
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

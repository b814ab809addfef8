"""Building a store: a DuckDB file made from the files of the events folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from vedette.case import Case
from vedette.errors import EventsError, Problem
from vedette.events.covers import COVERS
from vedette.events.disk import database
from vedette.events.folder import EventFile, fingerprint
from vedette.events.formats.head import FileHead
from vedette.events.formats.layout import LITERAL_WORDS
from vedette.events.formats.reader import EVENTS, FILES, read_file
from vedette.events.formats.table import literal
from vedette.events.releases import settle
from vedette.progress import Report

_SHORT_LISTS = "SET disabled_optimizers = 'in_clause'"
"""Words are compared one by one: DuckDB would make a join of each of the lists that a statement names."""
_MARK = "CREATE OR REPLACE TABLE made_from AS SELECT ? AS fingerprint"


@dataclass(frozen=True)
class Reading:
    """A file that was read into a store: the file, its number there, and its head."""

    entry: EventFile
    number: int
    head: FileHead


def build(
    path: Path, entries: Sequence[EventFile], case: Case, today: date, report: Report
) -> tuple[Reading, ...]:
    """Makes a store, or adds to a copy of one, so that it contains exactly the files given.

    Args:
        path: the DuckDB file; may be a store that holds some of the files already.
        entries: the files.
        case: whose events they are.
        today: no event may be dated more than a year after this day.
        report: told of progress.

    Returns:
        The files that were read now.

    Raises:
        EventsError: some files cannot be read; lists what is wrong with all of them.
    """
    with database(path) as connection:
        connection.execute(_SHORT_LISTS)
        connection.execute(f"SET VARIABLE {LITERAL_WORDS} = {_words(case.literal_words)}")
        held = _held(connection)
        missing = [entry for entry in entries if entry.sha256 not in held]
        readings: list[Reading] = []
        problems: list[Problem] = []
        refused: list[str] = []
        for done, entry in enumerate(missing):
            report(f"Reading {entry.name}", done / len(missing))
            try:
                number = len(held) + done + 1
                head = read_file(connection, entry, number, case.country, today)
                readings.append(Reading(entry, number, head))
            except EventsError as error:
                refused.append(str(error.args[0]))
                problems += error.problems
        if refused:
            raise EventsError("; ".join(refused), problems)
        settle(connection, case.country)
        connection.execute(_MARK, [fingerprint(entries, case)])
    report("Storing", 1.0)
    return tuple(readings)


def made_from(path: Path) -> str:
    """The fingerprint of the files that a store was made from; empty if it is no store or damaged."""
    if not path.is_file():
        return ""
    try:
        with database(path, read_only=True) as connection:
            row = connection.execute("SELECT fingerprint FROM made_from").fetchone()
    except duckdb.Error:
        return ""
    return str(row[0]) if row else ""


def _words(words: Sequence[str]) -> str:
    return f"[{', '.join(map(literal, words))}]::VARCHAR[]"


def _held(connection: duckdb.DuckDBPyConnection) -> set[str]:
    tables = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'files'").fetchone()
    if tables == (0,):
        connection.execute(FILES)
        connection.execute(EVENTS)
        connection.execute(COVERS)
    return {digest for (digest,) in connection.execute("SELECT sha256 FROM files").fetchall()}

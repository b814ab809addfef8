"""The fast reader against the csv module: the same cells in the same rows, or nothing."""

import csv
import io
from itertools import pairwise
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from support.event_files import GED_COLUMNS

from vedette.errors import EventsError
from vedette.events.formats.head import FileHead
from vedette.events.formats.raw import read_raw
from vedette.events.formats.ucdp import GED_LAYOUT

WIDTH = 4
NAMES = tuple(GED_COLUMNS[:WIDTH])
cells = st.text(st.sampled_from("ab,;\"'\n\r\t #-é=<>\\"), max_size=6)
tables = st.lists(st.lists(cells, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=30)
quick = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(rows: list[list[str]], delimiter: str, end: str) -> str:
    """Rows with a header, every cell quoted where it must be."""
    return "".join(delimiter.join(map(quoted, row)) + end for row in [list(NAMES), *rows])


def quoted(cell: str) -> str:
    """A cell, between quotes if it holds a sign that means something."""
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',;\t\n\r" ') else cell


def read(folder: Path, content: str, delimiter: str) -> list[tuple[str, ...]]:
    """The rows that the fast reader finds, in order, empty cells as empty texts."""
    path = folder / "a.csv"
    path.write_bytes(content.encode())
    head = FileHead(GED_LAYOUT, delimiter, NAMES, header=True, tags=False, extra=())
    with duckdb.connect() as connection:
        read_raw(connection, path, head, "raw")
        rows = connection.execute("SELECT rowid, * FROM raw ORDER BY rowid").fetchall()
    assert [row[0] for row in rows] == list(range(len(rows)))
    return [tuple(cell or "" for cell in row[1:]) for row in rows]


@quick
@given(rows=tables, delimiter=st.sampled_from(",;\t"), end=st.sampled_from(["\n", "\r\n"]))
def test_cells_are_those_that_were_written(
    tmp_path: Path, rows: list[list[str]], delimiter: str, end: str
) -> None:
    assert read(tmp_path, written(rows, delimiter, end), delimiter) == [tuple(row) for row in rows]


@quick
@given(rows=tables, data=st.data())
def test_a_damaged_file_is_refused_or_read_as_a_plain_reader_does(
    tmp_path: Path, rows: list[list[str]], data: st.DataObject
) -> None:
    good = written(rows, ",", "\n")
    at = data.draw(st.integers(len(",".join(NAMES)) + 1, len(good)))
    damage = data.draw(st.sampled_from(['"', ",", "\n", "\r\n", "x", ""]))
    skipped = data.draw(st.integers(0, 1))
    content = good[:at] + damage + good[at + skipped :]
    assume(not {' "', '" '} & set(map("".join, pairwise(content))))  # DuckDB passes over spaces around quotes
    try:
        found = read(tmp_path, content, ",")
    except EventsError as error:
        assert error.problems
        return
    plain = list(csv.reader(io.StringIO(content, newline="")))[1:]
    assert found == [tuple(row[:WIDTH]) for row in plain if row]
    assert all(not any(row[WIDTH:]) for row in plain)

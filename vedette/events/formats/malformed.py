"""Finds the problems of a malformed CSV file with Python's csv module, after DuckDB could not read it."""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

from vedette.counts import TAKE_AGAIN, bad_byte, refused
from vedette.errors import Problem
from vedette.events.formats.head import FileHead
from vedette.plurals import counted

LONGEST_LINE = 2_000_000
"""The longest row that is accepted, in bytes."""

SHOWN = 20
"""The largest number of mistakes listed for each kind."""

_ENDLESS = (
    f"a row longer than {LONGEST_LINE // 1_000_000} MB",
    f"A quote may not close, or the line ends are missing. {TAKE_AGAIN}",
)
_OPEN_QUOTE = (
    "a double quote that does not close, or text after it",
    "Close the quote, and write a quote within text twice. The file may be cut short.",
)
_MIXED_ENDS = (
    "Windows and Unix line ends mixed",
    "Make them the same: sed 's/\\r$//' FILE > NEW, or save the file anew as CSV UTF-8.",
)


def refuse_endless_line(path: Path) -> None:
    """Checks for overlong lines before a file is read into memory.

    Raises:
        EventsError: a line is too long.
    """
    size = 4 * LONGEST_LINE
    with path.open("rb") as file:
        while len(chunk := file.read(size)) == size:
            if b"\n" not in chunk and b"\r" not in chunk:
                raise refused(path.name, "rows that end", *_ENDLESS)


def broken_rows(path: Path, head: FileHead) -> list[Problem]:
    """Problems of a file that DuckDB cannot read: up to twenty rows of it."""
    try:
        return [bad_byte(path)]
    except ValueError:
        pass
    usual = csv.field_size_limit(LONGEST_LINE)
    try:
        rows = list(islice(_broken(path, head), SHOWN))
    finally:
        csv.field_size_limit(usual)
    if rows:
        return rows
    if _mixes_line_ends(path):
        return [Problem(path.name, 0, "", "one kind of line ends", *_MIXED_ENDS)]
    return [
        Problem(
            path.name, 0, "", f"a file of {head.layout.name}", "rows that cannot be told apart", TAKE_AGAIN
        )
    ]


def _mixes_line_ends(path: Path) -> bool:
    """Whether a file has both kinds of line ends; those within quoted text count too."""
    content = path.read_bytes()
    return 0 < content.count(b"\r\n") < content.count(b"\n")


def _broken(path: Path, head: FileHead) -> Iterator[Problem]:
    row, expected = 0, counted(len(head.columns), "cell")
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            for row, cells in enumerate(_reader(file, head), 1):
                if wrong := _wrong_width(cells, len(head.columns)):
                    yield Problem(path.name, row, "", expected, *wrong)
        except csv.Error as error:
            why = _ENDLESS if "field limit" in str(error) else _OPEN_QUOTE
            yield Problem(path.name, row + 1, "", expected, *why)


def _reader(file: TextIO, head: FileHead) -> Iterator[list[str]]:
    if not head.quote:
        return csv.reader(file, delimiter=head.delimiter, quoting=csv.QUOTE_NONE, strict=True)
    return csv.reader(file, delimiter=head.delimiter, strict=True)


def _wrong_width(cells: Sequence[str], width: int) -> tuple[str, str] | None:
    """The fault of a row with a wrong number of cells; blank rows and empty cells at the end are allowed."""
    if cells and len(cells) < width:
        return counted(len(cells), "cell"), f"The row may be cut short. {TAKE_AGAIN}"
    if len(cells) > width and any(cells[width:]):
        return counted(len(cells), "cell"), "Put text that holds the delimiter between double quotes."
    return None

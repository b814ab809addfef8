"""Reads CSV files as rows of cells and checks separator, header and number of fields in each row."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vedette.case.checking.files import read_text
from vedette.errors import Problem
from vedette.plurals import counted
from vedette.problems import did_you_mean

COMMENT = "# "
"""A row of a table whose first cell begins so is a comment."""

_SEPARATORS = {"\t": "tabs", ";": "semicolons", "|": "bars"}


@dataclass(frozen=True)
class Sheet:
    """The rows of a table with the right number of fields, each with its row number in a spreadsheet."""

    rows: tuple[dict[str, str], ...]
    """The non-empty cells of each row, by column."""
    numbers: tuple[int, ...]
    problems: tuple[Problem, ...]


def read_sheet(path: Path, required: Sequence[str], optional: Sequence[str]) -> Sheet:
    """Reads a CSV file whose header has all required columns and any of the optional ones."""
    text = read_text(path)
    if isinstance(text, Problem):
        return Sheet((), (), (text,))
    records, problems = _records(text, path.name)
    header = [cell.strip() for cell in records[0][1]] if records else []
    while header and not header[-1]:
        header.pop()
    problems += _header_problems(header, path.name, required, optional)
    if problems:
        return Sheet((), (), tuple(problems))
    rows, numbers = [], []
    for number, cells in records[1:]:
        if _fits(cells, len(header)):
            filled = zip(header, cells, strict=False)
            rows.append({name: cell for name, cell in filled if cell and not cell.isspace()})
            numbers.append(number)
        else:
            problems.append(_misshapen(path.name, number, len(header), len(cells)))
    return Sheet(tuple(rows), tuple(numbers), tuple(problems))


def is_comment(cells: Sequence[str]) -> bool:
    """Whether a row is a comment: its first cell begins with a number sign and a blank."""
    return bool(cells) and cells[0].startswith(COMMENT)


def _records(text: str, file: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    records: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            if any(cell.strip() for cell in cells) and not is_comment(cells):
                records.append((number, cells))
    except csv.Error as error:
        cure = "Look for a quotation mark that is not closed; save the table again as CSV."
        return records, [Problem(file, number + 1, "", "a complete row of a CSV file", str(error), cure)]
    return records, []


def _header_problems(
    header: Sequence[str], file: str, required: Sequence[str], optional: Sequence[str]
) -> list[Problem]:
    if len(header) == 1 and (mark := next((m for m in _SEPARATORS if m in header[0]), None)):
        cure = "Save the table as CSV with commas."
        return [Problem(file, 1, "", "commas between columns", _SEPARATORS[mark], cure)]
    return [*_absent(header, file, required), *_unknown(header, file, [*required, *optional])]


def _absent(header: Sequence[str], file: str, required: Sequence[str]) -> Iterator[Problem]:
    for name in required:
        if name not in header:
            yield Problem(file, 1, name, "this column", "no such column", "Add it to the header.")


def _unknown(header: Sequence[str], file: str, known: Sequence[str]) -> Iterator[Problem]:
    for name, times in Counter(header).items():
        if times > 1:
            yield Problem(file, 1, name, "each column once", f"{times} of this name", "Remove one.")
        if name not in known:
            yield Problem(file, 1, name, "a known column", repr(name), did_you_mean(name, known))


def _fits(cells: Sequence[str], width: int) -> bool:
    return len(cells) == width or (len(cells) > width and not any(cell.strip() for cell in cells[width:]))


def _misshapen(file: str, number: int, width: int, size: int) -> Problem:
    cure = "The row is cut off; complete it." if size < width else "Put text that holds commas in quotes."
    return Problem(file, number, "", counted(width, "field"), counted(size, "field"), cure)

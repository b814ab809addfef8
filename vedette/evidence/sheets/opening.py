"""Opens a table of cells: an Excel workbook or a CSV file, with what a reader could not see in it told."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from vedette.case.checking import read_text
from vedette.errors import DataError, Problem
from vedette.evidence.sheets.grid import Line, SheetGrid, grid_of, letter

MARKS = "_vedette"
"""The sheet of a workbook of vedette that holds what its rows were when it was written."""
LISTS = "_lists"
"""The sheet of a workbook of vedette with the words of its drop-down lists."""
LARGEST = 500_000_000
"""The largest size of a workbook, unpacked, in bytes."""

_NO_EXCEL = {
    ".xls": "a workbook of Excel 97-2003",
    ".ods": "a sheet of OpenDocument",
    ".xlsb": "a binary workbook",
}


@dataclass(frozen=True)
class Opened:
    """The sheets of a file with their problems; ``marks`` is the sheet `MARKS` of a workbook of vedette."""

    grids: tuple[SheetGrid, ...]
    problems: Mapping[str, tuple[Problem, ...]]
    marks: tuple[tuple[str, ...], ...] = ()


def open_sheets(file: Path) -> Opened:
    """The sheets of an Excel workbook (.xlsx, .xlsm), or the one of a CSV file.

    Raises:
        DataError: the file cannot be read or is something else.
    """
    kind = file.suffix.lower()
    if kind in _NO_EXCEL:
        problem = Problem(file.name, 0, "", ".xlsx or .csv", _NO_EXCEL[kind], "Save it as .xlsx.")
        raise DataError("The sheet cannot be read.", [problem])
    return _workbook(file) if kind in (".xlsx", ".xlsm") else _text(file)


def _text(file: Path) -> Opened:
    text = read_text(file)
    if isinstance(text, Problem):
        raise DataError("The sheet cannot be read.", [text])
    first = next(line for line in text.splitlines() if line.strip())
    separator = max(",;\t|", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        cure = "Look for a quotation mark that is not closed; save the sheet again."
        problem = Problem(file.name, 0, "", "complete rows", str(error), cure)
        raise DataError("The sheet cannot be read.", [problem]) from error
    lines = [
        (number, tuple(map(_plain, cells)))
        for number, cells in enumerate(rows, start=1)
        if any(map(str.strip, cells))
    ]
    grid, problems = grid_of(file.name, file.stem, lines)
    return Opened((grid,), {grid.sheet: tuple(problems)})


def _workbook(file: Path) -> Opened:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    unreadable = (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        SyntaxError,
        zipfile.BadZipFile,
        InvalidFileException,
    )
    try:
        with zipfile.ZipFile(file) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > LARGEST:
            problem = Problem(
                file.name, 0, "", f"at most {LARGEST / 1e6:.0f} MB", f"{size / 1e6:,.0f} MB", "Split it."
            )
            raise DataError("The sheet cannot be read.", [problem])
        book = load_workbook(file)
    except unreadable as error:
        cure = "Open it in Excel or LibreOffice and save it as .xlsx."
        problem = Problem(file.name, 0, "", "an Excel workbook", str(error) or type(error).__name__, cure)
        raise DataError("The sheet cannot be read.", [problem]) from error
    marks: tuple[tuple[str, ...], ...] = ()
    grids, problems = [], {}
    for sheet in book.worksheets:
        if sheet.title == MARKS:
            marks = tuple(tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True))
        elif sheet.title != LISTS and sheet.sheet_state == "visible" and _cells(sheet):
            name = f"{file.name}, {sheet.title}"
            hidden = list(_hidden(name, sheet))
            lines, wrong = _lines(name, sheet)
            grid, more = grid_of(name, sheet.title, lines)
            grids.append(grid)
            merged = list(_merged(name, sheet))
            problems[grid.sheet] = (*merged, *hidden, *wrong, *([] if merged else more))
    if not grids:
        problem = Problem(
            file.name, 0, "", "a visible sheet with cells", "none", "Unhide it, or name another file."
        )
        raise DataError("The sheet cannot be read.", [problem])
    return Opened(tuple(grids), problems, marks)


def _cells(sheet: Any) -> bool:
    return any(cell.value is not None for row in sheet.iter_rows() for cell in row)


def _lines(file: str, sheet: Any) -> tuple[list[Line], list[Problem]]:
    """Number and texts of the rows that hold something, and problems of formulas and errors."""
    lines, problems = [], []
    for row in sheet.iter_rows():
        texts = []
        for cell in row:
            problem = _not_a_value(file, cell)
            problems += [problem] if problem else []
            texts.append("" if problem else _shown(cell))
        if any(texts):
            lines.append((row[0].row, tuple(texts)))
    return lines, problems


def _not_a_value(file: str, cell: Any) -> Problem | None:
    if cell.data_type == "f":
        formula = str(getattr(cell.value, "text", cell.value))
        cure = "Copy the column and paste it as values (Paste Special, Values)."
        return Problem(file, cell.row, cell.column_letter, "a value", f"a formula: {formula[:60]}", cure)
    if cell.data_type == "e":
        return Problem(
            file, cell.row, cell.column_letter, "a value", f"the error {cell.value}", "Correct the cell."
        )
    return None


def _shown(cell: Any) -> str:
    """A cell as text: a date as exactly as its format shows it, a number with as few digits as say it."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime() | date():
            return _day(value, str(cell.number_format))
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return repr(value)
        case _:
            return _plain(str(value))


def _day(value: date, number_format: str) -> str:
    """A date with the parts that its format shows: ``mmm-yy`` is a month, ``yyyy`` a year."""
    letters = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.lower())
    if "d" in letters or not {"y", "m"} & set(letters):
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m" if "m" in letters else "%Y")


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _merged(file: str, sheet: Any) -> Iterator[Problem]:
    for area in sheet.merged_cells.ranges:
        cure = "Unmerge it (Home, Merge & Center) and fill every cell."
        found = f"merged cells {area.coord}"
        yield Problem(file, area.min_row, letter(area.min_col - 1), "one value in each cell", found, cure)


def _hidden(file: str, sheet: Any) -> Iterator[Problem]:
    """Problems of hidden columns and rows that hold something."""
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            for column in range(dimension.min, min(dimension.max, sheet.max_column) + 1):
                if any(sheet.cell(row, column).value is not None for row in range(1, sheet.max_row + 1)):
                    cure = "Unhide the column and look at it, or delete it."
                    yield Problem(
                        file, 0, letter(column - 1), "columns that can be seen", "a hidden one", cure
                    )
    rows = [
        number
        for number, dimension in sheet.row_dimensions.items()
        if dimension.hidden
        and number <= sheet.max_row
        and any(cell.value is not None for cell in sheet[number])
    ]
    if rows:
        more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        cure = "Clear the filter or unhide the rows, or delete them."
        yield Problem(file, rows[0], "", "rows that can be seen", f"a hidden one{more}", cure)

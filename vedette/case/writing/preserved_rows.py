"""Rows of a table as the lines of its file: those that hold what they held stay as they were written."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from vedette.case.checking.sheets import is_comment
from vedette.case.checking.tables import read_table, schema
from vedette.case.schema.row import Row
from vedette.files import current

BOM = "\ufeff"
Values = tuple[object, ...]


@dataclass(frozen=True)
class Written:
    """A table as its file has it: the columns of its header, the header's line, the lines of each row.

    ``rows`` gives the text of a row by what it holds.
    """

    columns: tuple[str, ...]
    header: str
    rows: Mapping[Values, str]


def as_written(folder: Path, model: type[Row]) -> Written | None:
    """The table in a folder, line by line; None if it has none."""
    path = current(folder, model.file)
    if not path.is_file():
        return None
    text = path.read_bytes().decode("utf-8")
    records = dict(_records(text))
    (first, header), *_ = records.items()
    table = read_table(folder, model)
    numbered = zip(table.numbers, table.frame.iter_rows(), strict=True)
    columns = tuple(cell.strip() for cell in next(csv.reader([header.removeprefix(BOM).strip("\r\n")])))
    return Written(columns, records[first], {values: records[number] for number, values in numbered})


def lines_of(frame: pl.DataFrame, model: type[Row], written: Written | None) -> str:
    """The text of a table: rows that the file has as they stand there, the others in the plainest form.

    The plainest form has the columns of the file (all columns if it lacks one that is filled), quotes only
    where needed, and numbers with as few digits as say the same.
    """
    names = tuple(schema(model))
    needed = [name for name in names if not _plain(frame[name], model, name)]
    if written is None or not set(needed) <= set(written.columns):
        written = Written(names, line(names), {})
    places = [names.index(column) for column in written.columns if column]
    rows = [
        written.rows.get(values) or line([_cell(values[place]) for place in places])
        for values in frame.iter_rows()
    ]
    return "".join(_ended([written.header, *rows]))


def line(cells: Sequence[str]) -> str:
    """Cells as a line of a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _records(text: str) -> Iterator[tuple[int, str]]:
    """The lines of each record with its number, without comments; blank lines go with the record above."""
    raw = io.StringIO(text, newline="").readlines()
    reader = csv.reader(raw, strict=True)
    number, start, held = 0, 0, ""
    for index, cells in enumerate(reader, start=1):
        piece, start = "".join(raw[start : reader.line_num]), reader.line_num
        if is_comment(cells):
            continue
        filled = any(cell.strip() for cell in cells)
        if filled and number:
            yield number, held
            held = ""
        number, held = (index if filled or not number else number), held + piece
    if number:
        yield number, held


def _ended(lines: Sequence[str]) -> Iterator[str]:
    for each in lines[:-1]:
        yield each if each.endswith(("\n", "\r")) else each + "\n"
    yield from lines[-1:]


def _plain(column: pl.Series, model: type[Row], name: str) -> bool:
    """Whether a column says nothing but what is understood where it is left out."""
    fields = {field.alias or key: field for key, field in model.model_fields.items()}
    return not fields[name].is_required() and column.is_in([fields[name].default]).all()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return repr(value).removesuffix(".0")
        case date():
            return value.isoformat()
        case _:
            return str(value)

"""Reads a CSV or Parquet file with any columns, with the row number of a spreadsheet for each row."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from vedette.counts.text import bad_byte, first_text
from vedette.errors import DataError, EventsError, Problem, StorageError
from vedette.missing import WORDS
from vedette.plurals import counted

SHOWN = 20
"""The largest number of mistakes listed for one table."""

ROW = "row number"
DELIMITERS = (",", ";", "\t", "|")
_SAVE = "Save the table as CSV UTF-8, or as Parquet."


@dataclass(frozen=True, eq=False)
class Plain:
    """A table as read from a file, all cells text.

    ``table`` has the columns of the file and ``ROW``, the number of each row (the header is row 1). The cells
    of a CSV file are stripped text, null if empty; those of a Parquet file have the stored type. Empty rows
    are left out.
    """

    file: str
    columns: tuple[str, ...]
    table: pl.DataFrame


def read_plain(path: Path) -> Plain:
    """Reads a table; a file that ends in ``.parquet`` as Parquet, any other as CSV.

    Raises:
        StorageError: the file cannot be opened.
        DataError: it is no table; ``problems`` lists the places.
    """
    try:
        plain = _parquet(path) if path.suffix == ".parquet" else _csv(path)
    except OSError as error:
        raise StorageError(
            f"{path}: cannot be read: {error.strerror or error}. Name a file that is there and may be read."
        ) from error
    if not plain.table.height:
        raise refuse(
            path.name, [Problem(path.name, 0, "", "rows below the header", "none", "Add the counts.")]
        )
    return plain


def refuse(file: str, problems: Sequence[Problem], total: int = 0) -> DataError:
    """The error for a table with mistakes: the first twenty of them, in the order of rows.

    ``total`` is the number of mistakes if ``problems`` does not contain all of them.
    """
    shown = sorted(problems, key=lambda problem: problem.row)[:SHOWN]
    total = max(total, len(problems))
    more = f": the first {len(shown)} of {total} mistakes" if total > len(shown) else ""
    return DataError(f"{file} cannot be used{more}", shown)


def as_text(cells: pl.Expr) -> pl.Expr:
    """Converts cells of any type to text: dates without a time of midnight; what is missing is null."""
    text = cells.cast(pl.String).str.replace(r"[ T]00:00:00(\.0+)?$", "")
    return pl.when(~text.str.to_lowercase().is_in(["", *WORDS])).then(text)


def empty_cells(file: str, rows: pl.DataFrame, names: Sequence[str]) -> Iterator[Problem]:
    """Problems of rows in which one of the named cells is empty; missing columns are ignored."""
    for name in names:
        if name in rows.columns:
            for row in rows.filter(pl.col(name).is_null())[ROW].unique().sort().head(SHOWN):
                cure = "Fill the cell or remove the row. NA, None and the like are empty too."
                yield Problem(file, row, name, f"a {name}", "an empty cell", cure)


def _parquet(path: Path) -> Plain:
    with path.open("rb") as file:
        try:
            table = pl.read_parquet(file)
        except PolarsError as error:
            reason = str(error).splitlines()[0]
            raise refuse(path.name, [Problem(path.name, 0, "", "a Parquet file", reason, _SAVE)]) from error
    names = tuple(table.columns)
    return Plain(path.name, names, _numbered(table, 2))


def _csv(path: Path) -> Plain:
    head = _head(path).splitlines()[0]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        cells = pl.read_csv(
            path, has_header=False, separator=delimiter, infer_schema=False, truncate_ragged_lines=False
        )
    except PolarsError as error:
        raise refuse(path.name, _malformed(path, delimiter) or [_unreadable(path.name, error)]) from error
    if (short := _uneven(path, delimiter, cells)) is not None:
        raise refuse(path.name, short)
    names = tuple((name or "").strip() for name in cells.row(0))
    if wrong := _twice(path.name, names):
        raise refuse(path.name, wrong)
    trimmed = cells.slice(1).select(pl.all().str.strip_chars().replace("", None))
    return Plain(path.name, names, _numbered(trimmed.rename(dict(zip(cells.columns, names, strict=True))), 2))


def _head(path: Path) -> str:
    """The first megabyte of a file as text; raises `DataError` with problems that refer to a table."""
    try:
        return first_text(path).lstrip("\n")
    except EventsError as error:
        problems = [replace(p, expected="a table in UTF-8", cure=f"{p.cure} {_SAVE}") for p in error.problems]
        raise refuse(path.name, problems) from error


def _numbered(table: pl.DataFrame, first: int) -> pl.DataFrame:
    numbered = table.with_row_index(ROW, offset=first)
    return numbered.filter(~pl.all_horizontal(pl.exclude(ROW).is_null()))


def _twice(file: str, names: Sequence[str]) -> list[Problem]:
    return [
        Problem(file, 1, name, "every column once", f"{times} of that name", "Rename or remove one.")
        for name, times in Counter(names).items()
        if times > 1
    ]


def _uneven(path: Path, delimiter: str, cells: pl.DataFrame) -> list[Problem] | None:
    """Problems of rows with too few or too many cells, which the fast reader would read as empty cells."""
    last = cells.columns[-1]
    if cells.width == 1 or not cells[last].is_null().any():
        return None
    return _malformed(path, delimiter) or None


def _malformed(path: Path, delimiter: str) -> list[Problem]:
    try:
        return [replace(bad_byte(path), expected="a table in UTF-8")]
    except ValueError:
        return list(islice(_misshapen(path, delimiter), SHOWN))


def _misshapen(path: Path, delimiter: str) -> Iterator[Problem]:
    text = path.read_text(encoding="utf-8-sig")
    width, number = 0, 0
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
        ):
            width = width or len(cells)
            if any(cells) and len(cells) != width:
                cure = (
                    "Complete the row."
                    if len(cells) < width
                    else "Put text that holds the separator in quotes."
                )
                yield Problem(
                    path.name, number, "", counted(width, "cell"), counted(len(cells), "cell"), cure
                )
    except csv.Error as error:
        yield Problem(path.name, number + 1, "", "a whole row", str(error), "Close the quotation mark.")


def _unreadable(file: str, error: PolarsError) -> Problem:
    return Problem(file, 0, "", "a table of comma-separated cells", str(error).splitlines()[0], _SAVE)

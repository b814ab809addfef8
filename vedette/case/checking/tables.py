"""Reads a table of the case folder into a typed Polars frame, checking every row."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import polars as pl
from pydantic import TypeAdapter, ValidationError

from vedette.case.checking.sheets import Sheet, read_sheet
from vedette.case.schema.rows import Row
from vedette.errors import Problem
from vedette.files import current
from vedette.problems import row_problems, shown

_DTYPES: tuple[tuple[type, type[pl.DataType]], ...] = (
    (bool, pl.Boolean),
    (int, pl.Int64),
    (float, pl.Float64),
    (date, pl.Date),
)


@dataclass(frozen=True)
class CaseTable:
    """A table of the case folder: its frame, the spreadsheet row number of each row, its problems."""

    file: str
    frame: pl.DataFrame
    numbers: tuple[int, ...]
    problems: tuple[Problem, ...] = ()
    present: bool = True


@cache
def schema(model: type[Row]) -> dict[str, type[pl.DataType]]:
    """The columns of a table with their Polars types."""
    return {field.alias or name: _dtype(field.annotation) for name, field in model.model_fields.items()}


def read_table(folder: Path, model: type[Row]) -> CaseTable:
    """Reads and checks one table; a missing file gives an empty table."""
    path = folder / model.file
    if not os.path.lexists(current(folder, model.file)):
        return CaseTable(model.file, pl.DataFrame(schema=schema(model)), (), present=False)
    sheet = read_sheet(path, *_columns(model))
    try:
        rows = _adapter(model).validate_python(sheet.rows)
    except ValidationError as error:
        problems = tuple(row_problems(error, model.file, model, sheet.numbers))
        return _broken(model, (*sheet.problems, *problems))
    if sheet.problems:
        return _broken(model, sheet.problems)
    return CaseTable(model.file, _frame(rows, model), sheet.numbers, tuple(_repeated(sheet, model)))


def _broken(model: type[Row], problems: tuple[Problem, ...]) -> CaseTable:
    return CaseTable(model.file, pl.DataFrame(schema=schema(model)), (), problems)


def _frame(rows: list[Row], model: type[Row]) -> pl.DataFrame:
    cells = [vars(row) for row in rows]
    columns = {
        field.alias or name: [cell[name] for cell in cells] for name, field in model.model_fields.items()
    }
    return pl.DataFrame(columns, schema=schema(model))


def _repeated(sheet: Sheet, model: type[Row]) -> Iterator[Problem]:
    key = model.key
    first: dict[tuple[object, ...], int] = {}
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        values = tuple(map(row.get, key) if key else row.items())
        earlier = first.setdefault(values, number)
        if earlier != number:
            column, found = (
                (key[0], shown(values[0])) if len(key) == 1 else ("", f"a repeat of row {earlier}")
            )
            expected = f"each {key[0]} once" if len(key) == 1 else "no row twice"
            yield Problem(model.file, number, column, expected, found, f"Row {earlier} has it; remove one.")


@cache
def _adapter(model: type[Row]) -> TypeAdapter[list[Row]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type]


@cache
def _columns(model: type[Row]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    fields = {field.alias or name: field.is_required() for name, field in model.model_fields.items()}
    required = tuple(name for name, must in fields.items() if must)
    return required, tuple(name for name in fields if name not in required)


def _dtype(annotation: Any) -> type[pl.DataType]:
    kinds = {annotation, *get_args(annotation)}
    return next((dtype for kind, dtype in _DTYPES if kind in kinds), pl.String)

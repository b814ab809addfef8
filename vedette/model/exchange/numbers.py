"""VIEWS numbers of units: countries and cells of PRIO-GRID."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

import polars as pl

from vedette.counts import ROW, SHOWN, as_text, read_plain, refuse
from vedette.errors import DataError, Problem
from vedette.plurals import counted


class ViewsLevel(StrEnum):
    """What a submission forecasts: countries or cells of PRIO-GRID."""

    CM = "cm"
    PGM = "pgm"

    @property
    def column(self) -> str:
        """The name of the column of unit numbers."""
        return "country_id" if self is ViewsLevel.CM else "priogrid_gid"


def read_ids(path: Path, level: ViewsLevel) -> dict[str, int]:
    """Reads the number of each unit from a table with the columns ``unit`` and country_id or priogrid_gid.

    Raises:
        StorageError: the file cannot be opened.
        DataError: the table holds mistakes.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "ids.csv"
    >>> _ = path.write_text("unit,country_id\\nIraq,645\\n")
    >>> read_ids(path, ViewsLevel.CM)
    {'Iraq': 645}
    """
    plain = read_plain(path)
    names = {name.lower(): name for name in plain.columns}
    missing = [name for name in ("unit", level.column) if name not in names]
    if missing:
        found, cure = f"the columns {', '.join(plain.columns)}", "Add the column."
        raise refuse(plain.file, [Problem(plain.file, 1, n, "this column", found, cure) for n in missing])
    unit, number = (pl.col(names[name]).pipe(as_text) for name in ("unit", level.column))
    rows = plain.table.select(ROW, unit.alias("unit"), number.alias("id")).rows()
    cure = "Give every unit one whole number of its own."
    problems, seen = [], set[str]()
    for row, name, text in rows:
        if name is None or text is None or not re.fullmatch(r"\d{1,9}", text) or text in seen:
            problems.append(Problem(plain.file, row, level.column, "a number of its own", str(text), cure))
        seen.add(str(text))
    if problems:
        raise refuse(plain.file, problems)
    return {name: int(text) for _, name, text in rows}


def numbers_of(units: Sequence[str], ids: Mapping[str, int] | None, level: ViewsLevel) -> list[int]:
    """The number of each unit: by a table, or the unit itself where it is a number.

    Raises:
        DataError: units without a number.
    """
    known = ids or {unit: int(unit) for unit in units if re.fullmatch(r"\d{1,9}", unit)}
    without = [unit for unit in units if unit not in known]
    if without:
        cure = f"Give a table with the columns unit and {level.column}: --views-ids FILE."
        raise DataError(
            f"{len(without)} of {counted(len(units), 'unit')} without {level.column}",
            [Problem("units", 0, unit, f"a {level.column}", "none", cure) for unit in without[:SHOWN]],
        )
    return [known[unit] for unit in units]

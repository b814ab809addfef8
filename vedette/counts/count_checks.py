"""Checks of a table of counts."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.counts.columns import LAYOUT
from vedette.counts.notation import Notation
from vedette.counts.plain import ROW, SHOWN, refuse
from vedette.errors import Problem
from vedette.missing import is_missing
from vedette.periods import Span

LIMIT = 10_000_000_000
"""The largest count that is accepted, the same as in the VIEWS challenge."""

_WHOLE = f"a whole number from 0 to {LIMIT:,}"


def no_counts(file: str, rows: pl.DataFrame, measures: Sequence[str]) -> Iterator[Problem]:
    """Problems of cells that are not a whole number of at least 0."""
    for name in measures:
        number = pl.col(name).cast(pl.Float64, strict=False)
        right = number.is_between(0, LIMIT) & (number == number.floor())
        wrong = rows.filter(~right.fill_null(False)).select(ROW, f"{name}:cell", name).head(SHOWN)
        for row, column, value in wrong.iter_rows():
            text, cure = _told(value)
            yield Problem(file, row, column, _WHOLE, text, cure)


def _told(value: object) -> tuple[str, str]:
    if value is None:
        return (
            "an empty cell",
            "Write 0 if nothing happened; leave periods out at the start if they are not known.",
        )
    if is_missing(str(value)):
        return str(value), "Start the table after the unknown counts, or fill them with what is known."
    number = re.fullmatch(r"[-+.\d]+", str(value))
    return repr(value), "Correct the cell." if number else f"Correct the cell. {LAYOUT}"


def deaths_alone(file: str, rows: pl.DataFrame) -> Iterator[Problem]:
    """Problems of rows with deaths but a count of 0 events."""
    if "deaths" in rows.columns:
        dead, events = (pl.col(name).cast(pl.Float64, strict=False) for name in ("deaths", "count"))
        for row, column, found in (
            rows.filter((events == 0) & (dead > 0))
            .select(ROW, "deaths:cell", "deaths")
            .head(SHOWN)
            .iter_rows()
        ):
            cure = "Count the events in which people died, or leave the column out."
            yield Problem(file, row, column, "0 deaths where the count of events is 0", f"{found!s}", cure)


def repeated(file: str, rows: pl.DataFrame, notation: Notation) -> list[Problem]:
    """Problems of cells that are in the table twice."""
    cell = ["period", "unit", *(["stratum"] if "stratum" in rows.columns else [])]
    again = rows.filter(pl.struct(cell).is_duplicated()).with_columns(first=pl.col(ROW).min().over(cell))
    late = again.filter(pl.col(ROW) > pl.col("first")).sort(ROW).head(SHOWN + 1)
    return [
        Problem(
            file,
            row[ROW],
            "period",
            "every period of a unit once",
            f"{' / '.join([str(notation.write(row['period'])), *(row[name] for name in cell[1:])])} again, "
            f"first in row {row['first']}",
            "Remove one of the rows, or add them up.",
        )
        for row in late.iter_rows(named=True)
    ]


def refuse_gaps(
    file: str, cells: npt.NDArray[np.int64], units: Sequence[str], span: Span, notation: Notation
) -> None:
    missing = cells < 0
    wrong = np.flatnonzero(missing.any(axis=0))
    if not len(wrong):
        return
    whole = f"a count for every period from {notation.write(span.first)} to {notation.write(span.last)}"
    cure = (
        "Add the rows, with 0 where nothing happened; pass --fill-zeros if what is left out is 0; or start "
        "the table where all units are known."
    )
    problems = [
        Problem(file, 0, units[unit], whole, _gap(missing[:, unit], span, notation), cure)
        for unit in wrong[:SHOWN]
    ]
    raise refuse(file, problems, len(wrong))


def _gap(missing: npt.NDArray[np.bool_], span: Span, notation: Notation) -> str:
    """The first spell of missing periods of a unit, and the number of all its missing periods."""
    first = int(missing.argmax())
    after = np.flatnonzero(~missing[first:])
    last = first + (int(after[0]) if len(after) else len(missing) - first) - 1
    number, ends = int(missing.sum()), [str(notation.write(span.first + at)) for at in (first, last)]
    run = ends[0] if first == last else f"{ends[0]} to {ends[1]}"
    return f"no row for {run}" + (f", {number} periods in all" if number > last - first + 1 else "")

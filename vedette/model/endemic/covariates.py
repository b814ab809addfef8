"""Covariates from a file: series by period, or by period and unit."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from vedette.errors import Problem, UsageError
from vedette.events.notation import Notation
from vedette.events.plain import ROW, Plain, as_text, read_plain, refuse
from vedette.model.history import FloatArray
from vedette.periods import Span


def read_covariates(
    path: Path, notation: Notation, span: Span, units: Sequence[str]
) -> dict[str, FloatArray]:
    """Reads the series of a table, (T,) or (T, U) for the T periods of ``span`` and the U units.

    The first column holds the period, written as in the table of counts. With a column ``unit`` each row is
    for one unit, without it for all. Every other column is a series. Periods outside the span are left out.

    Raises:
        StorageError: the file cannot be opened.
        DataError: a period or unit is missing, stands twice or is not known, or a cell is no finite number.

    >>> import tempfile
    >>> from vedette.events.notation import Form
    >>> from vedette.periods import Step, parse
    >>> path = Path(tempfile.mkdtemp()) / "troops.csv"
    >>> _ = path.write_text("period,troops\\n2014-05,0.1\\n2014-06,0.3\\n")
    >>> may = parse("2014-05", Step.MONTH)
    >>> span, written = Span(may, may + 1, Step.MONTH), Notation(Form.LABEL, Step.MONTH)
    >>> found = read_covariates(path, written, span, ["Anbar"])
    >>> found["troops"].tolist()
    [0.1, 0.3]
    """
    plain = read_plain(path)
    period, *rest = plain.columns
    by_unit = "unit" in rest
    names = [name for name in rest if name != "unit"]
    if not names:
        found = ", ".join(plain.columns)
        raise refuse(
            plain.file,
            [Problem(plain.file, 1, "", "a period and at least one series", found, "Add a column.")],
        )
    cells = {(t, u): (row, values) for row, t, u, values in _cells(plain, period, names, notation, by_unit)}
    series = np.full((len(span), len(units) if by_unit else 1, len(names)), np.nan)
    missing: list[Problem] = []
    for t in range(len(span)):
        for u, unit in enumerate(units if by_unit else [""]):
            if (span.first + t, unit) not in cells:
                written = f"{notation.write(span.first + t)} {unit}".strip()
                missing.append(_problem(plain, 0, period, f"a row for {written}", "none", "Add the row."))
                continue
            series[t, u] = _numbers(plain, *cells[span.first + t, unit], names)
    if missing:
        raise refuse(plain.file, missing)
    return {name: series[:, :, k] if by_unit else series[:, 0, k] for k, name in enumerate(names)}


def _cells(
    plain: Plain, period: str, names: Sequence[str], notation: Notation, by_unit: bool
) -> Iterator[tuple[int, int, str, tuple[object, ...]]]:
    texts = [as_text(pl.col(period)).alias("period")]
    texts += [as_text(pl.col("unit"))] if by_unit else [pl.lit("").alias("unit")]
    keys = plain.table.select(ROW, *texts)
    seen: set[tuple[int, str]] = set()
    for (row, text, unit), values in zip(
        keys.iter_rows(), plain.table.select(names).iter_rows(), strict=True
    ):
        try:
            t = notation.read(text or "")
        except UsageError:
            wanted = f"a period like {notation.example}, as in the counts"
            raise refuse(
                plain.file, [_problem(plain, row, period, wanted, repr(text), "Correct it.")]
            ) from None
        if (t, unit) in seen:
            again = f"{text} {unit}".strip() + " again"
            raise refuse(plain.file, [_problem(plain, row, period, "each period once", again, "Remove it.")])
        seen.add((t, unit))
        yield row, t, unit or "", values


def _numbers(plain: Plain, row: int, values: tuple[object, ...], names: Sequence[str]) -> list[float]:
    found: list[float] = []
    for name, value in zip(names, values, strict=True):
        try:
            number = float(str(value))
        except ValueError:
            number = np.nan
        if not np.isfinite(number):
            shown = "an empty cell" if value is None else repr(value)
            raise refuse(plain.file, [_problem(plain, row, name, "a finite number", shown, "Fill it in.")])
        found.append(number)
    return found


def _problem(plain: Plain, row: int, column: str, expected: str, found: str, cure: str) -> Problem:
    return Problem(plain.file, row, column, expected, found, cure)

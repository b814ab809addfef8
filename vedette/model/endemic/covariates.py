"""Covariates from a file: series by period, or by period and unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from vedette.counts import ROW, Notation, Plain, as_text, read_plain, refuse
from vedette.errors import DataError, Problem, UsageError
from vedette.model.history import FloatArray, IntArray
from vedette.periods import Span, label

Cells = dict[tuple[int, str], tuple[int, tuple[object, ...]]]


@dataclass(frozen=True, eq=False)
class CovariateTable:
    """Series by name over the periods of ``span``, (T,) for all units or (T, U) for each.

    What lies after an origin is what is known ahead, or a scenario.

    >>> from vedette.periods import Step
    >>> table = CovariateTable({"troops": np.array([0.1, 0.3, 0.2])}, Span(0, 2, Step.MONTH))
    >>> table.over(Span(1, 2, Step.MONTH))["troops"].tolist()
    [0.3, 0.2]
    """

    series: Mapping[str, FloatArray]
    span: Span

    def over(self, span: Span) -> dict[str, FloatArray]:
        """The series over some periods alone.

        Raises:
            DataError: the table does not hold all of them.
        """
        if len(span) and not (self.span.first <= span.first and span.last <= self.span.last):
            covered, wanted = (
                f"{label(each.first, each.step)} to {label(each.last, each.step)}"
                for each in (self.span, span)
            )
            raise DataError(
                f"covariates: expected values from {wanted}; found {covered}. Add the periods, or forecast "
                "fewer."
            )
        start = span.first - self.span.first
        return {name: np.asarray(each)[start : start + len(span)] for name, each in self.series.items()}

    def pick(self, units: IntArray) -> "CovariateTable":
        """The same for some units, given by their places, in the order asked for; series for all stay."""
        series = {name: each[:, units] if np.ndim(each) > 1 else each for name, each in self.series.items()}
        return CovariateTable(series, self.span)


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
    >>> from vedette.counts.notation import Form
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
    names = _names(plain)
    return _filled(plain, _by_key(plain, names, notation), names, notation, span, units)


def read_ahead(
    path: Path, notation: Notation, span: Span, units: Sequence[str], names: Sequence[str]
) -> CovariateTable:
    """Reads the named series over the periods learned from and those forecast; see `read_covariates`.

    Other columns are left aside.

    Raises:
        StorageError: the file cannot be opened.
        DataError: a named series is not there, the table begins too late or ends too early, or what
            `read_covariates` refuses.

    >>> import tempfile
    >>> from vedette.counts.notation import Form
    >>> from vedette.periods import Step, parse
    >>> path = Path(tempfile.mkdtemp()) / "troops.csv"
    >>> _ = path.write_text("period,troops\\n2014-05,0.1\\n2014-06,0.3\\n")
    >>> may = parse("2014-05", Step.MONTH)
    >>> written = Notation(Form.LABEL, Step.MONTH)
    >>> read_ahead(path, written, Span(may, may + 2, Step.MONTH), ["Anbar"], ["troops"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
      ...
    vedette.errors.DataError: troops.csv cannot be used
      troops.csv, column period: expected rows to 2014-07, the last period forecast; found ...
    """
    plain = read_plain(path)
    there = _names(plain)
    absent = [name for name in names if name not in there]
    if absent:
        cure = "Add the column, or take the name out of the terms."
        found = f"only {', '.join(there)}"
        raise refuse(
            plain.file, [_problem(plain, 1, name, "a column of that name", found, cure) for name in absent]
        )
    cells = _by_key(plain, names, notation)
    _reaches(plain, cells, notation, span)
    return CovariateTable(_filled(plain, cells, names, notation, span, units), span)


def _names(plain: Plain) -> list[str]:
    names = [name for name in plain.columns[1:] if name != "unit"]
    if not names:
        found = ", ".join(plain.columns)
        raise refuse(
            plain.file,
            [Problem(plain.file, 1, "", "a period and at least one series", found, "Add a column.")],
        )
    return names


def _by_key(plain: Plain, names: Sequence[str], notation: Notation) -> Cells:
    """Each row's number and values, by period and unit."""
    period, by_unit = plain.columns[0], "unit" in plain.columns[1:]
    return {(t, u): (row, values) for row, t, u, values in _cells(plain, period, names, notation, by_unit)}


def _reaches(plain: Plain, cells: Cells, notation: Notation, span: Span) -> None:
    """Whether the rows begin and end where they must; gaps between are told row by row."""
    periods = [period for period, _ in cells]
    first, last, begins, ends = (
        notation.write(each) for each in (span.first, span.last, min(periods), max(periods))
    )
    problems: list[Problem] = []
    if min(periods) > span.first:
        wanted, cure = f"rows from {first}, the first period learned from", f"Add rows from {first}."
        problems.append(_problem(plain, 0, plain.columns[0], wanted, f"rows from {begins}", cure))
    if max(periods) < span.last:
        wanted = f"rows to {last}, the last period forecast"
        cure = f"Add rows to {last}, or ask for fewer --months."
        problems.append(_problem(plain, 0, plain.columns[0], wanted, f"rows to {ends}", cure))
    if problems:
        raise refuse(plain.file, problems)


def _filled(
    plain: Plain,
    cells: Cells,
    names: Sequence[str],
    notation: Notation,
    span: Span,
    units: Sequence[str],
) -> dict[str, FloatArray]:
    """The series over a span, (T,) or (T, U); every gap is told."""
    period, by_unit = plain.columns[0], "unit" in plain.columns[1:]
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
    numbers: list[float] = []
    for name, value in zip(names, values, strict=True):
        try:
            number = float(str(value))
        except ValueError:
            number = np.nan
        if not np.isfinite(number):
            shown = "an empty cell" if value is None else repr(value)
            raise refuse(plain.file, [_problem(plain, row, name, "a finite number", shown, "Fill it in.")])
        numbers.append(number)
    return numbers


def _problem(plain: Plain, row: int, column: str, expected: str, found: str, cure: str) -> Problem:
    return Problem(plain.file, row, column, expected, found, cure)

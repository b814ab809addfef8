"""Turns rows of draws into the array of a forecast, and checks them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.counts import (
    COUNT_COLUMNS,
    LIMIT,
    PERIOD_COLUMNS,
    ROW,
    SHOWN,
    UNIT_COLUMNS,
    Notation,
    Plain,
    as_text,
    empty_cells,
    read_periods,
    refuse,
)
from vedette.errors import Problem
from vedette.model.forecasting import Forecast
from vedette.model.history import IntArray
from vedette.plurals import counted
from vedette.randomness import rng_stream

POISSON = 1000
"""Draws into which a point forecast is expanded."""

LEAD = 3
"""How far ahead the first month of a VIEWS window lies: data to October, forecasts from January."""

_CELL = ["period", "unit"]
_HEAD = (
    "A table of draws has the columns period, unit, draw and outcome (or VIEWS' month_id, country_id ...)."
)
_WHOLE = "a whole number of at least 0"
_RATE = "a number of at least 0"


def cube(plain: Plain, name: str, *, lead: int = 1, cut: bool = False) -> tuple[Forecast, Notation]:
    """The forecast in rows of draws, and how it writes periods.

    Args:
        plain: the rows.
        name: what the forecast is called.
        lead: how far ahead its first period lies.
        cut: outcomes above ten thousand million are set to that, as the VIEWS challenge does, not refused.

    Raises:
        DataError: the rows hold mistakes.
    """
    rows = _rows(plain)
    _no_sums(plain.file, rows)
    points = rows.select(pl.struct(_CELL).n_unique()).item() == rows.height
    problems = list(empty_cells(plain.file, rows, (*_CELL, "draw")))
    problems += _outcomes(plain.file, rows, points=points, cut=cut)
    notation, periods, wrong = read_periods(plain.file, rows, None)
    problems += wrong
    if notation is None or problems:
        raise refuse(plain.file, problems)
    known = rows.with_columns(
        pl.col("period").replace_strict(periods, return_dtype=pl.Int64),
        pl.col("outcome").cast(pl.Float64).clip(0, LIMIT),
    )
    if uneven := _uneven(plain.file, known, notation):
        raise refuse(plain.file, uneven)
    ahead, units, cells = _array(known)
    draws = expanded(cells[0], name) if points else cells.astype(np.int64)
    origin = ahead[0] - lead
    horizons = tuple(period - origin for period in ahead)
    return Forecast(draws, origin, notation.step, horizons, units, "outcome", name, 0), notation


def expanded(points: npt.NDArray[np.float64], name: str) -> IntArray:
    """A point forecast (H, U) as draws (S, H, U) from Poisson distributions, S = 1,000.

    The rule of the VIEWS prediction challenge for forecasts without a distribution.
    """
    rng = rng_stream(0, "points", name)
    return np.asarray(rng.poisson(np.broadcast_to(points, (POISSON, *points.shape))), dtype=np.int64)


def _rows(plain: Plain) -> pl.DataFrame:
    names = {name.lower(): name for name in plain.columns}
    sought = {"period": PERIOD_COLUMNS, "unit": UNIT_COLUMNS, "outcome": COUNT_COLUMNS[::-1]}
    columns = {what: next((names[n] for n in known if n in names), "") for what, known in sought.items()}
    if missing := [what for what, column in columns.items() if not column]:
        shown = f"the columns {', '.join(plain.columns)}"
        raise refuse(plain.file, [Problem(plain.file, 1, n, "this column", shown, _HEAD) for n in missing])
    draw = pl.col(names["draw"]) if "draw" in names else pl.lit(0)
    return plain.table.select(
        ROW,
        pl.col(columns["period"]).pipe(as_text).alias("period"),
        pl.col(columns["unit"]).pipe(as_text).alias("unit"),
        draw.pipe(as_text).alias("draw"),
        pl.col(columns["outcome"]).alias("outcome"),
    )


def _no_sums(file: str, rows: pl.DataFrame) -> None:
    """Raises `DataError` where a row is of a sum of periods, as ``forecast --sum`` writes it."""
    added = rows.filter(pl.col("period").str.contains("..", literal=True)).select(ROW, "period").head(1)
    for row, text in added.iter_rows():
        cure = "Write the draws of single periods: forecast with --months in place of --sum."
        raise refuse(file, [Problem(file, row, "period", "a single period", f"a sum, {text}", cure)])


def _outcomes(file: str, rows: pl.DataFrame, *, points: bool, cut: bool) -> list[Problem]:
    number = pl.col("outcome").cast(pl.Float64, strict=False)
    right = number.is_between(0, np.finfo(np.float64).max if cut else LIMIT)
    if not points:
        right &= number == number.floor()
    wrong = rows.filter(~right.fill_null(False)).select(ROW, "outcome").head(SHOWN + 1)
    wanted = _RATE if points else _WHOLE
    cure = "Correct the cell; round draws to whole numbers."
    return [
        Problem(file, row, "outcome", wanted, "an empty cell" if cell is None else str(cell), cure)
        for row, cell in wrong.iter_rows()
    ]


def _uneven(file: str, rows: pl.DataFrame, notation: Notation) -> list[Problem]:
    """Cells with a draw twice, with another number of draws than most, or with none at all."""
    cells = rows.group_by(_CELL, maintain_order=True).agg(
        pl.len().alias("draws"), pl.col("draw").n_unique().alias("different"), pl.col(ROW).min()
    )
    usual = cells["draws"].mode().max()
    wrong = cells.filter((pl.col("draws") != usual) | (pl.col("different") != pl.col("draws")))
    problems = [
        Problem(
            file,
            0,
            f"{row['unit']} in {notation.write(row['period'])}",
            f"{usual!s} draws, as in most cells, each once",
            f"{counted(row['draws'], 'draw')}, {row['different']} different",
            "Give every cell the same number of draws, numbered without repeats.",
        )
        for row in wrong.head(SHOWN + 1).iter_rows(named=True)
    ]
    return problems + _absent(file, cells, notation)


def _absent(file: str, cells: pl.DataFrame, notation: Notation) -> list[Problem]:
    grid = cells.select(pl.col("period").unique()).join(cells.select(pl.col("unit").unique()), how="cross")
    gaps = grid.join(cells, on=_CELL, how="anti").sort(_CELL).head(SHOWN + 1)
    wanted, cure = (
        "draws for every unit in every period",
        "Forecast it too, or leave the unit out altogether.",
    )
    return [
        Problem(file, 0, f"{unit} in {notation.write(period)}", wanted, "no row", cure)
        for period, unit in gaps.iter_rows()
    ]


def _array(rows: pl.DataFrame) -> tuple[Sequence[int], tuple[str, ...], npt.NDArray[np.float64]]:
    """Periods in order, units as they come, and outcomes (S, H, U) in the order of the numbers of draws."""
    periods = rows["period"].unique().sort()
    units = rows["unit"].unique(maintain_order=True)
    number = pl.col("draw").cast(pl.Float64, strict=False)
    ordered = rows.with_columns(
        u=pl.col("unit").replace_strict(units, pl.int_range(len(units), eager=True)),
        n=number,
    ).sort("period", "u", "n", "draw", maintain_order=True)
    shape = (len(periods), len(units), -1)
    return periods.to_list(), tuple(units), ordered["outcome"].to_numpy().reshape(shape).transpose(2, 0, 1)

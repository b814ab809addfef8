"""Reads a table of neighbouring units from a file."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.counts.plain import ROW, SHOWN, Plain, read_plain, refuse
from vedette.errors import Problem
from vedette.plurals import counted

_EDGES = ({"unit", "neighbour"}, {"unit", "neighbor"})


def read_neighbours(path: Path, units: Sequence[str]) -> npt.NDArray[np.float64]:
    """Reads the adjacency matrix of units, (U, U) of 0 and 1 in the order of ``units``.

    The file is either a square table, with the names of units in the first column and, in the same order, in
    the header, 1 for neighbours, 0 elsewhere and on the diagonal; or a list of pairs with the columns
    ``unit`` and ``neighbour``, each pair once or twice. The graph need not be connected.

    Args:
        path: CSV or Parquet.
        units: the units of the counts; the table may name no others, and a square table must name all.

    Raises:
        StorageError: the file cannot be opened.
        DataError: the table has mistakes; ``problems`` lists the first twenty.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "touch.csv"
    >>> _ = path.write_text("unit,neighbour\\nAnbar,Najaf\\n")
    >>> read_neighbours(path, ["Najaf", "Anbar", "Basra"]).tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    plain = read_plain(path)
    pairs = {name.lower() for name in plain.columns} in _EDGES
    return _from_pairs(plain, units) if pairs else _from_square(plain, units)


def _from_pairs(plain: Plain, units: Sequence[str]) -> npt.NDArray[np.float64]:
    place = {name: number for number, name in enumerate(units)}
    names = sorted(plain.columns, key=lambda name: name.lower() != "unit")
    rows = plain.table.select(ROW, *(pl.col(name).cast(pl.String) for name in names)).rows()
    if problems := list(_wrong_pairs(plain.file, rows, names, place)):
        raise refuse(plain.file, problems)
    touch = np.zeros((len(units), len(units)))
    for _, one, other in rows:
        touch[place[one], place[other]] = touch[place[other], place[one]] = 1.0
    return touch


def _wrong_pairs(
    file: str,
    rows: Sequence[tuple[int, str | None, str | None]],
    names: Sequence[str],
    place: dict[str, int],
) -> Iterator[Problem]:
    for row, one, other in rows:
        for column, name in zip(names, (one, other), strict=True):
            if name not in place:
                yield _unknown(file, row, column, name, list(place))
        if one == other:
            yield Problem(file, row, names[1], "another unit", f"{one} beside itself", "Remove the row.")


def _from_square(plain: Plain, units: Sequence[str]) -> npt.NDArray[np.float64]:
    corner, *across = plain.columns
    down = plain.table[corner].cast(pl.String).to_list()
    problems = [
        *_wrong_names(plain.file, across, down, units),
        *_wrong_cells(plain, across, down),
    ]
    if problems:
        raise refuse(plain.file, problems)
    touch = plain.table.select(pl.col(across).cast(pl.Float64)).to_numpy()
    if wrong := list(_one_sided(plain.file, touch, across)):
        raise refuse(plain.file, wrong)
    order = [across.index(unit) for unit in units]
    return np.ascontiguousarray(touch[np.ix_(order, order)])


def _wrong_names(
    file: str, across: list[str], down: list[str | None], units: Sequence[str]
) -> Iterator[Problem]:
    for number, name in enumerate(across):
        if name not in units:
            yield _unknown(file, 1, str(number + 2), name, units)
    for name in units:
        if name not in across:
            cure = "Add its row and column; all 0 if it has no neighbours."
            yield Problem(file, 0, name, "a row and a column for every unit of the counts", "none", cure)
    if down != across:
        row = next(
            (n for n, pair in enumerate(zip(down, across, strict=False)) if pair[0] != pair[1]), len(across)
        )
        wanted = across[row] if row < len(across) else counted(len(across), "row")
        found = str(down[row]) if row < len(down) else counted(len(down), "row")
        cure = "Put rows and columns in the same order, one of each for every unit."
        yield Problem(file, row + 2, "", wanted, found, cure)


def _wrong_cells(plain: Plain, across: list[str], down: list[str | None]) -> Iterator[Problem]:
    cells = plain.table.select(ROW, pl.col(across).cast(pl.Float64, strict=False))
    for at, name in enumerate(across):
        right = cells[name].is_in([0.0, 1.0]).fill_null(False)
        for number in (~right).arg_true().head(SHOWN):
            cell = plain.table[name][number]
            shown = "an empty cell" if cell is None else str(cell)
            cure = "Write 1 where two units touch, 0 elsewhere."
            yield Problem(plain.file, cells[ROW][number], name, "0 or 1", shown, cure)
        if at < len(down) and cells[name][at] == 1.0:
            yield Problem(plain.file, cells[ROW][at], name, "0 for a unit and itself", "1", "Write 0.")


def _one_sided(file: str, touch: npt.NDArray[np.float64], names: Sequence[str]) -> Iterator[Problem]:
    for row, column in np.argwhere(touch > touch.T)[: SHOWN + 1]:
        pair, back = names[row], names[column]
        cure = "Neighbours are neighbours both ways: correct one of the two cells."
        yield Problem(file, int(row) + 2, back, f"the same as in row {back}, column {pair}", "1 and 0", cure)


def _unknown(file: str, row: int, column: str, name: str | None, units: Sequence[str]) -> Problem:
    known = ", ".join(units[:5]) + (", ..." if len(units) > 5 else "")
    found = "an empty cell" if name is None else repr(name)
    cure = "Write the unit as the counts do, or leave it out."
    return Problem(file, row, column, f"a unit of the counts ({known})", found, cure)

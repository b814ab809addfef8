"""A sheet as a grid of texts: the names of its columns, the cells below, and what in it would mislead."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vedette.errors import Problem
from vedette.problems import shown

Line = tuple[int, tuple[str, ...]]


@dataclass(frozen=True)
class SheetGrid:
    """One sheet of a file.

    Attributes:
        file: the name of the file, with that of the sheet where there are several: ``ties.xlsx, Ties``.
        sheet: the name of the sheet; that of the file without its ending where it is no workbook.
        header: the number of the row with the names of the columns.
        columns: these names, in order.
        rows: number and filled cells, by column, of each row below.
    """

    file: str
    sheet: str
    header: int
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def grid_of(file: str, sheet: str, lines: Sequence[Line]) -> tuple[SheetGrid, list[Problem]]:
    """The grid of lines of cells, and the problems of its header.

    Args:
        file: the name that problems have.
        sheet: the name of the sheet.
        lines: number and cells of each row that is not empty.
    """
    if not lines:
        found = Problem(file, 1, "", "a row of column names and rows below", "nothing", "Fill the sheet.")
        return SheetGrid(file, sheet, 1, (), ()), [found]
    (number, header), *rest = lines
    names = [" ".join(cell.split()) for cell in header]
    used = {index for _, cells in rest for index, cell in enumerate(cells) if cell}
    problems = list(_header_problems(file, number, names, used, rest))
    filled = [(index, name) for index, name in enumerate(names) if name]
    rows = tuple(
        (row, {name: cells[index] for index, name in filled if index < len(cells) and cells[index]})
        for row, cells in rest
    )
    return SheetGrid(file, sheet, number, tuple(name for _, name in filled), rows), problems


def _header_problems(
    file: str, number: int, names: Sequence[str], used: set[int], rest: Sequence[Line]
) -> Iterator[Problem]:
    filled = [name for name in names if name]
    below = [cell for cell in rest[0][1] if cell] if rest else []
    nameless = sorted(index for index in used if index >= len(names) or not names[index])
    if len(filled) == 1 and len(below) > 1:
        cure = "Delete the rows above the names of the columns."
        yield Problem(file, number, "", "the names of the columns", f"a title: {shown(filled[0])}", cure)
    elif rest and _names_too(names, rest[0][1]):
        found = f"two (rows {number} and {rest[0][0]})"
        cure = "Keep the one with a name for every column, and delete the other."
        yield Problem(file, number, "", "one row with the names of the columns", found, cure)
    else:
        for index in nameless:
            cure = f"Give column {letter(index)} a name, or delete it."
            yield Problem(file, number, letter(index), "a name for the column", "nothing", cure)
    for name, times in Counter(filled).items():
        if times > 1 and not nameless:
            cure = "Give each its own name, or delete one."
            yield Problem(file, number, name, "each column once", f"{times} of this name", cure)


def _names_too(names: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the second row names columns too: HXL tags, or words where the first has gaps or repeats."""
    cells = [cell for cell in second if cell]
    if cells and all(cell.startswith("#") for cell in cells):
        return True
    filled = [name for name in names if name]
    gaps = [cell for index, cell in enumerate(second) if cell and not (index < len(names) and names[index])]
    repeats = len(set(filled)) < len(filled)
    words = len(set(cells)) == len(cells) and not any(any(map(str.isdigit, cell)) for cell in cells)
    return words and (len(gaps) > 1 or repeats)


def letter(index: int) -> str:
    """The letter that a spreadsheet shows above a column, counted from 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    name, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name

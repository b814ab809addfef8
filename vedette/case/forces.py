"""The tree of forces of a case on a day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from vedette.case.schema.forces import COUNTED
from vedette.periods import first_possible_column, last_possible_column

BEGINNING, END = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True)
class CodedForce:
    """A row of forces.csv with the widest interval of days that its dates allow."""

    force: str
    status: str
    part_of: str
    main: str
    most: float | None
    author: str
    first: date
    last: date

    @property
    def counted(self) -> bool:
        """Whether the index of arms counts it."""
        return self.main in COUNTED


def coded_forces(forces: pl.DataFrame) -> list[CodedForce]:
    """The rows of forces.csv, in their order."""
    dated = forces.select(
        *("force", "status", "part_of", "main", "most", "author"),
        first=first_possible_column("from").fill_null(BEGINNING),
        last=last_possible_column("to").fill_null(END),
    )
    return [CodedForce(*row) for row in dated.iter_rows()]


def forces_on(rows: Iterable[CodedForce], day: date) -> dict[str, CodedForce]:
    """The row of each force that holds on a day; of two, the one that begins later.

    >>> rows = [
    ...     CodedForce("guard", "non-state", "", "", None, "", BEGINNING, date(2014, 12, 31)),
    ...     CodedForce("guard", "hybrid", "", "", None, "", date(2014, 1, 1), END),
    ... ]
    >>> [forces_on(rows, date(year, 6, 30))["guard"].status for year in (2013, 2014)]
    ['non-state', 'hybrid']
    """
    holding: dict[str, CodedForce] = {}
    for row in rows:
        if row.first <= day <= row.last:
            other = holding.get(row.force)
            if other is None or other.first <= row.first:
                holding[row.force] = row
    return holding


def above(forces: Mapping[str, CodedForce], force: str) -> Iterator[CodedForce]:
    """The forces that a force lies within, from the nearest to the topmost; ends where a ring closes."""
    reached = {force}
    while force in forces:
        force = forces[force].part_of
        if not force or force in reached or force not in forces:
            return
        reached.add(force)
        yield forces[force]

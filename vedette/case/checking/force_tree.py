"""Checks of forces.csv: one row of a force at a time, and one tree without rings on every day."""

from collections.abc import Iterator
from itertools import combinations

import polars as pl

from vedette.case.checking.tables import CaseTable
from vedette.case.forces import BEGINNING, END, CodedForce, above, coded_forces, forces_on
from vedette.errors import Problem
from vedette.periods import first_possible_column, last_possible_column
from vedette.problems import did_you_mean, shown

_KINDS = (("status", "status"), ("part_of", "force above"), ("main", "main"), ("most", "most"))


def force_problems(forces: CaseTable) -> Iterator[Problem]:
    """Problems of rows that hold on one day and differ, and of the tree that the rows make."""
    yield from _overlaps(forces)
    yield from _unknown_wholes(forces)
    coded = coded_forces(forces.frame)
    numbers = dict(zip(map(id, coded), forces.numbers, strict=True))
    reported: set[object] = set()
    for day in sorted({row.first for row in coded}):
        tree = forces_on(coded, day)
        for row in tree.values():
            for key, column, expected, found, cure in (*_ring(tree, row), *_twice(tree, row)):
                if key not in reported:
                    reported.add(key)
                    yield Problem(forces.file, numbers[id(row)], column, expected, found, cure)


def _overlaps(forces: CaseTable) -> Iterator[Problem]:
    """Problems of two rows of one force that hold on one day and differ; adjoining months are allowed."""
    certain = forces.frame.with_columns(
        number=pl.Series(forces.numbers, dtype=pl.Int64),
        first=last_possible_column("from").fill_null(BEGINNING),
        last=first_possible_column("to").fill_null(END),
    )
    for _, of_one in certain.group_by("force", maintain_order=True):
        for one, other in combinations(of_one.iter_rows(named=True), 2):
            if max(one["first"], other["first"]) >= min(one["last"], other["last"]):
                continue
            for column, word in _KINDS:
                if one[column] != other[column]:
                    found = f"{_cell(other[column])}, and {_cell(one[column])} in row {one['number']}"
                    cure = "Let one interval end before the other begins."
                    yield Problem(forces.file, other["number"], column, f"one {word} at a time", found, cure)
                    break


def _cell(value: object) -> str:
    return "nothing" if value in ("", None) else f"{value:g}" if isinstance(value, float) else str(value)


def _unknown_wholes(forces: CaseTable) -> Iterator[Problem]:
    """Problems of a ``part_of`` that has no row of its own, so that nothing is known of its status."""
    known = set(forces.frame["force"])
    for number, whole in zip(forces.numbers, forces.frame["part_of"], strict=True):
        if whole and whole not in known:
            cure = f"{did_you_mean(whole, known)} Or give {whole} a row in forces.csv."
            yield Problem(
                forces.file, number, "part_of", "a force with a row in forces.csv", shown(whole), cure
            )


_Found = tuple[object, str, str, str, str]


def _ring(tree: dict[str, CodedForce], row: CodedForce) -> Iterator[_Found]:
    """A ring of forces that lie within each other on a day, once, whichever of them it begins with."""
    ids = [row.force, *(one.force for one in above(tree, row.force))]
    if tree[ids[-1]].part_of == row.force:
        found = " - ".join([*ids, row.force])
        yield frozenset(ids), "part_of", "no ring", found, "Take one of these links out."


def _twice(tree: dict[str, CodedForce], row: CodedForce) -> Iterator[_Found]:
    """A main force within another one, whose arms would count twice."""
    if not row.counted:
        return
    for whole in above(tree, row.force):
        if whole.counted:
            found = f"{row.force} within {whole.force}, both main"
            cure = "Leave main empty for one of them, or part_of."
            yield (row.force, whole.force), "main", "main forces apart from each other", found, cure

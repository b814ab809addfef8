"""One row of a case as it stands, and whether it still is what its reader saw."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vedette.case import find_case, read_case
from vedette.case.writing import internal_id
from vedette.case.writing.editing import WITHOUT_ID, FoundRow, changer, find_row, rows_in
from vedette.errors import CaseError, Problem, UsageError
from vedette.files import CaseChange, current, steady

_DIGITS = 24


@dataclass(frozen=True)
class RowText:
    """A row as it stands: the name that commands take, its table, its number there, its filled cells."""

    name: str
    file: str
    number: int
    cells: Mapping[str, str]

    @property
    def mark(self) -> str:
        """Returns a short hash of the table and the cells, which another row or other cells do not have."""
        text = json.dumps([self.file, sorted(self.cells.items())], ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return {"id": self.name, "file": self.file, "row": self.number, "cells": dict(self.cells)}


class RowChanged(CaseError):
    """A row is another than its reader saw, or gone; nothing was written.

    Attributes:
        now: the row as it stands; None where there is none.
    """

    def __init__(self, message: str, *, problem: Problem, now: RowText | None) -> None:
        super().__init__(message, [problem])
        self.now = now


def row_of(case: str, name: str) -> RowText:
    """The row of an id, or of file and number like ``forces.csv:12``.

    Raises:
        UsageError: there is no such row, or rows of several tables have the id.
        CaseError: there is no such case.
    """
    home = find_case(case)

    def content(file: str) -> bytes | None:
        path = current(home, file)
        return path.read_bytes() if path.is_file() else None

    try:
        return as_text(steady(home, lambda: find_row(content, name)))
    except UsageError:
        known = internal_id(read_case(home), name)
        if known == name:
            raise
    return as_text(steady(home, lambda: find_row(content, known)))


def as_text(row: FoundRow) -> RowText:
    """Returns a row of a change as others see it."""
    return RowText(row.name, row.model.file, row.number, row.cells)


def row_as_seen(change: CaseChange, name: str, *, seen: str) -> FoundRow:
    """The row of a name, as part of a change, if its `RowText.mark` is the one that its reader saw.

    A row without an id may have moved: it is found by its mark. Without a mark any row of the name will do.

    Raises:
        UsageError: no mark is given, and there is no such row.
        RowChanged: the row is another by now, or gone.
    """
    try:
        row = find_row(change.read, name)
    except UsageError:
        if not seen:
            raise
        row = None
    if not seen or (row is not None and as_text(row).mark == seen):
        assert row is not None
        return row
    moved = _moved(change, name, seen=seen)
    if moved is not None:
        return moved
    now = as_text(row) if row is not None else None
    file, number = (now.file, now.number) if now else (name.partition(":")[0] if ":" in name else "", 0)
    found = "other cells" if now else "no such row"
    cure = f"{changer(change, row) if row else ''}Look at it as it is now, then change it."
    problem = Problem(file or change.home.name, number, "", "the row as it was read", found, cure)
    raise RowChanged(f"{name} was changed meanwhile; nothing was written.", problem=problem, now=now)


def _moved(change: CaseChange, name: str, *, seen: str) -> FoundRow | None:
    """The one row with a mark in the table of a row that is named by file and number; None if not one."""
    models = [model for model in WITHOUT_ID if name.startswith(f"{model.file}:")]
    rows = [row for model in models for row in rows_in(change.read, model)]
    found = [row for row in rows if as_text(row).mark == seen]
    return found[0] if len(found) == 1 else None

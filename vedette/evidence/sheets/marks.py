"""What the rows of a workbook were when it was written, so that what changed since can be told apart."""

import hashlib
from collections.abc import Mapping, Sequence

import polars as pl

from vedette.case.checking import schema
from vedette.case.schema import Row

Cells = Mapping[str, str]
Marks = Mapping[tuple[str, str], str]
"""The mark of each row by table and name of the row."""


def mark_of(model: type[Row], cells: Cells) -> str:
    """A digest of what a row holds, the same however its numbers are written."""
    held = sorted((name, text) for name in cells if (text := normal(model, name, cells[name])))
    return hashlib.sha256(repr(held).encode()).hexdigest()[:16]


def normal(model: type[Row], column: str, text: str) -> str:
    """A cell in the one form that all its spellings have: 1.50 and 1.5, yes and true, line ends.

    >>> from vedette.case.schema import Claim
    >>> normal(Claim, "low", "1.50"), normal(Claim, "note", " a ")
    ('1.5', 'a')
    """
    plain = text.replace("\r\n", "\n").strip()
    kind = schema(model).get(column)
    if kind == pl.Boolean:
        return {"yes": "true", "1": "true", "no": "false", "0": "false"}.get(plain.lower(), plain.lower())
    if kind in (pl.Float64, pl.Int64):
        try:
            return repr(float(plain)).removesuffix(".0")
        except ValueError:
            return plain
    return plain


def read_marks(lines: Sequence[Sequence[str]]) -> Marks:
    """The marks in the lines of a workbook's own sheet: table, name of the row, mark."""
    return {(line[0], line[1]): line[2] for line in lines if len(line) >= 3}

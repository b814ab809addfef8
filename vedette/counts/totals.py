"""Units that are no units: totals of the others, as a column or as rows."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.counts.plain import ROW
from vedette.errors import Problem

_WORDS = ("total", "totals", "all", "sum", "overall", "insgesamt", "gesamt", "somme", "suma", "المجموع")
_LEAST = 3
"""The smallest number of units, the total included, and of periods that are not 0."""


def total_rows(file: str, rows: pl.DataFrame) -> Iterator[Problem]:
    """Problems of rows whose period is a word such as Total."""
    wrong = rows.filter(pl.col("period").str.to_lowercase().str.strip_chars(" :").is_in(_WORDS))
    for row, word in wrong.group_by(ROW, maintain_order=True).agg(pl.col("period").first()).iter_rows():
        yield Problem(file, row, "period", "a period", f"{word!r}, a row of totals", "Remove the row.")


def total_units(file: str, counts: npt.NDArray[np.int64], units: Sequence[str]) -> Iterator[Problem]:
    """Problems of a unit whose count is the sum of all others in every period.

    ``counts`` has the shape (T, U). Two units that are alike are none: at least two others must count. A unit
    beside others that is called total is one whatever it counts.
    """
    cure = "Remove it: a total is no unit, and what is forecast for it would be counted twice."
    for name, found in (*_sums(counts, units), *_called_total(units)):
        yield Problem(file, 0, name, "a unit beside the others", f"{name!r}, {found}", cure)
        return


def _called_total(units: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in units if len(units) > 1 else ():
        if name.lower().strip(" :") in _WORDS:
            yield name, "by its name a total"


def _sums(counts: npt.NDArray[np.int64], units: Sequence[str]) -> Iterator[tuple[str, str]]:
    if counts.shape[1] < _LEAST:
        return
    everything = counts.sum(axis=1)
    for at in np.flatnonzero((2 * counts == everything[:, None]).all(axis=0)).tolist():
        others = np.delete(counts, at, axis=1)
        if (others.sum(axis=0) > 0).sum() > 1 and (everything > 0).sum() >= _LEAST:
            yield units[at], "the sum of the others in every period"

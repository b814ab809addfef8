"""The file of analogues: past months of many countries and places, and forests by year.

``analogues.npz`` beside this file is derived from UCDP GED (CC BY 4.0) by ``studies/learn_analogues.py``. It
holds for each kind of unit the columns of `Rows`, and for the end of each year the `Trees` learned from the
rows of the kinds it borrows from whose paths were over by then.
"""

import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from vedette.errors import DataError
from vedette.model.analogues.forest import Forest, Rows, Trees
from vedette.model.history import Kind
from vedette.periods import Step, last_day

FILE = Path(__file__).parent / "analogues.npz"
VERSION = 1
COLUMNS = ("states", "paths", "weights", "countries", "years")
PARTS = ("feature", "threshold", "right")
BORROWS = {Kind.COUNTRY: (Kind.COUNTRY,), Kind.PLACE: (Kind.PLACE, Kind.COUNTRY)}
"""Whose rows each kind of unit chooses from: places of two countries are too few alone."""
CURE = "Install vedette anew, or write the file with `make analogues`."

Tables = dict[str, np.ndarray[Any, Any]]


def forest_known(kind: Kind, origin: int, file: Path = FILE) -> Forest | None:
    """The newest forest of a kind learned up to the end of a year that was over at the origin, a month.

    None where there is none.

    Raises:
        DataError: the file is missing, damaged, or of another version of vedette.

    >>> forest = forest_known(Kind.COUNTRY, 24179)
    >>> int(forest.rows.years.max())
    2014
    """
    year = last_day(origin + 1, Step.MONTH).year - 1
    known = [int(each) for each in _tables(file)[f"{kind.value}-forests"] if each <= year]
    return _forest(kind, max(known), file) if known else None


def together(parts: Sequence[Rows]) -> Rows:
    """The rows of several tables, one after the other."""
    return Rows(*(np.concatenate([getattr(part, column) for part in parts]) for column in COLUMNS))


@cache
def _forest(kind: Kind, year: int, file: Path) -> Forest:
    tables = _tables(file)
    parts = [
        Rows(*(tables[f"{other.value}-{column}"] for column in COLUMNS)).until(year)
        for other in BORROWS[kind]
    ]
    at = tables[f"{kind.value}-forests"].tolist().index(year)
    feature, threshold, right = (tables[f"{kind.value}-{part}"][at] for part in PARTS)
    return Forest(Trees(feature.astype(np.int64), threshold, right.astype(np.int64)), together(parts))


@cache
def _tables(file: Path) -> Tables:
    """All arrays of the file."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            tables = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as damage:
        raise DataError(
            f"{file}: expected the file of analogues; found none that can be read. {CURE}"
        ) from damage
    found = int(tables["version"]) if "version" in tables else "no version"
    if found != VERSION:
        raise DataError(f"{file}: expected version {VERSION} of the file of analogues; found {found}. {CURE}")
    return tables

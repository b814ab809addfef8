"""Rows added to a table of a case folder: checked with the whole folder, then written whole or not at all."""

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from vedette.case.case import SHIPPED
from vedette.case.checking.folder import read_case
from vedette.case.checking.tables import schema
from vedette.case.schema.row import Row
from vedette.case.writing.preserved_rows import BOM, line
from vedette.errors import CaseError, UsageError
from vedette.files import replace_file
from vedette.plurals import counted
from vedette.problems import did_you_mean

Cells = Mapping[str, str]
Additions = Mapping[type[Row], Sequence[Cells]]
"""Rows to add by table; a cell that is left out is empty."""


def add_rows(folder: Path, added: Additions) -> None:
    """Adds rows at the end of tables of a case; what stands there before them is not touched.

    The folder is checked with all rows in place before any table is written.

    Raises:
        UsageError: the case comes with vedette, or a table lacks a column that a row fills.
        CaseError: with the rows the folder would hold mistakes; all of them are listed, nothing is written.
        StorageError: a table cannot be written.

    Example:
        >>> from vedette.case.schema.rows import Source
        >>> add_rows(SHIPPED / "iraq", {Source: [{"id": "a", "title": "A"}]})  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        vedette.errors.UsageError: iraq comes with vedette and stays as it is. Copy it and ...
    """
    if folder.parent == SHIPPED:
        cure = f"Copy it and work on the copy: cp -r {folder} my-{folder.name}"
        raise UsageError(f"{folder.name} comes with vedette and stays as it is. {cure}")
    texts = {model.file: _longer(folder / model.file, model, rows) for model, rows in added.items() if rows}
    _check(folder, texts)
    for file, content in texts.items():
        replace_file(folder / file, content)


def free_id(stem: str, taken: Sequence[str], *, numbered: bool = False) -> str:
    """A short name for a row that nobody has yet: the stem in small letters, with a number if need be.

    ``numbered``: always with a number.

    >>> free_id("Reuters, 2014", ["reuters-2014"])
    'reuters-2014-2'
    """
    short = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:40].strip("-") or "row"
    names = [f"{short}-{number}" for number in range(1, len(taken) + 3)]
    return next(name for name in (names if numbered else [short, *names[1:]]) if name not in taken)


def _longer(path: Path, model: type[Row], rows: Sequence[Cells]) -> bytes:
    """The bytes of a table with rows at its end."""
    names = list(schema(model))
    for row in rows:
        for unknown in set(row) - set(names):
            raise UsageError(f"{model.file} has no column {unknown}. {did_you_mean(unknown, names)}")
    if not path.exists():
        return "".join([line(names), *(line([row.get(name, "") for name in names]) for row in rows)]).encode()
    before = path.read_bytes()
    columns = _header(path)
    for row in rows:
        missing = [name for name, cell in row.items() if cell and name not in columns]
        if missing:
            cure = "Add it to the header (to every row an empty cell), then add the row again."
            raise UsageError(f"{path} has no column {missing[0]}. {cure}")
    ending = "\r\n" if b"\r\n" in before else "\n"
    gap = "" if before.endswith(b"\n") else ending
    new = "".join(line([row.get(name, "") for name in columns]) for row in rows)
    return before + (gap + new.replace("\n", ending)).encode("utf-8")


def _header(path: Path) -> list[str]:
    """The columns of a table that was checked."""
    first = path.read_text(encoding="utf-8").removeprefix(BOM).splitlines()[0]
    columns = [cell.strip() for cell in next(csv.reader([first]))]
    while columns and not columns[-1]:
        columns.pop()
    return columns


def _check(folder: Path, texts: Mapping[str, bytes]) -> None:
    """Reads the folder as it would be with some tables changed."""
    with TemporaryDirectory() as place:
        trial = Path(place) / folder.name
        trial.mkdir()
        for path in folder.iterdir():
            if path.name not in texts:
                (trial / path.name).symlink_to(path.resolve())
        for file, content in texts.items():
            (trial / file).write_bytes(content)
        try:
            read_case(trial)
        except CaseError as error:
            count = counted(len(error.problems), "mistake")
            raise CaseError(f"{folder} would have {count}; nothing was written.", error.problems) from error

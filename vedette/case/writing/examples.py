"""Tables with a header and commented example rows, as `vedette new` writes them."""

import csv
from collections.abc import Iterator
from importlib.resources import files

from vedette.case.checking.sheets import COMMENT
from vedette.case.checking.tables import schema
from vedette.case.schema import rows
from vedette.case.writing.preserved_rows import line

_WRITTEN_BY_HAND = tuple(model for model in rows.TABLES if model not in (rows.Cell, rows.Total))


def example_tables() -> Iterator[tuple[str, str]]:
    """The file name and text of each table that is written by hand.

    ``observed.csv`` is written by ``vedette events aggregate``, and ``totals.csv`` is only for partial data.
    """
    folder = files("vedette.case.writing").joinpath("skeleton", "examples")
    for model in _WRITTEN_BY_HAND:
        columns = tuple(schema(model))
        text = folder.joinpath(model.file).read_text(encoding="utf-8")
        examples = [
            line([row.get(name, "") for name in columns]) for row in csv.DictReader(text.splitlines())
        ]
        yield model.file, line(columns) + "".join(COMMENT + example for example in examples)

"""Determines delimiter, header and layout of a file from its first rows; its name is not used."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vedette.counts import TAKE_AGAIN, first_text, refused
from vedette.errors import EventsError, Problem
from vedette.events.formats.acled import ACLED_LAYOUT
from vedette.events.formats.gdelt import GDELT1_LAYOUT, GDELT2_LAYOUT
from vedette.events.formats.layout import Layout
from vedette.events.formats.ucdp import GED_LAYOUT, PRECISE_LAYOUT
from vedette.plurals import counted

LAYOUTS = (GED_LAYOUT, PRECISE_LAYOUT, ACLED_LAYOUT, GDELT2_LAYOUT, GDELT1_LAYOUT)
DELIMITERS = (",", "\t", ";", "|")
_TITLES, _LONGEST_TITLE = 8, 40
_NEAR = 0.3


@dataclass(frozen=True)
class FileHead:
    """The head of a file: encoding, delimiter, header and layout.

    Attributes:
        layout: the layout its columns match.
        delimiter: the character between cells.
        columns: the names of the columns, in lower case, all different; a column without a name is called
            ``column_3`` after its position.
        header: whether the first row is a header.
        tags: whether the row below the header holds HXL tags.
        extra: columns the layout does not know.
    """

    layout: Layout
    delimiter: str
    columns: tuple[str, ...]
    header: bool
    tags: bool
    extra: tuple[str, ...]


def read_head(path: Path) -> FileHead:
    """Reads the head of a file.

    Raises:
        EventsError: the file is empty, not text in UTF-8, or of a layout that vedette does not know.
    """
    text = first_text(path)
    for delimiter in DELIMITERS:
        rows = _rows(text, delimiter)
        if (layout := _by_names(rows[0])) is not None:
            return _named(path.name, layout, delimiter, rows)
        if (layout := _by_position(rows[0])) is not None:
            return FileHead(layout, delimiter, layout.positions, header=False, tags=False, extra=())
    raise _unknown(path.name, text)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """The first rows of a text, at most three; overlong rows are cut."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(row):
                rows.append([value.strip() for value in row])
            if len(rows) == 3:
                break
    except csv.Error:
        pass
    return rows or [[text[:200]]]


def _by_names(header: Sequence[str]) -> Layout | None:
    names = {name.lower() for name in header}
    return next((layout for layout in LAYOUTS if names.issuperset(layout.needs)), None)


def _by_position(row: Sequence[str]) -> Layout | None:
    return next((layout for layout in LAYOUTS if _fits(layout, row)), None)


def _fits(layout: Layout, row: Sequence[str]) -> bool:
    return len(row) in layout.widths and all(re.fullmatch(mark, row[at]) for at, mark in layout.marks.items())


def _named(name: str, layout: Layout, delimiter: str, rows: list[list[str]]) -> FileHead:
    columns = _distinct(name, layout, rows[0])
    if len(rows) > 1 and not rows[0][-1] and len(rows[1]) == len(columns) - 1:
        columns = columns[:-1]
    tags = len(rows) > 1 and _are_tags(rows[1])
    known = {field.column for field in layout.fields.values()} | {*layout.also_needs, *layout.positions}
    extra = tuple(column for column in columns if column not in known)
    return FileHead(layout, delimiter, columns, header=True, tags=tags, extra=extra)


def _distinct(name: str, layout: Layout, header: Sequence[str]) -> tuple[str, ...]:
    columns: list[str] = []
    for number, title in enumerate(header, 1):
        column = title.lower() or f"column_{number}"
        if column in columns and column in layout.needs:
            raise refused(name, f"one column {title}", "two of that name", "Rename or remove one of them.")
        columns.append(f"{column}_{number}" if column in columns else column)
    return tuple(columns)


def _are_tags(row: Sequence[str]) -> bool:
    """Whether a row consists of HXL tags (#adm1+name), apart from an unnamed index column."""
    filled = [value for value in row if value]
    tags = [value for value in filled if re.fullmatch(r"#[a-z]\w*(\s*\+\w+)*", value)]
    return bool(tags) and len(filled) - len(tags) <= 1


def _unknown(name: str, text: str) -> EventsError:
    header = max((_rows(text, d)[0] for d in DELIMITERS), key=lambda row: (_nearness(row), len(row)))
    nearest = max(LAYOUTS, key=lambda layout: _share(layout, header))
    missing = [column for column in nearest.needs if column not in {title.lower() for title in header}]
    looked_for = "one of: " + "; ".join(layout.name for layout in LAYOUTS)
    titles = ", ".join(title[:_LONGEST_TITLE] for title in header[:_TITLES])
    found = f"{counted(len(header), 'column')}: {titles}{', ...' if len(header) > _TITLES else ''}"
    cure = f"Nearest is {nearest.name}, which also has: {', '.join(missing)}. {TAKE_AGAIN}"
    if _nearness(header) < _NEAR:
        cure = "Load the file as the publisher gives it, with its header if it has one."
    return EventsError(
        f"{name} is of no layout that vedette knows", [Problem(name, 1, "", looked_for, found, cure)]
    )


def _share(layout: Layout, header: Sequence[str]) -> float:
    names = {title.lower() for title in header}
    return len(names.intersection(layout.needs)) / len(layout.needs)


def _nearness(header: Sequence[str]) -> float:
    return max(_share(layout, header) for layout in LAYOUTS)

"""Determines delimiter, header and layout of a file from its first rows; its name is not used."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vedette.counts import TAKE_AGAIN, first_text, refused
from vedette.errors import EventsError, Problem
from vedette.events.formats.acled import ACLED_LAYOUT
from vedette.events.formats.gdelt import GDELT1_LAYOUT, GDELT2_LAYOUT
from vedette.events.formats.layout import Layout
from vedette.events.formats.other_tables import other_table
from vedette.events.formats.records import Records, json_records, parquet_records
from vedette.events.formats.ucdp import GED_LAYOUT, PRECISE_LAYOUT
from vedette.plurals import counted

LAYOUTS = (GED_LAYOUT, PRECISE_LAYOUT, ACLED_LAYOUT, GDELT2_LAYOUT, GDELT1_LAYOUT)
DELIMITERS = (",", "\t", ";", "|")
_TITLES, _LONGEST_TITLE = 8, 40
_NEAR = 0.3
_ALMOST = 0.8
"""The share of needed columns from which a table is an event file that lost a few."""


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
        quote: the quote character of a text file; empty if it has none.
        source: for JSON and Parquet, SQL for the rows with all cells as text; empty for text files.
        pages: the number of pages of which the file is one.
    """

    layout: Layout
    delimiter: str
    columns: tuple[str, ...]
    header: bool
    tags: bool
    extra: tuple[str, ...]
    quote: str = '"'
    source: str = ""
    pages: int = 1


def read_head(path: Path) -> FileHead:
    """Reads the head of a file.

    Raises:
        EventsError: the file is empty, not text in UTF-8, or of a layout that vedette does not know.
    """
    if path.suffix.lower() == ".parquet":
        return _of_records(path.name, parquet_records(path))
    text = first_text(path)
    if text.lstrip()[:1] in ("{", "["):
        return _of_records(path.name, json_records(path))
    for delimiter in DELIMITERS:
        rows = _rows(text, delimiter)
        if (layout := _by_names(rows[0])) is not None:
            return _named(path.name, layout, delimiter, rows)
        if (layout := _by_position(rows[0])) is not None:
            quote = layout.quote if delimiter == "\t" else '"'
            return FileHead(layout, delimiter, layout.positions, False, tags=False, extra=(), quote=quote)
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


def _of_records(name: str, records: Records) -> FileHead:
    layout = _by_names(records.columns)
    if layout is None:
        raise _unknown_columns(name, records.columns)
    head = _named(name, layout, "", [list(records.columns)])
    return replace(head, header=records.header, source=records.source, pages=records.pages)


def _by_names(header: Sequence[str]) -> Layout | None:
    names = {name.lower() for name in header}
    return next((layout.named(names) for layout in LAYOUTS if layout.matches(names)), None)


def _by_position(row: Sequence[str]) -> Layout | None:
    return next((layout for layout in LAYOUTS if _fits(layout, row)), None)


def _fits(layout: Layout, row: Sequence[str]) -> bool:
    return len(row) in layout.widths and all(re.fullmatch(mark, row[at]) for at, mark in layout.marks.items())


def _named(name: str, layout: Layout, delimiter: str, rows: list[list[str]]) -> FileHead:
    columns = _distinct(name, layout, rows[0])
    if len(rows) > 1 and not rows[0][-1] and len(rows[1]) == len(columns) - 1:
        columns = columns[:-1]
    tags = len(rows) > 1 and _are_tags(rows[1])
    known = {field.column for field in layout.fields.values()} | {
        *layout.also_needs,
        *layout.positions,
        *layout.others,
    }
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
    if _is_web_page(text):
        cure = "Download it again in a browser; the site may ask for a login."
        raise refused(name, "a table of events", "a web page", cure)
    header = max((_rows(text, d)[0] for d in DELIMITERS), key=lambda row: (_nearness(row), len(row)))
    return _unknown_columns(name, header)


def _is_web_page(text: str) -> bool:
    return text.lstrip()[:15].lower().startswith(("<!doctype html", "<html"))


def _unknown_columns(name: str, header: Sequence[str]) -> EventsError:
    if (other := other_table(header)) and _nearness(header) < _ALMOST:
        problem = Problem(name, 1, "", "single events", other.what, other.cure)
        return EventsError(f"{name} holds no single events that vedette reads", [problem])
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

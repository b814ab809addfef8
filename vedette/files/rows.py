"""What is different between two contents of a text file, by rows, so that the first can be made again."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class LoggedRow:
    """A row of a table, or a line of another file, as it is written; the text is None once it was forgotten.

    ``name`` is the row's id, or file and number (counted from 1, the header included) where it has none.
    """

    name: str
    text: str | None


@dataclass(frozen=True)
class Difference:
    """The rows from number ``start`` (counted from 0) on that are different, before and after."""

    start: int
    before: tuple[LoggedRow, ...]
    after: tuple[LoggedRow, ...]

    def forgotten(self) -> bool:
        """Whether a row's text is missing."""
        return any(row.text is None for row in (*self.before, *self.after))

    def changed(self) -> tuple[list[LoggedRow], list[LoggedRow]]:
        """The rows that stand only before, and those only after, without what is the same."""
        return _only_in(self.before, self.after), _only_in(self.after, self.before)


def difference(file: str, before: bytes, after: bytes) -> Difference | None:
    """The rows that are different; None where a content is no text in UTF-8.

    >>> found = difference("a.csv", b"id,n\\nx,1\\n", b"id,n\\nx,1\\ny,2\\n")
    >>> found.start, found.before, found.after
    (2, (), (LoggedRow(name='y', text='y,2\\n'),))
    """
    try:
        old, new = before.decode(), after.decode()
    except UnicodeDecodeError:
        return None
    if old and old.endswith("\n") and new.startswith(old):  # rows added at the end: the most usual change
        rows, skipped = split(file, new[len(old) :]), _count(file, old)
        return Difference(skipped, (), _named(file, rows, skipped, _header(file, old)))
    olds, news = split(file, old), split(file, new)
    start = _common(olds, news)
    end = _common(olds[start:][::-1], news[start:][::-1])
    columns = _header(file, new or old)
    return Difference(
        start,
        _named(file, olds[start : len(olds) - end], start, columns),
        _named(file, news[start : len(news) - end], start, columns),
    )


def turned_back(file: str, content: bytes, change: Difference) -> bytes | None:
    """The content before a change, made from the one after it; None where that is not what stands there."""
    rows = split(file, content.decode())
    stop = change.start + len(change.after)
    if [row.text for row in change.after] != rows[change.start : stop]:
        return None
    texts = [*rows[: change.start], *(row.text or "" for row in change.before), *rows[stop:]]
    return "".join(texts).encode()


def split(file: str, text: str) -> list[str]:
    """The rows of a table, line breaks in quotes and at the end included; the lines of any other file."""
    lines = io.StringIO(text, newline="").readlines()
    if not file.endswith(".csv") or '"' not in text:
        return lines
    rows, start = [], 0
    reader = csv.reader(lines)
    try:
        for _ in reader:
            rows.append("".join(lines[start : reader.line_num]))
            start = reader.line_num
    except csv.Error:
        return lines
    return rows


def _count(file: str, text: str) -> int:
    return len(split(file, text))


def _named(file: str, rows: Sequence[str], start: int, columns: Sequence[str]) -> tuple[LoggedRow, ...]:
    place = columns.index("id") if "id" in columns else None
    named = []
    for number, text in enumerate(rows, start=start + 1):
        cells = _cells(text) if place is not None else []
        known = place is not None and place < len(cells) and number > 1
        named.append(LoggedRow(cells[place or 0] if known else f"{file}:{number}", text))
    return tuple(named)


def _header(file: str, text: str) -> list[str]:
    if not file.endswith(".csv"):
        return []
    first = text.removeprefix("\ufeff").split("\n", 1)[0]
    return [cell.strip() for cell in _cells(first)]


def _cells(text: str) -> list[str]:
    try:
        return next(csv.reader([text.strip("\r\n")], strict=False), [])
    except csv.Error:
        return []


def _only_in(rows: Sequence[LoggedRow], others: Sequence[LoggedRow]) -> list[LoggedRow]:
    """The rows that do not stand among others as they are written, and those whose text was forgotten."""
    same = Counter(row.text for row in others if row.text is not None)
    kept = []
    for row in rows:
        if row.text is not None and same[row.text]:
            same[row.text] -= 1
        else:
            kept.append(row)
    return kept


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many rows two lists have in common from the start."""
    for number, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return number
    return min(len(one), len(other))

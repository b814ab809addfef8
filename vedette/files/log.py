"""The log of a case, ``changes.log``: who changed what, when, with which command; one JSON object a line.

Each line holds the hashes of the files it changed before and after, the rows before and after, and under
``known`` the hash of every file of the case, by which an edit made outside is noticed later.
"""

import getpass
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vedette.errors import StorageError
from vedette.files.disk import hash_of
from vedette.files.names import LOG, own_files, stays_inside
from vedette.files.reading import current
from vedette.files.received import obstacle
from vedette.files.rows import Difference, LoggedRow
from vedette.problems import visible

OUTSIDE = "changed outside"
"""The command of a line that notes an edit made without vedette."""
FORGET = "log --forget"
DIGITS = 16
"""Hexadecimal digits of the hashes under ``known``."""
_acting: ContextVar[str] = ContextVar("acting", default="")
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Edit:
    """One file that a change wrote: hashes (None: no file), and the rows where the log keeps them."""

    file: str
    before: str | None
    after: str | None
    rows: Difference | None = None


@dataclass(frozen=True)
class Line:
    """One change of a case.

    ``about`` holds counts and months that the command tells of it, ``undoes`` the id of a line taken back,
    ``known`` the first digits of the hash of each file of the case after it.
    """

    id: str
    when: str
    who: str
    command: str
    edits: tuple[Edit, ...]
    about: Mapping[str, Any] = field(default_factory=dict)
    undoes: str = ""
    known: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        """The line as JSON."""
        return {key: value for key, value in asdict(self).items() if value not in ("", {})}


@dataclass(frozen=True)
class Log:
    """The lines of a log in their order, and the numbers (from 1) of those that cannot be read.

    A line that stands there again, as git may leave it after a merge, counts once, where it stands first.
    """

    lines: tuple[Line, ...]
    broken: tuple[int, ...]
    content: bytes

    def known(self) -> Mapping[str, str]:
        """The hashes of all files after the last line that has them."""
        return next((line.known for line in reversed(self.lines) if line.known), {})


def read_log(home: Path, *, last: bool = False) -> Log:
    """The log of a case; lines that cannot be read are numbered. ``last``: only its last line.

    Raises:
        StorageError: the file cannot be read.
    """
    path = current(home, LOG)
    if way := obstacle(path, home):
        raise StorageError(f"{home / LOG}: expected a file; found {way.found}. {way.cure}")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = b""
    except OSError as error:
        cure = "Allow reading it; if it is no file, move it away."
        raise StorageError(f"{home / LOG}: cannot be read: {error.strerror}. {cure}") from error
    texts = content.splitlines()
    numbered = list(enumerate(texts, start=1))
    lines, broken = [], []
    for number, text in reversed(numbered):
        if not text.strip():
            continue
        line = _line(text)
        if line is None:
            broken.append(number)
            continue
        lines.append(line)
        if last and line.known:
            break
    once = {line.id: line for line in lines}  # from the last to the first, which stays
    return Log(tuple(reversed(_in_order(lines, once))), tuple(reversed(broken)), content)


def _in_order(lines: Sequence[Line], kept: Mapping[str, Line]) -> list[Line]:
    return [line for line in lines if kept[line.id] is line]


def longer(log: Log, lines: Sequence[Line]) -> bytes:
    """The bytes of a log with lines at its end."""
    gap = b"" if not log.content or log.content.endswith(b"\n") else b"\n"
    return log.content + gap + b"".join(map(as_bytes, lines))


def as_bytes(line: Line) -> bytes:
    """A line as it is written."""
    return (json.dumps(line.document(), ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def known_hashes(home: Path) -> dict[str, str]:
    """The first digits of the hash of every file of a case that people write."""
    return {name: hash_of(home / name)[:DIGITS] for name in own_files(home)}


def outside(log: Log, now: Mapping[str, str]) -> Line | None:
    """The line for edits made outside since the last line; None where there are none, or no line yet."""
    before = log.known()
    if not before:
        return None
    names = sorted({*before, *now})
    edits = tuple(
        Edit(name, before.get(name), now.get(name)) for name in names if before.get(name) != now.get(name)
    )
    return new_line(OUTSIDE, edits, now) if edits else None


def new_line(command: str, edits: tuple[Edit, ...], known: Mapping[str, str]) -> Line:
    """A line of now, by whoever changes the case here."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Line(os.urandom(6).hex(), now, user_name(), command, edits, known=known)


def without_row(log: Log, row: str) -> tuple[tuple[Line, ...], int]:
    """The lines with the text of a row gone, and how many texts that were."""
    lines = tuple(_forget(line, row) for line in log.lines)
    return lines, sum(_texts(line, row) for line in log.lines)


def _forget(line: Line, row: str) -> Line:
    edits = tuple(
        replace(
            edit,
            rows=replace(edit.rows, before=_blank(edit.rows.before, row), after=_blank(edit.rows.after, row)),
        )
        if edit.rows
        else edit
        for edit in line.edits
    )
    return replace(line, edits=edits)


def _blank(rows: tuple[LoggedRow, ...], name: str) -> tuple[LoggedRow, ...]:
    return tuple(replace(row, text=None) if row.name == name else row for row in rows)


def _texts(line: Line, name: str) -> int:
    return sum(row.name == name and row.text is not None for row in _rows(line))


def _rows(line: Line) -> Iterator[LoggedRow]:
    for edit in line.edits:
        if edit.rows:
            yield from (*edit.rows.before, *edit.rows.after)


def _line(text: bytes) -> Line | None:
    try:
        found = json.loads(text)
        edits = tuple(map(_edit, found.pop("edits")))
        line = Line(**found, edits=edits)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    words = (line.id, line.when, line.who, line.command, line.undoes)
    hashes = isinstance(line.known, dict) and all(isinstance(each, str) for each in line.known.values())
    whole = hashes and isinstance(line.about, dict) and all(isinstance(word, str) for word in words)
    return line if whole else None


def _edit(found: Mapping[str, Any]) -> Edit:
    """One edit of a line; raises a ValueError where it names no file of the case, or no hashes."""
    edit = Edit(**{**found, "rows": _difference(found["rows"]) if found.get("rows") else None})
    hashes = all(each is None or isinstance(each, str) for each in (edit.before, edit.after))
    if not (hashes and stays_inside(edit.file)):
        raise ValueError(f"{edit.file!r} is no file of a case with its hashes")
    return edit


def _difference(found: Mapping[str, Any]) -> Difference:
    before, after = (tuple(LoggedRow(**row) for row in found[key]) for key in ("before", "after"))
    for row in (*before, *after):
        if not (isinstance(row.name, str) and isinstance(row.text, str | None)):
            raise TypeError(f"{row!r} is no row")
    start = int(found["start"])
    if start < 0:
        raise ValueError(f"{start} is no number of a row")
    return Difference(start, before, after)


def act_as(name: str) -> None:
    """Logs the changes that follow in this context (a request, a thread, a process) under somebody's name.

    Without it they are logged under the name of the user of the process.

    Args:
        name: the name, of which one line of at most 80 visible characters is kept; empty for the user's own.
    """
    _acting.set(visible(" ".join(name.split()))[:_LONGEST_NAME])


def user_name() -> str:
    """The name of whoever changes a case here, as the log has it: of `act_as`, else of the process's user."""
    if name := _acting.get():
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user {os.getuid()}"

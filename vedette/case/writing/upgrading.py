"""A case folder lifted to the layout that this version of vedette writes."""

import re
from collections.abc import Sequence

from vedette.case.schema.settings import FILE, SCHEMA
from vedette.files import CaseChange

_KEPT = {".gitattributes": "changes.log merge=union", ".gitignore": ".vedette-*"}
"""Lines that git needs to know of the log, the lock and temporary files."""
_KEY = re.compile(r"^schema:.*$", re.MULTILINE)


def upgrade_case(change: CaseChange) -> Sequence[str]:
    """Writes the current ``schema`` into case.yaml and what git needs to know, as part of a change.

    Returns:
        The names of the files that change.
    """
    settings = (change.read(FILE) or b"").decode("utf-8")
    texts = {FILE: _with_schema(settings), **{name: _with_line(change, name) for name in _KEPT}}
    for name, text in texts.items():
        change.write(name, text.encode("utf-8"))
    return [name for name in texts if texts[name].encode("utf-8") != _standing(change, name)]


def _standing(change: CaseChange, name: str) -> bytes:
    path = change.home / name
    return path.read_bytes() if path.is_file() else b""


def _with_schema(text: str) -> str:
    """Settings with the current schema: in the line that has it, else before the first key."""
    if _KEY.search(text):
        return _KEY.sub(f"schema: {SCHEMA}", text, count=1)
    ending = "\r\n" if "\r\n" in text else "\n"
    first = re.search(r"^(?!\ufeff?\s*(#|$|---|%))", text, re.MULTILINE)
    place = first.start() if first else len(text)
    mark = "\ufeff" if place == 0 and text.startswith("\ufeff") else ""
    return f"{text[:place]}{mark}schema: {SCHEMA}{ending}{text[place:].removeprefix(mark)}"


def _with_line(change: CaseChange, name: str) -> str:
    """A file of git's with its line at the end."""
    text = (change.read(name) or b"").decode("utf-8")
    if _KEPT[name] in text.splitlines():
        return text
    gap = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{gap}{_KEPT[name]}\n"

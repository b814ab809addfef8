"""A case folder lifted to the layout that this version of vedette writes."""

import json
import re
from collections.abc import Sequence

from vedette.case.schema.settings import FILE, SCHEMA
from vedette.errors import CaseError, Problem
from vedette.files import CaseChange

_KEPT = {".gitattributes": "changes.log merge=union", ".gitignore": ".vedette-*"}
"""Lines that git needs to know of the log, the lock and temporary files."""
_OPTIONS_1, _OPTIONS = "events/told.json", "events/options.json"
"""Where a case of schema 1 keeps the options of event files, by their hash, and where it does since."""
_KEY = re.compile(r"^schema:.*$", re.MULTILINE)


def upgrade_case(change: CaseChange) -> Sequence[str]:
    """Writes the current ``schema`` into case.yaml and what git needs to know, as part of a change.

    The options of event files move from ``events/told.json``, where schema 1 has them.

    Returns:
        The names of the files that change.

    Raises:
        CaseError: options of event files cannot be read.
    """
    settings = (change.read(FILE) or b"").decode("utf-8", "surrogateescape")
    texts = {FILE: _with_schema(settings), **{name: _with_line(change, name) for name in _KEPT}}
    for name, text in texts.items():
        change.write(name, text.encode("utf-8", "surrogateescape"))
    moved = _move_options(change)
    return [*(name for name in texts if change.read(name) != _standing(change, name)), *moved]


def _move_options(change: CaseChange) -> list[str]:
    """Moves the options of event files to where schema 2 has them; those that are there already stay."""
    if change.read(_OPTIONS_1) is None:
        return []
    options = {**_options(change, _OPTIONS_1), **_options(change, _OPTIONS)}
    content = (json.dumps(dict(sorted(options.items())), indent=2) + "\n").encode("utf-8")
    rewritten = content != change.read(_OPTIONS)
    change.write(_OPTIONS, content)
    change.remove(_OPTIONS_1)
    return [_OPTIONS, _OPTIONS_1] if rewritten else [_OPTIONS_1]


def _options(change: CaseChange, file: str) -> dict[str, object]:
    """The options in a file; none where there is none."""
    try:
        found = json.loads(change.read(file) or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        cure = "Take it out of the folder, upgrade, and give its options again: vedette events load --help"
        problem = Problem(file, 0, "", "options of event files as JSON", "something else", cure)
        raise CaseError(f"{change.home} cannot be upgraded; nothing was written.", [problem])
    return found


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
    text = (change.read(name) or b"").decode("utf-8", "surrogateescape")
    if _KEPT[name] in text.splitlines():
        return text
    ending = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else ending
    return f"{text}{gap}{_KEPT[name]}{ending}"

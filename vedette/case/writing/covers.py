"""Writes the days that observed.csv covers into case.yaml."""

import re
from collections.abc import Sequence

import yaml

from vedette.case.schema.settings import FILE
from vedette.errors import UsageError

_EVENTS = re.compile(r"^events:[ \t]*(?P<rest>.*)$", re.MULTILINE)
_BLOCK = re.compile(
    r"^(?P<indent>[ \t]+)covers:.*\n(?:(?P=indent)[ \t]*-.*\n|(?P=indent)[ \t]+\S.*\n)*", re.MULTILINE
)
_FLOW = re.compile(r",\s*covers:\s*(\[[^]]*\]|[^,}]*)")


def with_covers(text: str, covers: Sequence[str]) -> str:
    """The text of case.yaml with ``covers`` under ``events``, or without where there are none.

    Raises:
        UsageError: the text is written in a way that cannot be changed; says what to write by hand.

    >>> print(with_covers("events: {dataset: acled}\\n", ["2021-02-11..2021-06-17"]), end="")
    events: {dataset: acled, covers: ["2021-02-11..2021-06-17"]}
    """
    quoted = ", ".join(f'"{days}"' for days in covers)
    line = f"covers: [{quoted}]"
    changed = _changed(text, line if covers else "")
    if _entry(changed) != list(covers) or _without(changed) != _without(text):
        raise UsageError(f"{FILE}: write by hand under `events` what observed.csv covers: {line}")
    return changed


def _changed(text: str, line: str) -> str:
    found = _EVENTS.search(text)
    if found is None:
        return text
    if found["rest"].startswith("{"):
        entry = _FLOW.sub("", found["rest"], count=1)
        closed = re.sub(r"\s*\}", f", {line}}}", entry, count=1) if line else entry
        return text[: found.start("rest")] + closed + text[found.end("rest") :]
    after = text[found.end() + 1 :]
    block = re.match(r"(?:[ \t]+.*\n|[ \t]*#.*\n|[ \t]*\n)*", after)
    held = block[0] if block else ""
    indent = re.match(r"[ \t]*", held)
    kept = _BLOCK.sub("", held, count=1)
    added = f"{indent[0] if indent else '  '}{line}\n" if line else ""
    return text[: found.end() + 1] + added + kept + after[len(held) :]


def _entry(text: str) -> list[str]:
    loaded = yaml.safe_load(text)
    return [str(days) for days in loaded.get("events", {}).get("covers", ())]


def _without(text: str) -> object:
    """Everything that a text says but for the covers."""
    loaded = yaml.safe_load(text)
    events = {key: value for key, value in loaded.get("events", {}).items() if key != "covers"}
    return {**loaded, "events": events}

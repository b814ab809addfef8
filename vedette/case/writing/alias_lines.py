"""Adds aliases to the text of ``case.yaml``; everything else in it, comments too, stays as it is."""

import json
import re
from collections.abc import Mapping, Sequence

import yaml

from vedette.case.schema.settings import FILE
from vedette.errors import UsageError

_KEY = re.compile(r"^aliases:[ \t]*(\{[ \t]*\})?[ \t]*(#.*)?$")
_ENTRY = re.compile(r"""^(?P<indent>[ \t]+)(?P<quote>['"]?)(?P<id>[^\s'":]+)(?P=quote):[ \t]*(?P<rest>.*)$""")


def with_aliases(text: str, added: Mapping[str, Sequence[str]]) -> str:
    """The text of case.yaml with more names under ``aliases``.

    Args:
        text: the text of ``case.yaml``.
        added: names by id of the area; none of them is there yet.

    Raises:
        UsageError: the aliases are written in a way to which lines cannot be added.

    >>> print(with_aliases("id: a\\naliases:\\n  FO-A: [Alfa]  # old\\n", {"FO-A": ["Al"], "FO-B": ["Be"]}))
    id: a
    aliases:
      FO-B: ["Be"]
      FO-A: [Alfa, "Al"]  # old
    <BLANKLINE>
    """
    lines = text.splitlines()
    start = next((number for number, line in enumerate(lines) if _KEY.match(line)), None)
    if start is None and not re.search(r"^aliases\s*:", text, re.MULTILINE):
        lines += ["aliases:"]
        start = len(lines) - 1
    if start is None:
        raise _by_hand(added)
    lines[start] = re.sub(r"\{[ \t]*\}[ \t]*", "", lines[start]).rstrip()
    indent = next((m["indent"] for line in lines[start + 1 :] if (m := _ENTRY.match(line))), "  ")
    for area, names in added.items():
        listed = ", ".join(json.dumps(name, ensure_ascii=False) for name in names)
        at = _line_of(lines, start, area)
        if at is None:
            lines.insert(start + 1, f"{indent}{area}: [{listed}]")
        else:
            lines[at] = _longer(lines[at], listed)
    made = "\n".join(lines) + "\n"
    if not _as_wanted(text, made, added):
        raise _by_hand(added)
    return made


def _line_of(lines: Sequence[str], start: int, area: str) -> int | None:
    """The line of an area under ``aliases``."""
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line.lstrip().startswith("#") and not line[0].isspace():
            return None
        entry = _ENTRY.match(line)
        if entry and entry["id"] == area:
            return number
    return None


def _longer(line: str, listed: str) -> str:
    """A line like ``FO-A: [Alfa]  # note`` with more names in its list."""
    end = line.rfind("]", 0, line.find(" #") if " #" in line else len(line))
    joint = "" if end > 0 and line[:end].rstrip().endswith("[") else ", "
    return f"{line[:end]}{joint}{listed}{line[end:]}" if end > 0 else line


def _as_wanted(before: str, after: str, added: Mapping[str, Sequence[str]]) -> bool:
    """Whether the text says what it said before and the aliases that were added, nothing else."""
    try:
        old, now = yaml.safe_load(before), yaml.safe_load(after)
    except yaml.YAMLError:
        return False
    wanted = {area: list(names) for area, names in (old.get("aliases") or {}).items()}
    for area, names in added.items():
        wanted[area] = [*wanted.get(area, []), *names]
    return bool({**old, "aliases": wanted} == now)


def _by_hand(added: Mapping[str, Sequence[str]]) -> UsageError:
    listed = (f"{area}: {json.dumps(list(names), ensure_ascii=False)}" for area, names in added.items())
    return UsageError(
        f"{FILE}: expected `aliases:` with one area a line, like `  FO-A: [Alfa]`; found another form, to "
        f"which nothing is added. Write by hand: {'; '.join(listed)}"
    )

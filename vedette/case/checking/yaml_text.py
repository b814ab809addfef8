"""Reads YAML safely, reporting duplicate keys, aliases and text that the loader rejects unclearly."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from vedette.case.checking.letters import unprintable, unseen
from vedette.errors import Problem
from vedette.problems import Path, key_path, shown

LARGEST = 5_000_000
"""The longest YAML text that is read, in characters; one that a person can review is far shorter."""
KEPT = 200_000
"""The longest text whose nodes are kept for the next who reads the same, in characters."""
_MERGE = "tag:yaml.org,2002:merge"


class _Refused(yaml.YAMLError):
    """YAML that could be read and is not: anchors, aliases and merges."""

    def __init__(self, found: str, cure: str, row: int) -> None:
        super().__init__()
        self.found, self.cure, self.row = found, cure, row


class _Loader(yaml.SafeLoader):
    """The safe loader without anchors, aliases and merges, so that a text holds no more than it shows."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            found = (
                f"an alias (*{anchor})" if isinstance(event, yaml.AliasEvent) else f"an anchor (&{anchor})"
            )
            cure = f"Write out in full what {anchor} stands for."
            raise _Refused(found, cure, _line(event))
        if isinstance(event, yaml.ScalarEvent) and _merges(event):
            cure = "Write out in full what is merged."
            raise _Refused("a merge (<<)", cure, _line(event))
        return super().compose_node(parent, index)


def _merges(event: yaml.ScalarEvent) -> bool:
    return event.tag == _MERGE or (event.value == "<<" and event.style is None)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def load_yaml(text: str, file: str) -> tuple[Any, list[Problem]]:
    """The content of a YAML text, read with the safe loader, and its problems.

    Anchors, aliases and merges are refused: what a reader sees is all there is.
    """
    cure = "Check indentation, colons and quotes near that line."
    if len(text) > LARGEST:
        expected = f"at most {LARGEST / 1e6:.0f} million characters"
        return None, [Problem(file, 0, "", expected, f"{len(text):,}", "Cut the file down.")]
    try:
        root = _nodes(text)
        problems = list(_node_problems(root, file))
        return (None, problems) if problems or root is None else (_Loader("").construct_document(root), [])
    except _Refused as error:
        expected = "YAML without anchors, aliases and merges"
        return None, [Problem(file, error.row, "", expected, error.found, error.cure)]
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else 0
        found = (error.problem or "text that YAML cannot read").removeprefix("found ")
    except yaml.reader.ReaderError as error:
        row = text.count("\n", 0, error.position) + 1
        found, cure = unprintable(text[error.position])
    except RecursionError:
        row, found = 0, "entries nested too deeply to be read"
    except (yaml.YAMLError, ValueError) as error:
        row, found = 0, shown(str(error))
    return None, [Problem(file, row, "", "YAML", found, cure)]


def _nodes(text: str) -> yaml.Node | None:
    """The nodes of a text, which nobody changes; None if it holds none."""
    return _composed(text) if len(text) <= KEPT else _composed.__wrapped__(text)


@lru_cache(maxsize=32)
def _composed(text: str) -> yaml.Node | None:
    return _Loader(text).get_single_node()


def yaml_lines(text: str) -> dict[Path, int]:
    """The line, from 1, at which each entry of a YAML text begins, by the path of its keys and positions.

    >>> yaml_lines("stocks:\\n  - id: army\\n    unit: people\\n")[("stocks", 0, "unit")]
    3
    """
    line_of: dict[Path, int] = {(): 1}
    waiting: list[tuple[yaml.Node | None, Path]] = [(_nodes(text), ())]
    while waiting:
        node, path = waiting.pop()
        for name, key, value in _entries(node):
            line_of[*path, name] = key.start_mark.line + 1
            waiting.append((value, (*path, name)))
    return line_of


def _entries(node: yaml.Node | None) -> Iterator[tuple[int | str, yaml.Node, yaml.Node]]:
    """The entries of a node: key or index, position in the text, and value."""
    match node:
        case yaml.MappingNode():
            yield from ((str(key.value), key, value) for key, value in node.value)
        case yaml.SequenceNode():
            yield from ((index, value, value) for index, value in enumerate(node.value))


def _node_problems(root: yaml.Node | None, file: str) -> Iterator[Problem]:
    """Problems of duplicate keys and days that do not exist, which the loader does not report."""
    waiting: list[tuple[yaml.Node | None, tuple[int | str, ...]]] = [(root, ())]
    visited: set[int] = set()
    while waiting:
        node, path = waiting.pop()
        if id(node) in visited:
            continue
        visited.add(id(node))
        match node:
            case yaml.MappingNode():
                names = [str(key.value) for key, _ in node.value]
                waiting += [(key, path) for key, _ in node.value]
                yield from _twice(names, path, file)
                waiting += [
                    (value, (*path, name)) for name, (_, value) in zip(names, node.value, strict=True)
                ]
            case yaml.SequenceNode():
                waiting += [(value, (*path, index)) for index, value in enumerate(node.value)]
            case yaml.ScalarNode(tag="tag:yaml.org,2002:timestamp") if not _exists(node.value):
                cure = "Write year-month-day, a day that exists."
                yield Problem(file, 0, key_path(path), "a day like 2014-06-10", repr(node.value), cure)
            case yaml.ScalarNode() if letter := unseen(node.value):
                row, (found, cure) = node.start_mark.line + 1, unprintable(letter)
                yield Problem(file, row, key_path(path), "letters that can be seen", found, cure)


def _twice(names: list[str], path: tuple[int | str, ...], file: str) -> Iterator[Problem]:
    for name, times in Counter(names).items():
        if times > 1:
            found = f"{times} of this name"
            yield Problem(file, 0, key_path((*path, name)), "each key once", found, "Remove one.")


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

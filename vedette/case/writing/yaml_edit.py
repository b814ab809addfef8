"""Changes single entries of a YAML text; comments, order and layout of everything else stay as written."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from vedette.case.checking import load_yaml

Path = tuple[int | str, ...]
_REST_OF_LINE = re.compile(r"[ \t]*(#[^\n]*)?(?=\r?\n|\Z)")


def with_keys(text: str, path: Path, values: Mapping[str, object]) -> str:
    """The text with keys of the mapping at a path set: the values of those there replaced, others added last.

    >>> with_keys("a: {b: 1}  # kept\\n", ("a",), {"b": 2, "c": "x, y"})
    "a: {b: 2, c: 'x, y'}  # kept\\n"
    """
    for key, value in values.items():
        mapping = _at(text, path)
        assert isinstance(mapping, yaml.MappingNode)
        held = {name.value: node for name, node in mapping.value}
        if key in held:
            start, end = held[key].start_mark.index, _end(text, held[key])
            text = text[:start] + _flow(value) + text[end:]
        else:
            text = _added(text, mapping, f"{key}: {_flow(value)}", mapping.value[0][0].start_mark.column)
    return text


def with_item(text: str, path: Path, item: object) -> str:
    """The text with an item added to the end of the list at a path, which holds some.

    >>> with_item("a:\\n  - 1  # one\\nb: 2\\n", ("a",), {"c": 3})
    'a:\\n  - 1  # one\\n  - {c: 3}\\nb: 2\\n'
    """
    items = _at(text, path)
    assert isinstance(items, yaml.SequenceNode)
    written = _flow(item) if items.flow_style else f"- {_flow(item)}"
    return _added(text, items, written, items.start_mark.column)


def loaded(text: str, file: str) -> Any:
    """The data of a YAML text that is known to be sound."""
    data, problems = load_yaml(text, file)
    assert not problems
    return data


def _added(text: str, node: yaml.CollectionNode, written: str, column: int) -> str:
    if node.flow_style:
        close = node.end_mark.index - 1
        before = text[:close].rstrip()
        comma = "" if before.endswith((",", "{", "[")) else ","
        return f"{before}{comma} {written}{text[close:]}"
    place = _end(text, node)
    rest = _REST_OF_LINE.match(text, place)
    place = rest.end() if rest else place
    line_end = "\r\n" if "\r\n" in text else "\n"
    return text[:place] + line_end + " " * column + written + text[place:]


def _at(text: str, path: Path) -> yaml.Node:
    node: yaml.Node = yaml.compose(text, Loader=yaml.SafeLoader) or yaml.MappingNode("", [])
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == str(step))
        else:
            assert isinstance(node, yaml.SequenceNode)
            assert isinstance(step, int)
            node = node.value[step]
    return node


def _end(text: str, node: yaml.Node) -> int:
    """Where the last character of a node ends; what follows a block, comments too, is not of it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        start, end = node.start_mark.index, node.end_mark.index
        return int(start + len(text[start:end].rstrip()))
    last = node.value[-1]
    return _end(text, last[1] if isinstance(last, tuple) else last)


def _flow(value: object) -> str:
    """A value on one line, quoted where it must be."""
    dumped = yaml.safe_dump(
        [value], default_flow_style=True, width=float("inf"), allow_unicode=True, sort_keys=False
    )
    return str(dumped).strip()[1:-1]

"""Keys without names: as much of a description as tells an entry apart from all others."""

from collections.abc import Mapping, Sequence

Key = tuple[str, ...]


def distinct_keys(descriptions: Mapping[str, Key], weight: Mapping[str, int] | None = None) -> dict[str, Key]:
    """A key for each entry: the shortest beginning of its description that no other entry shares.

    Descriptions of one length, the most telling part first. Of entries that share a beginning, the one with
    the largest ``weight`` (0 where none is given) keeps it, if there is only one such; the others are told
    apart by the next part. Entries that agree in all parts are numbered in the order given.

    >>> sorted(distinct_keys({"a": ("x", "1"), "b": ("y", "1")}).items())
    [('a', ('x',)), ('b', ('y',))]
    >>> sorted(distinct_keys({"a": ("x", "1"), "b": ("x", "2")}).items())
    [('a', ('x', '1')), ('b', ('x', '2'))]
    >>> sorted(distinct_keys({"a": ("x", "1"), "b": ("x", "2")}, {"a": 1}).items())
    [('a', ('x',)), ('b', ('x', '2'))]
    """
    keys: dict[str, Key] = {}
    waiting: list[tuple[list[str], int]] = [(list(descriptions), 0)]
    while waiting:
        names, depth = waiting.pop()
        if depth and len(names) == 1:
            keys[names[0]] = descriptions[names[0]][:depth]
        elif names and depth == len(descriptions[names[0]]):
            keys |= {name: (*descriptions[name], str(place)) for place, name in enumerate(names)}
        else:
            if depth and (first := _heaviest(names, weight or {})):
                keys[first] = descriptions[first][:depth]
                names.remove(first)
            waiting += [(group, depth + 1) for group in _alike(names, descriptions, depth)]
    return keys


def _heaviest(names: Sequence[str], weight: Mapping[str, int]) -> str | None:
    most = max(weight.get(name, 0) for name in names)
    first = [name for name in names if weight.get(name, 0) == most]
    return first[0] if len(first) == 1 else None


def _alike(names: Sequence[str], descriptions: Mapping[str, Key], depth: int) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(descriptions[name][depth], []).append(name)
    return list(groups.values())

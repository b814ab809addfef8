"""Cache keys by content: equal only if the values are of the same types and hold the same."""

import hashlib
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import numpy as np

_PLAIN = (type(None), bool, int, str, bytes)


def content_of(value: object) -> Hashable | None:
    """The cache key of a value; None where its content cannot be read off.

    It can be read off numbers, texts, arrays, enumerations, tuples, lists, mappings and frozen dataclasses of
    these. Classes are compared as objects, so that two of one name differ. Any other object, such as an
    outside model with attributes of its own or a function in a field, may behave in ways that its
    attributes do not show.

    >>> content_of((1, "a")) == content_of((1, "a")), content_of((1,)) == content_of((1.0,))
    (True, False)
    >>> content_of(lambda: 1) is None
    True
    """
    try:
        return _content(value)
    except _UnreadableError:
        return None


class _UnreadableError(Exception):
    """A value whose content cannot be read off."""


def _content(value: object) -> Hashable:
    kind = type(value)
    if kind in _PLAIN or isinstance(value, Enum):
        return kind, value
    if isinstance(value, float):
        return kind, value.hex()
    if isinstance(value, np.ndarray | np.generic) and not value.dtype.hasobject:
        digest = hashlib.blake2b(value.tobytes(), digest_size=16).hexdigest()
        return kind, value.dtype.str, value.shape, digest
    if isinstance(value, tuple | list):
        return kind, *(_content(item) for item in value)
    if isinstance(value, Mapping):
        return kind, *((_content(key), _content(item)) for key, item in value.items())
    return kind, *((name, _content(getattr(value, name))) for name in _fields(value))


def _fields(value: Any) -> tuple[str, ...]:
    """The fields of a frozen dataclass that holds nothing else."""
    kind = type(value)
    if not is_dataclass(value) or not kind.__dataclass_params__.frozen:
        raise _UnreadableError
    names = tuple(field.name for field in fields(value))
    if any(base.__dict__.get("__slots__") for base in kind.__mro__) or vars(value).keys() != set(names):
        raise _UnreadableError
    return names

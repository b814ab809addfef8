"""The classes that an answer may hold: those that the annotation of what is returned leads to."""

import types
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints


def name_of(named: Any) -> str:
    """The full name of a class or a function."""
    return f"{named.__module__}:{named.__qualname__}"


@cache
def returned_classes(work: Callable[..., Any]) -> dict[str, type]:
    """The dataclasses, records and enumerations of vedette that a function may return, by full name.

    They are those of its annotation and of their fields. An entry of the cache that names any other is not
    read, so that a file made by somebody else brings no class to life that the answer does not consist of.
    """
    classes: dict[str, type] = {}
    waiting = [get_type_hints(work)["return"]]
    while waiting:
        for kind in _classes_in(waiting.pop()):
            if kind.__module__.startswith("vedette.") and name_of(kind) not in classes:
                classes[name_of(kind)] = kind
                if not issubclass(kind, Enum):
                    waiting += get_type_hints(kind).values()
    return classes


def _classes_in(annotation: Any) -> Iterator[type]:
    """The classes named in an annotation, at any depth."""
    if isinstance(annotation, TypeVar):
        yield from _classes_in(annotation.__bound__)
    elif isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if is_dataclass(annotation) or issubclass(annotation, Enum) or hasattr(annotation, "model_fields"):
            yield annotation
    else:
        origin = get_origin(annotation)
        if origin is not None and origin is not Union:
            yield from _classes_in(origin)
        for part in get_args(annotation):
            yield from _classes_in(part)

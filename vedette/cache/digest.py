"""Digests of values by content: equal only if the values are of the same types and hold the same."""

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.cache.reachable import name_of

_PLAIN = (type(None), bool, int, str, bytes)


class UnreadableError(Exception):
    """A value whose content cannot be read off: what depends on it cannot be kept."""


class _Hash(Protocol):
    def update(self, data: Any, /) -> None: ...


def digest_of(*values: object) -> bytes:
    """A digest of some values, 32 bytes.

    It covers numbers, texts, dates, arrays, tables, shapes on a map, enumerations, collections, and the
    dataclasses, records and messages of vedette. The content of any other object may not be all that decides
    what it does: a function, a generator of random numbers, an open database, a model from outside.

    Raises:
        UnreadableError: a value whose content cannot be read off.

    >>> digest_of((1, "a")) == digest_of((1, "a")), digest_of((1,)) == digest_of((1.0,))
    (True, False)
    """
    digest = hashlib.blake2b(digest_size=32)
    _add(digest, values)
    return digest.digest()


def _add(digest: _Hash, value: object) -> None:
    """Adds a value with its type and length, so that no two values give the same bytes."""
    kind = type(value)
    if isinstance(value, Enum):
        _tagged(digest, f"enum {name_of(kind)}", value.name.encode())
    elif kind in _PLAIN or isinstance(value, date | Path):
        _tagged(digest, kind.__name__, value if isinstance(value, bytes) else str(value).encode())
    elif isinstance(value, float):
        _tagged(digest, kind.__name__, value.hex().encode())
    elif isinstance(value, np.ndarray | np.generic) and not value.dtype.hasobject:
        _tagged(digest, f"array {kind.__name__} {value.dtype.str} {value.shape}", _array_bytes(value))
    elif isinstance(value, pl.DataFrame | pl.Series):
        _tagged(digest, kind.__name__, _table_bytes(value))
    else:
        _add_parts(digest, kind.__name__, list(_parts(value)))


def _add_parts(digest: _Hash, kind: str, parts: list[object]) -> None:
    _tagged(digest, kind, str(len(parts)).encode())
    for part in parts:
        _add(digest, part)


def _tagged(digest: _Hash, tag: str, content: bytes | memoryview) -> None:
    digest.update(f"{tag} {len(content)}:".encode())
    digest.update(content)


def _parts(value: Any) -> Iterator[object]:
    """What a collection, dataclass or record of vedette consists of, its class first."""
    kind = type(value)
    match value:
        case tuple() | list():
            yield from value
        case Mapping():
            for pair in value.items():
                yield from pair
        case set() | frozenset():
            yield from sorted(digest_of(item) for item in value)
        case range():
            yield from (value.start, value.stop, value.step)
        case type() if _ours(value):
            yield name_of(value)
        case str() if _ours(kind):
            yield from (name_of(kind), str(value), vars(value))
        case _ if _ours(kind) and is_dataclass(kind) and _frozen(kind):
            yield name_of(kind)
            for field in fields(kind):
                yield from (field.name, getattr(value, field.name))
        case _ if _ours(kind) and hasattr(kind, "model_fields") and kind.model_config.get("frozen"):
            yield name_of(kind)
            for name in kind.model_fields:
                yield from (name, getattr(value, name))
            yield getattr(value, "__pydantic_private__", None)
        case _ if hasattr(value, "wkb") and kind.__module__.startswith("shapely."):
            yield value.wkb
        case _:
            raise UnreadableError(f"{kind.__module__}.{kind.__qualname__}")


def _ours(kind: type) -> bool:
    return kind.__module__.startswith("vedette.") and "<locals>" not in kind.__qualname__


def _frozen(kind: Any) -> bool:
    return bool(kind.__dataclass_params__.frozen)


def _array_bytes(array: npt.NDArray[np.generic] | np.generic) -> memoryview:
    """The bytes of an array row by row, not copied where they lie so."""
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8).data


def _table_bytes(table: pl.DataFrame | pl.Series) -> memoryview:
    """A table or column as Arrow bytes, whatever the pieces in which it lies in memory."""
    whole = (table.to_frame() if isinstance(table, pl.Series) else table).rechunk()
    content = io.BytesIO()
    whole.write_ipc(content, compression="uncompressed", compat_level=pl.CompatLevel.oldest())
    return content.getbuffer()

"""Answers as bytes and back, without pickle: JSON for what they consist of, Arrow for arrays and tables."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import numpy as np
import polars as pl

from vedette.cache.reachable import name_of
from vedette.message import Capital, Day, Joined, Message

_PLAIN = (type(None), bool, int, float, str)
_MESSAGES = {kind.__name__: kind for kind in (Message, Joined, Capital, Day)}
_KINDS: dict[str, Any] = {"tuple": tuple, "list": list, "set": set, "frozenset": frozenset}


class UnkeepableError(Exception):
    """An answer, or a part of it, that cannot be written down."""


@dataclass(frozen=True)
class Writer:
    """Writes an answer down.

    ``classes`` are those it may consist of; ``given`` the inputs, which are named and not written again.
    ``tables`` collects the arrays and tables as Arrow bytes.
    """

    classes: Mapping[str, type]
    given: Sequence[object]
    tables: list[bytes] = field(default_factory=list)

    def written(self, value: Any) -> Any:
        """The value as JSON.

        Raises:
            UnkeepableError: it holds something that cannot be written down.
        """
        kind = type(value)
        if kind in _PLAIN:
            return value
        for place, one in enumerate(self.given):
            if value is one:
                return {"given": place}
        if isinstance(value, Message):
            return {"message": kind.__name__, "text": str(value), "about": self.written(vars(value))}
        if isinstance(value, Enum):
            return {"enum": self._class(kind), "name": value.name}
        if kind is date:
            return {"date": value.isoformat()}
        if isinstance(value, np.ndarray | np.generic):
            return self._array(value)
        if kind in (pl.DataFrame, pl.Series):
            return {"table": self._table(pl.DataFrame(value)), "series": kind is pl.Series}
        if kind.__name__ in _KINDS and kind is _KINDS[kind.__name__]:
            return {kind.__name__: [self.written(item) for item in value]}
        if isinstance(value, Mapping):
            return {"mapping": [[self.written(key), self.written(item)] for key, item in value.items()]}
        return {"class": self._class(kind), "fields": self._fields(value)}

    def _fields(self, value: Any) -> dict[str, Any]:
        names = _field_names(type(value))
        return {name: self.written(getattr(value, name)) for name in names}

    def _class(self, kind: type) -> str:
        name = name_of(kind)
        if name not in self.classes:
            raise UnkeepableError(name)
        return name

    def _array(self, value: Any) -> dict[str, Any]:
        whole = np.asarray(value)
        if whole.dtype.hasobject or whole.dtype.kind not in "biufU":
            raise UnkeepableError(f"array of {whole.dtype}")
        table = self._table(pl.DataFrame({"": np.ascontiguousarray(whole).ravel()}))
        about = {"array": table, "dtype": whole.dtype.str, "shape": list(whole.shape)}
        return {**about, "scalar": isinstance(value, np.generic)}

    def _table(self, table: pl.DataFrame) -> int:
        content = io.BytesIO()
        table.rechunk().write_ipc(content, compression="zstd")
        self.tables.append(content.getvalue())
        return len(self.tables) - 1


@dataclass(frozen=True)
class Reader:
    """Reads what a `Writer` wrote, with the same ``classes`` and inputs, from its ``tables``."""

    classes: Mapping[str, type]
    given: Sequence[object]
    tables: Sequence[bytes]

    def read(self, written: Any) -> Any:
        """The value that was written down.

        Raises:
            KeyError, ValueError, TypeError, IndexError, AttributeError: no writer made it of these classes.
        """
        match written:
            case {"given": place}:
                return self.given[place]
            case {"enum": name, "name": member}:
                return self.classes[name].__members__[member]  # type: ignore[attr-defined]
            case {"message": name, "text": text, "about": about}:
                message = str.__new__(_MESSAGES[name], text)
                vars(message).update(self.read(about))
                return message
            case {"date": text}:
                return date.fromisoformat(text)
            case {"array": place, "dtype": dtype, "shape": shape, "scalar": scalar}:
                flat = self._table(place).to_series().to_numpy()
                whole = np.array(flat, dtype=np.dtype(dtype), order="C").reshape(shape)
                return whole[()] if scalar else whole
            case {"table": place, "series": series}:
                table = self._table(place)
                return table.to_series() if series else table
            case {"mapping": pairs}:
                return {self.read(key): self.read(item) for key, item in pairs}
            case {"class": name, "fields": values}:
                return self._instance(self.classes[name], values)
            case dict():
                [(name, items)] = written.items()
                return _KINDS[name](self.read(item) for item in items)
            case _:
                return written

    def _instance(self, kind: type, values: Mapping[str, Any]) -> Any:
        """An object with these fields, which were checked when it was made."""
        if values.keys() != set(_field_names(kind)):
            raise ValueError(f"{name_of(kind)} has other fields")
        parts = {name: self.read(value) for name, value in values.items()}
        if not is_dataclass(kind):
            return kind.model_construct(**parts)  # type: ignore[attr-defined]
        made = object.__new__(kind)
        for name, part in parts.items():
            object.__setattr__(made, name, part)
        return made

    def _table(self, place: int) -> pl.DataFrame:
        return pl.read_ipc(io.BytesIO(self.tables[place]))


def _field_names(kind: Any) -> tuple[str, ...]:
    if is_dataclass(kind):
        return tuple(each.name for each in fields(kind))
    if hasattr(kind, "model_fields"):
        return tuple(kind.model_fields)
    raise UnkeepableError(name_of(kind))


def packed(document: Any, tables: Sequence[bytes]) -> bytes:
    """The length of the JSON, the JSON with the lengths of the tables, the tables; in one piece."""
    lines = json.dumps({"answer": document, "tables": [len(table) for table in tables]}).encode()
    return b"".join([len(lines).to_bytes(8, "little"), lines, *tables])


def unpacked(content: bytes) -> tuple[Any, list[bytes]]:
    """What `packed` put together.

    Raises:
        KeyError, ValueError, TypeError: it is something else.
    """
    end = 8 + int.from_bytes(content[:8], "little")
    document, tables = json.loads(content[8:end]), []
    for length in document["tables"]:
        tables.append(content[end : end + length])
        end += length
    return document["answer"], tables

"""Rows of a case inside entities of FollowTheMoney, so that an export of vedette comes back whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from vedette.case.checking import schema
from vedette.case.schema import Actor, Claim, Row, Site, Source
from vedette.evidence.exchange.entities import Entity, texts

_MARK = "vedette row "
_PLACE = "places"
_TABLES: Mapping[str, type[Row]] = {model.file: model for model in (Actor, Site, Source, Claim)}


@dataclass(frozen=True)
class OwnRow:
    """A row that vedette wrote into an entity: the file of its table (``places`` for an area), its cells."""

    table: str
    cells: Mapping[str, str]

    @property
    def id(self) -> str:
        """The id that the row had in the case that it comes from."""
        return self.cells.get("id", "")


def packed(table: str, row: Mapping[str, object]) -> str:
    """A row as a text that entities can carry."""
    cells = {name: _text(value) for name, value in row.items() if not _empty(value)}
    return _MARK + json.dumps({"table": table, "cells": cells}, ensure_ascii=False)


def packed_place(key: str) -> str:
    """The id of an area as a text that entities can carry."""
    return packed(_PLACE, {"id": key})


def own_row(entity: Entity) -> OwnRow | None:
    """The row that vedette wrote into an entity; None where there is none that can be read."""
    for text in (*texts(entity, "notes"), *texts(entity, "description")):
        if text.startswith(_MARK) and (row := _read(text.removeprefix(_MARK))):
            return row
    return None


def _read(text: str) -> OwnRow | None:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return None
    table = loaded.get("table") if isinstance(loaded, dict) else None
    cells = loaded.get("cells") if isinstance(loaded, dict) else None
    if not isinstance(table, str) or not isinstance(cells, dict) or table not in (*_TABLES, _PLACE):
        return None
    columns = schema(_TABLES[table]) if table in _TABLES else {"id": str}
    kept = {name: cell for name, cell in cells.items() if name in columns and isinstance(cell, str)}
    return OwnRow(table, kept) if kept.get("id") else None


def _empty(value: object) -> bool:
    """Whether a cell is empty or says no; a number of nought is not."""
    return value is None or value == "" or value is False


def _text(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return repr(value).removesuffix(".0")
        case _:
            return str(value)

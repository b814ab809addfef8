"""Reads entities of FollowTheMoney from a file: JSON, one a line or in one list; checks their dates."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeGuard

from vedette.errors import DataError, Problem, UsageError
from vedette.periods import first_possible
from vedette.problems import shown

Entity = Mapping[str, Any]

_DATES = (
    *("startDate", "endDate", "date", "birthDate", "deathDate", "incorporationDate", "dissolutionDate"),
    *("retrievedAt", "modifiedAt"),
)
_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
_FORMS = (
    "vedette imports entities of FollowTheMoney (JSON, one a line or in a list) and data packages of "
    "Frictionless (datapackage.json). Tables of Security Force Monitor: vedette import sfm. Other tables: "
    "vedette import sheet."
)
_TABLES = {
    "unit:name": "a table of units of Security Force Monitor",
    "canonical_id": "statements of FollowTheMoney, to be joined to entities with ftm aggregate-statements",
}

_SHOWN = 40
"""Characters of a line that a message shows."""
_CUT = "Take the line out, or export the file again if it was cut short."


def read_entities(file: Path) -> list[Entity]:
    """The entities of a file.

    Raises:
        DataError: the file cannot be read, holds something else, or dates that are none; lists all of these.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{file}: cannot be read: {error.strerror}. Give the path of a file.") from error
    except UnicodeDecodeError as error:
        what = f"expected text in UTF-8; found another byte at {error.start + 1:,}"
        raise DataError(f"{file}: {what}. Export it again, or save it as UTF-8.") from error
    if not text.strip():
        raise DataError(f"{file}: expected entities, one a line; found an empty file.")
    refuse_table(file, text)
    entities: list[tuple[int, dict[str, Any]]] = []
    for number, value in _values(file, text):
        if not _is_entity(value):
            raise DataError(f"{file}, line {number}: expected an entity with id, schema and lists of values.")
        entities.append((number, value))
    if problems := [problem for number, value in entities for problem in _wrong_dates(file, number, value)]:
        raise DataError(f"{file.name} cannot be imported", problems)
    return [value for _, value in entities]


def refuse_table(file: Path, text: str) -> None:
    """Refuses a table of comma-separated cells, naming what it is and what can be imported.

    Raises:
        DataError: the text is such a table.
    """
    header = text.lstrip().splitlines()[0]
    if header[:1] in '{["' or header.count(",") < 1:
        return
    columns = [name.strip() for name in header.split(",")]
    what = next((what for mark, what in _TABLES.items() if mark in columns), "a table")
    found = f"{what} (columns {', '.join(columns[:4])} ...)"
    raise DataError(f"{file.name} cannot be imported", [Problem(file.name, 1, "", "JSON", found, _FORMS)])


def _values(file: Path, text: str) -> Iterator[tuple[int, object]]:
    """Number and value of each entity: its line, or its place in the one list of the file."""
    if text.lstrip().startswith("[") and isinstance(whole := _json(file, 1, text), list) and whole:
        yield from enumerate(whole, start=1)
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, _json(file, number, line)


def _json(file: Path, number: int, text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        found = f"{shown(text[:_SHOWN])}, wrong at character {error.pos + 1}"
        raise DataError(f"{file}, line {number}: expected JSON; found {found}. {_CUT}") from error
    except RecursionError as error:
        raise DataError(f"{file}, line {number}: expected JSON; found endless nesting.") from error


def _is_entity(value: object) -> TypeGuard[dict[str, Any]]:
    if not isinstance(value, dict) or not isinstance(value.get("properties"), dict):
        return False
    lists = all(isinstance(texts, list) for texts in value["properties"].values())
    return lists and isinstance(value.get("id"), str) and isinstance(value.get("schema"), str)


def _wrong_dates(file: Path, number: int, entity: Entity) -> Iterator[Problem]:
    for name in _DATES:
        for value in entity["properties"].get(name, ()):
            if not _is_date(str(value)[:10]):
                expected = "a day, month or year of the calendar, like 2018-12"
                cure = f"Correct it in entity {entity['id']}, or leave the property out."
                yield Problem(file.name, number, name, expected, repr(value), cure)


def _is_date(text: str) -> bool:
    try:
        return not text or (re.fullmatch(_DATE, text) is not None and bool(first_possible(text)))
    except (UsageError, ValueError):
        return False


def first_text(entity: Entity, *names: str) -> str:
    """The first value of the first property that has one; empty if there is none."""
    return next((value for name in names for value in texts(entity, name)), "")


def texts(entity: Entity, name: str) -> Sequence[str]:
    """The values of a property; a value may be a whole entity, which counts as its id."""
    values = entity["properties"].get(name, ())
    return [str(value["id"] if isinstance(value, dict) else value).strip() for value in values]

"""Turns the errors of pydantic into `Problem`s: file, row, column, expected, found, cure."""

import re
import reprlib
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from vedette.errors import Problem

Path = tuple[int | str, ...]

_SAYS_ITSELF = "vedette"
_LONGEST = 60

_CURES = {
    "bool_parsing": "Write true or false.",
    "date_from_datetime_parsing": "Write year-month-day.",
    "finite_number": "Give a number, or leave the cell empty where that is allowed.",
    "float_parsing": "Write digits with a point for decimals, no spaces or thousands marks.",
    "float_type": "Write digits with a point for decimals.",
    "greater_than": "Correct the value.",
    "int_from_float": "Write it without decimals.",
    "int_parsing": "Write digits only, no decimals, spaces or thousands marks.",
    "int_type": "Write digits only.",
    "missing": "Fill it in.",
    "string_type": "Put it in quotes, so that YAML reads it as text.",
}

_SHAPES = {
    "dataclass_type": "named entries (name: value)",
    "dict_type": "named entries (name: value)",
    "list_type": "a list",
    "model_type": "named entries (name: value)",
    "tuple_type": "a list",
}

_EXPECTATIONS = {
    "bool_parsing": "true or false",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "missing": "a value",
    "string_type": "text",
}

_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Characters that a terminal may obey, or that cannot be printed; the joiners of Persian and Kurdish stay."""

_shown = reprlib.Repr()
_shown.maxstring = _shown.maxother = _LONGEST
_shown.maxlevel = 2


def shown(value: object) -> str:
    """A value as a message shows it: quoted, one line, never long."""
    return "nothing" if value is None or value == "" else _shown.repr(value)


def visible(text: str) -> str:
    r"""A text in which control characters, invisible ones and marks of writing direction are spelt out.

    Line ends and tabs stay. So a terminal neither obeys what is in a file, nor shows it in another order.

    >>> visible("a\x1b[2Jb\u202ec\n")
    'a\\x1b[2Jb\\u202ec\n'
    """
    return _OBEYED.sub(lambda found: _spelt(ord(found[0])), text)


def _spelt(code: int) -> str:
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def did_you_mean(found: str, known: Collection[str]) -> str:
    """A cure for a name that is not known: the nearest known one, else all of them.

    >>> did_you_mean("IQ-NN", ["IQ-NI", "IQ-AN"])
    "Did you mean 'IQ-NI'?"
    """
    nearest = get_close_matches(found, known, 1, cutoff=0.5)
    if nearest:
        return f"Did you mean {nearest[0]!r}?"
    listed = ", ".join(sorted(known)[:20])
    return f"Use one of: {listed}{', ...' if len(known) > 20 else ''}." if known else "None is defined yet."


def wrong(column: str, expected: str, found: object, cure: str) -> PydanticCustomError:
    """An error for a validator to raise, with what a `Problem` says: column, expected, found, cure."""
    said = {"column": column, "expected": expected, "found": shown(found), "cure": cure}
    return PydanticCustomError(_SAYS_ITSELF, "{expected}", said)


def row_problems(
    error: ValidationError, file: str, model: type[Any], rows: Sequence[int]
) -> Iterator[Problem]:
    """Problems of a list of rows that was checked in one go; ``rows[i]`` is the row of item i."""
    for detail in error.errors():
        index, *path = detail["loc"]
        assert isinstance(index, int)
        yield _problem(detail, file, rows[index], model, tuple(path[:1]))


def key_problems(error: ValidationError, file: str, model: type[Any]) -> Iterator[Problem]:
    """Problems of nested entries; the column is the path of the key, like ``strata[1].actors``."""
    for detail in error.errors():
        yield _problem(detail, file, 0, model, detail["loc"])


def key_path(path: Path) -> str:
    """How a place in nested entries is written: ``strata[1].actors``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _problem(detail: ErrorDetails, file: str, row: int, model: type[Any], path: Path) -> Problem:
    if detail["type"] == _SAYS_ITSELF:
        said = detail["ctx"]
        column = key_path((*path, said["column"]) if said["column"] else path)
        return Problem(file, row, column, said["expected"], said["found"], said["cure"])
    expected, cure = _wording(detail, model, path)
    found = "nothing" if detail["type"] == "missing" else shown(detail["input"])
    return Problem(file, row, key_path(path), expected, found, cure)


def _wording(detail: ErrorDetails, model: type[Any], path: Path) -> tuple[str, str]:
    kind = detail["type"]
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return "a known name", did_you_mean(str(path[-1]), _names(_model_at(model, path[:-1])))
    if kind in ("literal_error", "enum"):
        words = detail["ctx"]["expected"].removeprefix("'', ")
        return words, did_you_mean(
            str(detail["input"]), words.replace("'", "").replace(" or ", ", ").split(", ")
        )
    meaning = _meaning(_field_at(model, path))
    said = detail["msg"][0].lower() + detail["msg"][1:]
    expected = _SHAPES.get(kind) or meaning or _EXPECTATIONS.get(kind, said)
    return expected, _CURES.get(kind, "Correct the value.")


def _meaning(field: FieldInfo | None) -> str | None:
    """The description of a field, else of the kind of value inside it (``Kind | None``)."""
    if field is None or field.description:
        return field.description if field else None
    inner = (item for kind in get_args(field.annotation) for item in getattr(kind, "__metadata__", ()))
    return next((item.description for item in inner if isinstance(item, FieldInfo)), None)


def _fields(model: type[Any] | None) -> dict[str, FieldInfo]:
    found = getattr(model, "model_fields", None) or getattr(model, "__pydantic_fields__", None) or {}
    return {field.alias or name: field for name, field in found.items()}


def _names(model: type[Any] | None) -> list[str]:
    return list(_fields(model))


def _field_at(model: type[Any], path: Path) -> FieldInfo | None:
    names = [part for part in path if isinstance(part, str)]
    for name in names[:-1]:
        inner = _inner_model(_fields(model).get(name))
        if inner is None:
            return _fields(model).get(name)
        model = inner
    return _fields(model).get(names[-1]) if names else None


def _model_at(model: type[Any], path: Path) -> type[Any] | None:
    field = _field_at(model, path)
    return _inner_model(field) if field else model


def _inner_model(field: FieldInfo | None) -> type[Any] | None:
    waiting: list[Any] = [field.annotation] if field else []
    while waiting:
        kind = waiting.pop()
        if _fields(kind):
            return kind  # type: ignore[no-any-return]
        waiting.extend(get_args(kind))
    return None

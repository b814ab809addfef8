"""Turns the errors of pydantic into `Problem`s: file, row, column, expected, found, cure."""

import re
import reprlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from vedette.errors import Problem

Path = tuple[int | str, ...]
_Part = Literal["whole", "key", "value"]

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

_TAG = re.compile(r"\[key\]|[a-z-]+\[.*\]")
"""What pydantic adds to the place of a value: that it is a key, or which of several kinds was tried."""
_KEY = "[key]"

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
    "finite_number": "a number",
    "float_type": "a number",
    "int_from_float": "a whole number",
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
    if isinstance(value, date):
        return value.isoformat()
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


def one_side(above: object, below: object) -> None:
    """Raises unless exactly one of ``above`` and ``below`` is given."""
    if (above is None) == (below is None):
        given = above is not None
        cure = "Keep one." if given else "Give one of the two."
        raise wrong("", "either above or below", [above, below] if given else None, cure)


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
    details, problems = error.errors(), list[Problem]()
    for detail in details:
        if detail["type"] == "too_short" and any(_within(each["loc"], detail["loc"]) for each in details):
            continue
        problem = _problem(detail, file, 0, model, detail["loc"])
        if problems and _tagged(detail) and problems[-1].column == problem.column:
            expected = f"{problems[-1].expected} or {problem.expected}"
            problems[-1] = replace(problem, expected=expected)
        else:
            problems.append(problem)
    yield from problems


def _within(path: Path, outer: Path) -> bool:
    return len(path) > len(outer) and path[: len(outer)] == outer


def _tagged(detail: ErrorDetails) -> bool:
    """Whether a value may be of several kinds, each of which pydantic tried."""
    return any(isinstance(part, str) and part != _KEY and _TAG.fullmatch(part) for part in detail["loc"])


def key_path(path: Path) -> str:
    """How a place in nested entries is written: ``strata[1].actors``."""
    written = (part for part in path if isinstance(part, int) or not _TAG.fullmatch(part))
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in written)
    return "".join(parts).removeprefix(".")


def _problem(detail: ErrorDetails, file: str, row: int, model: type[Any], path: Path) -> Problem:
    if detail["type"] == _SAYS_ITSELF:
        said = detail["ctx"]
        column = key_path((*path, said["column"]) if said["column"] else path)
        return Problem(file, row, column, said["expected"], said["found"], said["cure"])
    expected, cure = _wording(detail, model, path)
    return Problem(file, row, key_path(path), expected, _found(detail), cure)


def _found(detail: ErrorDetails) -> str:
    if detail["type"] == "missing":
        return "nothing"
    if detail["type"] == "too_short" and detail["input"]:
        return str(detail["ctx"]["actual_length"])
    return shown(detail["input"])


def _wording(detail: ErrorDetails, model: type[Any], path: Path) -> tuple[str, str]:
    kind = detail["type"]
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return "a known name", did_you_mean(str(path[-1]), _names(_model_at(model, path[:-1])))
    if kind in ("literal_error", "enum"):
        words = detail["ctx"]["expected"].removeprefix("'', ")
        return words, did_you_mean(
            str(detail["input"]), words.replace("'", "").replace(" or ", ", ").split(", ")
        )
    meaning = _meaning(*_place(model, path))
    said = detail["msg"][0].lower() + detail["msg"][1:]
    expected = _SHAPES.get(kind) or meaning or _EXPECTATIONS.get(kind, said)
    if kind == "string_type" and not _quotable(detail["input"], _field_at(model, path)):
        kind = "missing" if detail["input"] is None else ""
    return expected, _CURES.get(kind, "Correct the value.")


def _quotable(value: object, field: FieldInfo | None) -> bool:
    """Whether quotes make a value, which YAML took for something else, what is expected.

    Of what YAML takes for true or false nobody knows how it was written.
    """
    if isinstance(value, bool):
        return True
    if not isinstance(value, int | float):
        return False
    kinds = (field.annotation, *get_args(field.annotation)) if field else ()
    noted = [*(field.metadata if field else ()), *(m for k in kinds for m in getattr(k, "__metadata__", ()))]
    parts = [part for note in noted for part in (*getattr(note, "metadata", ()), note)]
    patterns = [part.pattern for part in parts if isinstance(getattr(part, "pattern", None), str)]
    return all(re.search(pattern, str(value)) for pattern in patterns)


def _meaning(field: FieldInfo | None, part: _Part) -> str | None:
    """The description of a field, else of the kind of value inside it (``Kind | None``)."""
    if field is None:
        return None
    kinds = get_args(field.annotation)
    match part:
        case "key":
            kinds = kinds[:1]
        case "value":
            kinds = (*kinds[1:], *get_args(kinds[-1]))
        case _ if field.description or _is_mapping(field):
            return field.description
    inner = (item for kind in kinds for item in getattr(kind, "__metadata__", ()))
    return next((item.description for item in inner if isinstance(item, FieldInfo)), None)


def _is_mapping(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is dict


def _fields(model: type[Any] | None) -> dict[str, FieldInfo]:
    found = getattr(model, "model_fields", None) or getattr(model, "__pydantic_fields__", None) or {}
    return {field.alias or name: field for name, field in found.items()}


def _names(model: type[Any] | None) -> list[str]:
    return list(_fields(model))


def _place(model: type[Any], path: Path) -> tuple[FieldInfo | None, _Part]:
    """The field at a path, and what of it is meant: the whole, or of a mapping a key or a value."""
    field: FieldInfo | None = None
    part: _Part = "whole"
    for name in (each for each in path if isinstance(each, str)):
        if name == _KEY:
            part = "key"
        elif field is not None and part == "whole" and _is_mapping(field):
            part = "value"
        elif not _TAG.fullmatch(name):
            inner = _inner_model(field) if field else model
            field, part = (_fields(inner).get(name) if inner else field), "whole"
            if field is None or inner is None:
                break
    return field, part


def _field_at(model: type[Any], path: Path) -> FieldInfo | None:
    return _place(model, path)[0]


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

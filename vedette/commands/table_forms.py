"""What a person may write in a row of a table: its columns, their meaning, and the words the case allows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

import annotated_types
import polars as pl
from pydantic.fields import FieldInfo

from vedette.case import Case, find_case
from vedette.case.case import SHIPPED
from vedette.case.checking import schema
from vedette.case.schema import RELATIONS, Claim, Row
from vedette.case.schema.rows import TABLES
from vedette.case.writing.editing import WITH_ID, WITHOUT_ID, rows_in
from vedette.commands.column_meanings import COLUMN_MEANINGS
from vedette.errors import UsageError
from vedette.evidence import Ledger
from vedette.evidence.actors import spelt
from vedette.files import current, steady
from vedette.problems import did_you_mean

EDITABLE: tuple[str, ...] = tuple(model.file.removesuffix(".csv") for model in (*WITH_ID, *WITHOUT_ID))
"""The tables whose rows are edited one by one, by name."""
ADDED = ("claims", "sources", "actors", "sites", "forces", "posture")
"""The tables to which single rows are added."""
MERGED = ("actors", "sites", "sources")
"""The tables of which two rows may become one."""

_ACTORS = ("subject", "object", "speaker_of", "force", "part_of", "parent", "backer", "actor", "target")
_LONG = ("statement", "note", "summary", "what", "why", "aliases", "title")
_MOST_CHOICES = 10
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TableColumn:
    """A column as a form asks for it.

    Attributes:
        name: its name in the table.
        meaning: what it holds.
        required: whether it must be filled in; an id is made where it is left out.
        usual: what stands there where nothing is written.
        choices: the words that are allowed, each with what it means; none where any text is.
        known: ids of the case that fit, each with its name.
        long: whether it holds a sentence or more.
    """

    name: str
    meaning: str
    required: bool
    usual: str
    choices: Choices
    known: Choices
    long: bool


def columns_of_table(ledger: Ledger, table: str) -> tuple[TableColumn, ...]:
    """Returns the columns of a table of `EDITABLE`, in their order, with what the case allows in them.

    Raises:
        UsageError: there is no such table.

    Example:
        ``columns_of_table(ledger_of("iraq"), "claims")``
    """
    model = _model(table)
    meanings = COLUMN_MEANINGS.get(model.file, {})
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    return tuple(
        TableColumn(
            name,
            meanings.get(name, ""),
            field.is_required() and not (name == "id" and table in ADDED),
            "" if field.is_required() or not field.default else _text(field.default),
            _choices(ledger.case, name, field=field),
            _known(ledger.case, model, name=name),
            name in _LONG,
        )
        for name, field in fields.items()
    )


def table_rows(case: str, table: str, *, holding: str | None = None) -> pl.DataFrame:
    """Returns the rows of a table of `EDITABLE` as they are written, the last first.

    ``row`` is the name by which commands take it; the other columns are those of the table, as text.
    ``holding`` lists only rows that hold some words, however they are spelt.

    Raises:
        UsageError: there is no such table.
    """
    model, home = _model(table), find_case(case)

    def content(file: str) -> bytes | None:
        path = current(home, file)
        return path.read_bytes() if path.is_file() else None

    found = steady(home, lambda: list(rows_in(content, model)))
    names = list(schema(model))
    wanted = spelt(holding) if holding else ""
    rows = [
        {"row": each.name, **{name: each.cells.get(name, "") for name in names}}
        for each in reversed(found)
        if wanted in spelt(" ".join(each.cells.values()))
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(["row", *names], pl.String))


def may_be_changed(ledger: Ledger) -> bool:
    """Whether a case may be edited from a ledger: a case of the user's own, and nothing withheld from it."""
    return not ledger.case.withheld and ledger.case.folder.parent != SHIPPED


def _model(table: str) -> type[Row]:
    models = {model.file.removesuffix(".csv"): model for model in TABLES}
    if table not in EDITABLE:
        raise UsageError(f"{table!r} is no table that is edited by row. {did_you_mean(table, EDITABLE)}")
    return models[table]


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _choices(case: Case, name: str, *, field: FieldInfo) -> Choices:
    if name == "relation":
        return tuple((word, each.meaning) for word, each in RELATIONS.items())
    if name == "question":
        return tuple((each.id, each.text) for each in case.questions)
    if field.annotation is bool:
        return (("false", ""), ("true", ""))
    words = _literals(field.annotation) or _whole_numbers(field)
    return tuple((word, "") for word in words if word)


def _literals(annotation: Any) -> tuple[str, ...]:
    """The words of a literal type, and of one that may be left out."""
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return tuple(word for part in get_args(annotation) for word in _literals(part))


def _whole_numbers(field: FieldInfo) -> tuple[str, ...]:
    """The numbers that a column allows, where they are few."""
    least = next((one.ge for one in field.metadata if isinstance(one, annotated_types.Ge)), None)
    most = next((one.le for one in field.metadata if isinstance(one, annotated_types.Le)), None)
    if field.annotation is not int or not isinstance(least, int) or not isinstance(most, int):
        return ()
    return tuple(map(str, range(least, most + 1))) if most - least < _MOST_CHOICES else ()


def _known(case: Case, model: type[Row], *, name: str) -> Choices:
    """The ids of a case that a column may name."""
    named: Mapping[str, Choices] = {
        "actors": tuple(case.actors.select("id", "name").iter_rows()),
        "sites": tuple(case.sites.select("id", "name").iter_rows()),
        "areas": tuple(case.places.names.items()),
    }
    if name == "source":
        return tuple(case.sources.select("id", "title").iter_rows())
    if name == "place":
        regions = tuple((region.id, region.name) for region in case.regions)
        return (*named["areas"], *(regions if model is Claim else ()), *named["sites"])
    if name in ("subject", "object"):
        return (*named["actors"], *named["sites"], *named["areas"])
    return named["actors"] if name in _ACTORS else ()

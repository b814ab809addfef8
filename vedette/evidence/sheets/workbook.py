"""The tables of a case as one Excel workbook, with drop-down lists for what has a vocabulary."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, get_args, get_origin

import polars as pl

from vedette.case import Case
from vedette.case.checking import schema
from vedette.case.schema import (
    RELATIONS,
    Actor,
    Claim,
    Force,
    InterventionRow,
    Moment,
    Posture,
    Retraction,
    Row,
    Site,
    Source,
)
from vedette.case.writing.editing import WITH_ID
from vedette.case.writing.table_text import table_text
from vedette.errors import DataError, Problem
from vedette.evidence.sheets.grid import letter
from vedette.evidence.sheets.mapping import NUMBER
from vedette.evidence.sheets.marks import mark_of, normal
from vedette.evidence.sheets.opening import LISTS, MARKS

SHEETS: tuple[type[Row], ...] = (
    *(Actor, Site, Source, Claim, Retraction, Force, Posture, Moment),
    InterventionRow,
)
"""The tables of a workbook, in its order."""

_LONGEST = 32_767
"""The most characters in a cell of Excel."""
_SPARE = 500
"""Rows below the last one that have drop-down lists too."""
_WIDE = {
    "statement": 60,
    "note": 40,
    "title": 50,
    "why": 40,
    "what": 40,
    "summary": 60,
    "aliases": 30,
    "url": 30,
}
_DAY = (2000, 1, 1, 0, 0, 0)
"""The time that every workbook has, so that written twice it is the same."""
_ACTOR_COLUMNS = ("speaker_of", "parent", "force", "part_of")


def as_workbook(case: Case, tables: Mapping[type[Row], bytes | None]) -> bytes:
    """The tables of a case as the bytes of an .xlsx file; written twice it is the same.

    Args:
        case: the case, for the words of the lists.
        tables: the content of each table; None where the case has none.

    Raises:
        DataError: a cell holds more, or other, characters than a cell of Excel can.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    lists = _lists(case)
    marks: list[tuple[str, str, str]] = []
    for model in SHEETS:
        marks += _add_sheet(book, model, tables.get(model), lists)
    _add_words(book, lists)
    own = book.create_sheet(MARKS)
    own.sheet_state = "veryHidden"
    for mark in marks:
        own.append(mark)
    book.properties.creator = "vedette"
    book.properties.title = case.title
    return _saved(book)


def _add_sheet(
    book: Any, model: type[Row], content: bytes | None, lists: Mapping[str, Sequence[str]]
) -> list[tuple[str, str, str]]:
    """Adds a table as a sheet; gives the marks of its rows."""
    stem = model.file.removesuffix(".csv")
    names = [*([] if model in WITH_ID else [NUMBER]), *schema(model)]
    sheet = book.create_sheet(stem)
    sheet.append(names)
    marks, last = [], 1
    for last, (number, cells) in enumerate(table_text(content, model).rows(), start=2):
        name = cells.get("id", "") if model in WITH_ID else str(number)
        marks.append((stem, name, mark_of(model, cells)))
        for place, column in enumerate(names, start=1):
            text = str(number) if column == NUMBER else cells.get(column, "")
            if text:
                _write(sheet.cell(last, place), text, (model, number, column))
    _dress(sheet, model, names)
    for place, column in enumerate(names):
        if words := _list_of(model, column):
            _offer(sheet, f"{letter(place)}2:{letter(place)}{last + _SPARE}", words, lists)
    return marks


def _write(cell: Any, text: str, where: tuple[type[Row], int, str]) -> None:
    from openpyxl.utils.exceptions import IllegalCharacterError

    model, number, column = where
    if len(text) > _LONGEST:
        cure = "Shorten it: vedette edit."
        expected, found = f"at most {_LONGEST:,} characters, as Excel takes", f"{len(text):,}"
        raise DataError(
            "No workbook was written.", [Problem(model.file, number, column, expected, found, cure)]
        )
    value: object = text
    if schema(model).get(column) in (pl.Float64, pl.Int64) and normal(model, column, text) == _number(text):
        value = float(text)
    try:
        cell.value = value
    except IllegalCharacterError as error:
        problem = Problem(
            model.file, number, column, "characters that Excel takes", repr(text)[:60], "Correct it."
        )
        raise DataError("No workbook was written.", [problem]) from error
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with = is no formula
        cell.number_format = "@"  # 2014-06 stays what it is when somebody edits it


def _number(text: str) -> str:
    try:
        return repr(float(text)).removesuffix(".0")
    except ValueError:
        return ""


def _dress(sheet: Any, model: type[Row], names: Sequence[str]) -> None:
    """Makes a sheet readable: names in bold that stay in view, filters, widths, text columns."""
    from openpyxl.styles import Font

    numeric = {name for name, kind in schema(model).items() if kind in (pl.Float64, pl.Int64)}
    for place, name in enumerate(names, start=1):
        sheet.cell(1, place).font = Font(bold=True)
        dimension = sheet.column_dimensions[letter(place - 1)]
        dimension.width = _WIDE.get(name, 16)
        if name not in (*numeric, NUMBER):
            dimension.number_format = "@"
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{letter(len(names) - 1)}{sheet.max_row}"


def _list_of(model: type[Row], column: str) -> str:
    """The name of the list of words that a column takes; empty if it has none."""
    if column == "source" and model is not Source:
        return "sources"
    if model is Claim and column in ("relation", "subject", "object"):
        return {"relation": "relations", "subject": "subjects", "object": "objects"}[column]
    if column in _ACTOR_COLUMNS:
        return "actors"
    if column == "claim":
        return "claims"
    if column == "backer":
        return "names"
    return f"{model.__name__.lower()}-{column}" if _literal(model, column) else ""


def _literal(model: type[Row], column: str) -> tuple[str, ...]:
    """The words of a column with a vocabulary, as its type has them."""
    field = next(
        (field for name, field in model.model_fields.items() if (field.alias or name) == column), None
    )
    if field is None:
        return ()
    kind: Any = field.annotation
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if kind is bool:
        return ("true", "false")
    if column == "credibility":
        return ("1", "2", "3", "4", "5", "6")
    return tuple(word for word in get_args(kind) if word) if get_origin(kind) is Literal else ()


def _lists(case: Case) -> dict[str, list[str]]:
    actors, sites = case.actors["id"].to_list(), case.sites["id"].to_list()
    places = [*case.places.ids, *(region.id for region in case.regions)]
    lists = {
        "relations": list(RELATIONS),
        "actors": actors,
        "subjects": [*actors, *sites],
        "objects": [*actors, *sites, *places],
        "names": case.actors["name"].to_list(),
        "sources": case.sources["id"].to_list(),
        "claims": case.claims["id"].to_list(),
    }
    for model in SHEETS:
        for column in schema(model):
            if words := _literal(model, column):
                lists[f"{model.__name__.lower()}-{column}"] = list(words)
    return lists


def _add_words(book: Any, lists: Mapping[str, Sequence[str]]) -> None:
    """Adds the sheet of the lists, one a column."""
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    for place, (name, words) in enumerate(lists.items(), start=1):
        sheet.cell(1, place).value = name
        for number, word in enumerate(words, start=2):
            cell = sheet.cell(number, place)
            cell.value, cell.data_type = word, "s"


def _offer(sheet: Any, cells: str, name: str, lists: Mapping[str, Sequence[str]]) -> None:
    """Gives cells a drop-down list; ids may be new ones, words of a vocabulary may not."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = lists[name]
    if not words:
        return
    column = letter(list(lists).index(name))
    area = f"'{LISTS}'!${column}$2:${column}${len(words) + 1}"
    known = name in ("actors", "subjects", "objects", "names", "sources", "claims")
    offer = DataValidation(
        type="list", formula1=area, allow_blank=True, errorStyle="warning" if known else "stop"
    )
    offer.showErrorMessage = True
    offer.errorTitle, offer.error = "vedette", "Not in the list." if known else "Choose a word of the list."
    sheet.add_data_validation(offer)
    offer.add(cells)


def _saved(book: Any) -> bytes:
    """The bytes of a workbook: without the time at which it was written, and without files on the way."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.created = book.properties.modified = datetime(*_DAY)
    packed, out = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        writer = ExcelWriter(book, archive)
        writer.write_worksheet = lambda sheet: _write_sheet(writer, archive, sheet)
        writer.save()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(part))
    return out.getvalue()


def _write_sheet(writer: Any, archive: zipfile.ZipFile, sheet: Any) -> None:
    """Writes a sheet as openpyxl does, in memory: its own way leaves cells in a file if it is killed."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter

    sheet._drawing = SpreadsheetDrawing()
    text = io.BytesIO()
    part = WorksheetWriter(sheet, text)
    part.write()
    sheet._rels = part._rels
    archive.writestr(sheet.path[1:], text.getvalue())
    writer.manifest.append(sheet)

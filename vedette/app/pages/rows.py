"""Rows of the tables of a case: lists, one row with its history, and the forms that change it."""

from collections.abc import Callable, Mapping
from typing import Annotated, NamedTuple
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from vedette import commands
from vedette.app.edits import ConflictLine, FilledForm, Typed, TypedForm, conflict_of, filled, tried
from vedette.app.mistakes import lines_of, status_of
from vedette.app.pages.asked import AnswerForm, HeldCase, Words, whole
from vedette.app.served import Held
from vedette.app.site import page, table
from vedette.app.visitors import Role, posting
from vedette.errors import UsageError, VedetteError

router = APIRouter()

_SHOWN = 100
"""Rows on a page."""
_WHAT = "the rows of the tables as they are written"
_PAGES: Mapping[str, str] = {"claims": "/evidence", "sources": "/sources", "actors": "/actors"}
"""Where the pages of rows are, beside those that edit them."""


class TableAsked(BaseModel):
    """Which rows of a table are listed, and from which on."""

    holds: Words = None
    start: int = Field(default=0, ge=0)
    form: AnswerForm = AnswerForm.PAGE


class RowAsked(BaseModel):
    """What is shown with a row: which other one a merge would join to it, and what was just done."""

    goes: Words = None
    saved: bool = False
    same: str = ""
    waits: bool = False


class SeenRow(NamedTuple):
    """A row of a table with what its form carries."""

    text: "commands.RowText"
    table: str


@router.get("/tables")
def tables(request: Request, held: HeldCase) -> Response:
    """The tables of the case whose rows are edited one by one, with how many rows each has."""
    whole(held, _WHAT)
    counts = [(name, commands.table_rows(held.served.case, name).height) for name in commands.EDITABLE]
    return page(request, "tables.html", counts=counts, added=commands.ADDED)


@router.get("/tables/{name}")
def one_table(request: Request, held: HeldCase, name: str, asked: Annotated[TableAsked, Query()]) -> Response:
    """The rows of a table as they are written, each with a link to where it is edited."""
    whole(held, _WHAT)
    rows = commands.table_rows(held.served.case, name, holding=asked.holds)
    if asked.form is AnswerForm.CSV:
        return table(rows, name)
    return page(
        request,
        "table.html",
        name=name,
        rows=rows.slice(asked.start, _SHOWN).to_dicts(),
        of=rows.height,
        shown=_SHOWN,
        asked=asked,
        may_add=name in commands.ADDED,
    )


@router.get("/tables/{name}/add")
def add(request: Request, held: HeldCase, name: str) -> Response:
    """A form for another row; what the address gives stands in it."""
    return adding(request, held, name)


@router.post("/tables/{name}/add")
def added(request: Request, held: HeldCase, name: str, typed: TypedForm) -> Response:
    """Adds a row, and leads to it."""
    posting(request, typed.token, Role.ANALYST)
    whole(held, _WHAT)
    columns = commands.columns_of_table(held.ledger(), name)
    cells = typed.cells(columns)
    return tried(
        lambda: commands.add_row(held.served.case, name, cells=cells),
        done=_added_at,
        again=lambda error: _again_added(request, held, name, typed, error),
    )


@router.get("/rows/{name}")
def row(request: Request, held: HeldCase, name: str, asked: Annotated[RowAsked, Query()]) -> Response:
    """A row as it is written: where it stands, what it holds, who changed it, and forms to change it."""
    whole(held, _WHAT)
    found = commands.history_of(held.served.case, name)
    columns = _editable(held, _table(found.row.file))
    return _row_page(request, held, found, filled(columns, found.row.cells, None, held), asked)


@router.post("/rows/{name}")
def changed(request: Request, held: HeldCase, name: str, typed: TypedForm) -> Response:
    """Corrects, renames, retracts or merges a row, as the form says."""
    posting(request, typed.token, Role.ANALYST)
    whole(held, _WHAT)
    case = held.served.case
    match typed.texts.get("verb", ""):
        case "edit":
            return _corrected(request, held, name, typed)
        case "rename":
            new = typed.texts.get("new", "").strip()
            return _done_or_told(
                request, held, name, lambda: commands.rename(case, name, new=new, seen=typed.seen), new
            )
        case "retract":
            words = {key: typed.texts.get(key, "").strip() for key in ("why", "known", "source")}
            return _done_or_told(
                request,
                held,
                name,
                lambda: commands.retract(
                    case,
                    name,
                    why=words["why"],
                    known=words["known"],
                    source=words["source"],
                    seen=typed.seen,
                ),
                name,
            )
        case "merge":
            goes, seen = typed.texts.get("goes", ""), (typed.seen, typed.texts.get("seen_goes", ""))
            return _done_or_told(
                request, held, name, lambda: commands.merge(case, name, goes=goes, seen=seen), name
            )
        case verb:
            raise UsageError(f"a row is edited, renamed, retracted or merged; found {verb!r}.")


def adding(request: Request, held: Held, name: str) -> Response:
    """Returns the form for a row of a table, with what the address gives of it."""
    whole(held, _WHAT)
    columns = commands.columns_of_table(held.ledger(), name)
    usual = {column.name: column.usual for column in columns}
    given = {key: text for key, text in request.query_params.items() if key in usual}
    form = filled(columns, {**usual, **given}, None, held)
    return page(request, "add.html", name=name, form=form)


def _corrected(request: Request, held: Held, name: str, typed: Typed) -> Response:
    columns = _editable(held, typed.texts.get("table", ""))
    changes = typed.changes(columns)
    case = held.served.case
    return tried(
        lambda: commands.edit(case, name, changes=changes, was={}, seen=typed.seen),
        done=lambda result: f"{_row_at(result.name)}?saved=true",
        again=lambda error: _again(request, held, name, typed, error),
    )


def _again(request: Request, held: Held, name: str, typed: Typed, error: VedetteError) -> Response:
    """The form of a row again: beside what stands now, where somebody changed it meanwhile."""
    name_of_table = typed.texts.get("table", "")
    columns = _editable(held, name_of_table)
    if isinstance(error, commands.RowChanged):
        now = error.now
        if now is not None and _table(now.file) != name_of_table:
            now = None
        lines = conflict_of(columns, typed, now.cells if now else {})
        there = SeenRow(now, name_of_table) if now else None
        return _conflict(request, held, there, lines, error, name, table=name_of_table)
    found = commands.history_of(held.served.case, name)
    form = filled(columns, typed.texts, error, held)
    seen = commands.RowText(found.row.name, found.row.file, found.row.number, typed.was())
    asked = RowAsked()
    return _row_page(request, held, commands.RowHistory(seen, found.changes), form, asked, status_of(error))


def _conflict(
    request: Request,
    held: Held,
    now: SeenRow | None,
    lines: tuple[ConflictLine, ...],
    error: VedetteError,
    name: str,
    *,
    table: str,
    read: bool = True,
) -> Response:
    """The page that shows what was read, what stands and what was typed side by side."""
    return page(
        request,
        "conflict.html",
        status=409,
        now=now,
        lines=lines,
        wrong=lines_of(error, held),
        name=name,
        read=read,
        table=table,
        may_add=table in commands.ADDED,
    )


def _again_added(request: Request, held: Held, name: str, typed: Typed, error: VedetteError) -> Response:
    """The form of a new row again: beside the row that has its id, where another was faster."""
    columns = commands.columns_of_table(held.last(), name)
    there = _standing(held, name, typed.texts.get("id", "").strip())
    if there is not None:
        lines = conflict_of(columns, typed, there.cells)
        return _conflict(
            request, held, SeenRow(there, name), lines, error, there.name, table=name, read=False
        )
    form = filled(columns, typed.texts, error, held)
    return page(request, "add.html", status=status_of(error), name=name, form=form)


def _standing(held: Held, name: str, key: str) -> "commands.RowText | None":
    """The row of a table that has an id; None where there is none."""
    try:
        found = commands.row_of(held.served.case, key)
    except UsageError:
        return None
    return found if _table(found.file) == name else None


def _done_or_told(
    request: Request, held: Held, name: str, command: Callable[[], object], leads_to: str
) -> Response:
    """Runs a change of a whole row; what stands in its way is told above the row as it is now."""
    return tried(
        command,
        done=lambda _: f"{_row_at(leads_to)}?saved=true",
        again=lambda error: _told(request, held, name, error),
    )


def _told(request: Request, held: Held, name: str, error: VedetteError) -> Response:
    """The row as it is now, with what stood in the way of a change; the message alone where it is gone."""
    try:
        found = commands.history_of(held.served.case, name)
    except UsageError:
        raise error from None
    columns = _editable(held, _table(found.row.file))
    form = filled(columns, found.row.cells, None, held)
    told = FilledForm(form.fields, tuple(lines_of(error, held)))
    return _row_page(request, held, found, told, RowAsked(), status_of(error))


def _row_page(
    request: Request,
    held: Held,
    found: "commands.RowHistory",
    form: FilledForm,
    asked: RowAsked,
    status: int = 200,
) -> Response:
    """The page of a row, with what a merge would do where one is asked about."""
    name = _table(found.row.file)
    merged: commands.Merged | None = None
    goes: commands.RowText | None = None
    told = form
    if asked.goes and name in commands.MERGED:
        try:
            merged = commands.preview_merge(held.served.case, found.row.name, goes=asked.goes)
            goes = commands.row_of(held.served.case, asked.goes)
        except VedetteError as error:
            told, status = FilledForm(form.fields, tuple(lines_of(error, held))), status_of(error)
    return page(
        request,
        "row.html",
        status=status,
        found=found,
        form=told,
        table=name,
        merged=merged,
        goes=goes,
        asked=asked,
        may_merge=name in commands.MERGED,
        has_id="id" in found.row.cells,
        at=_page_of(held, name, found.row.name),
        claim=_claim(held, name, found.row.name),
        retracted=found.row.name in held.last().case.retractions["claim"],
    )


def _added_at(row: "commands.AddedRow") -> str:
    about = {"saved": "true", "same": ",".join(row.repeats), "waits": "true" if row.waits_for else ""}
    words = urlencode({key: text for key, text in about.items() if text})
    if "id" not in row.row:
        return f"/tables/{_table(row.file)}?{words}"
    return f"{_row_at(row.name)}?{words}"


def _claim(held: Held, name: str, key: str) -> "Mapping[str, object] | None":
    """What a row of claims says, where the ledger has it; None for other rows."""
    ledger = held.last()
    known = name == "claims" and key in [*ledger.claims["id"], *ledger.retracted["id"]]
    return commands.claim(ledger, key) if known else None


def _editable(held: Held, name: str) -> "tuple[commands.TableColumn, ...]":
    """The columns of a table but for the id, which a rename changes."""
    columns = commands.columns_of_table(held.last(), name)
    return tuple(column for column in columns if column.name != "id")


def _page_of(held: Held, name: str, key: str) -> str:
    """The address of the page that shows what a row comes to; empty where there is none."""
    unused = name == "sources" and key not in held.last().claims["source"]
    return "" if name not in _PAGES or unused else f"{_PAGES[name]}/{quote(key)}"


def _row_at(name: str) -> str:
    """The address of a row."""
    return f"/rows/{quote(name)}"


def _table(file: str) -> str:
    return file.removesuffix(".csv")

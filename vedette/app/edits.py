"""Changes a case from a form: what was typed is kept, nothing is overwritten, and whoever posts is logged.

A page that changes something does so in one function for each form::

    @router.post("/actors/add")
    def added(request: Request, held: HeldCase, typed: TypedForm) -> Response:
        posting(request, typed.token, Role.ANALYST)  # whose name the log of the case has from here on
        columns = commands.columns_of_table(held.ledger(), "actors")
        return tried(
            lambda: commands.add_actor(held.served.case, typed.cells(columns)),
            done=lambda row: f"/actors/{row.name}",
            again=lambda error: page(
                request, "add.html", status=..., form=filled(columns, typed.texts, error, held)
            ),
        )

``tried`` runs the command: where it is done the browser is led on (303), where a user can mend what is wrong
the form comes again with what was typed and the message beside it. In the template ``show.fields(form)``
draws the fields with labels, hints and messages, ``show.token()`` what every form posts along.

A form that changes what stands carries ``seen``, the mark of the row as its reader saw it
(``commands.row_of(case, name).mark``), and ``was.COLUMN``, its cells (``{{ show.seen(row) }}``). The command
gets the mark and raises `commands.RowChanged` where the row is another by now; ``again`` shows
``conflict.html`` with `conflict_of`: what was read, what stands now and what was typed, side by side.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.mistakes import read_by
from vedette.app.served import Held
from vedette.errors import Problem, UsageError, VedetteError

LONGEST = 20_000
"""Characters in a field at most."""

_WAS = "was."
_Done = TypeVar("_Done")


@dataclass(frozen=True)
class Typed:
    """What a form posted: its texts and its files by the names of its fields."""

    texts: Mapping[str, str]
    files: Mapping[str, UploadFile]

    @property
    def token(self) -> str:
        """Returns the token of the form, for `posting`."""
        return self.texts.get("form_token", "")

    @property
    def seen(self) -> str:
        """Returns the mark of the row as the reader saw it."""
        return self.texts.get("seen", "")

    def cells(self, columns: Iterable["commands.TableColumn"]) -> dict[str, str]:
        """Returns what was typed, by column."""
        return {each.name: self.texts[each.name] for each in columns if each.name in self.texts}

    def was(self) -> dict[str, str]:
        """Returns the cells of the row as its reader saw it."""
        return {name.removeprefix(_WAS): text for name, text in self.texts.items() if name.startswith(_WAS)}

    def changes(self, columns: Iterable["commands.TableColumn"]) -> dict[str, str]:
        """Returns the cells that were typed otherwise than they were read."""
        was = self.was()
        return {
            name: cell
            for name, cell in self.cells(columns).items()
            if " ".join(cell.split()) != " ".join(was.get(name, "").split())
        }


@dataclass(frozen=True)
class FormField:
    """A field of a form: its column, what stands in it, and what is wrong with that."""

    column: "commands.TableColumn"
    text: str
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class FilledForm:
    """The fields of a form, and what is wrong with it beside them."""

    fields: tuple[FormField, ...]
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConflictLine:
    """One column of a row that two people changed."""

    name: str
    read: str
    now: str
    yours: str

    @property
    def differs(self) -> bool:
        """Whether the three are not all the same."""
        return len({self.read, self.now, self.yours}) > 1


def filled(
    columns: Iterable["commands.TableColumn"],
    texts: Mapping[str, str],
    error: VedetteError | None,
    held: Held,
) -> FilledForm:
    """Returns a form with what was typed, and what is wrong beside the fields that it is about."""
    columns = tuple(columns)
    names = {column.name for column in columns}
    problems = [each for each in (error.problems if error else ()) if each.column in names]
    others = [each for each in (error.problems if error else ()) if each.column not in names]
    fields = tuple(
        FormField(
            column,
            texts.get(column.name, ""),
            tuple(read_by(_beside(each), held) for each in problems if each.column == column.name),
        )
        for column in columns
    )
    if error is None:
        return FilledForm(fields)
    first, *_ = str(error).split("\n")
    return FilledForm(fields, tuple(read_by(line, held) for line in (first, *map(str, others))))


def conflict_of(
    columns: Iterable["commands.TableColumn"], typed: Typed, now: Mapping[str, str]
) -> tuple[ConflictLine, ...]:
    """Returns a row as it was read, as it stands, and as it would be with what was typed, by column.

    Of a row that is gone (``now`` is empty) the last is what was read, with what was typed.
    """
    was, changes = typed.was(), typed.changes(columns)
    base = now or was
    return tuple(
        ConflictLine(
            each.name,
            was.get(each.name, ""),
            now.get(each.name, ""),
            changes.get(each.name, base.get(each.name, "")),
        )
        for each in columns
    )


def tried(
    command: Callable[[], _Done],
    *,
    done: Callable[[_Done], str],
    again: Callable[[VedetteError], Response],
) -> Response:
    """Runs a command and leads to an address; what a user can mend makes the page again."""
    try:
        result = command()
    except VedetteError as error:
        return again(error)
    return RedirectResponse(done(result), status_code=303)


def _beside(problem: Problem) -> str:
    """A problem as it stands beside the field that it is about."""
    return f"Expected {problem.expected}; found {problem.found}. {problem.cure}"


async def _typed(request: Request) -> AsyncIterator[Typed]:
    async with request.form() as form:
        texts = {name: value for name, value in form.items() if isinstance(value, str)}
        for name, text in texts.items():
            if len(text) > LONGEST:
                raise UsageError(
                    f"{name.removeprefix(_WAS)}: expected at most {LONGEST:,} characters; "
                    f"found {len(text):,}. Shorten it; nothing was written."
                )
        yield Typed(texts, {name: value for name, value in form.items() if isinstance(value, UploadFile)})


TypedForm = Annotated[Typed, Depends(_typed)]
"""What a form posted, as a parameter of the function that answers it."""

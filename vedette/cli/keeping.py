"""Commands that change and withdraw rows of a case."""

import shlex
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated

import click
import typer
import yaml
from rich.markup import escape

from vedette import commands
from vedette.case.writing.renaming import Followed
from vedette.cli.options import CaseName, Json
from vedette.cli.text import screen
from vedette.errors import CaseError, UsageError
from vedette.plurals import counted

RowName = Annotated[
    str, typer.Argument(metavar="ID", help="Id of the row, or file and number like forces.csv:12.")
]


def edit(
    case: CaseName,
    row: RowName,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="COLUMN=VALUE", help="What to write; may be given again."),
    ] = None,
    was: Annotated[
        list[str] | None,
        typer.Option("--was", metavar="COLUMN=VALUE", help="Only if the cell still holds this; repeatable."),
    ] = None,
    json: Json = False,
) -> None:
    """Change cells of one row of a case; all other rows stay as they are written.

    Without --set the row opens in your editor (VISUAL or EDITOR). A row that somebody else changed meanwhile
    is not changed, and what you wrote is printed. `vedette undo` takes an edit back.

    Example: [bold]vedette edit my-iraq crs-2020-1 --set credibility=2 --set "note=seen in the original"[/]
    """
    if sets:
        done = commands.edit(
            case, row, changes=column_values("--set", sets), was=column_values("--was", was or ())
        )
    elif not _at_terminal():
        raise UsageError("expected what to change; found no --set. Give it: --set COLUMN=VALUE.")
    else:
        done = _in_editor(case, row)
    if json:
        screen.as_json(done.document())
        return
    for column, cell in done.after.items():
        screen.say(f"{done.file} {done.name}: {column} {done.before[column] or 'empty'} -> {cell or 'empty'}")
    if not done.after:
        screen.say(f"{done.file} {done.name}: nothing to change.")


def rename(
    case: CaseName,
    row: Annotated[str, typer.Argument(metavar="ID", help="Id of the row.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id that it gets, like islamic-state.")],
    json: Json = False,
) -> None:
    """Give a row another id; everything that names it follows.

    Tables, proposals and the keys `source` and `claims` of YAML files follow; other lines that name it are
    listed.

    Example: [bold]vedette rename my-iraq badr badr-organization[/]
    """
    done = commands.rename(case, row, new=new)
    if json:
        screen.as_json(done.document())
        return
    screen.say(f"{done.old} is {done.new} now{_followed(done.followed)}.")
    _mentioned(done.old, done.followed)


def merge(
    case: CaseName,
    stays: Annotated[str, typer.Argument(metavar="STAYS", help="Id of the row that stays.")],
    goes: Annotated[str, typer.Argument(metavar="GOES", help="Id of the row that goes into it.")],
    json: Json = False,
) -> None:
    """Join two rows for one actor, site or source; names become aliases, claims follow.

    Two actors of different kinds or codes are refused, and so are two that a claim sets apart. Empty cells
    are filled from the row that goes; where both are filled the row that stays keeps its own.

    Example: [bold]vedette merge my-iraq islamic-state isis[/]
    """
    done = commands.merge(case, stays, goes=goes)
    if json:
        screen.as_json(done.document())
        return
    screen.say(f"{done.gone} went into {done.stays}{_followed(done.merging.followed)}.")
    for column, cell in done.merging.filled.items():
        screen.say(f"  {column}: {cell}")
    for column, (own, other) in done.merging.kept.items():
        screen.say(f"  {column}: kept {own}; gone: {other}")
    if done.merging.retracted:
        screen.say(f"  retracted, as they said that the two are one: {', '.join(done.merging.retracted)}")
    for status in done.merging.dropped:
        screen.say(
            f"  forces.csv: {done.stays} has a row of its own for {status}; that of {done.gone} is gone"
        )
    _mentioned(done.gone, done.merging.followed)


def retract(
    case: CaseName,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of the claim.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, in a few words.")],
    known: Annotated[
        str, typer.Option("--known", metavar="DAY", help="When it became known; today if left out.")
    ] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="ID", help="The source that withdraws it, if one does.")
    ] = "",
    json: Json = False,
) -> None:
    """Withdraw a claim: from a day on it counts for nothing, and the case says why.

    The claim stays in claims.csv; a row of retractions.csv withdraws it. As of earlier days it still counts.

    Example: [bold]vedette retract my-iraq crs-2020-1 --why "The report was withdrawn" --known 2021-02[/]
    """
    done = commands.retract(case, claim, why=why, known=known, source=source)
    if json:
        screen.as_json(done.document())
        return
    screen.say(f"Retracted {done.claim}: it counts for nothing from {done.known} on.")
    if done.remark:
        screen.warn([done.remark])
    if done.resting:
        still = counted(len(done.resting), "row still rests", "rows still rest")
        screen.warn([f"{still} on it: {', '.join(done.resting)}. Look at each: retract or edit it."])


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _followed(followed: Followed) -> str:
    listed = ", ".join(
        f"{counted(count, 'row' if file.endswith('.csv') else 'place')} of {file}"
        for file, count in followed.cells.items()
    )
    return f"; followed: {listed}" if listed else ""


def _mentioned(name: str, followed: Followed) -> None:
    if followed.mentions:
        screen.warn([f"{name} is still named in {'; '.join(followed.mentions)}. Change these by hand."])


def column_values(option: str, words: Sequence[str]) -> dict[str, str]:
    """Returns the value by column of texts like ``note=seen``."""
    cells = {}
    for text in words:
        name, sign, cell = text.partition("=")
        if not sign or not name.strip():
            raise UsageError(
                f"{option}: expected COLUMN=VALUE; found {text!r}. Write the name of a column first."
            )
        cells[name.strip()] = cell
    return cells


def _in_editor(case: str, name: str) -> commands.EditedRow:
    """Opens a row in the user's editor until it can be written or is left as it is."""
    row = commands.row_of(case, name)
    cells = dict(row.cells)
    while True:
        wanted = _edited(cells)
        columns = dict.fromkeys([*row.cells, *wanted])
        whole = {key: (row.cells.get(key, ""), wanted.get(key, "")) for key in columns}
        changes = {key: after for key, (before, after) in whole.items() if before != after}
        try:
            return commands.edit(case, name, changes=changes, was=row.cells)
        except (CaseError, UsageError) as error:
            screen.out.print(f"[bold red]Not written:[/] {escape(str(error))}")
        typed = " ".join(shlex.quote(f"--set={key}={cell}") for key, cell in changes.items())
        if not typer.confirm("Open it again?", default=True):
            raise UsageError(f"{name} was not changed. What you wrote: vedette edit {case} {name} {typed}")
        row = commands.row_of(case, name)
        cells = {**row.cells, **changes}


def _edited(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells as the user left them in the editor, one a line as YAML."""
    before = yaml.safe_dump(dict(cells), allow_unicode=True, sort_keys=False, width=10_000)
    after = click.edit(before, extension=".yaml") or before
    try:
        read = yaml.load(after, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise UsageError(f"what was written cannot be read, one `column: value` a line: {error}") from error
    if not isinstance(read, dict) or not all(isinstance(cell, str) for cell in read.values()):
        raise UsageError("expected one `column: value` a line; found something else. Nothing was changed.")
    return {str(key): cell.strip() for key, cell in read.items()}

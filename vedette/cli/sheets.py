"""Commands about spreadsheets: a workbook of the case, and sheets taken in."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.keeping import column_values
from vedette.cli.options import CaseName, Json
from vedette.cli.text import screen
from vedette.commands import SheetChoice
from vedette.errors import UsageError
from vedette.evidence.sheets.mapping import Unknown
from vedette.plurals import counted


@dataclass(frozen=True)
class SheetOptions:
    """What the sheet is."""

    table: Annotated[
        str, typer.Option("--table", metavar="NAME", help="The table that it fills, like claims.")
    ] = ""
    sheet: Annotated[str, typer.Option("--sheet", metavar="NAME", help="Which sheet of the workbook.")] = ""
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="What a column is; nothing after = leaves it out; repeatable.",
        ),
    ] = None
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="What every row gets, like hedge=reported; repeatable."
        ),
    ] = None

    def choice(self) -> SheetChoice:
        """Returns the options as commands take them."""
        columns, cells = column_values("--map", self.maps or ()), column_values("--set", self.sets or ())
        return SheetChoice(self.table, self.sheet, columns, cells)


def workbook(
    case: CaseName,
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The .xlsx file to write.")],
    json: Json = False,
) -> None:
    """Write the tables of a case as an Excel workbook with drop-down lists, to be read back.

    It holds the whole case, what is protected included. Edit it, then take your changes in with
    `vedette import sheet`.

    Example: [bold]vedette export workbook my-iraq my-iraq.xlsx[/]
    """
    done = commands.export_workbook(case, out)
    if json:
        screen.as_json(done.document())
        return
    screen.say(
        f"Wrote {done.out}: {counted(sum(done.rows.values()), 'row')} in {counted(len(done.rows), 'sheet')}."
    )
    if done.protected:
        held = counted(done.protected, "protected row")
        cure = "To hand the case on, write an edition: vedette export case"
        screen.warn([f"{held} in it. Keep it where the case is. {cure}"])


@grouped
def sheet(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The .xlsx or .csv file to read.")],
    into: Annotated[str, typer.Option("--into", metavar="CASE", help="The case folder to add to.")],
    options: SheetOptions,
    yes: Annotated[bool, typer.Option("--yes", help="Take the changes without asking.")] = False,
    json: Json = False,
) -> None:
    """Take rows of a spreadsheet into a case; the changes are shown before they are taken.

    A workbook of `vedette export workbook` is recognised. Of any other sheet, columns whose names say
    nothing are asked once and kept in the case. Merged cells, hidden columns and rows, formulas and second
    header rows are refused.

    Example: [bold]vedette import sheet ties.xlsx --into my-iraq --table claims --map Donor=subject --yes[/]
    """
    ask = _ask if _at_terminal() and not json else None
    plan = commands.read_sheets(into, file, choice=options.choice(), ask=ask)
    if json:
        done = yes and not plan.empty
        if done:
            commands.take_sheets(into, plan)
        screen.as_json({"written": done, **plan.document()})
        return
    for line in commands.lines_of_plan(plan):
        screen.say(line)
    if plan.empty:
        screen.say("Nothing to take: the case has all of it.")
        return
    if not (yes or _agreed()):
        raise UsageError("nothing was written. To take these changes, say --yes.")
    commands.take_sheets(into, plan)
    screen.say("Taken. vedette undo takes them back.")


def _ask(unknown: Unknown) -> str:
    example = f", as in {unknown.example!r}" if unknown.example else ""
    screen.say(
        f"Column {unknown.column!r} of {unknown.sheet}{example}: which of {', '.join(unknown.choices)}?"
    )
    return str(typer.prompt("Its name (Enter leaves it out)", default="", show_default=False)).strip()


def _agreed() -> bool:
    return _at_terminal() and typer.confirm("Take these changes?")


def _at_terminal() -> bool:
    return sys.stdin.isatty()

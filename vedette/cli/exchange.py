"""Commands that take the ledger out to other programs and bring in what they wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import CaseName, EditionName, Json, LedgerChoice, LedgerDay, Printing, Quiet
from vedette.cli.sheets import sheet, workbook
from vedette.cli.text import screen
from vedette.evidence.exchange import LeftOut

export = typer.Typer(help="Write a case or its ties for other programs.", no_args_is_help=True)
bring = typer.Typer(help="Add to a case what other programs wrote.", no_args_is_help=True)

Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")]
Folder = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The folder to make.")]
Least = Annotated[
    float, typer.Option("--least", min=0, max=1, help="Only ties believed at least so far, from 0 to 1.")
]
Into = Annotated[str, typer.Option("--into", metavar="CASE", help="The case folder to add to.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")]


@dataclass(frozen=True)
class TieChoice:
    """Which ties are written."""

    at: LedgerDay = None
    least: Least = 0.0


@export.command("followthemoney")
@grouped
def followthemoney_(
    case: CaseName, out: Out, ties: TieChoice, choice: LedgerChoice, printing: Printing
) -> None:
    """Write actors, sources and claims as entities of FollowTheMoney, one JSON object a line.

    Example: [bold]vedette export followthemoney iraq --out iraq.ftm.json[/]
    """
    _write("followthemoney", case, out=out, ties=ties, choice=choice, printing=printing)


@export.command()
@grouped
def graphml(case: CaseName, out: Out, ties: TieChoice, choice: LedgerChoice, printing: Printing) -> None:
    """Write ties as a graph that Gephi, yEd and networkx read.

    Example: [bold]vedette export graphml iraq --at 2019-12-31 --least 0.5 --out iraq.graphml[/]
    """
    _write("graphml", case, out=out, ties=ties, choice=choice, printing=printing)


@export.command()
@grouped
def csv(case: CaseName, out: Out, ties: TieChoice, choice: LedgerChoice, printing: Printing) -> None:
    """Write ties as a flat table, one row for each stretch in which a tie is believed equally far.

    Example: [bold]vedette export csv iraq --out ties.csv[/]
    """
    _write("csv", case, out=out, ties=ties, choice=choice, printing=printing)


@export.command()
@grouped
def geojson(case: CaseName, out: Out, ties: TieChoice, choice: LedgerChoice, printing: Printing) -> None:
    """Write sites and places with the ties that name them.

    Example: [bold]vedette export geojson iraq --at 2019-12-31 --out sites.geojson[/]
    """
    _write("geojson", case, out=out, ties=ties, choice=choice, printing=printing)


@export.command("case")
def case_(case: CaseName, out: Folder, edition: EditionName = None, quiet: Quiet = False) -> None:
    """Write an edition of a case as a case folder that holds nothing else.

    Example: [bold]vedette export case iraq --edition public --out iraq-public[/]
    """
    screen.say(f"Wrote {commands.export_case(case, out, edition=edition)}", quiet=quiet)


@export.command("frictionless")
def frictionless_(case: CaseName, out: Folder, edition: EditionName = None, quiet: Quiet = False) -> None:
    """Write an edition of a case as a Tabular Data Package: a case folder with datapackage.json.

    Example: [bold]vedette export frictionless iraq --out iraq-package[/]
    """
    screen.say(f"Wrote {commands.export_case(case, out, edition=edition, package=True)}", quiet=quiet)


@bring.command("followthemoney")
def bring_followthemoney(
    file: File,
    into: Into,
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="The source of links that name none.")
    ] = None,
    json: Json = False,
) -> None:
    """Add the actors, sources and links of a FollowTheMoney file to a case folder.

    Example: [bold]vedette import followthemoney sanctions.ftm.json --into my-iraq --source opensanctions[/]
    """
    _print_import(commands.bring_in(into, file, form="followthemoney", source=source), json=json)


@bring.command("frictionless")
def bring_frictionless(file: File, into: Into, json: Json = False) -> None:
    """Add the resources actors, sources and claims of a Tabular Data Package to a case folder.

    Example: [bold]vedette import frictionless datapackage.json --into my-iraq[/]
    """
    _print_import(commands.bring_in(into, file, form="frictionless"), json=json)


export.command()(workbook)
bring.command()(sheet)


def _write(
    form: str, case: str, *, out: Path, ties: TieChoice, choice: LedgerChoice, printing: Printing
) -> None:
    result = commands.export_ledger(choice.read(case), form, out=out, at=ties.at, least=ties.least)
    if printing.json:
        screen.as_json(result.document())
        return
    screen.say(f"Wrote {out} (edition {result.edition})", quiet=printing.quiet)
    _print_left_out(result.left_out, quiet=printing.quiet)


def _print_import(result: commands.ImportResult, *, json: bool) -> None:
    if json:
        screen.as_json(result.document())
        return
    found = result.proposed
    for name in ("actors", "sources", "claims"):
        rows = getattr(found, name)
        listed = ", ".join(row["id"] for row in rows[:8]) + (", ..." if len(rows) > 8 else "")
        screen.say(f"Added {len(rows):,} {name}" + (f": {listed}" if listed else ""))
    screen.say(f"{found.known:,} known already")
    for title, lines in (("Taken for actors of the case:", found.matched), ("Look at:", found.doubtful)):
        if lines:
            screen.say(title)
        for text in lines:
            screen.say(f"  {text}")
    _print_left_out(found.left_out, quiet=False)


def _print_left_out(left_out: Sequence[LeftOut], *, quiet: bool) -> None:
    if left_out and not quiet:
        screen.say("Not carried:")
        for each in left_out:
            screen.say(f"  {each.count:>6,}  {each.kind}: {each.why}")

"""Commands that take the ledger out to other programs and bring in what they wrote."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import CaseName, EditionName, Json, LedgerChoice, LedgerDay, Printing, Quiet
from vedette.cli.sheets import sheet, workbook
from vedette.cli.text import screen
from vedette.errors import UsageError
from vedette.evidence.exchange import EntityMatch, LeftOut
from vedette.plurals import counted

export = typer.Typer(help="Write a case or its ties for other programs.", no_args_is_help=True)
bring = typer.Typer(help="Add to a case what other programs wrote.", no_args_is_help=True)

Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")]
Folder = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The folder to make.")]
Least = Annotated[
    float | None,
    typer.Option(
        "--least", min=0, max=1, help="Only ties believed at least so far; `least` of the case if left out."
    ),
]
Into = Annotated[str, typer.Option("--into", metavar="CASE", help="The case folder to add to.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")]


@dataclass(frozen=True)
class TieChoice:
    """Which ties are written."""

    at: LedgerDay = None
    least: Least = None


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
    """Write ties as a flat table, one row for each stretch in which a tie is believed far enough.

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
def case_(
    case: CaseName, out: Folder, edition: EditionName = None, json: Json = False, quiet: Quiet = False
) -> None:
    """Write an edition of a case as a case folder that another can open, and nothing more.

    Example: [bold]vedette export case iraq --edition public --out iraq-public[/]
    """
    _print_case(commands.export_case(case, out, edition=edition), json=json, quiet=quiet)


@export.command("frictionless")
def frictionless_(
    case: CaseName, out: Folder, edition: EditionName = None, json: Json = False, quiet: Quiet = False
) -> None:
    """Write an edition of a case as a Tabular Data Package: a case folder with datapackage.json.

    Example: [bold]vedette export frictionless iraq --out iraq-package[/]
    """
    _print_case(commands.export_case(case, out, edition=edition, package=True), json=json, quiet=quiet)


@dataclass(frozen=True)
class MatchOptions:
    """Who is who."""

    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="The source of what names none.")
    ] = None
    unlike: Annotated[
        list[str] | None,
        typer.Option("--no", metavar="ENTITY", help="This entity is no actor of the case; repeatable."),
    ] = None
    yes: Annotated[
        bool, typer.Option("--yes", help="Take all listed entities for these actors, without asking.")
    ] = False


@bring.command("followthemoney")
@grouped
def bring_followthemoney(file: File, into: Into, options: MatchOptions, json: Json = False) -> None:
    """Add the actors, sources and links of a FollowTheMoney file to a case folder.

    Every entity that is taken for an actor of the case is listed first, for a yes or no.

    Example: [bold]vedette import followthemoney sanctions.ftm.json --into my-iraq --source opensanctions[/]
    """
    _bring(file, into, "followthemoney", options=options, json=json)


@bring.command()
@grouped
def sfm(file: File, into: Into, options: MatchOptions, json: Json = False) -> None:
    """Add a table of Security Force Monitor to a case folder: units, parents, personnel, incidents.

    Units and persons become actors, parents and postings claims of command and membership, incidents entries
    of the timeline. Every unit or person that is taken for an actor of the case is listed first.

    Example: [bold]vedette import sfm parentage_iq.csv --into my-iraq --source sfm-2024[/]
    """
    _bring(file, into, "sfm", options=options, json=json)


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


def _print_case(result: commands.ExportedCase, *, json: bool, quiet: bool) -> None:
    if json:
        screen.as_json(result.document())
        return
    files = counted(len(result.files), "file")
    screen.say(f"Wrote {result.folder} (edition {result.edition}, {files})", quiet=quiet)


def _bring(file: Path, into: str, form: str, *, options: MatchOptions, json: bool) -> None:
    """Imports a file once the user has said who is who."""
    unlike = list(options.unlike or ())
    found = commands.preview(into, file, form=form, source=options.source, unlike=unlike).proposed
    if found.matched and not found.empty and not options.yes:
        unlike += _refused(found.matched)
    result = commands.bring_in(into, file, form=form, source=options.source, unlike=unlike)
    _print_import(result, json=json)


def _refused(matched: Sequence[EntityMatch]) -> list[str]:
    """The entities that the user says are no actors of the case."""
    screen.err.print("Taken for actors of the case:")
    for match in matched:
        screen.err.print(f"  {escape(str(match))}")
    if not sys.stdin.isatty():
        cure = "If all are right, say --yes; for each that is not: --no ENTITY."
        raise UsageError(f"nothing was written: who is who needs a yes. {cure}")
    if typer.confirm("Are all of them right?"):
        return []
    return [match.entity for match in matched if not typer.confirm(f"{match}?")]


def _print_import(result: commands.ImportResult, *, json: bool) -> None:
    if json:
        screen.as_json(result.document())
        return
    found = result.proposed
    if found.empty:
        screen.say(f"Nothing to add: the case has all {found.known:,} of it that can be carried.")
        _print_left_out(found.left_out, quiet=False)
        return
    for name in ("actors", "sources", "claims", "sites", "timeline"):
        rows = getattr(found, name)
        if name in ("sites", "timeline"):
            if rows:
                screen.say(f"Added {counted(len(rows), 'row')} to {name}.csv")
            continue
        listed = ", ".join(row["id"] for row in rows[:8]) + (", ..." if len(rows) > 8 else "")
        screen.say(f"Added {counted(len(rows), name.removesuffix('s'))}" + (f": {listed}" if listed else ""))
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

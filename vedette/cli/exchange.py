"""Commands that take the ledger out to other programs and bring in what they wrote."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import AsOf, CaseName, EditionName, Json, LedgerDay, Quiet, Without
from vedette.cli.text import screen
from vedette.evidence.exchange import LeftOut, Proposed

export = typer.Typer(help="Write a case or its ties for other programs.", no_args_is_help=True)
bring = typer.Typer(help="Add to a case what other programs wrote.", no_args_is_help=True)

Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")]
Folder = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The folder to make.")]
Least = Annotated[
    float, typer.Option("--least", min=0, max=1, help="Only ties believed at least so far, from 0 to 1.")
]
Into = Annotated[str, typer.Option("--into", metavar="CASE", help="The case folder to add to.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")]


@export.command("followthemoney")
def followthemoney_(
    case: CaseName,
    out: Out,
    at: LedgerDay = None,
    least: Least = 0.0,
    as_of: AsOf = None,
    edition: EditionName = None,
    without: Without = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write actors, sources and claims as entities of FollowTheMoney, one JSON object a line.

    Example: [bold]vedette export followthemoney iraq --out iraq.ftm.json[/]
    """
    _write("followthemoney", case, out, at, least, as_of, edition, without, json=json, quiet=quiet)


@export.command()
def graphml(
    case: CaseName,
    out: Out,
    at: LedgerDay = None,
    least: Least = 0.0,
    as_of: AsOf = None,
    edition: EditionName = None,
    without: Without = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write ties as a graph that Gephi, yEd and networkx read.

    Example: [bold]vedette export graphml iraq --at 2019-12-31 --least 0.5 --out iraq.graphml[/]
    """
    _write("graphml", case, out, at, least, as_of, edition, without, json=json, quiet=quiet)


@export.command()
def csv(
    case: CaseName,
    out: Out,
    at: LedgerDay = None,
    least: Least = 0.0,
    as_of: AsOf = None,
    edition: EditionName = None,
    without: Without = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write ties as a flat table, one row for each stretch in which a tie is believed equally far.

    Example: [bold]vedette export csv iraq --out ties.csv[/]
    """
    _write("csv", case, out, at, least, as_of, edition, without, json=json, quiet=quiet)


@export.command()
def geojson(
    case: CaseName,
    out: Out,
    at: LedgerDay = None,
    least: Least = 0.0,
    as_of: AsOf = None,
    edition: EditionName = None,
    without: Without = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write sites and places with the ties that name them.

    Example: [bold]vedette export geojson iraq --at 2019-12-31 --out sites.geojson[/]
    """
    _write("geojson", case, out, at, least, as_of, edition, without, json=json, quiet=quiet)


@export.command("case")
def case_(case: CaseName, out: Folder, edition: EditionName = None, quiet: Quiet = False) -> None:
    """Write an edition of a case as a case folder that holds nothing else.

    Example: [bold]vedette export case iraq --edition public --out iraq-public[/]
    """
    screen.say(f"Wrote {commands.export_case(case, edition, out)}", quiet=quiet)


@export.command("frictionless")
def frictionless_(case: CaseName, out: Folder, edition: EditionName = None, quiet: Quiet = False) -> None:
    """Write an edition of a case as a Tabular Data Package: a case folder with datapackage.json.

    Example: [bold]vedette export frictionless iraq --out iraq-package[/]
    """
    screen.say(f"Wrote {commands.export_case(case, edition, out, package=True)}", quiet=quiet)


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
    _tell(commands.bring_in("followthemoney", file, into, source), json=json)


@bring.command("frictionless")
def bring_frictionless(file: File, into: Into, json: Json = False) -> None:
    """Add the resources actors, sources and claims of a Tabular Data Package to a case folder.

    Example: [bold]vedette import frictionless datapackage.json --into my-iraq[/]
    """
    _tell(commands.bring_in("frictionless", file, into), json=json)


def _write(
    form: str,
    case: str,
    out: Path,
    at: date | None,
    least: float,
    as_of: date | None,
    edition: str | None,
    without: list[str] | None,
    *,
    json: bool,
    quiet: bool,
) -> None:
    ledger = commands.ledger_of(case, as_of, edition=edition, without=without or ())
    beside, left_out = commands.export_ledger(ledger, form, out, at, least)
    if json:
        told = {"wrote": [str(out), str(beside)], "edition": ledger.case.edition}
        screen.as_json({**told, "left_out": [asdict(each) for each in left_out]})
        return
    screen.say(f"Wrote {out} (edition {ledger.case.edition})", quiet=quiet)
    _tell_left_out(left_out, quiet=quiet)


def _tell(found: Proposed, *, json: bool) -> None:
    if json:
        screen.as_json(asdict(found))
        return
    for name in ("actors", "sources", "claims"):
        rows = getattr(found, name)
        listed = ", ".join(row["id"] for row in rows[:8]) + (", ..." if len(rows) > 8 else "")
        screen.say(f"Added {len(rows):,} {name}" + (f": {listed}" if listed else ""))
    screen.say(f"{found.known:,} known already")
    _tell_left_out(found.left_out, quiet=False)


def _tell_left_out(left_out: Sequence[LeftOut], *, quiet: bool) -> None:
    if left_out and not quiet:
        screen.say("Not carried:")
        for each in left_out:
            screen.say(f"  {each.count:>6,}  {each.kind}: {each.why}")

"""Commands about event files: load, summary, aggregate, fetch."""

from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli import screen
from vedette.cli.options import CaseName, Files, Json, Quiet

events = typer.Typer(help="Event files: load, look at, add up, fetch.", no_args_is_help=True)


@events.command()
def load(
    case: CaseName,
    files: Files,
    release: Annotated[
        str | None, typer.Option(help="Release of the data set, like 19.1, if the file does not say.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check event files and load them into the case. The format is found by the columns.

    Example: [bold]vedette events load iraq conflict_data_irq.csv[/]
    """
    with screen.progress(quiet=quiet or json) as report:
        loaded = commands.load(case, files, release, report)
    _show(loaded, json=json, quiet=quiet)


@events.command()
def summary(case: CaseName, json: Json = False) -> None:
    """Show what event files are loaded, and the province names that do not resolve.

    Example: [bold]vedette events summary iraq[/]
    """


@events.command()
def aggregate(
    case: CaseName,
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; the case's observed.csv if left out.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Add the loaded events up into observed.csv, which may be shared.

    Example: [bold]vedette events aggregate iraq[/]
    """
    screen.say(f"Wrote {commands.aggregate(case, out)}", quiet=quiet)


@events.command()
def fetch(
    case: CaseName,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a download in case.yaml, like ucdp.")],
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Download event files from the address in the case, then load them. This is the only command that uses the network.

    Example: [bold]vedette events fetch iraq ucdp[/]
    """
    with screen.progress(quiet=quiet or json) as report:
        loaded = commands.fetch(case, name, report)
    _show(loaded, json=json, quiet=quiet)

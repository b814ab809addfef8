"""Commands about event files: load, summary, aggregate, fetch."""

from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import CaseName, Files, Json, Quiet
from vedette.cli.text import screen
from vedette.events import DateOrder
from vedette.plurals import counted

events = typer.Typer(help="Event files: load, look at, add up, fetch.", no_args_is_help=True)


@events.command()
def load(
    case: CaseName,
    files: Files,
    release: Annotated[
        str | None, typer.Option(help="Release of the files, like 19.1; found out if left out.")
    ] = None,
    dates: Annotated[
        DateOrder | None, typer.Option(help="Order of day and month, if the files leave it open.")
    ] = None,
    dataset: Annotated[
        str | None, typer.Option(help="Data set of the files, if their columns leave it open.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check event files and load them into the case. The format is found by the columns.

    Example: [bold]vedette events load iraq conflict_data_irq.csv[/]
    """
    with screen.progress(quiet=quiet or json) as report:
        result = commands.load(case, files, release=release, dates=dates, dataset=dataset, report=report)
    _print(result, json=json, quiet=quiet)


@events.command()
def summary(case: CaseName, json: Json = False) -> None:
    """Show what event files are loaded, and the province names that do not resolve.

    Example: [bold]vedette events summary iraq[/]
    """
    result = commands.summary(case)
    if json:
        screen.as_json(result.document())
    elif result.table.is_empty():
        screen.say(f"{case} has no event files. Load them with: vedette events load {case} FILE")
    else:
        screen.records(result.table)


@events.command()
def aggregate(
    case: CaseName,
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; the case's observed.csv if left out.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Add the loaded events up into observed.csv, which may be shared.

    Example: [bold]vedette events aggregate my-iraq[/]
    """
    screen.say(f"Wrote {commands.aggregate(case, out)}", quiet=quiet)


@events.command()
def fetch(
    case: CaseName,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a download in case.yaml, like ucdp.")],
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Download event files from the address in the case, then load them.

    No other command uses the network.

    Example: [bold]vedette events fetch iraq ucdp[/]
    """
    with screen.progress(quiet=quiet or json) as report:
        result = commands.fetch(case, name, report=report)
    _print(result, json=json, quiet=quiet)


def _print(result: commands.LoadResult, *, json: bool, quiet: bool) -> None:
    if json:
        screen.as_json(result.document())
        return
    if result.fetched:
        download = result.fetched
        screen.say(
            f"Fetched {download.name}: {download.bytes:,} bytes, sha256 {download.sha256}", quiet=quiet
        )
    loaded = result.loaded
    for file in loaded.files:
        screen.warn([str(note) for note in file.notes], quiet=quiet)
        known = "there already, nothing changed" if file.known else counted(file.events, "event")
        screen.say(
            f"{file.name}: {file.dataset} {file.release} ({file.layout}), {known}, "
            f"{file.first} to {file.last}, deaths {file.best:,} ({file.low:,} to {file.high:,})",
            quiet=quiet,
        )
    for change in loaded.changes:
        screen.say(
            f"{change.dataset}: {change.new:,} new, {change.revised:,} revised, "
            f"{change.withdrawn:,} withdrawn, {change.unchanged:,} unchanged",
            quiet=quiet,
        )
        if change.withdrawn > change.revised + change.unchanged:
            screen.warn(
                [
                    f"{change.dataset}: most of what was known is gone. If the file is only a part of its "
                    "release, remove it from the events folder of the case."
                ],
                quiet=quiet,
            )

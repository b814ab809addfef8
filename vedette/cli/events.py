"""Commands about event files: load, summary, aggregate, fetch."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import CaseName, Csv, Files, Json, Quiet, Yes
from vedette.cli.text import screen
from vedette.cli.values import day
from vedette.events import Agree, DateOrder, LoweredMonth, LowersDeaths
from vedette.plurals import counted
from vedette.progress import Report

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
    covers: Annotated[
        list[str] | None,
        typer.Option(metavar="DAYS", help="Days that the files cover, like 2016-01..2018-12; repeatable."),
    ] = None,
    published: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DAY", help="Day on which the release of the files came out."),
    ] = None,
    yes: Yes = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check event files and load them into the case. The format is found by the columns.

    FILE may be the name of a file that is loaded already, to say more about it.

    Example: [bold]vedette events load iraq conflict_data_irq.csv[/]
    """

    def loading(agree: Agree, report: Report) -> commands.LoadResult:
        return commands.load(
            case,
            files,
            release=release,
            dates=dates,
            covers=covers or (),
            published=published,
            agree=agree,
            report=report,
        )

    _print(case, _agreed(loading, yes=yes, json=json, quiet=quiet), json=json, quiet=quiet)


@events.command()
def summary(case: CaseName, json: Json = False, csv: Csv = None) -> None:
    """Show what event files are loaded, and the province names that do not resolve.

    Example: [bold]vedette events summary iraq[/]
    """
    result = commands.summary(case)
    screen.keep(result.table, csv, quiet=json)
    if json:
        screen.as_json(result.document())
    elif result.table.is_empty():
        screen.say(f"{case} has no event files. Load them with: vedette events load {case} FILE")
    else:
        screen.records(result.read())


@events.command()
def aliases(
    case: CaseName,
    write: Annotated[
        bool, typer.Option("--write", help="Write those that a point confirms into case.yaml.")
    ] = False,
    json: Json = False,
    csv: Csv = None,
) -> None:
    """List names of places that no area of the case has, with the aliases to add.

    Example: [bold]vedette events aliases my-mali --write[/]
    """
    result = commands.aliases(case, write=write)
    screen.keep(result.table, csv, quiet=json)
    if json:
        screen.as_json(result.document())
        return
    if result.table.is_empty():
        screen.say("Every name of a place in the event files is that of an area, or there are none.")
        return
    screen.table(result.table, "names that no area has")
    if result.written:
        names = counted(sum(map(len, result.written.values())), "alias", "aliases")
        screen.say(f"Wrote {names} into case.yaml; take back with: vedette undo {case}")
    elif result.lines:
        screen.say("aliases:\n" + "\n".join(result.lines))
        words = "Most precise points of each of these names lie in the area. To write them: "
        screen.say(f"{words}vedette events aliases {case} --write")
    else:
        screen.say(
            "No point confirms any of them. Where one is another name of an area, add it under `aliases` in "
            "case.yaml; otherwise leave it: its events count for the country."
        )


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
    yes: Yes = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Download event files from the address in the case, then load them.

    No other command uses the network.

    Example: [bold]vedette events fetch iraq ucdp[/]
    """

    def fetching(agree: Agree, report: Report) -> commands.LoadResult:
        return commands.fetch(case, name, agree=agree, report=report)

    _print(case, _agreed(fetching, yes=yes, json=json, quiet=quiet), json=json, quiet=quiet)


def _agreed(
    load: Callable[[Agree, Report], commands.LoadResult], *, yes: bool, json: bool, quiet: bool
) -> commands.LoadResult:
    """Loads; where months would have fewer deaths, only if the user agrees."""
    try:
        with screen.progress(quiet=quiet or json) as report:
            return load(_always if yes else _never, report)
    except LowersDeaths as refused:
        if json:
            screen.as_json({"loaded": False, "lowered": [asdict(month) for month in refused.months]})
        if json or not sys.stdin.isatty():
            raise
        screen.warn([refused.change])
        if not typer.confirm("Load all the same?"):
            raise
    with screen.progress(quiet=quiet or json) as report:
        return load(_always, report)


def _always(months: Sequence[LoweredMonth]) -> bool:
    return True


def _never(months: Sequence[LoweredMonth]) -> bool:
    return False


def _print(case: str, result: commands.LoadResult, *, json: bool, quiet: bool) -> None:
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
        guessed = ", release guessed" if file.guessed else ""
        known = "there already, nothing changed" if file.known else counted(file.events, "event")
        screen.say(
            f"{file.name}: {file.dataset} {file.release}{guessed} ({file.layout}), {known}, "
            f"{file.first} to {file.last}, deaths {file.best:,} ({file.low:,} to {file.high:,}); "
            f"covers {', '.join(file.covers) or 'no day of the country'}",
            quiet=quiet,
        )
    for words in (*result.counting_words(), *result.placed_words()):
        screen.say(words, quiet=quiet)
    screen.warn(result.remarks(case), quiet=quiet)
    for change in loaded.changes:
        screen.say(
            f"{change.dataset}: {change.new:,} new, {change.revised:,} revised, "
            f"{change.withdrawn:,} withdrawn, {change.unchanged:,} unchanged",
            quiet=quiet,
        )

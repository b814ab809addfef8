"""The commands that hold scenarios against the months since: signs, track."""

from dataclasses import dataclass
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import AsOf, CaseName, Csv, Draws, Json, Quiet, Seed, TablePrinting, WholeOrEdition
from vedette.cli.text import screen, tracking

Start = Annotated[
    str | None,
    typer.Option(
        "--start", metavar="MONTH", help="The first month, like 2018-10; that of the mechanism if left out."
    ),
]
End = Annotated[
    str | None,
    typer.Option("--end", metavar="MONTH", help="The last month; the last that is known if left out."),
]
Following = Annotated[
    str | None,
    typer.Option(
        "--scenario", metavar="NAME", help="The levers where there is no record; the base if left out."
    ),
]


def signs(
    case: CaseName,
    as_of: AsOf = None,
    edition: WholeOrEdition = None,
    draws: Draws = commands.SIGN_DRAWS,
    seed: Seed = commands.SEED,
    json: Json = False,
    csv: Csv = None,
    quiet: Quiet = False,
) -> None:
    """Show the early signs: who measures each, its value, fired or not, and how often falsely.

    Example: [bold]vedette signs iraq[/]
    """
    with screen.progress(quiet=quiet or json) as report:
        result = commands.signs(case, as_of=as_of, edition=edition, draws=draws, seed=seed, report=report)
    screen.keep(result.table(), csv, quiet=quiet or json)
    if json:
        screen.as_json(result.document())
    else:
        tracking.print_signs(result, quiet=quiet)


@dataclass(frozen=True)
class TrackedMonths:
    """Which months are tracked, of which scenario, and what is known of them."""

    as_of: AsOf = None
    edition: WholeOrEdition = None
    start: Start = None
    end: End = None
    scenario: Following = None
    draws: Draws = commands.TRACK_DRAWS
    seed: Seed = commands.SEED


@grouped
def track(case: CaseName, tracked: TrackedMonths, printing: TablePrinting) -> None:
    """Say which scenario is on course by its levers, and which branch the months counted since speak for.

    Example: [bold]vedette track iraq --start 2011-06 --end 2013-12[/]
    """
    with screen.progress(quiet=printing.quiet or printing.json) as report:
        result = commands.track(case, **vars(tracked), report=report)
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
    else:
        tracking.print_track(result)
        screen.age(result.age, quiet=printing.quiet)

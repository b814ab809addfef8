"""The command that says what changed."""

from datetime import date
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import CaseName, Csv, EditionName, Json, Quiet, Seed
from vedette.cli.text import screen
from vedette.cli.text.changed import print_changes
from vedette.cli.values import day

From = Annotated[
    date | None,
    typer.Option(
        "--from", metavar="DAY", parser=day, help="The first day; that of the last issued brief if left out."
    ),
]
To = Annotated[
    date | None,
    typer.Option("--to", metavar="DAY", parser=day, help="The last day; the as-of of the case if left out."),
]


def changes(
    case: CaseName,
    first: From = None,
    last: To = None,
    edition: EditionName = None,
    seed: Seed = commands.SEED,
    json: Json = False,
    csv: Csv = None,
    quiet: Quiet = False,
) -> None:
    """Say what changed since the last issued brief, or between two days: deaths, data, claims, signs.

    Example: [bold]vedette changes iraq --from 2014-05-31 --to 2014-06-30[/]
    """
    with screen.remarks(quiet=quiet or json), screen.progress(quiet=quiet or json) as report:
        result = commands.changes(case, first=first, last=last, edition=edition, seed=seed, report=report)
    screen.keep(result.table(), csv, quiet=quiet or json)
    if json:
        screen.as_json(result.document())
        return
    print_changes(result, quiet=quiet)
    screen.age(result.age, quiet=quiet)

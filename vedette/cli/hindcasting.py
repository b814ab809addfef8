"""The command that runs a mechanism from past days."""

from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import CaseName, Csv, Json, Quiet, Seed, WholeOrEdition
from vedette.cli.text import screen

Held = Annotated[
    bool, typer.Option("--held", help="Run the starts that nobody fitted too; do not tune on them.")
]
Everything = Annotated[
    bool, typer.Option("--all", help="Every outcome that something was counted for, not the main ones alone.")
]
Starts = Annotated[
    list[str] | None,
    typer.Option("--start", metavar="MONTH", help="Only this start of mechanisms.yaml; may be repeated."),
]


def hindcast(
    case: CaseName,
    held: Held = False,
    start: Starts = None,
    everything: Everything = False,
    edition: WholeOrEdition = None,
    seed: Seed = commands.SEED,
    json: Json = False,
    csv: Csv = None,
    quiet: Quiet = False,
) -> None:
    """Run the mechanism of a case from past days, and hold it against what came and the forecast alone.

    Example: [bold]vedette hindcast iraq[/]
    """
    with screen.progress(quiet=quiet or json) as report:
        result = commands.hindcast(
            case, starts=start or (), held=held, edition=edition, seed=seed, report=report
        )
    screen.keep(result.table(), csv, quiet=quiet or json)
    if json:
        screen.as_json(result.document())
        return
    told = commands.hindcast_told(result, everything=everything)
    for part in told.parts:
        screen.say(f"{part.title}:\n")
        for name, rows in part.tables:
            screen.say(name)
            screen.table(rows)
            screen.say("")
        screen.say(f"{part.verdict}\n")
    for line in told.asked:
        screen.say(line)
    if not told.weights.is_empty():
        screen.say("\nWeights that branches earned on the fitted starts, shrunk to what they had before:")
        screen.table(told.weights)
    screen.say(f"\n{told.legend}")
    for line in told.grounds:
        screen.say(line)
    screen.age(result.age, quiet=quiet)

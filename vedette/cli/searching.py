"""The command that searches for robust choices."""

from dataclasses import dataclass
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import AsOf, CaseName, Draws, Seed, TablePrinting
from vedette.cli.text import screen
from vedette.cli.text.front import print_front


@dataclass(frozen=True)
class Searched:
    """What is searched, and how long."""

    outcome: Annotated[
        list[str] | None,
        typer.Option(
            "--outcome", metavar="NAME", help="An outcome to do well in; those with a threshold if left out."
        ),
    ] = None
    budget: Annotated[int, typer.Option(help="How many options are evaluated.", min=1)] = commands.BUDGET
    as_of: AsOf = None
    draws: Draws = commands.SEARCH_DRAWS
    seed: Seed = commands.SEED


@grouped
def search(
    case: CaseName,
    who: Annotated[
        str, typer.Option("--who", metavar="ACTOR", help="The decision-maker whose levers are searched.")
    ],
    searched: Searched,
    printing: TablePrinting,
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCENARIO]...",
            help="Scenarios that say how far levers may go and what everybody else may do; those that the "
            "case compares if left out.",
        ),
    ] = None,
) -> None:
    """Search the levers and rules of one decision-maker for choices that no other beats throughout.

    Example: [bold]vedette search iraq --who united-states --outcome is-deaths --outcome hosted-attacks[/]
    """
    with screen.progress(quiet=printing.quiet or printing.json) as report:
        result = commands.search(
            case,
            who,
            scenarios=scenarios or (),
            outcomes=searched.outcome or (),
            as_of=searched.as_of,
            budget=searched.budget,
            draws=searched.draws,
            seed=searched.seed,
            report=report,
        )
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
    else:
        print_front(result)

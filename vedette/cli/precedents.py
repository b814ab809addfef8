"""The command that asks what happened elsewhere when foreign troops left."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import AsOf, Seed, TablePrinting
from vedette.cli.text import screen
from vedette.cli.text.precedents import print_all_doubts, print_answer, print_departures

Case = Annotated[
    str | None,
    typer.Argument(
        metavar="CASE", help="Use what was known at the as-of of this case; all that UCDP codes if left out."
    ),
]
LikeOption = Annotated[
    str | None,
    typer.Option(
        "--like",
        metavar="WORDS",
        help='Who leaves whom, like "United States leaves Iraq"; a year may follow.',
    ),
]


@dataclass(frozen=True)
class PrecedentOptions:
    """Which precedents are used, and how far after they are followed."""

    years: Annotated[int, typer.Option(min=1, max=5, help="How many years after are looked at.")] = 3
    others: Annotated[
        Literal["any", "gone", "stayed"],
        typer.Option(help="Departures after which nobody's troops were left (gone), or some (stayed)."),
    ] = "any"
    role: Annotated[
        Literal["main", "co-backer", "contributor"] | None,
        typer.Option(help="The role of who leaves, if it is not as coded."),
    ] = None
    exclude: Annotated[
        Path | None,
        typer.Option(
            "--exclude",
            metavar="FILE",
            help="A table (.csv) of codings to leave out or take in, each with its reason.",
        ),
    ] = None
    as_of: AsOf = None
    draws: Annotated[int, typer.Option(min=2, help="How often unknown deaths are drawn.")] = (
        commands.PRECEDENT_DRAWS
    )
    seed: Seed = commands.SEED


@grouped
def precedents(
    case: Case = None,
    like: LikeOption = None,
    *,
    used: PrecedentOptions,
    printing: TablePrinting,
    doubts: Annotated[bool, typer.Option("--doubts", help="List every doubtful coding instead.")] = False,
) -> None:
    """Show what became of violence and the government where foreign troops left, against where they stayed.

    Example: [bold]vedette precedents iraq --like "United States leaves Iraq"[/]
    """
    result = commands.precedents(case, like, **vars(used))
    screen.keep(result.table(doubts=doubts), printing.csv, quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
    elif doubts:
        print_all_doubts(result)
    elif result.answer:
        print_answer(result, quiet=printing.quiet)
    else:
        print_departures(result, quiet=printing.quiet)

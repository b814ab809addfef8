"""The commands about who is tied to whom."""

from dataclasses import dataclass
from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.case.schema.relations import TIES, RelationKind
from vedette.cli.grouping import grouped
from vedette.cli.options import At, CaseName, LedgerChoice, Seed, TablePrinting
from vedette.cli.text import screen
from vedette.evidence import Ledger

AMOUNTS = ("total",)
WIDEST = 9
"""Columns of a table that a terminal still holds; a wider one is told row by row."""

Show = Annotated[
    str, typer.Option("--show", metavar="VIEW", help=f"What to show: {', '.join(commands.VIEWS)}.")
]
Kinds = Annotated[
    list[RelationKind] | None, typer.Option("--kind", help="Only ties of this kind; may be given again.")
]
Least = Annotated[
    float, typer.Option("--least", min=0, max=1, help="How far a tie must be believed to be shown.")
]


@grouped
def network(
    case: CaseName,
    choice: LedgerChoice,
    printing: TablePrinting,
    at: At = None,
    show: Show = "ties",
    kind: Kinds = None,
    least: Least = 0.5,
) -> None:
    """Show who backs, commands, pays and fights whom on a day, and what the ties add up to.

    Example: [bold]vedette network iraq --at 2020-06-30 --show hybrids[/]
    """
    result = commands.network(choice.read(case), show, at=at, kinds=kind or TIES, least=least)
    screen.keep(result.table, printing.csv, quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
        return
    if result.table.is_empty():
        nothing = f"The ledger of {case} holds nothing of the kind on {result.at}."
        screen.say(nothing, quiet=printing.quiet)
    else:
        _print_network(result)
    screen.age(result.age, quiet=printing.quiet)


def _print_network(result: commands.NetworkResult) -> None:
    title = f"{result.view.capitalize()}, {result.at} ({result.ledger.case.edition} edition)"
    shown = _named(result.table, result.ledger)
    if len(shown.columns) <= WIDEST:
        screen.table(shown, title)
    else:
        screen.say(title)
        screen.records(shown)


@dataclass(frozen=True)
class YearRange:
    """The years of the index, and how it is drawn."""

    first: Annotated[int, typer.Option("--from", help="The first year.")] = 2003
    last: Annotated[int | None, typer.Option("--to", help="The last year; that of the day if left out.")] = (
        None
    )
    at: At = None
    draws: Annotated[int, typer.Option(min=100, help="How many draws of strength and command.")] = (
        commands.MONOPOLY_DRAWS
    )
    seed: Seed = commands.SEED


@grouped
def monopoly(
    case: CaseName,
    years: YearRange,
    choice: LedgerChoice,
    printing: TablePrinting,
    drivers: Annotated[
        bool, typer.Option("--drivers", help="List what would change the index most.")
    ] = False,
) -> None:
    """Estimate how much of all armed strength the state commands, by year and on a day, with 90 % intervals.

    Example: [bold]vedette monopoly iraq --at 2020-06-30 --drivers[/]
    """
    result = commands.monopoly_index(choice.read(case), **vars(years))
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
        return
    title = "State monopoly on arms, end of each year, with 90 % interval"
    screen.table(result.years.drop("missing"), title)
    if result.index is not None:
        _print_day(result, drivers=drivers, quiet=printing.quiet)
    screen.age(result.age, quiet=printing.quiet)


def _print_day(result: commands.MonopolyResult, *, drivers: bool, quiet: bool) -> None:
    index, ledger = result.index, result.ledger
    assert index is not None
    low, middle, high = index.quantiles()
    screen.table(_named(result.forces, ledger), f"Forces on {result.at}")
    share = f"{middle:.0%} of armed strength ({low:.0%} to {high:.0%})"
    screen.say(f"On {result.at} the state commands {share}.", quiet=quiet)
    if index.missing:
        names = ", ".join(ledger.actors.name(force) for force in index.missing)
        screen.say(f"Not counted, for want of a headcount within eight years: {names}.", quiet=quiet)
    if drivers:
        title = "What would change it most (middle of the index)"
        screen.table(_named(result.drivers.head(12), ledger), title)


def _named(table: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """The table with names in place of ids."""
    names = {key: name.removeprefix("Government of ") for key, name in ledger.names.items()}
    people = ("subject", "object", "backer", "provider", "recipient", "force", "lost", "turned_to")
    others = ("actor", "towards", "other", "by", "host", "mission", "lead")
    lists = [name for name, kind in table.schema.items() if isinstance(kind, pl.List)]
    return table.with_columns(
        *(pl.col(c).replace(names) for c in (*people, *others) if c in table.columns),
        *(pl.col(c).list.len() for c in lists),
        *(pl.col(c).round(2) for c, kind in table.schema.items() if kind.is_float() and c not in AMOUNTS),
        *(pl.col(c).str.replace_all(";", ", ") for c in ("kinds", "alone") if c in table.columns),
    )

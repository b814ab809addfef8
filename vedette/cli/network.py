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
from vedette.cli.text.arms import day_in_words
from vedette.cli.text.network import print_network, short_names
from vedette.evidence import Ledger
from vedette.network import Monopoly

Show = Annotated[
    str, typer.Option("--show", metavar="VIEW", help=f"What to show: {', '.join(commands.VIEWS)}.")
]
Kinds = Annotated[
    list[RelationKind] | None, typer.Option("--kind", help="Only ties of this kind; may be given again.")
]
Least = Annotated[
    float | None,
    typer.Option(
        "--least",
        min=0,
        max=1,
        help="How far a tie must be believed to be shown; `least` of the case if left out.",
    ),
]


@grouped
def network(
    case: CaseName,
    choice: LedgerChoice,
    printing: TablePrinting,
    at: At = None,
    show: Show = "ties",
    kind: Kinds = None,
    least: Least = None,
) -> None:
    """Show who backs, commands, pays and fights whom on a day, and what the ties add up to.

    Example: [bold]vedette network iraq --at 2020-06-30 --show hybrids[/]
    """
    result = commands.network(choice.read(case), show, at=at, kinds=kind or TIES, least=least)
    screen.keep(result.table, printing.csv, quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
        return
    if not printing.quiet:
        print_network(result)
        screen.say(result.left_out_said, quiet=not result.left_out_said)
    screen.age(result.age, quiet=printing.quiet)


@dataclass(frozen=True)
class YearRange:
    """The years of the index, and how it is drawn."""

    first: Annotated[int, typer.Option("--from", help="The first year.")] = 2003
    last: Annotated[int | None, typer.Option("--to", help="The last year; that of the day if left out.")] = (
        None
    )
    at: At = None
    draws: Annotated[int, typer.Option(min=100, help="How many draws of strength.")] = commands.MONOPOLY_DRAWS
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
    """Estimate how much of all armed strength the state alone commands, by year and on a day, or say why not.

    Example: [bold]vedette monopoly iraq --at 2020-06-30 --drivers[/]
    """
    result = commands.monopoly_index(choice.read(case), **vars(years))
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
        return
    _print_years(result.years, quiet=printing.quiet)
    if result.index is not None:
        _print_day(result, result.index, drivers=drivers, quiet=printing.quiet)
    screen.age(result.age, quiet=printing.quiet)


_YEARS_TITLE = "Share of armed strength that the state alone commands, end of each year"
_YEARS_LEGEND = (
    "counted: a headcount within a year of the day. carried: headcounts further off, up to 8 years. "
    "assumed: no headcount, so 0 to a stated most. Compare years over the same forces only: those in the "
    "last column."
)


def _print_years(years: pl.DataFrame, *, quiet: bool) -> None:
    """Prints the index of the years in which it is printed, and why it is not in the others."""
    printed = years.filter(pl.col("withheld") == "").select(
        pl.col("at").dt.strftime("%Y").alias("year"),
        *(_percents(name) for name in ("low", "middle", "high")),
        _percents("assumed_width").alias("of it assumed"),
        *(_percents(name) for name in ("hybrid", "non-state")),
        *("coverage", "comparable"),
    )
    if not printed.is_empty():
        screen.table(printed, _YEARS_TITLE)
        screen.say(_YEARS_LEGEND, quiet=quiet)
    for row in years.filter(pl.col("withheld") != "").iter_rows(named=True):
        screen.say(f"{row['at'].year}: withheld, since {row['withheld']}.", quiet=quiet)


def _percents(column: str) -> pl.Expr:
    """A column of shares as text: 53%."""
    whole = (100 * pl.col(column)).round(0).cast(pl.Int64)
    return pl.concat_str(whole, pl.lit("%")).alias(column)


def _print_day(result: commands.MonopolyResult, index: Monopoly, *, drivers: bool, quiet: bool) -> None:
    screen.table(_named(result.forces, result.ledger), f"Main forces on {result.at}")
    for line in day_in_words(index, result.ledger.names):
        screen.say(line, quiet=quiet)
    if drivers:
        title = "What would change it most (middle of the index)"
        screen.table(_named(result.drivers.head(12), result.ledger), title)


def _named(table: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """The table with names in place of ids."""
    return table.with_columns(
        pl.col("force").replace(short_names(ledger)),
        *(pl.col(c).round(2) for c, kind in table.schema.items() if kind.is_float()),
    )

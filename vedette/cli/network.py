"""The commands about who is tied to whom."""

from datetime import date
from typing import Annotated

import numpy as np
import polars as pl
import typer

from vedette import commands
from vedette.case.schema.relations import TIES, RelationKind
from vedette.cli.options import AsOf, At, CaseName, EditionName, Json, Quiet, Seed, Without
from vedette.cli.text import screen
from vedette.errors import DataError
from vedette.evidence import Ledger
from vedette.network import Monopoly
from vedette.network.arms_monopoly import LEVELS
from vedette.network.headcounts import Floats

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


def network(
    case: CaseName,
    at: At = None,
    show: Show = "ties",
    kind: Kinds = None,
    least: Least = 0.5,
    as_of: AsOf = None,
    edition: EditionName = None,
    without: Without = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show who backs, commands, pays and fights whom on a day, and what the ties add up to.

    Example: [bold]vedette network iraq --at 2020-06-30 --show hybrids[/]
    """
    ledger = commands.ledger_of(case, as_of, edition=edition, without=without or ())
    day = at or ledger.as_of or date.today()
    table = commands.network(ledger, show, day, kind or TIES, least)
    if json:
        screen.as_json({**_heading(ledger, day), show: _plain(table)})
        return
    if table.is_empty():
        screen.say(f"The ledger of {case} holds nothing of the kind on {day}.", quiet=quiet)
        return
    title = f"{show.capitalize()}, {day} ({ledger.case.edition} edition)"
    shown = _named(table, ledger)
    if len(shown.columns) <= WIDEST:
        screen.table(shown, title, wrap=True)
    else:
        screen.say(title)
        screen.records(shown)


def monopoly(
    case: CaseName,
    start: Annotated[int, typer.Option("--from", help="The first year.")] = 2003,
    end: Annotated[
        int | None, typer.Option("--to", help="The last year; that of the as-of if left out.")
    ] = None,
    at: At = None,
    drivers: Annotated[bool, typer.Option("--drivers", help="What would change the index most.")] = False,
    draws: Annotated[int, typer.Option(min=100, help="How many draws of strength and command.")] = 4000,
    seed: Seed = commands.SEED,
    as_of: AsOf = None,
    edition: EditionName = None,
    without: Without = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Estimate how much of all armed strength the state commands, by year and on a day, with 90 % intervals.

    Example: [bold]vedette monopoly iraq --at 2020-06-30 --drivers[/]
    """
    ledger = commands.ledger_of(case, as_of, edition=edition, without=without or ())
    day = at or ledger.as_of or date.today()
    index = commands.monopoly_index(ledger, range(start, (end or day.year) + 1), day, draws, seed)
    if index.day is None and not index.years["forces"].sum():
        raise DataError(
            f"{case}: no force has a headcount within reach of {day}. Add claims of strength, and forces.csv."
        )
    forces = _forces(index.day)
    if json:
        parts = {"years": _plain(index.years), "forces": _plain(forces), "drivers": _plain(index.drivers)}
        screen.as_json({**_heading(ledger, day), **parts})
        return
    screen.table(index.years.drop("missing"), "State monopoly on arms, end of each year, with 90 % interval")
    if index.day is not None:
        low, middle, high = index.day.quantiles()
        screen.table(_named(forces, ledger), f"Forces on {day}", wrap=True)
        told = f"On {day} the state commands {middle:.0%} of armed strength ({low:.0%} to {high:.0%})."
        screen.say(told, quiet=quiet)
        if index.day.missing:
            names = ", ".join(ledger.actors.name(force) for force in index.day.missing)
            screen.say(f"Not counted, for want of a headcount within eight years: {names}.", quiet=quiet)
        if drivers:
            screen.table(
                _named(index.drivers.head(12), ledger), "What would change it most (middle of the index)"
            )


def _forces(index: Monopoly | None) -> pl.DataFrame:
    if index is None:
        return pl.DataFrame()
    rows = [
        {
            "force": part.force,
            "status": part.status,
            **dict(zip(("low", "middle", "high"), _spread(part.strength), strict=True)),
            "state_command": part.command,
            "claims": len(part.claims),
            "years_off": round(part.years, 1),
        }
        for part in index.parts
    ]
    return pl.DataFrame(rows).sort("middle", descending=True)


def _spread(strength: Floats) -> list[int]:
    return [int(value) for value in np.quantile(strength, LEVELS)]


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


def _heading(ledger: Ledger, day: date) -> dict[str, str]:
    return {"case": ledger.case.id, "edition": ledger.case.edition, "at": day.isoformat()}


def _plain(table: pl.DataFrame) -> list[dict[str, object]]:
    return table.to_dicts()

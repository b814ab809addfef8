"""The commands that ask what if."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import AsOf, CaseName, Csv, Json, Quiet, Seed, TablePrinting, WholeOrEdition
from vedette.cli.text import drivers, screen
from vedette.cli.text.choosing import print_choosing, print_rules
from vedette.cli.text.compared import print_all, print_screen
from vedette.cli.values import periods_ahead
from vedette.periods import Ahead

Scenarios = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SCENARIO...",
        help="Scenarios; the first is compared with. Join two with + to combine them. Those that the case "
        "compares if left out.",
    ),
]
Outcomes = Annotated[
    list[str] | None, typer.Option("--outcome", metavar="NAME", help="Only this outcome; may be repeated.")
]

Months = Annotated[
    Ahead | None,
    typer.Option(
        "--months",
        metavar="RANGE",
        parser=periods_ahead,
        help="Months from the start of the mechanism, like 13..24; all if left out.",
    ),
]


class Cut(StrEnum):
    """What the answers are cut by."""

    PERIOD = "period"
    PLACE = "place"


@dataclass(frozen=True)
class Compared:
    """What is compared."""

    outcome: Outcomes = None
    by: Annotated[
        Cut | None, typer.Option("--by", help="Show each year, or each place, beside the whole.")
    ] = None
    months: Months = None
    as_of: AsOf = None
    edition: WholeOrEdition = None
    draws: Annotated[
        int | None,
        typer.Option(
            min=2,
            help="How many futures to draw; if left out, as many as the digits of the headline need, from "
            f"{commands.ENSEMBLE_DRAWS:,} to {commands.MOST_DRAWS:,}.",
        ),
    ] = None
    seed: Seed = commands.SEED


@dataclass(frozen=True)
class DriverOptions:
    """What drives the answer."""

    everything: Annotated[
        bool,
        typer.Option("--all", help="Print every outcome and branch, and what drives them."),
    ] = False
    drivers: Annotated[
        bool,
        typer.Option(
            "--drivers/--no-drivers",
            help="With --all, --json or --out, say what drives the answer.",
        ),
    ] = True
    who: Annotated[
        str | None,
        typer.Option("--who", metavar="ACTOR", help="Say what this decision-maker would regret."),
    ] = None


def mechanisms(
    case: CaseName,
    out: Annotated[
        Path | None, typer.Option("--out", help="Draw the diagram into this .html or .svg file.")
    ] = None,
    as_of: AsOf = None,
    edition: WholeOrEdition = None,
    json: Json = False,
    csv: Csv = None,
    quiet: Quiet = False,
) -> None:
    """List what scenarios rest on, observed, estimated or assumed, and the outcomes that each moves.

    Example: [bold]vedette mechanisms iraq --out mechanisms.html[/]
    """
    result = commands.mechanisms(case, as_of, edition=edition)
    screen.keep(result.table(), csv, quiet=quiet or json)
    if out:
        screen.say(f"Wrote {result.write(out)}", quiet=quiet or json)
    if json:
        screen.as_json(result.document())
        return
    if not quiet:
        screen.records(result.table())
        if authors := result.authors():
            screen.say("\nAnswers of the authors of assumptions that several hold:")
            screen.records(pl.DataFrame(authors))
    screen.say(", ".join(f"{count} {mark}" for mark, count in result.marks().items()))
    screen.say(f"Scenarios: {', '.join(sorted(result.mechanism.scenarios))}")
    screen.age(result.age, quiet=quiet)


@grouped
def compare(
    case: CaseName,
    compared: Compared,
    driven: DriverOptions,
    printing: TablePrinting,
    scenarios: Scenarios = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the answers to this .json, .csv or .parquet file.")
    ] = None,
) -> None:
    """Compare scenarios: a sentence for each, what it rests on, and a table; with --all the rest.

    Example: [bold]vedette compare iraq stay leave-2023 leave-2023+iran-steps-in --outcome is-deaths[/]
    """
    if out:
        commands.check_ending(out)
    everything = driven.everything or printing.json or out is not None
    asked = replace(driven, drivers=driven.drivers and everything)
    result = _compared(case, scenarios or [], compared=compared, driven=asked, printing=printing)
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    screen.unplaced(result.without_place, quiet=printing.quiet)
    if out:
        screen.say(f"Wrote {result.write(out)}", quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
    elif not (printing.quiet and out):
        print_screen(result)
        print_rules(result.comparison)
        if driven.everything or compared.by:
            screen.say("")
            print_all(result.comparison, years=compared.by is Cut.PERIOD)
        if result.drivers and driven.everything:
            drivers.print_drivers(result.comparison, result.drivers)
        if result.choosing:
            print_choosing(result.comparison, result.choosing)
        screen.age(result.age, quiet=printing.quiet)
        more = "vedette mechanisms lists every number that this rests on, each with its author"
        screen.say(more if driven.everything else f"--all shows the rest; {more}", quiet=printing.quiet)


def _compared(
    case: str, scenarios: list[str], *, compared: Compared, driven: DriverOptions, printing: TablePrinting
) -> commands.CompareResult:
    with screen.progress(quiet=printing.quiet or printing.json) as report:
        ensemble = commands.ensemble(
            case,
            scenarios,
            as_of=compared.as_of,
            edition=compared.edition,
            draws=compared.draws,
            seed=compared.seed,
            report=report,
        )
        comparison = commands.compare(
            ensemble,
            compared.outcome or (),
            months=compared.months,
            places=compared.by is Cut.PLACE,
            report=report,
        )
        reasons = commands.what_drives(comparison, report=report) if driven.drivers else None
        choosing = commands.who_regrets(comparison, driven.who, report=report) if driven.who else None
    as_of, edition = compared.as_of, compared.edition
    unplaced = commands.unplaced_deaths(case, as_of, edition=edition) if compared.by is Cut.PLACE else ()
    age = commands.data_age(case, as_of, edition=edition)
    return commands.CompareResult(case, comparison, reasons, choosing, age, without_place=unplaced)

"""The commands that ask what if."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import AsOf, CaseName, Csv, Draws, Json, Quiet, Seed, TablePrinting
from vedette.cli.text import drivers, screen
from vedette.cli.text.choosing import print_choosing
from vedette.cli.text.numbers import over_branches, short
from vedette.cli.values import periods_ahead, share
from vedette.periods import Ahead
from vedette.plurals import counted

Scenarios = Annotated[
    list[str],
    typer.Argument(
        metavar="SCENARIO...", help="Scenarios; the first is compared with. Join two with + to combine them."
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
    draws: Draws = commands.ENSEMBLE_DRAWS
    seed: Seed = commands.SEED


@dataclass(frozen=True)
class DriverOptions:
    """What drives the answer, and what to watch."""

    drivers: Annotated[
        bool, typer.Option("--drivers/--no-drivers", help="Say what drives the answer and what to watch.")
    ] = True
    who: Annotated[
        str | None,
        typer.Option("--who", metavar="ACTOR", help="Say what this decision-maker would regret."),
    ] = None
    false_alarms: Annotated[
        float,
        typer.Option(
            "--false-alarms",
            metavar="SHARE",
            parser=share,
            help="Good futures that may raise an alarm, like 10% or 0.1.",
        ),
    ] = commands.FALSE_ALARMS


def mechanisms(
    case: CaseName,
    out: Annotated[
        Path | None, typer.Option("--out", help="Draw the diagram into this .html or .svg file.")
    ] = None,
    json: Json = False,
    csv: Csv = None,
    quiet: Quiet = False,
) -> None:
    """List what scenarios rest on, observed, estimated or assumed, and the outcomes that each moves.

    Example: [bold]vedette mechanisms iraq --out mechanisms.html[/]
    """
    result = commands.mechanisms(case)
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
    scenarios: Scenarios,
    compared: Compared,
    driven: DriverOptions,
    printing: TablePrinting,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the answers to this .json, .csv or .parquet file.")
    ] = None,
) -> None:
    """Compare scenarios: outcomes as distributions, what changes and why, what drives it, what to watch.

    Example: [bold]vedette compare iraq stay leave-2023 leave-2023+iran-steps-in --outcome is-deaths[/]
    """
    if out:
        commands.check_ending(out)
    result = _compared(case, scenarios, compared=compared, driven=driven, printing=printing)
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    screen.unplaced(result.without_place, quiet=printing.quiet)
    if out:
        screen.say(f"Wrote {result.write(out)}", quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
    elif not (printing.quiet and out):
        _print(result.comparison, compared.by)
        if result.drivers:
            drivers.print_drivers(result.comparison, result.drivers)
        if result.choosing:
            print_choosing(result.comparison, result.choosing)
        screen.age(result.age, quiet=printing.quiet)
        screen.say("\nEvery number rests on assumptions: vedette mechanisms lists them, each with its author")


def _compared(
    case: str, scenarios: list[str], *, compared: Compared, driven: DriverOptions, printing: TablePrinting
) -> commands.CompareResult:
    with screen.progress(quiet=printing.quiet or printing.json) as report:
        ensemble = commands.ensemble(
            case,
            scenarios,
            as_of=compared.as_of,
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
        reasons = (
            commands.what_drives(comparison, driven.false_alarms, report=report) if driven.drivers else None
        )
        choosing = commands.who_regrets(comparison, driven.who, report=report) if driven.who else None
    unplaced = commands.unplaced_deaths(case, compared.as_of) if compared.by is Cut.PLACE else ()
    return commands.CompareResult(
        case, comparison, reasons, choosing, commands.data_age(case, compared.as_of), without_place=unplaced
    )


def _print(comparison: commands.ScenarioComparison, by: Cut | None) -> None:
    ensemble = comparison.ensemble
    first, last = comparison.months.labels()[0], comparison.months.labels()[-1]
    draws = counted(ensemble.draws, "draw")
    screen.say(f"{first} to {last}, {draws}, seed {ensemble.seed}; medians and 90 % intervals")
    screen.say(ensemble.mechanism.moved, quiet=not ensemble.mechanism.moved)
    if ensemble.enumeration:
        screen.say(f"Branches: {ensemble.enumeration}")
    for outcome in comparison.outcomes:
        defined = ensemble.outcomes[outcome]
        better = "less" if defined.good == "down" else "more"
        read = f"{defined.read} of the months, in {defined.unit}; {better} is better"
        screen.say(f"\n{outcome}: {defined.name} ({read})")
        screen.table(_levels(comparison, comparison.levels.filter(outcome=outcome), ["scenario"]))
        if by is Cut.PERIOD:
            screen.table(_levels(comparison, comparison.years.filter(outcome=outcome), ["year", "scenario"]))
        if by is Cut.PLACE and not comparison.places.is_empty():
            screen.table(
                _levels(comparison, comparison.places.filter(outcome=outcome), ["place", "scenario"]),
            )
        if not comparison.differences.is_empty():
            changes = comparison.differences.filter(outcome=outcome)
            screen.table(_changes(comparison, changes), f"against {ensemble.names[0]}")
            screen.table(_shares(changes), "where the spread of that difference comes from")


def _levels(comparison: commands.ScenarioComparison, table: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    rows = []
    for key, part in table.group_by(keys, maintain_order=True):
        row = dict(zip(keys, map(str, key), strict=True)) | _numbers(part)
        chances = [chance for chance in part["chance"] if chance is not None] if "chance" in part else []
        if chances:
            row["chance of " + part["threshold"][0]] = comparison.odds(chances)
        rows.append(row)
    return pl.DataFrame(rows)


def _changes(comparison: commands.ScenarioComparison, table: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"scenario": str(scenario)} | _numbers(part) | {"better": comparison.better(part)}
            for (scenario,), part in table.group_by(["scenario"], maintain_order=True)
        ]
    )


def _shares(table: pl.DataFrame) -> pl.DataFrame:
    rows = []
    for (scenario,), part in table.group_by(["scenario"], maintain_order=True):
        row = {"scenario": str(scenario)}
        for part_of in ("chance", "fit", "assumption"):
            low, high = round(100 * part[f"{part_of}_low"][0]), round(100 * part[f"{part_of}_high"][0])
            row[part_of] = f"{low} %" if low == high else f"{low} to {high} %"
        rows.append(row)
    return pl.DataFrame(rows)


def _numbers(part: pl.DataFrame) -> dict[str, str]:
    low, high = short(min(part["low_90"])), short(max(part["high_90"]))
    return {"median": over_branches(part["median"]), "90 %": f"{low} to {high}"}

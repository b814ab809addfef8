"""The command that says what an intervention changed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import (
    AsOf,
    CaseName,
    Chance,
    EditionName,
    MeasureOption,
    ModelName,
    TablePrinting,
)
from vedette.cli.text import screen
from vedette.cli.text.effect import print_effect
from vedette.errors import UsageError
from vedette.model import Measure

Of = Annotated[
    str | None,
    typer.Option(
        "--of",
        metavar="EVENT|POSTURE",
        help="An id that --list shows, a day of the timeline, or a step of a posture like us-troops@2007-02.",
    ),
]
List = Annotated[bool, typer.Option("--list", help="List the interventions of the case and stop.")]


@dataclass(frozen=True)
class EffectTarget:
    """Where the effect is looked for, and against what."""

    on: Annotated[
        str,
        typer.Option(
            "--on",
            metavar="SERIES",
            help="all, a stratum, a place, a region, STRATUM/PLACE, or figures of claims like revenue.",
        ),
    ] = "all"
    months: Annotated[
        int | None,
        typer.Option(
            "--months", min=1, max=60, help="Periods of the window; the case's horizon if left out."
        ),
    ] = None
    measure: MeasureOption = Measure.DEATHS
    model: ModelName = "pool"
    as_of: AsOf = None
    edition: EditionName = None
    countries: Annotated[
        Path | None,
        typer.Option(
            "--countries",
            metavar="FILE",
            help="Deaths by month and country (columns period, country, deaths), to ask other countries too.",
        ),
    ] = None


@grouped
def effect(
    case: CaseName,
    target: EffectTarget,
    chance: Chance,
    printing: TablePrinting,
    of: Of = None,
    list_: List = False,
) -> None:
    """Say what an intervention changed, against what would have been, and what that cannot rule out.

    Example: [bold]vedette effect iraq --of withdrawal-2011 --on islamic-state --months 24[/]
    """
    if list_:
        listed = commands.listed_interventions(case, target.edition)
        screen.keep(listed.table(), printing.csv, quiet=printing.quiet or printing.json)
        _print_list(listed, json=printing.json)
        return
    if of is None:
        raise UsageError("--of: expected what was done. Name one that --list shows.")
    with screen.progress(quiet=printing.quiet or printing.json) as report:
        result = commands.effect(case, of, **vars(target), **vars(chance), report=report)
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    screen.unplaced(result.without_place, quiet=printing.quiet)
    if printing.json:
        screen.as_json(result.document())
    else:
        print_effect(result, quiet=printing.quiet)
        screen.age(result.age, quiet=printing.quiet)


def _print_list(listed: commands.InterventionList, *, json: bool) -> None:
    if json:
        screen.as_json(listed.document())
    elif listed.interventions:
        screen.table(pl.DataFrame(listed.rows()), f"Interventions of {listed.case}")
    else:
        cure = "add interventions.csv, or name a day of its timeline."
        screen.say(f"{listed.case} lists no interventions: {cure}")

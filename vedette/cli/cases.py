"""Commands about a case: check it, start one."""

from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import CaseName, Json, Quiet
from vedette.cli.text import screen


def check(case: CaseName, json: Json = False, quiet: Quiet = False) -> None:
    """Read a case folder and list every mistake in it, with file, row, column and cure.

    Example: [bold]vedette check iraq[/]
    """
    checked = commands.check(case)
    read = checked.case
    if json:
        screen.as_json(checked.document())
        return
    screen.warn(checked.warnings, quiet=quiet)
    strata = ", ".join(stratum.id for stratum in read.strata)
    screen.say(f"{read.id}: {read.title}", quiet=quiet)
    screen.say(f"Places: {len(read.places.ids)}; regions: {len(read.regions)}; strata: {strata}", quiet=quiet)
    screen.say("No mistakes found.", quiet=quiet)


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make.")],
    country: Annotated[
        str, typer.Option(help="Name of the country, its ISO 3166-1 code, or its Gleditsch-Ward number.")
    ],
    areas: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A GeoJSON file of areas, instead of those that come with vedette."
        ),
    ] = None,
    level: Annotated[
        int | None,
        typer.Option(metavar="N", help="Level of the areas in FILE: 1 provinces, 2 districts.", min=1, max=3),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Start a case: a folder that passes `vedette check`, with the areas of the country and a README.

    Example: [bold]vedette new nigeria --country Nigeria[/]
    """
    made = commands.new(folder, country, areas=areas, level=level)
    if json:
        screen.as_json(made.document())
        return
    kind = {1: "first-level areas", 2: "second-level areas", 3: "third-level areas"}[made.level]
    count = f"{made.areas} {kind}" if made.areas else "no areas: it counts by country"
    screen.say(f"Made {made.folder}: {made.country}, {count}.", quiet=quiet)
    if not made.areas:
        screen.say("No areas of this country come with vedette. Give some with --areas FILE.", quiet=quiet)
    screen.say(f"Next, as {made.folder / 'README.md'} says:", quiet=quiet)
    screen.say(f"  vedette events load {made.folder} FILE\n  vedette brief {made.folder}", quiet=quiet)

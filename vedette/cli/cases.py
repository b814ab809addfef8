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
        str, typer.Option(help="Name of the country, or its ISO 3166-1 code of three letters.")
    ],
    quiet: Quiet = False,
) -> None:
    """Start a case: a folder that passes `vedette check`, with notes on what to edit.

    Example: [bold]vedette new nigeria --country Nigeria[/]
    """
    home = commands.new(folder, country)
    screen.say(f"Made {home}. Next: put polygons in {home / 'places.geojson'}, then", quiet=quiet)
    screen.say(f"  vedette events load {home} FILE\n  vedette brief {home}", quiet=quiet)

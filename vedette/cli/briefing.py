"""The command that writes the brief."""

from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import AsOf, CaseName, EditionName, Json, Quiet, Seed
from vedette.cli.text import screen


def brief(
    case: CaseName,
    as_of: AsOf = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for brief.html and brief.json.")] = None,
    seed: Seed = commands.SEED,
    second_opinion: Annotated[
        str | None,
        typer.Option(
            "--second-opinion",
            metavar="MODEL",
            help="Let level-bayes or endemic-bayes, which sample, forecast the country too: about a minute.",
        ),
    ] = None,
    edition: EditionName = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the brief: one page that works without a network, and the same for machines.

    Example: [bold]vedette brief iraq --as-of 2020-09-30 --out build/iraq[/]
    """
    with screen.remarks(quiet=quiet or json), screen.progress(quiet=quiet or json) as report:
        result = commands.brief(
            case,
            out,
            as_of=as_of,
            seed=seed,
            second_opinion=second_opinion,
            edition=edition,
            report=report,
        )
    if json:
        screen.as_text(result.text())
        return
    screen.say(f"Wrote {result.page} and {result.data}", quiet=quiet)

"""The command that does the monthly round."""

from pathlib import Path
from textwrap import fill
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import AsOf, CaseName, EditionName, Json, Quiet, Seed
from vedette.cli.text import screen

WIDTH = 100
Given = Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Event files to load first.")]


def month(
    case: CaseName,
    files: Given = None,
    as_of: AsOf = None,
    edition: EditionName = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the draft of the brief.")] = None,
    seed: Seed = commands.SEED,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Do the monthly round of a case: load, check, forecast, score, tell changes, draft the brief.

    Example: [bold]vedette month my-iraq --as-of 2020-01-31[/]
    """
    number = 0

    def told(step: commands.MonthStep) -> None:
        nonlocal number
        number += 1
        if not json:
            _print(step, number)

    with screen.remarks(quiet=quiet or json), screen.progress(quiet=quiet or json) as report:
        result = commands.month(
            case, files or (), as_of=as_of, edition=edition, out=out, seed=seed, told=told, report=report
        )
    if json:
        screen.as_json(result.document())


def _print(step: commands.MonthStep, number: int) -> None:
    """One step: its title, what came of it, where to look."""
    before = " (done before)" if step.before else ""
    screen.say(f"{number} of {commands.MONTH_STEPS}  {step.title}{before}")
    for line in step.lines:
        screen.say(fill(line, WIDTH, initial_indent="   ", subsequent_indent="   ", break_on_hyphens=False))
    if step.look:
        screen.say(f"   See: {step.look}")

"""The command that shows and scores the forecasts that were issued."""

from collections.abc import Callable
from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.cli.options import AsOf, CaseName, Csv, Json, Quiet
from vedette.cli.text import screen

NONE = "No forecast was issued yet. Issue one with vedette forecast CASE --register."

Scored = Annotated[bool, typer.Option("--score", help="Score them on what has come since.")]


def register(
    case: CaseName,
    score: Scored = False,
    as_of: AsOf = None,
    json: Json = False,
    csv: Csv = None,
    quiet: Quiet = False,
) -> None:
    """List the forecasts that were issued with vedette forecast --register, and score them.

    Example: [bold]vedette register iraq --score[/]
    """
    if score:
        with screen.progress(quiet=quiet or json) as report:
            result = commands.score_registered(case, as_of, report=report)
        screen.keep(result.table(), csv, quiet=quiet or json)
        if json:
            screen.as_json(result.document())
        else:
            _show(result.table(), screen.records)
            screen.say(
                "skill is against a conflictology of the counts known then; revised counts the cells up to "
                "the origin that say something else now, revised_by what their sum gained",
                quiet=quiet,
            )
        return
    register_ = commands.registered(case)
    screen.keep(register_.table(), csv, quiet=quiet or json)
    if json:
        screen.as_json(register_.document())
    else:
        _show(register_.table(), screen.table)


def _show(table: pl.DataFrame, how: Callable[[pl.DataFrame], None]) -> None:
    screen.say(NONE) if table.is_empty() else how(table)

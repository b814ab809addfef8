"""The command that shows and scores the forecasts that were issued."""

from collections.abc import Sequence
from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.cli.options import AsOf, CaseName, Json, Quiet
from vedette.cli.text import screen
from vedette.score.register import Issued

NONE = "No forecast was issued yet. Issue one with vedette forecast CASE --register."

Scored = Annotated[bool, typer.Option("--score", help="Score them on what has come since.")]


def register(
    case: CaseName, score: Scored = False, as_of: AsOf = None, json: Json = False, quiet: Quiet = False
) -> None:
    """List the forecasts that were issued with vedette forecast --register, and score them.

    Example: [bold]vedette register iraq --score[/]
    """
    if score:
        with screen.progress(quiet=quiet or json) as report:
            result = commands.score_registered(case, as_of, report=report)
        if json:
            screen.as_json(result.document())
        else:
            _show([each.row() for each in result.scored])
            screen.say(
                "skill is against a conflictology of the counts known then; revised counts the cells up to "
                "the origin that say something else now, revised_by what their sum gained",
                quiet=quiet,
            )
        return
    register_ = commands.registered(case)
    if json:
        screen.as_json(register_.document())
    else:
        _list(register_.issued)


def _list(issued: Sequence[Issued]) -> None:
    rows = [
        {"id": each.id, "as_of": each.as_of, "issued": each.issued_at[:10], "until": each.last}
        for each in issued
    ]
    screen.table(pl.DataFrame(rows)) if rows else screen.say(NONE)


def _show(rows: list[dict[str, object]]) -> None:
    screen.records(pl.DataFrame(rows, infer_schema_length=None)) if rows else screen.say(NONE)

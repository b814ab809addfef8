"""The command that shows and scores the forecasts that were issued."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.cli.options import AsOf, CaseName, Json, Quiet
from vedette.cli.text import screen
from vedette.score.register.outcome import ScoredForecast
from vedette.score.register.register import Issued

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
            outcomes = commands.score_registered(case, as_of, report)
        if json:
            screen.as_json([_told(each) for each in outcomes])
        else:
            _show([each.row() for each in outcomes])
            screen.say(
                "skill is against a conflictology of the counts known then; revised counts the cells up to "
                "the origin that say something else now, revised_by what their sum gained",
                quiet=quiet,
            )
        return
    issued = commands.registered(case)
    if json:
        screen.as_json([asdict(each) for each in issued])
    else:
        _list(issued)


def _list(issued: Sequence[Issued]) -> None:
    rows = [
        {"id": each.id, "as_of": each.as_of, "issued": each.issued_at[:10], "until": each.last}
        for each in issued
    ]
    screen.table(pl.DataFrame(rows)) if rows else screen.say(NONE)


def _show(rows: list[dict[str, object]]) -> None:
    screen.records(pl.DataFrame(rows, infer_schema_length=None)) if rows else screen.say(NONE)


def _told(each: ScoredForecast) -> dict[str, object]:
    """An outcome for machines: the line of the table, what was issued, horizons, revisions."""
    horizons = each.card.means("model", "horizon").to_dicts() if each.card else []
    return {
        **each.row(),
        "issued": asdict(each.issued),
        "by_horizon": horizons,
        "revisions": each.revised.to_dicts(),
    }

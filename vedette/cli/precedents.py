"""The command that asks what happened elsewhere when foreign troops left."""

from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from vedette import commands
from vedette.cli.options import AsOf, Draws, Json, Quiet, Seed
from vedette.cli.text import screen
from vedette.cli.text.precedents import tell_all_doubts, tell_answer, tell_departures
from vedette.precedents import KEPT
from vedette.precedents.names import short

Case = Annotated[
    str | None,
    typer.Argument(metavar="CASE", help="Take the as-of of this case; all that UCDP codes if left out."),
]
LikeOption = Annotated[
    str | None,
    typer.Option(
        "--like",
        metavar="WORDS",
        help='Who leaves whom, like "United States leaves Iraq"; a year may follow.',
    ),
]
Years = Annotated[
    int, typer.Option(min=1, max=5, help="How many years after the matches and checks look at.")
]
Nearest = Annotated[int, typer.Option(min=5, help="How many of the most alike are kept.")]
Alone = Annotated[bool, typer.Option("--alone", help="Only departures after which nobody's troops stayed.")]
Exclude = Annotated[
    Path | None,
    typer.Option(
        "--exclude",
        metavar="FILE",
        help="A table (.csv) of codings to leave out or take in, each with its reason.",
    ),
]


def precedents(
    case: Case = None,
    like: LikeOption = None,
    years: Years = 3,
    nearest: Nearest = KEPT,
    alone: Alone = False,
    exclude: Exclude = None,
    doubts: Annotated[bool, typer.Option("--doubts", help="List every doubtful coding instead.")] = False,
    as_of: AsOf = None,
    draws: Draws = commands.PRECEDENT_DRAWS,
    seed: Seed = commands.SEED,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show what violence did where foreign troops left a government at war, against where they stayed.

    Example: [bold]vedette precedents iraq --like "United States leaves Iraq"[/]
    """
    found = commands.precedents(case, like, as_of, exclude, nearest, alone, draws, seed)
    if json:
        screen.as_json(_document(found, years, seed))
    elif doubts:
        tell_all_doubts(found)
    elif found.answers:
        tell_answer(found, years, seed, quiet)
    else:
        tell_departures(found, alone, quiet)


def _document(found: commands.Precedents, years: int, seed: int) -> dict[str, Any]:
    record = found.record
    document: dict[str, Any] = {
        "as_of": found.as_of and found.as_of.isoformat(),
        "last_year": record.last,
        "mark": "estimated",
        "departures": commands.departures_table(record).to_dicts(),
        "doubts": commands.doubts_table(record).to_dicts(),
    }
    if not found.answers:
        return document
    told = found.answers[years]
    return document | {
        "like": str(told.like),
        "looks": told.like.looks._asdict(),
        "years": years,
        "seed": seed,
        "matches": commands.matches_table(told).to_dicts(),
        "changes": commands.changes_table(found.answers).to_dicts(),
        "checks": commands.checks_table(told, seed).to_dicts(),
        "without_government": {
            short(name): float(np.exp(middle)) for name, middle in told.without_governments().items()
        },
    }

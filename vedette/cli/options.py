"""Options that several commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from vedette.model import By, Measure
from vedette.periods import parse_day


def _day(text: str | date) -> date:
    return text if isinstance(text, date) else parse_day(text)


CaseName = Annotated[
    str, typer.Argument(metavar="CASE", help="Name of a shipped case (iraq) or path of a folder.")
]
Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Event files: UCDP GED, ACLED or GDELT.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines instead of tables.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no remarks.")]
Seed = Annotated[int, typer.Option(help="The key of all chance: same seed, same bytes.", min=0)]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", metavar="DAY", parser=_day, help="Use only what was known up to this day, like 2020-09-30."
    ),
]
MeasureOption = Annotated[Measure, typer.Option("--measure", help="What to count.")]
ByOption = Annotated[By, typer.Option("--by", help="One forecast for each of these.")]

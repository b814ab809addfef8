"""Options that several commands share, one by one and in groups."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from vedette import commands
from vedette.cli.values import day, periods_ahead
from vedette.evidence import Ledger
from vedette.model import By, Measure
from vedette.periods import Ahead, Step

CaseName = Annotated[
    str, typer.Argument(metavar="CASE", help="Name of a shipped case (iraq) or path of a folder.")
]
Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Event files: UCDP GED, ACLED or GDELT.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines instead of tables.")]
Yes = Annotated[bool, typer.Option("--yes", help="Load even if months then have fewer deaths than before.")]
Csv = Annotated[
    Path | None, typer.Option("--csv", metavar="FILE", help="Write the table to this .csv file too.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no remarks.")]
Seed = Annotated[int, typer.Option(help="The seed of all random numbers: same seed, same bytes.", min=0)]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", metavar="DAY", parser=day, help="Use only what was known up to this day, like 2020-09-30."
    ),
]
At = Annotated[
    date | None,
    typer.Option("--at", metavar="DAY", parser=day, help="The day on which it held; the as-of if left out."),
]
EditionName = Annotated[
    str | None,
    typer.Option(
        "--edition", metavar="NAME", help="For whom: an edition of case.yaml, the first if left out."
    ),
]
WholeOrEdition = Annotated[
    str | None,
    typer.Option(
        "--edition", metavar="NAME", help="Only what this edition holds; the whole case if left out."
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="ID", help="Leave out this source or claim; may be given again."),
]
LedgerDay = Annotated[
    date | None,
    typer.Option("--at", metavar="DAY", parser=day, help="The day on which ties hold, like 2014-06-10."),
]
MeasureOption = Annotated[Measure, typer.Option("--measure", help="What to count.")]
ByOption = Annotated[By, typer.Option("--by", help="One forecast for each of these.")]


def months_option(otherwise: str) -> Any:
    """Returns the option --months; ``otherwise`` is what it means to leave it out."""
    help_text = f"Periods ahead, like 6 (for 1 to 6), 1..36 or 3-14; {otherwise} if left out."
    return typer.Option("--months", metavar="RANGE", parser=periods_ahead, help=help_text)


Months = Annotated[Ahead | None, months_option("the case's own")]
Sums = Annotated[
    list[Ahead] | None,
    typer.Option(
        "--sum",
        metavar="RANGE",
        parser=periods_ahead,
        help="Add up these periods ahead in every draw, like 12 (for 1 to 12) or 13-24; may be given again.",
    ),
]
ModelName = Annotated[str, typer.Option("--model", help="Which model; a wrong name lists them.")]
Origin = Annotated[
    str | None,
    typer.Option(
        "--origin", metavar="PERIOD", help="The last period that may be known, written as in the file."
    ),
]
Draws = Annotated[int, typer.Option(min=2, help="How many futures to draw.")]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Spread the work: local for all cores of this machine, or a Dask scheduler like tcp://10.0.0.5:8786.",
    ),
]


@dataclass(frozen=True)
class Printing:
    """How the answer is printed."""

    json: Json = False
    quiet: Quiet = False


@dataclass(frozen=True)
class TablePrinting(Printing):
    """How the answer is printed, and where its table is kept."""

    csv: Csv = None


@dataclass(frozen=True)
class Chance:
    """How many draws, and from which seed."""

    draws: Draws = commands.DRAWS
    seed: Seed = commands.SEED


@dataclass(frozen=True)
class LedgerChoice:
    """Which claims are used."""

    as_of: AsOf = None
    edition: EditionName = None
    without: Without = None

    def read(self, case: str) -> Ledger:
        """Returns the ledger of a case with these claims alone."""
        return commands.ledger_of(case, self.as_of, edition=self.edition, without=self.without or ())


@dataclass(frozen=True)
class TableOptions:
    """How the table of counts is read."""

    neighbours: Annotated[
        Path | None,
        typer.Option("--neighbours", metavar="FILE", help="Which units touch: a table of 0 and 1, or pairs."),
    ] = None
    step: Annotated[
        Step | None, typer.Option("--step", help="What a period lasts, where the dates leave it open.")
    ] = None
    fill_zeros: Annotated[
        bool, typer.Option("--fill-zeros", help="Cells that the table leaves out are 0.")
    ] = False
    measure: Annotated[
        Measure | None, typer.Option("--measure", help="What is counted, where no column is named so.")
    ] = None
    column: Annotated[
        str | None,
        typer.Option("--column", metavar="NAME", help="Which column is counted, where there are several."),
    ] = None

    def file(self, path: Path) -> "commands.CountFile":
        """Returns the file of counts with the way to read it."""
        return commands.CountFile(path, **vars(self))

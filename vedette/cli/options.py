"""Options that several commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from vedette.errors import UsageError
from vedette.model import By, Measure, Truth
from vedette.periods import Ahead, Step, parse_ahead, parse_day


def _day(text: str | date) -> date:
    return text if isinstance(text, date) else parse_day(text)


def _ahead(text: str | Ahead) -> Ahead:
    return text if isinstance(text, Ahead) else parse_ahead(text)


def share(text: str | float) -> float:
    """A share between 0 and 1, written as a number or in per cent.

    Raises:
        UsageError: anything else.

    >>> share("10%"), share("0.1")
    (0.1, 0.1)
    """
    if isinstance(text, float):
        return text
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        number = 0.0
    if not 0 < number < 1:
        raise UsageError(f"expected a share like 10% or 0.1; found {text!r}. Write one between 0 and 1.")
    return number


def one_of(**given: object) -> None:
    """Refuses words that do not go together: of those given, exactly one may have a value.

    Raises:
        UsageError: none has, or several have.
    """
    names = {name: "CASE" if name == "case" else f"--{name.replace('_', '-')}" for name in given}
    said = [names[name] for name, value in given.items() if value is not None]
    if len(said) != 1:
        found = " and ".join(said) or "none"
        wanted = " or ".join(names.values())
        raise UsageError(f"expected {wanted}; found {found}. Give {'exactly ' if said else ''}one.")


def only_with(whole: str, **given: object) -> None:
    """Refuses options that belong to another way of calling a command.

    Raises:
        UsageError: one of them was given.
    """
    said = [f"--{name.replace('_', '-')}" for name, value in given.items() if value]
    if said:
        raise UsageError(f"{' and '.join(said)} goes with {whole} only. Leave it out, or call with {whole}.")


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
At = Annotated[
    date | None,
    typer.Option("--at", metavar="DAY", parser=_day, help="The day on which it held; the as-of if left out."),
]
EditionName = Annotated[
    str | None,
    typer.Option(
        "--edition", metavar="NAME", help="For whom: an edition of case.yaml, the first if left out."
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="ID", help="Leave out this source or claim; may be given again."),
]
LedgerDay = Annotated[
    date | None,
    typer.Option("--at", metavar="DAY", parser=_day, help="The day on which ties hold, like 2014-06-10."),
]
MeasureOption = Annotated[Measure, typer.Option("--measure", help="What to count.")]
PanelMeasure = Annotated[
    Measure | None,
    typer.Option("--measure", help="What to count; if left out, deaths of a case and the counts of a panel."),
]
ByOption = Annotated[By, typer.Option("--by", help="One forecast for each of these.")]
Months = Annotated[
    Ahead | None,
    typer.Option(
        "--months",
        metavar="RANGE",
        parser=_ahead,
        help="Periods ahead, like 6 (for 1 to 6), 1..36 or 3-14; the case's own if left out.",
    ),
]
CaseOrPanel = Annotated[
    str | None,
    typer.Argument(metavar="CASE", help="Name of a shipped case (iraq) or path of a folder; or use --panel."),
]
PanelFile = Annotated[
    Path | None,
    typer.Option("--panel", metavar="FILE", help="A table of counts (.csv or .parquet) in place of a case."),
]
NeighboursFile = Annotated[
    Path | None,
    typer.Option("--neighbours", metavar="FILE", help="Which units of the panel touch: a table of 0 and 1."),
]
StepOption = Annotated[
    Step | None,
    typer.Option("--step", help="What a period of the panel lasts, where its dates leave it open."),
]
FillZeros = Annotated[bool, typer.Option("--fill-zeros", help="Cells that the panel leaves out are 0.")]
Origin = Annotated[
    str | None,
    typer.Option(
        "--origin", metavar="PERIOD", help="The last period that may be known, written as in the file."
    ),
]
Draws = Annotated[int, typer.Option(min=2, help="How many futures to draw.")]
TruthOption = Annotated[
    Truth, typer.Option("--truth", help="Score deaths against the best estimate or the uncertain truth.")
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Spread the work: local for all cores of this machine, or a Dask scheduler like tcp://10.0.0.5:8786.",
    ),
]

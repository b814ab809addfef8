"""The command that scores models on the past of a case."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import (
    AsOf,
    ByOption,
    CaseName,
    Chance,
    Cluster,
    MeasureOption,
    Months,
    Sums,
    TablePrinting,
)
from vedette.cli.text import screen
from vedette.cli.text.sum_scores import print_sum_scores
from vedette.errors import UsageError
from vedette.model import By, Measure, Truth
from vedette.plurals import counted


@dataclass(frozen=True)
class ScoreTarget:
    """What is scored, from which origins."""

    measure: MeasureOption = Measure.DEATHS
    by: ByOption = By.COUNTRY
    first: Annotated[str | None, typer.Option("--from", help="First origin, like 2010-01.")] = None
    last: Annotated[str | None, typer.Option("--to", help="Last origin, like 2018-06.")] = None
    months: Months = None
    sums: Sums = None
    as_of: AsOf = None
    truth: Annotated[
        Truth, typer.Option("--truth", help="Score deaths against the best estimate or the uncertain truth.")
    ] = Truth.BEST


@dataclass(frozen=True)
class ScoreFiles:
    """Files to write."""

    page: Annotated[
        Path | None, typer.Option("--page", metavar="FILE", help="Write the record as one HTML page.")
    ] = None
    out: Annotated[
        Path | None, typer.Option("--out", help="Write every single score to this .csv or .parquet file.")
    ] = None

    def write(self, result: commands.ScoreResult) -> list[Path]:
        """Writes the files that were asked for; returns their paths."""
        written = [result.write_scores(self.out)] if self.out else []
        return written + ([result.write_page(self.page)] if self.page else [])


Models = Annotated[
    str | None,
    typer.Option("--models", metavar="NAMES", help="Which, like pool,last; else the pool and the baselines."),
]


@grouped
def score(
    case: CaseName,
    target: ScoreTarget,
    chance: Chance,
    files: ScoreFiles,
    printing: TablePrinting,
    models: Models = None,
    cluster: Cluster = None,
) -> None:
    """Score models on what came after each past origin of a case. For a file of draws: vedette counts score.

    With --sum 12 the deaths of a year are scored, beside baselines of such sums.

    Example: [bold]vedette score iraq --from 2010-01 --to 2017-12 --by place[/]
    """
    names = [name.strip() for name in models.split(",")] if models else []
    asked = {**vars(target), **vars(chance), "models": names}
    sums = asked.pop("sums")
    with screen.progress(quiet=printing.quiet or printing.json) as report:
        if sums:
            _refuse_with_sums(files, cluster)
            scored = commands.score_sums(case, sums, report=report, **asked)
        else:
            result = commands.score(case, report=report, cluster=cluster, **asked)
    if sums:
        print_sum_scores(scored, printing=printing)
        return
    screen.warn(result.notes, quiet=printing.quiet)
    written = files.write(result)
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    screen.unplaced(result.without_place, quiet=printing.quiet)
    for path in written:
        screen.say(f"Wrote {path}", quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
    elif not (printing.quiet and written):
        _print(result)
        screen.age(result.age, quiet=printing.quiet)


def _refuse_with_sums(files: ScoreFiles, cluster: str | None) -> None:
    given = {"--page": files.page, "--out": files.out, "--cluster": cluster}
    for option in (name for name, value in given.items() if value):
        raise UsageError(f"{option} is about single periods. Leave it out, or leave out --sum.")


def _print(result: commands.ScoreResult) -> None:
    card, terms = result.card, result.card.terms
    origins = counted(card.table["origin"].n_unique(), "origin")
    screen.table(result.table(), f"{card.measure} by {result.by}, {origins}")
    screen.say(
        f"crps_fair is the S(S-1) form, seed_noise its standard error due to the draws; "
        f"mis at level {terms.mis_level:.2f}; tail above {terms.tail:,.0f}; skill against "
        f"{result.reference}; {counted(terms.draws, 'draw')}, seed {terms.seed}; lower is better"
    )

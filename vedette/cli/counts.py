"""Commands about a table of counts that is no case: fit, forecast, score."""

from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.forecast_files import ForecastFiles, print_forecast
from vedette.cli.grouping import grouped
from vedette.cli.model_options import FitOptions, ModelOptions, SamplerOptions
from vedette.cli.options import (
    Chance,
    Cluster,
    Origin,
    Seed,
    Sums,
    TableOptions,
    TablePrinting,
    months_option,
)
from vedette.cli.text import screen
from vedette.cli.text.file_scores import print_file_scores
from vedette.cli.text.fits import print_fit
from vedette.periods import Ahead

counts = typer.Typer(help="A table of counts that is no case: fit, forecast, score.", no_args_is_help=True)

CountsFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="A table of counts (.csv or .parquet), wide or long.")
]
DrawsFile = Annotated[
    Path, typer.Argument(metavar="DRAWS", help="The forecast: a file of draws, or a VIEWS submission.")
]
ActualsFile = Annotated[
    Path, typer.Argument(metavar="ACTUALS", help="The counts that came: a table (.csv or .parquet).")
]
AgainstFile = Annotated[
    Path | None, typer.Option("--against", metavar="FILE", help="Draws of another forecast, for the skill.")
]
RulesOption = Annotated[
    commands.Rules,
    typer.Option("--rules", help="Conventions of reading and scoring: our own, or the VIEWS challenge's."),
]
ScoresFile = Annotated[
    Path | None, typer.Option("--out", help="Write every single score to this .csv or .parquet file.")
]


@counts.command()
@grouped
def fit(
    file: CountsFile, table: TableOptions, model: FitOptions, sampler: SamplerOptions, printing: TablePrinting
) -> None:
    """Fit an endemic-epidemic model by maximum likelihood, with standard errors; or sample its posterior.

    Example: [bold]vedette counts fit counts.csv --neighbours touch.csv --end "fe + season(12)"[/]
    """
    result = commands.fit_counts(table.file(file), model.words, sampler=sampler.length, seed=sampler.seed)
    print_fit(result, file.name, printing=printing)


@counts.command()
@grouped
def forecast(
    file: CountsFile,
    table: TableOptions,
    model: ModelOptions,
    chance: Chance,
    files: ForecastFiles,
    printing: TablePrinting,
    origin: Origin = None,
    months: Annotated[Ahead | None, months_option("a year")] = None,
    sums: Sums = None,
    cluster: Cluster = None,
) -> None:
    """Forecast a table of counts: a distribution for each period ahead.

    Example: [bold]vedette counts forecast history.csv --neighbours touch.csv --months 6[/]
    """
    quiet = printing.quiet or printing.json
    with screen.remarks(quiet=printing.quiet), screen.progress(quiet=quiet) as report:
        result = commands.forecast_counts(
            table.file(file),
            model.model,
            origin=origin,
            months=months,
            sums=sums,
            formula=model.formula,
            **vars(chance),
            files=files.outputs,
            cluster=cluster,
            report=report,
        )
    screen.warn(result.notes, quiet=printing.quiet)
    print_forecast(result, result.written, printing=printing)


@counts.command()
@grouped
def score(
    draws: DrawsFile,
    actuals: ActualsFile,
    table: TableOptions,
    printing: TablePrinting,
    against: AgainstFile = None,
    rules: RulesOption = commands.Rules.VEDETTE,
    origin: Origin = None,
    months: Annotated[Ahead | None, months_option("all")] = None,
    seed: Seed = commands.SEED,
    out: ScoresFile = None,
) -> None:
    """Score a file of draws, anybody's, on the counts that came.

    Example: [bold]vedette counts score draws.parquet actuals.csv --against other.parquet[/]
    """
    result = commands.score_counts(
        draws,
        table.file(actuals),
        against=against,
        rules=rules,
        origin=origin,
        months=months,
        seed=seed,
    )
    if out:
        screen.say(f"Wrote {result.write_scores(out)}", quiet=printing.quiet or printing.json)
    print_file_scores(result, printing=printing)

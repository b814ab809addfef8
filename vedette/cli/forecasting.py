"""The command that forecasts a case."""

from dataclasses import dataclass
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.forecast_files import ForecastFiles, print_forecast
from vedette.cli.grouping import grouped
from vedette.cli.model_options import ModelOptions
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
from vedette.errors import UsageError
from vedette.model import By, Measure


@dataclass(frozen=True)
class Target:
    """What is forecast."""

    measure: MeasureOption = Measure.DEATHS
    by: ByOption = By.COUNTRY
    months: Months = None
    sums: Sums = None
    as_of: AsOf = None


Register = Annotated[bool, typer.Option("--register", help="Put it into the register of the case.")]


@grouped
def forecast(
    case: CaseName,
    target: Target,
    model: ModelOptions,
    chance: Chance,
    files: ForecastFiles,
    printing: TablePrinting,
    register: Register = False,
    cluster: Cluster = None,
) -> None:
    """Forecast a case: a distribution for each period ahead. For a table of counts: vedette counts forecast.

    Example: [bold]vedette forecast iraq --by stratum --as-of 2014-05-31[/]
    """
    if register and model.formula:
        raise UsageError("--register keeps no terms and no covariates. Leave it out, or leave these out.")
    if register and target.sums:
        raise UsageError("--register keeps single periods. Leave out --sum.")
    with screen.remarks(quiet=printing.quiet):
        result = commands.forecast(
            case,
            model.model,
            **vars(target),
            formula=model.formula,
            **vars(chance),
            cluster=cluster,
        )
    screen.warn(result.notes, quiet=printing.quiet)
    if register:
        _register(result, target=target, quiet=printing.quiet)
    written = files.write(result)
    screen.unplaced(result.without_place, quiet=printing.quiet)
    age = result.known.age if result.known else None
    print_forecast(result, written, printing=printing, data=age)


def _register(result: commands.ForecastResult, *, target: Target, quiet: bool) -> None:
    assert result.known is not None
    issued, added = commands.issue_forecast(
        result.known, result.forecast, measure=target.measure, by=target.by
    )
    words = "Registered as" if added else "Registered before, unchanged:"
    screen.warn([f"{words} {issued.id}"], quiet=quiet)

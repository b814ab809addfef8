"""The command that fits an endemic-epidemic model to a case."""

from dataclasses import dataclass
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.model_options import FitOptions, SamplerOptions
from vedette.cli.options import AsOf, CaseName, MeasureOption, TablePrinting
from vedette.cli.text.fits import print_fit
from vedette.model import By, Measure


@dataclass(frozen=True)
class FitTarget:
    """What the model is fitted to."""

    measure: MeasureOption = Measure.EVENTS
    by: Annotated[By, typer.Option("--by", help="The units: one series for each of these.")] = By.COUNTRY
    as_of: AsOf = None


@grouped
def fit(
    case: CaseName, target: FitTarget, model: FitOptions, sampler: SamplerOptions, printing: TablePrinting
) -> None:
    """Fit an endemic-epidemic model to a case. For a table of counts: vedette counts fit.

    Example: [bold]vedette fit iraq --by place --end "ri + trend"[/]
    """
    result = commands.fit(case, model.words, **vars(target), sampler=sampler.length, seed=sampler.seed)
    print_fit(result, case, printing=printing)

"""Prints a fitted or a sampled endemic-epidemic model."""

from vedette.cli.options import TablePrinting
from vedette.cli.text import screen
from vedette.commands import DataAge, FitResult, PosteriorResult
from vedette.plurals import counted


def print_fit(result: FitResult | PosteriorResult, name: str, *, printing: TablePrinting) -> None:
    """Prints the coefficients under the name of the table or case; remarks go to standard error."""
    screen.warn(result.remarks(), quiet=printing.quiet)
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
    elif isinstance(result, FitResult):
        _print_maximum(result, name)
    else:
        diagnosis = result.posterior.diagnosis
        kept = f"{counted(diagnosis.chains, 'chain')} of {counted(diagnosis.draws, 'draw')}"
        screen.table(result.table(), f"{name}: posterior, {kept}, seed {result.seed}")
    if "data" in result.about and not printing.json:
        screen.age(DataAge(**result.about["data"]), quiet=printing.quiet)


def _print_maximum(result: FitResult, name: str) -> None:
    fit = result.fit
    screen.table(result.table(), f"{name}: {fit.specification.family}, {counted(fit.n, 'count')}")
    criteria = "" if fit.aic is None else f", AIC {fit.aic:.4f}, BIC {fit.bic:.4f}"
    screen.say(f"log-likelihood {fit.log_likelihood:.6f}{criteria}, {counted(fit.k, 'coefficient')}")

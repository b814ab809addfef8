"""The command that fits an endemic-epidemic model to a table of counts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl
import typer

from vedette import commands
from vedette.cli.options import FillZeros, Json, NeighboursFile, PanelMeasure, Quiet, Seed, StepOption
from vedette.cli.text import screen
from vedette.cli.text.posteriors import Chains, SamplerOption, Samples, show
from vedette.model.bayes import Sampler
from vedette.model.endemic.formula import WORDS
from vedette.model.endemic.specification import WEIGHTS, Specification, lags_of
from vedette.plurals import counted

if TYPE_CHECKING:
    from vedette.model.endemic.fit import Coefficient, Fit

Panel = Annotated[Path, typer.Option("--panel", metavar="FILE", help="A table of counts (.csv or .parquet).")]
Family = Annotated[
    str, typer.Option(help="poisson, negbin1 (one dispersion) or negbinM (one for each unit).")
]
Ar = Annotated[str, typer.Option(metavar="TERMS", help=f"What feeds itself: terms joined by +. {WORDS}.")]
Ne = Annotated[
    str | None,
    typer.Option(
        metavar="TERMS", help="What spills over from neighbours; 1 if neighbours are given, else 0."
    ),
]
End = Annotated[str, typer.Option(metavar="TERMS", help="What happens anyway, like fe + trend + season(52).")]
Weights = Annotated[str, typer.Option(metavar="KIND", help=f"Weights of neighbours: {', '.join(WEIGHTS)}.")]
LagsOption = Annotated[
    str, typer.Option("--lags", metavar="KIND", help="Weights of the past: 1, geometric(12) or free(3).")
]
CovariatesFile = Annotated[
    Path | None,
    typer.Option(
        "--covariates", metavar="FILE", help="Series by period, or by period and unit, that terms name."
    ),
]


def fit(
    panel: Panel,
    neighbours: NeighboursFile = None,
    family: Family = "negbin1",
    ar: Ar = "1",
    ne: Ne = None,
    end: End = "1",
    weights: Weights = "norm",
    lags: LagsOption = "1",
    covariates: CovariatesFile = None,
    step: StepOption = None,
    fill_zeros: FillZeros = False,
    measure: PanelMeasure = None,
    sampler: SamplerOption = None,
    chains: Chains = 4,
    samples: Samples = 500,
    seed: Seed = commands.SEED,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Fit an endemic-epidemic model by maximum likelihood, with standard errors.

    Example: [bold]vedette fit --panel counts.csv --neighbours touch.csv --end "fe + season(12)"[/]
    """
    spills = ne if ne is not None else "1" if neighbours else "0"
    asked = Specification(ar, spills, end, family, weights, lags_of(lags))
    if sampler:
        length = Sampler(chains=chains, warmup=samples, draws=samples)
        posterior = commands.sample_panel(
            panel, neighbours, covariates, step, fill_zeros, measure, asked, length, seed
        )
        show(posterior, panel.name, seed, json=json, quiet=quiet)
        return
    found = commands.fit_panel(panel, neighbours, covariates, step, fill_zeros, measure, asked)
    screen.warn(remarks(found), quiet=quiet)
    if json:
        screen.as_json({"panel": panel.name, **fit_document(found)})
        return
    screen.table(_table(found), f"{panel.name}: {asked.family}, {counted(found.n, 'count')}")
    aic = "" if found.aic is None else f", AIC {found.aic:.4f}, BIC {found.bic:.4f}"
    screen.say(f"log-likelihood {found.log_likelihood:.6f}{aic}, {counted(found.k, 'coefficient')}")


def fit_document(found: "Fit") -> dict[str, Any]:
    """Everything about a fit, for machines."""
    asked = found.specification
    return {
        "family": asked.family,
        "ar": asked.ar,
        "ne": asked.ne,
        "end": asked.end,
        "weights": asked.weights,
        "lags": f"{asked.lags.kind}({asked.lags.length})",
        "log_likelihood": found.log_likelihood,
        "aic": found.aic,
        "bic": found.bic,
        "n": found.n,
        "k": found.k,
        "converged": found.converged,
        "steps": found.steps,
        "boundary": [each.name for each in found.coefficients if each.boundary],
        "coefficients": [_row(each) for each in found.coefficients],
        "overdispersion": [_row(each) for each in found.overdispersion],
        "mark": "estimated",
    }


def remarks(found: "Fit") -> list[str]:
    """What a reader of the numbers must know."""
    flat = [f"{each.name} ({each.boundary})" for each in found.coefficients if each.boundary]
    said = [f"on a boundary, without standard error: {', '.join(flat)}"] if flat else []
    if not found.converged:
        said.append(f"not converged after {counted(found.steps, 'step')}; do not use these numbers")
    return said


def _row(each: "Coefficient") -> dict[str, Any]:
    return {"name": each.name, "estimate": each.estimate, "se": each.se, "boundary": each.boundary}


def _table(found: "Fit") -> pl.DataFrame:
    rows = [*found.coefficients, *found.overdispersion]
    return pl.DataFrame(
        {
            "coefficient": [each.name for each in rows],
            "estimate": [f"{each.estimate:.5f}" for each in rows],
            "standard error": ["-" if each.se is None else f"{each.se:.5f}" for each in rows],
            "boundary": [each.boundary or "" for each in rows],
        }
    )

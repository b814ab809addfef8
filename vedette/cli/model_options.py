"""Options of the models that are fitted, forecast with and scored."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import ModelName, Seed
from vedette.model.bayes import Sampler
from vedette.model.endemic.formula import WORDS
from vedette.model.endemic.member import ComponentFormulas
from vedette.model.endemic.specification import WEIGHTS

CovariatesFile = Annotated[
    Path | None,
    typer.Option(
        "--covariates", metavar="FILE", help="Series by period, or by period and unit, that terms name."
    ),
]


@dataclass(frozen=True)
class ModelOptions:
    """Which model forecasts, and its terms."""

    model: ModelName = "pool"
    ar: Annotated[
        str | None,
        typer.Option(
            metavar="TERMS", help=f"What feeds itself, of endemic-epidemic: {WORDS}; 1 if left out."
        ),
    ] = None
    ne: Annotated[
        str | None,
        typer.Option(
            metavar="TERMS", help="What spills over from neighbours; 1 if left out and units touch."
        ),
    ] = None
    end: Annotated[
        str | None,
        typer.Option(metavar="TERMS", help='What happens anyway, like "ri + troops"; ri if left out.'),
    ] = None
    covariates: CovariatesFile = None

    @property
    def formula(self) -> commands.Formula:
        """The terms and the file of their series."""
        return commands.Formula(ComponentFormulas(self.ar, self.ne, self.end), self.covariates)


@dataclass(frozen=True)
class FitOptions:
    """The endemic-epidemic model that is fitted."""

    family: Annotated[
        str, typer.Option(help="poisson, negbin1 (one dispersion) or negbinM (one for each unit).")
    ] = "negbin1"
    ar: Annotated[
        str, typer.Option(metavar="TERMS", help=f"What feeds itself: terms joined by +. {WORDS}.")
    ] = "1"
    ne: Annotated[
        str | None,
        typer.Option(
            metavar="TERMS", help="What spills over from neighbours; if left out 1 where units touch, else 0."
        ),
    ] = None
    end: Annotated[
        str, typer.Option(metavar="TERMS", help="What happens anyway, like fe + trend + season(52).")
    ] = "1"
    weights: Annotated[
        str, typer.Option(metavar="KIND", help=f"Weights of neighbours: {', '.join(WEIGHTS)}.")
    ] = "norm"
    lags: Annotated[
        str, typer.Option("--lags", metavar="KIND", help="Weights of the past: 1, geometric(12) or free(3).")
    ] = "1"
    covariates: CovariatesFile = None

    @property
    def words(self) -> commands.FitWords:
        """The same as the commands take it."""
        return commands.FitWords(**vars(self))


@dataclass(frozen=True)
class SamplerOptions:
    """The posterior, sampled."""

    sampler: Annotated[
        commands.SamplerName | None,
        typer.Option("--sampler", help="Sample the posterior instead of maximising the likelihood."),
    ] = None
    chains: Annotated[int, typer.Option(min=1, help="With --sampler: independent chains.")] = 4
    samples: Annotated[
        int, typer.Option(min=20, help="With --sampler: draws a chain, after as many of warm-up.")
    ] = 500
    seed: Seed = commands.SEED

    @property
    def length(self) -> Sampler | None:
        """How long to sample; None where the likelihood is maximised."""
        if self.sampler is None:
            return None
        return Sampler(chains=self.chains, warmup=self.samples, draws=self.samples)

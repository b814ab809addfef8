"""Fit an endemic-epidemic model to a table of counts."""

from pathlib import Path
from typing import TYPE_CHECKING

from vedette.commands.known import read_panel
from vedette.model import Measure
from vedette.model.bayes import Posterior, Sampler
from vedette.model.endemic.specification import Specification
from vedette.periods import Step
from vedette.randomness import rng_stream

if TYPE_CHECKING:
    from vedette.model.endemic.fit import Fit


def fit_panel(
    panel: Path,
    neighbours: Path | None,
    covariates: Path | None,
    step: Step | None,
    fill_zeros: bool,
    measure: Measure | None,
    asked: Specification,
) -> "Fit":
    """Fits an endemic-epidemic model to a table of counts."""
    from vedette.model.endemic.covariates import read_covariates
    from vedette.model.endemic.fit import fit

    table, past = read_panel(panel, neighbours, step, fill_zeros, measure)
    series = read_covariates(covariates, table.notation, past.span, past.units) if covariates else None
    return fit(past, asked, covariates=series)


def sample_panel(
    panel: Path,
    neighbours: Path | None,
    covariates: Path | None,
    step: Step | None,
    fill_zeros: bool,
    measure: Measure | None,
    asked: Specification,
    sampler: Sampler,
    seed: int,
) -> Posterior:
    """Samples the posterior of an endemic-epidemic model of a table of counts."""
    from vedette.model.bayes.endemic import sample_endemic
    from vedette.model.endemic.covariates import read_covariates

    table, past = read_panel(panel, neighbours, step, fill_zeros, measure)
    series = read_covariates(covariates, table.notation, past.span, past.units) if covariates else None
    return sample_endemic(past, asked, sampler, rng_stream(seed, "nuts"), covariates=series)

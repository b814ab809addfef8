"""Fit an endemic-epidemic model to the counts of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from vedette.commands.defaults import SEED
from vedette.commands.fit_result import FitResult, PosteriorResult
from vedette.commands.known import age_of, history_of, read_counted_case
from vedette.counts import Form, Notation
from vedette.model import By, History, Measure, median_history
from vedette.model.bayes import Sampler
from vedette.model.endemic.specification import Specification, lags_of
from vedette.randomness import rng_stream


class SamplerName(StrEnum):
    """How a posterior is sampled."""

    NUTS = "nuts"


@dataclass(frozen=True)
class FitWords:
    """The options of `vedette fit` as a user types them: family, terms, weights, lags, covariates.

    ``ar``, ``ne`` and ``end`` are terms joined by ``+``; ``ne`` is ``1`` if left out and units touch, else
    ``0``. ``covariates`` is a file of the series that the terms name.
    """

    family: str = "negbin1"
    ar: str = "1"
    ne: str | None = None
    end: str = "1"
    weights: str = "norm"
    lags: str = "1"
    covariates: Path | None = None

    def specification(self, *, units_touch: bool) -> Specification:
        """Returns the specification; ``units_touch`` decides ``ne`` where it was left out."""
        ne = self.ne if self.ne is not None else "1" if units_touch else "0"
        return Specification(self.ar, ne, self.end, self.family, self.weights, lags_of(self.lags))


def fit(
    case: str,
    words: FitWords,
    *,
    measure: Measure = Measure.EVENTS,
    by: By = By.COUNTRY,
    as_of: date | None = None,
    sampler: Sampler | None = None,
    seed: int = SEED,
) -> FitResult | PosteriorResult:
    """Fits an endemic-epidemic model to a case as known on a day, or with a sampler samples its posterior.

    Each cell of the panel is taken at the median of its draws.

    Raises:
        UsageError: a file in place of a case, or words that are no formula, family, weights or lags.
        DataError: too few periods, no events, or covariates that lack a series or a period.
    """
    read = read_counted_case(case, f"vedette counts fit {case}")
    past = median_history(history_of(read, as_of, measure=measure, by=by, seed=seed))
    age = age_of(read, as_of)
    about = {"case": case, "measure": measure.value, "by": by.value, "data": age.document()}
    notation = Notation(Form.LABEL, read.step)
    return fit_history(past, words, about=about, notation=notation, sampler=sampler, seed=seed)


def fit_history(
    past: History,
    words: FitWords,
    *,
    about: Mapping[str, Any],
    notation: Notation,
    sampler: Sampler | None,
    seed: int,
) -> FitResult | PosteriorResult:
    """Fits a model to a history, or with a sampler samples its posterior."""
    from vedette.model.bayes.endemic import sample_endemic
    from vedette.model.endemic.covariates import read_covariates
    from vedette.model.endemic.fit import fit as maximise

    specification = words.specification(units_touch=past.neighbours is not None)
    series = read_covariates(words.covariates, notation, past.span, past.units) if words.covariates else None
    if sampler is None:
        return FitResult(about, maximise(past, specification, covariates=series))
    rng = rng_stream(seed, "nuts")
    posterior = sample_endemic(past, specification, sampler, rng, covariates=series)
    return PosteriorResult(about, posterior, seed)

"""A second opinion on the country: a model with everything unknown sampled, beside the pool."""

from dataclasses import dataclass, replace

import numpy as np

from vedette.brief.figures import Link, from_fit
from vedette.errors import UsageError
from vedette.model import Forecast, History, IntArray
from vedette.model.bayes import Diagnosis, EndemicBayes, LevelBayes, Posterior, Sampler
from vedette.model.bayes.members import doubt, latest
from vedette.periods import label
from vedette.plurals import counted
from vedette.progress import Report
from vedette.randomness import rng_stream

Sampled = LevelBayes | EndemicBayes

DRAWS = 2000
WINDOW = 96
SAMPLER = Sampler(chains=4, warmup=300, draws=300, accept=0.9)
MODELS: dict[str, Sampled] = {
    "level-bayes": LevelBayes(SAMPLER, WINDOW),
    "endemic-bayes": EndemicBayes(SAMPLER, window=WINDOW),
}
LASTS = "about a minute"


@dataclass(frozen=True, eq=False)
class SecondOpinion:
    """A sampled model's forecast of deaths in the country, and the diagnosis of its sampler.

    Attributes:
        forecast: draws (S, H, 1).
        diagnosis: R-hat, effective sample sizes and divergences, with a sentence for each finding.
        learned: how many periods, the last ones, were learned from.
    """

    forecast: Forecast
    diagnosis: Diagnosis
    learned: int

    @property
    def model(self) -> str:
        """The name of the model."""
        return self.forecast.model

    @property
    def link(self) -> Link:
        """How the forecast came about: the sampler, its seed, and the months it saw."""
        forecast, diagnosis = self.forecast, self.diagnosis
        sampler = f"{diagnosis.chains} chains of {diagnosis.draws:,} draws, seed {forecast.seed}"
        months = f"the middle estimate of {self.learned} months to {label(forecast.origin, forecast.step)}"
        return from_fit(
            f"{forecast.model}, sampled by NUTS: {sampler}; {counted(len(forecast.draws), 'future')}, from "
            f"{months}"
        )


def sampled(name: str) -> Sampled:
    """The sampled model of a name.

    Raises:
        UsageError: there is none.

    >>> sampled("level-bayes").window
    96
    """
    if name not in MODELS:
        raise UsageError(
            f"--second-opinion: there is no sampled model {name!r}; choose one of: {', '.join(MODELS)}"
        )
    return MODELS[name]


def sample_second_opinion(
    model: Sampled, history: History, horizon: int, seed: int, report: Report
) -> SecondOpinion:
    """Forecasts a country by a sampled model, ``horizon`` periods ahead; its posterior is sampled once.

    Warns with `PosteriorDoubt` where the diagnosis does.

    Raises:
        DataError: no deaths in the months learned from.
    """
    stage = f"Sampling {model.name} ({LASTS})"
    report(stage, 0.0)
    origin = history.span.last
    past = latest(history, model.window)
    rng = rng_stream(seed, model.name, history.measure, origin)
    posterior = model.posterior(past, rng)
    doubt(posterior.diagnosis)
    futures = _simulated_futures(model, posterior, past, horizon, rng)
    report(stage, 1.0)
    ahead = tuple(range(1, horizon + 1))
    forecast = Forecast(futures, origin, past.span.step, ahead, past.units, past.measure, model.name, seed)
    return SecondOpinion(forecast, posterior.diagnosis, len(past.span))


def _simulated_futures(
    model: Sampled, posterior: Posterior, past: History, horizon: int, rng: np.random.Generator
) -> IntArray:
    """Futures (S, H, 1) from draws of the posterior."""
    if isinstance(model, LevelBayes):
        from vedette.model.bayes.level import level_ahead

        return level_ahead(posterior, horizon, DRAWS, rng)
    from vedette.model.bayes.endemic import endemic_ahead

    alone = replace(model.specification, ne="0")  # a country has no neighbours, as `posterior` knows
    return endemic_ahead(posterior, past, alone, horizon, DRAWS, rng, model.cap)

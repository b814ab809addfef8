"""Posteriors as models: a history in, draws out, and a warning where the sampler cannot be trusted."""

import warnings
from dataclasses import dataclass, replace

import numpy as np

from vedette.errors import Remark
from vedette.model.bayes.diagnosis import Diagnosis
from vedette.model.bayes.posterior import Posterior
from vedette.model.bayes.sampler import Sampler
from vedette.model.endemic.specification import Specification
from vedette.model.endemic.structure import LagKind, Lags
from vedette.model.history import History, IntArray
from vedette.periods import Span

SAMPLER = Sampler()
WORDS = Specification(end="ri", lags=Lags(LagKind.GEOMETRIC, 12))


class PosteriorDoubt(Remark):
    """A forecast rests on a posterior whose diagnosis found something wrong."""


@dataclass(frozen=True)
class LevelBayes:
    """The latent level with everything unknown sampled by NUTS; slow: see `window` and `sampler`.

    ``window``: only the last periods are learned from. Of several panel draws the middle one is.
    """

    sampler: Sampler = SAMPLER
    window: int = 180
    name: str = "level-bayes"

    def posterior(self, history: History, rng: np.random.Generator) -> Posterior:
        """The posterior given a history, with its diagnosis."""
        from vedette.model.bayes.level import sample_level

        return sample_level(latest(history, self.window), self.sampler, rng)

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U). Warns with `PosteriorDoubt` where the diagnosis does.

        Raises:
            DataError: fewer than two periods, or no events.
        """
        from vedette.model.bayes.level import level_ahead

        posterior = self.posterior(history, rng)
        doubt(posterior.diagnosis)
        return level_ahead(posterior, horizons, draws, rng)


@dataclass(frozen=True)
class EndemicBayes:
    """The endemic-epidemic model with everything unknown sampled by NUTS.

    ``specification``: the model in words; without a map, or with one unit, its neighbour component is left
    out. ``cap``: in no draw do counts grow in the long run by more than this factor a period. ``window`` as
    in `LevelBayes`.
    """

    sampler: Sampler = SAMPLER
    specification: Specification = WORDS
    cap: float = 0.95
    window: int = 180
    name: str = "endemic-bayes"

    def posterior(self, history: History, rng: np.random.Generator) -> Posterior:
        """The posterior given a history, with its diagnosis."""
        from vedette.model.bayes.endemic import sample_endemic

        return sample_endemic(latest(history, self.window), self._suited(history), self.sampler, rng)

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U). Warns with `PosteriorDoubt` where the diagnosis does.

        Raises:
            DataError: fewer periods than lags, no events, or a model that needs covariates.
        """
        from vedette.model.bayes.endemic import endemic_ahead

        posterior = self.posterior(history, rng)
        doubt(posterior.diagnosis)
        past = latest(history, self.window)
        return endemic_ahead(posterior, past, self._suited(history), horizons, draws, rng, self.cap)

    def _suited(self, history: History) -> Specification:
        alone = history.neighbours is None or not history.neighbours.any()
        return replace(self.specification, ne="0") if alone else self.specification


def latest(history: History, periods: int) -> History:
    """The last periods of a history."""
    span = history.span
    kept = Span(max(span.first, span.last - periods + 1), span.last, span.step)
    start = kept.first - span.first
    events = None if history.events is None else history.events[:, start:]
    return replace(
        history,
        values=history.values[:, start:],
        observed=history.observed[start:],
        span=kept,
        events=events,
    )


def doubt(diagnosis: Diagnosis) -> None:
    """One Python warning for each sentence of a diagnosis."""
    for sentence in diagnosis.warnings:
        warnings.warn(f"{diagnosis.model}: {sentence}", PosteriorDoubt, stacklevel=3)

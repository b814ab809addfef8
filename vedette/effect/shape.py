"""The shape of an effect, chosen among four, with its size and half-life."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vedette.effect.deviation import Deviation
from vedette.effect.profiles import LONGEST, POINTS, SHORTEST, Profiles, courses
from vedette.model import FloatArray, IntArray

INTERVAL = (0.05, 0.5, 0.95)
TOLD = 0.75


@dataclass(frozen=True, eq=False)
class Shape:
    """The likeliest shape of an effect, and draws of its size and half-life.

    ``name``: step, fading, building or ramp. ``chances``: the probability of each shape, if there was an
    effect of one of them and each was as likely beforehand. ``log_size`` (S,): the logarithm of the
    multiplier where it is largest: throughout for a step, in the first period for one that fades, in the last
    for one that builds up or a ramp. ``half_life`` (S,): in periods; None for a step and a ramp.
    ``periods``: the length of the window.
    """

    name: str
    chances: Mapping[str, float]
    log_size: FloatArray
    half_life: FloatArray | None
    periods: int

    def size(self) -> tuple[float, float, float]:
        """The largest multiplier: 5 %, 50 % and 95 % quantile."""
        low, middle, high = np.exp(np.quantile(self.log_size, INTERVAL)).tolist()
        return low, middle, high

    def half_lives(self) -> tuple[float, float, float] | None:
        """The half-life in periods: 5 %, 50 % and 95 % quantile."""
        if self.half_life is None:
            return None
        low, middle, high = np.quantile(self.half_life, INTERVAL).tolist()
        return low, middle, high

    @property
    def informative(self) -> bool:
        """Whether the data inform the half-life: its interval is clearly narrower than that of the prior.

        Without an effect nothing fades or builds up, and the posterior of the half-life is its prior.
        """
        lives = self.half_lives()
        if lives is None:
            return False
        prior = 0.9 * np.log(LONGEST / SHORTEST)
        sure_of_an_effect = not self.size()[0] < 1.0 < self.size()[2]
        return bool(sure_of_an_effect and np.log(lives[2] / lives[0]) < TOLD * prior)

    def profile(self) -> FloatArray:
        """The course of the logarithm of the multiplier, 1 at its largest, (H,); at the median half-life."""
        lives = self.half_lives()
        return np.asarray(courses(self.name, np.array([lives[1] if lives else np.nan]), self.periods)[0])


def fit_shape(observed: IntArray, simulated: IntArray, draws: int, rng: np.random.Generator) -> Shape:
    """Chooses the shape of an effect and draws its size and half-life, given counterfactual draws.

        log(y[t] + 1/2) = m[t] + size * profile[t] + e,    e ~ normal(0, V)

    ``m`` is the mean over draws of the logarithm of the counterfactual counts; ``V`` is its covariance plus
    that of the observed counts over their draws. The prior of the size is normal with mean 0 and standard
    deviation 1.5 (with probability 0.9 a factor of less than 12 in either direction), that of the half-life
    uniform on a log scale between 1/4 and 48 periods. The chosen shape is the one with the largest marginal
    likelihood, which is lower the more courses a shape could have taken. Fewer than four periods show no
    shape: the effect is then a step.

    Args:
        observed: counts (D, H), draws of the observed counts.
        simulated: counts (S, H), draws without the effect.
        draws: the number of posterior draws.
        rng: the rng stream.

    >>> rng = np.random.default_rng(1)
    >>> without = rng.poisson(100, (2000, 12))
    >>> faded = np.rint(100 * np.exp(1.2 * 2.0 ** (-np.arange(12) / 3.0)))[None].astype(np.int64)
    >>> shape = fit_shape(faded, without, 1000, rng)
    >>> shape.name, round(shape.size()[1]), round(shape.half_lives()[1])
    ('fading', 3, 3)
    """
    deviation = Deviation.of(observed, simulated)
    patterns, divided = deviation.patterns, deviation.divided
    evidence, known = patterns.evidence(divided), patterns.profiles
    by_shape = patterns.by_shape(evidence)
    chances = np.exp(by_shape - by_shape.max())
    name = known.shapes[int(by_shape.argmax())]
    rows = known.rows(name)
    drawn = rows.start + _drawn(evidence[rows], draws, rng)
    middle, precision = patterns.rows @ divided / patterns.precision, patterns.precision
    size = middle[drawn] + rng.standard_normal(draws) / np.sqrt(precision[drawn])
    listed = dict(zip(known.shapes, (chances / chances.sum()).tolist(), strict=True))
    return Shape(name, listed, size, _half_lives(known, drawn, rng), observed.shape[1])


def _drawn(evidence: FloatArray, draws: int, rng: np.random.Generator) -> IntArray:
    """Rows drawn in proportion to their evidence, each as often as it should be within one."""
    chance = np.cumsum(np.exp(evidence - evidence.max()))
    ticket = rng.permutation((np.arange(draws) + rng.random(draws)) / draws)
    return np.searchsorted(chance / chance[-1], ticket).clip(max=len(evidence) - 1)


def _half_lives(known: Profiles, drawn: IntArray, rng: np.random.Generator) -> FloatArray | None:
    """The half-lives of drawn rows, spread over the steps of the grid."""
    lives = known.half_lives[drawn]
    if np.isnan(lives).any():
        return None
    apart = np.log(LONGEST / SHORTEST) / (POINTS - 1)
    return np.asarray(np.clip(lives * np.exp(apart * (rng.random(len(lives)) - 0.5)), SHORTEST, LONGEST))

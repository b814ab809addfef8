"""A shock with exponential decay: its initial size and its half-life."""

from dataclasses import dataclass

import numpy as np

from vedette.errors import DataError
from vedette.model import FloatArray, IntArray

HALF, SPREAD, LEAST = 0.5, 1.5, 4
SHORTEST, LONGEST, POINTS = 0.25, 48.0, 80
INTERVAL = (0.05, 0.5, 0.95)
TOLD = 0.75


@dataclass(frozen=True, eq=False)
class Shock:
    """Draws of a multiplier whose logarithm decays exponentially.

    ``log_size`` (S,): the logarithm of the multiplier in the first period. ``half_life`` (S,): the number of
    periods after which that logarithm is halved.
    """

    log_size: FloatArray
    half_life: FloatArray

    def size(self) -> tuple[float, float, float]:
        """The multiplier in the first period: 5 %, 50 % and 95 % quantile."""
        low, middle, high = np.exp(np.quantile(self.log_size, INTERVAL)).tolist()
        return low, middle, high

    def half_lives(self) -> tuple[float, float, float]:
        """The half-life in periods: 5 %, 50 % and 95 % quantile."""
        low, middle, high = np.quantile(self.half_life, INTERVAL).tolist()
        return low, middle, high

    @property
    def informative(self) -> bool:
        """Whether the data inform the half-life: its interval is clearly narrower than that of the prior.

        Without a shock there is no decay, and the posterior of the half-life is its prior.
        """
        low, _, high = self.half_lives()
        prior = 0.9 * np.log(LONGEST / SHORTEST)
        sure_of_a_shock = not self.size()[0] < 1.0 < self.size()[2]
        return bool(sure_of_a_shock and np.log(high / low) < TOLD * prior)


def fit_shock(observed: IntArray, simulated: IntArray, draws: int, rng: np.random.Generator) -> Shock:
    """The posterior of size and half-life of a shock, from observed counts and counterfactual draws.

        log(y[t] + 1/2) = m[t] + size * 2^(-t / half_life) + e,    e ~ normal(0, V),    t = 0, 1, ...

    ``m`` is the mean over draws of the logarithm of the counterfactual counts; ``V`` is its covariance plus
    that of the observed counts over their draws. The prior of the size is normal with mean 0 and standard
    deviation 1.5 (with probability 0.9 a factor of less than 12 in either direction), that of the half-life
    uniform on a log scale between 1/4 and 48 periods. Given the half-life the posterior of the size has a
    closed form; the half-life is integrated on a grid.

    Args:
        observed: counts (D, H), draws of the observed counts.
        simulated: counts (S, H), draws without the shock.
        draws: the number of posterior draws.
        rng: the rng stream.

    Raises:
        DataError: fewer than 4 periods.

    >>> rng = np.random.default_rng(1)
    >>> without = rng.poisson(100, (2000, 12))
    >>> with_shock = np.rint(100 * np.exp(1.2 * 2.0 ** (-np.arange(12) / 3.0)))[None].astype(np.int64)
    >>> shock = fit_shock(with_shock, without, 1000, rng)
    >>> [round(shock.size()[1], 1), round(shock.half_lives()[1])]
    [3.3, 3]
    """
    periods = observed.shape[1]
    if periods < LEAST:
        raise DataError(f"shock: expected at least {LEAST} periods after it; found {periods}. Wait for more.")
    log_observed, without = np.log(observed + HALF), np.log(simulated + HALF)
    spread = np.cov(without, rowvar=False)
    if len(log_observed) > 1:
        spread = spread + np.cov(log_observed, rowvar=False)
    spread = spread + np.eye(periods) * max(1e-3 * float(np.trace(spread)) / periods, 1e-6)
    off = log_observed.mean(axis=0) - without.mean(axis=0)
    half_lives = np.geomspace(SHORTEST, LONGEST, POINTS)
    fading = 2.0 ** (-np.arange(periods) / half_lives[:, None])
    weighed = np.linalg.solve(spread, fading.T).T
    precision = np.einsum("gt,gt->g", weighed, fading) + SPREAD**-2
    middle = weighed @ off / precision
    evidence = 0.5 * precision * middle**2 - 0.5 * np.log(precision)
    chance = np.exp(evidence - evidence.max())
    ticket = rng.permutation((np.arange(draws) + rng.random(draws)) / draws)
    points = np.searchsorted(np.cumsum(chance) / chance.sum(), ticket).clip(max=POINTS - 1)
    apart = np.log(LONGEST / SHORTEST) / (POINTS - 1)
    within = np.exp(apart * (rng.random(draws) - 0.5))
    size = middle[points] + rng.standard_normal(draws) / np.sqrt(precision[points])
    return Shock(size, np.clip(half_lives[points] * within, SHORTEST, LONGEST))

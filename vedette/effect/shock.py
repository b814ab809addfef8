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
    """Draws of a multiplier that fades by halves.

    ``log_size`` (S,): logarithm of the multiplier in the first period. ``half_life`` (S,): periods after
    which half of that logarithm is left.
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
    def told(self) -> bool:
        """Whether the data inform the half-life: its interval is clearly narrower than that of the prior.

        Without a shock nothing fades, and the interval of the half-life is what was assumed.
        """
        low, _, high = self.half_lives()
        prior = 0.9 * np.log(LONGEST / SHORTEST)
        sure_of_a_shock = not self.size()[0] < 1.0 < self.size()[2]
        return bool(sure_of_a_shock and np.log(high / low) < TOLD * prior)


def fit_shock(observed: IntArray, simulated: IntArray, draws: int, rng: np.random.Generator) -> Shock:
    """Size and half-life of a shock, from what was observed and draws of what would have been.

        log(y[t] + 1/2) = m[t] + size * 2^(-t / half_life) + e,    e ~ normal(0, V),    t = 0, 1, ...

    ``m`` and ``V`` are mean and covariance over draws of the logarithm of what would have been, to which that
    of the doubt in what was observed is added. The size is normal around 0 with spread 1.5 (nine times in
    ten a factor of less than 12 either way), the half-life as likely between 1/4 and 48 periods on the
    scale of its logarithm. For each half-life the size has a closed form; half-lives are weighed on a grid.

    Args:
        observed: counts (D, H), draws of what may have been observed.
        simulated: counts (S, H) without the shock.
        draws: how many draws of the posterior.
        rng: chance.

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

"""Severity: how many people die in a given number of events, learned from the counts of both.

Only cells are known (deaths and events of a period and unit), not single events. In everything below
T, U are periods and units, S, H draws and horizons; n are events, d deaths, m deaths per event.

    d[t,u] | n[t,u]  ~  Poisson(n m[u] L K)          log L, log K normal, mean of L and K 1
    var of the rate over its squared mean  =  v(n)  =  a/n + b

``b`` is what a whole cell shares (the level drifts and is not known exactly), ``a`` what single events
differ by. With b = 0 the mean and variance are those of a sum of n independent events whose own rates have
the squared coefficient of variation a; with n = 1 the distribution is the same too.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from vedette.errors import DataError
from vedette.model.history import FloatArray, IntArray

EVENT_GRID: FloatArray = np.array([0.25, 0.5, 1.0, 2.0, 4.0, 8.0])
LEVEL_GRID: FloatArray = np.array([0.02, 0.05, 0.1, 0.2, 0.4, 0.8])
TYPICAL_EVENT, TYPICAL_LEVEL, STRENGTH = 1.5, 0.2, 20.0
LEARN, AT = 60, (1, 6, 12)
FULL_WEIGHT = 5.0
LONG_MEMORY = 12
FIRST_GUESS, GUESS_WEIGHT = 3.0, 0.1
HIGHEST = 1e7
OUTLYING = 8.0


@dataclass(frozen=True, eq=False)
class Severity:
    """Deaths per event after the last period learned from.

    ``mean`` (U,) is deaths per event m. ``event`` and ``level`` (3,) are a and b at the horizons ``AT``,
    interpolated between them and constant after. ``shared`` is the part of the variance of log L that all
    units have in common, ``persistence`` the correlation of log L from one period to the next.
    """

    mean: FloatArray
    event: FloatArray
    level: FloatArray
    shared: float = 0.25
    persistence: float = 0.8

    def deaths(
        self, events: IntArray, rng: np.random.Generator, common: np.random.Generator | None = None
    ) -> IntArray:
        """Draws of deaths (S, H, U) behind draws of events (S, H, U); no events, no deaths.

        What units have in common comes from the stream ``common``, if one is given.

        One draw is one joint future: L moves slowly over its horizons and partly together over its units,
        so that sums over months and over units are as wide as they should be.

        >>> severity = Severity(np.array([4.0, 10.0]), np.full(3, 1.0), np.full(3, 0.1))
        >>> draws = severity.deaths(np.full((4000, 2, 2), 5), np.random.default_rng(1))
        >>> draws.shape, draws.mean(axis=(0, 1)).round(-1).tolist()
        ((4000, 2, 2), [20.0, 50.0])
        """
        ahead = np.arange(1, events.shape[1] + 1)
        event = np.interp(ahead, AT, self.event)[:, None]
        level = np.interp(ahead, AT, self.level)[:, None]
        wide, own = np.log1p(level), np.log1p(event / (np.maximum(events, 1) * (1.0 + level)))
        moves = self._moves(events.shape, rng, common or rng) * np.sqrt(wide) - wide / 2.0
        marks = rng.standard_normal(events.shape) * np.sqrt(own) - own / 2.0
        rate = events * self.mean * np.exp(moves + marks)
        return rng.poisson(np.minimum(rate, HIGHEST))

    def _moves(
        self, shape: tuple[int, ...], rng: np.random.Generator, common: np.random.Generator
    ) -> FloatArray:
        """Standard normal (S, H, U), correlated over horizons and units."""
        draws, horizons, units = shape
        steps = np.sqrt(self.shared) * common.standard_normal((draws, horizons, 1))
        steps = steps + np.sqrt(1.0 - self.shared) * rng.standard_normal((draws, horizons, units))
        new = np.sqrt(1.0 - self.persistence**2)
        for ahead in range(1, horizons):
            steps[:, ahead] = self.persistence * steps[:, ahead - 1] + new * steps[:, ahead]
        return np.asarray(steps)


def learn_severity(deaths: IntArray, events: IntArray, half_life: float = 3.0, pool: float = 2.0) -> Severity:
    """Learns deaths per event, its drift and its spread from the cells of the past.

    The mean of each unit weighs recent cells most and leans on all units where it has few (`levels`). The
    spreads a and b maximise, over a grid and at 1, 6 and 12 periods ahead, the negative binomial likelihood
    with variance n m + (n m)^2 v(n) of the cells of the last 60 periods, each expected from what was known
    so many periods before, times log-normal priors around 1.5 and .2. Draws use the log-normal of that
    mean and variance, whose tail is heavier. Cells without events teach nothing, monstrous ones hardly more
    than large ones (`without_spikes`).

    Args:
        deaths: (T, U).
        events: (T, U), behind the deaths.
        half_life: of a cell's weight, in periods; 3 suits months.
        pool: the weight of all units in the mean of one, in cells.

    Raises:
        DataError: two arrays of different shapes, or without periods or units.

    >>> severity = learn_severity(np.array([[8], [0], [12]]), np.array([[2], [0], [3]]))
    >>> severity.mean.round(1).tolist()
    [4.5]
    """
    if deaths.shape != events.shape or deaths.ndim != 2 or 0 in deaths.shape:
        raise DataError(
            f"severity: expected deaths and events by period and unit; found shapes {deaths.shape} and "
            f"{events.shape}. Give one count of each for every cell."
        )
    tamed = without_spikes(deaths, events, levels(deaths, events, half_life, pool))
    mean = levels(tamed, events, half_life, pool)
    spreads = [best_spread(tamed, events, mean, ahead) for ahead in AT]
    return Severity(mean[-1], np.array([a for a, _ in spreads]), np.array([b for _, b in spreads]))


def levels(deaths: IntArray, events: IntArray, half_life: float, pool: float) -> FloatArray:
    """Deaths per event known after each period, (T, U).

        x = sqrt(d / n) (1 + v(n))^(1/8)        the square root tames the largest events; the factor makes
                                                its square right on average under typical a and b
        p = n / (n + 5)                         a cell of many events hardly tells more than one of a few
        own[u] = (P x)[u] + pool all / (P[u] + pool),  all = (sum P x + pool long) / (sum P + pool)

    P are the p of the past, halved every ``half_life``; ``long`` is the same of all units with a memory 12
    times as long, which begins at 3 deaths per event. The level is own squared.

    >>> cells = np.array([[1, 1]] * 40)
    >>> levels(6 * cells, cells, half_life=3.0, pool=2.0)[-1].round().tolist()
    [8.0, 8.0]
    """
    counted = np.maximum(events, 1)
    spread = TYPICAL_EVENT / counted + TYPICAL_LEVEL
    weight = events / (events + FULL_WEIGHT)
    scaled = weight * np.sqrt(deaths / counted) * (1.0 + spread) ** 0.125
    weights, sums = faded(weight, half_life), faded(scaled, half_life)
    old_held, old_sums = (faded(x.sum(axis=1), LONG_MEMORY * half_life) for x in (weight, scaled))
    long = (old_sums + GUESS_WEIGHT * np.sqrt(FIRST_GUESS)) / (old_held + GUESS_WEIGHT)
    every = (sums.sum(axis=1) + pool * long) / (weights.sum(axis=1) + pool)
    return np.asarray(((sums + pool * every[:, None]) / (weights + pool)) ** 2)


def without_spikes(deaths: IntArray, events: IntArray, mean: FloatArray) -> IntArray:
    """Deaths (T, U) of which none lies too far above what was known before the period.

        most[t,u] = n[t,u] mean[t-1,u] (1 + 8 sqrt(v(n)))

    One monstrous cell would else be taken for the new level; a change that lasts is followed, as means rise.

    >>> found = without_spikes(np.array([[50], [124_000]]), np.array([[10], [10]]), np.array([[5.0], [9e3]]))
    >>> found.ravel().tolist()
    [50, 287]
    """
    counted = np.maximum(events[1:], 1)
    spread = TYPICAL_EVENT / counted + TYPICAL_LEVEL
    most = counted * mean[:-1] * (1.0 + OUTLYING * np.sqrt(spread))
    return np.concatenate([deaths[:1], np.minimum(deaths[1:], np.ceil(most)).astype(np.int64)])


def faded(values: FloatArray, half_life: float) -> FloatArray:
    """Running sums over periods, older terms halved every ``half_life`` periods; same shape.

    >>> faded(np.array([4.0, 0.0, 1.0]), half_life=1.0).tolist()
    [4.0, 2.0, 2.0]
    """
    from scipy.signal import lfilter  # a third of a second that commands without a forecast do not need

    return np.asarray(lfilter([1.0], [1.0, -(0.5 ** (1.0 / half_life))], values, axis=0))


def best_spread(deaths: IntArray, events: IntArray, mean: FloatArray, ahead: int) -> tuple[float, float]:
    """a and b of `learn_severity` for cells ``ahead`` periods after the level was known."""
    first = max(ahead, len(deaths) - LEARN)
    counted = events[first:] > 0
    died, behind = deaths[first:][counted], events[first:][counted]
    expected = behind * mean[max(0, first - ahead) : max(0, len(deaths) - ahead)][counted]
    size = 1.0 / (EVENT_GRID[:, None, None] / behind + LEVEL_GRID[:, None])
    fit = gammaln(died + size) - gammaln(size) + size * np.log(size) - (died + size) * np.log(size + expected)
    doubt = np.log(EVENT_GRID / TYPICAL_EVENT)[:, None] ** 2 + np.log(LEVEL_GRID / TYPICAL_LEVEL) ** 2
    best = int((fit.sum(axis=2) - 0.5 * STRENGTH * doubt).argmax())
    event, level = divmod(best, len(LEVEL_GRID))
    return float(EVENT_GRID[event]), float(LEVEL_GRID[level])

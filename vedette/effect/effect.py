"""The effect of an intervention: counts observed after it, less counts simulated without it."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from vedette.effect.placebo import Placebos
from vedette.effect.shape import Shape
from vedette.effect.smallest import LEVEL, Smallest
from vedette.model import FloatArray, IntArray
from vedette.periods import Step, label

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
NAMES = ("low_90", "low_50", "median", "high_50", "high_90")
HALF = 0.5


@dataclass(frozen=True, eq=False)
class Effect:
    """The effect on one series of counts, as draws.

    ``observed`` int (D, H): D draws of the observed counts in the H periods after ``origin`` (several if
    places or dates are uncertain). ``simulated`` int (S, H): draws of the counterfactual counts, by a model
    fitted to data up to ``origin``; simulated draw s is compared with observed draw s modulo D.
    ``fully_observed`` (H,): False for periods whose counts are themselves estimated. ``shape``: the shape of
    the effect. ``smallest``: the smallest effect that the record could have told, of that
    shape and, if it is another, of a step.
    """

    unit: str
    measure: str
    model: str
    origin: int
    step: Step
    observed: IntArray
    simulated: IntArray
    fully_observed: tuple[bool, ...]
    seed: int
    placebos: Placebos
    shape: Shape
    smallest: tuple[Smallest, ...]

    @property
    def told(self) -> bool:
        """Whether the window stands out among placebo windows: p below .05."""
        return self.placebos.p_dates is not None and self.placebos.p_dates < LEVEL

    @property
    def periods(self) -> tuple[int, ...]:
        """The periods of the window."""
        return tuple(range(self.origin + 1, self.origin + 1 + self.simulated.shape[1]))

    @property
    def paired(self) -> IntArray:
        """The observed counts compared with each simulated draw, (S, H)."""
        return self.observed[np.arange(len(self.simulated)) % len(self.observed)]

    def differences(self) -> IntArray:
        """Observed minus simulated counts, (S, H)."""
        return self.paired - self.simulated

    def ratios(self) -> FloatArray:
        """Total observed over total simulated counts, (S,); 1/2 is added to both, so that totals can be 0."""
        return np.asarray((self.paired.sum(axis=1) + HALF) / (self.simulated.sum(axis=1) + HALF))

    def by_period(self) -> pl.DataFrame:
        """One row for each period: ``observed`` (median), quantiles of simulated counts and of the effect."""
        return self._table(self.observed, self.simulated, self.differences())

    def cumulative(self) -> pl.DataFrame:
        """The same as `by_period` for cumulative sums from the first period on."""
        summed = (np.cumsum(part, axis=1) for part in (self.observed, self.simulated, self.differences()))
        return self._table(*summed)

    def total(self) -> dict[str, float]:
        """The effect over the full window: quantiles of difference and ratio, and the probability of more.

        ``chance_more`` is the share of draws with more observed than simulated; ties count one half.
        """
        summed = self.differences().sum(axis=1)
        quantiles = dict(zip(NAMES, np.quantile(summed, LEVELS).tolist(), strict=True))
        ratio = np.quantile(self.ratios(), LEVELS).tolist()
        quantiles |= {f"ratio_{name}": value for name, value in zip(NAMES, ratio, strict=True)}
        return quantiles | {"chance_more": float(np.mean((summed > 0) + 0.5 * (summed == 0)))}

    def _table(self, observed: IntArray, simulated: IntArray, effect: IntArray) -> pl.DataFrame:
        return pl.DataFrame(
            {
                "period": [label(period, self.step) for period in self.periods],
                "observed": np.quantile(observed, 0.5, axis=0),
                **{
                    f"simulated_{n}": q
                    for n, q in zip(NAMES, np.quantile(simulated, LEVELS, axis=0), strict=True)
                },
                **{f"effect_{n}": q for n, q in zip(NAMES, np.quantile(effect, LEVELS, axis=0), strict=True)},
                "seen": list(self.fully_observed),
            }
        )

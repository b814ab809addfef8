"""A synthetic control: the weighted mean of other units that was nearest to a unit before an intervention."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from vedette.model import FloatArray

HALF, HEAVY = 0.5, 1e5
"""The weight of the row that holds the sum of the weights at one, over the largest count."""


def synthetic_weights(treated: FloatArray, donors: FloatArray) -> FloatArray:
    """The weights (N,) of donors, none negative, with sum 1, that come nearest to the treated unit.

        minimise over w:  sum_t (treated[t] - donors[t] . w)^2,   w >= 0,  sum(w) = 1

    The method of Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105,
    493-505, with the periods before the intervention as predictors, all of equal weight.

    Args:
        treated: the treated unit before the intervention, (T,).
        donors: the donors in the same periods, (T, N).

    >>> donors = np.array([[1.0, 3.0], [5.0, 3.0], [3.0, 3.0]])
    >>> synthetic_weights(np.array([2.0, 4.0, 3.0]), donors).round(3).tolist()
    [0.5, 0.5]
    """
    scale = float(max(np.abs(donors).max(), np.abs(treated).max(), 1.0))
    rows = np.vstack([donors / scale, np.full(donors.shape[1], HEAVY)])
    weights, _ = nnls(rows, np.append(treated / scale, HEAVY))
    return np.asarray(weights / weights.sum())


@dataclass(frozen=True, eq=False)
class SyntheticControl:
    """A unit beside its synthetic control.

    ``weights`` (N,) of the donors; ``observed`` and ``synthetic`` (T,), of which the first ``before`` periods
    lie before the intervention.
    """

    weights: FloatArray
    observed: FloatArray
    synthetic: FloatArray
    before: int

    @classmethod
    def of(cls, treated: FloatArray, donors: FloatArray, before: int) -> "SyntheticControl":
        """The control of a treated unit (T,) from donors (T, N), fitted to the first ``before`` periods."""
        weights = synthetic_weights(treated[:before], donors[:before])
        return cls(weights, treated, np.asarray(donors @ weights), before)

    @property
    def fit(self) -> float:
        """The root mean squared error before the intervention over the treated unit's own mean there."""
        mean = float(self.observed[: self.before].mean())
        return self._error(slice(0, self.before)) / mean if mean else float("inf")

    @property
    def score(self) -> float:
        """The root mean squared error after the intervention over that before."""
        after, earlier = self._error(slice(self.before, None)), self._error(slice(0, self.before))
        return after / earlier if earlier else float("inf")

    @property
    def after(self) -> tuple[float, float]:
        """Observed and synthetic counts after the intervention."""
        periods = slice(self.before, None)
        return float(self.observed[periods].sum()), float(self.synthetic[periods].sum())

    @property
    def ratio(self) -> float:
        """Observed over synthetic counts after the intervention, 1/2 added to both."""
        observed, synthetic = self.after
        return (observed + HALF) / (synthetic + HALF)

    def _error(self, periods: slice) -> float:
        return float(np.sqrt(np.square(self.observed[periods] - self.synthetic[periods]).mean()))

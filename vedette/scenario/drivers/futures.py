"""Good and bad futures: those that pass the threshold of an outcome on its bad side, or the worst quarter."""

import numpy as np

from vedette.model import BoolArray, FloatArray
from vedette.periods import Span
from vedette.scenario.engine.ensemble import Ensemble

WORST = 0.25
"""The share of futures that count as bad where an outcome has no threshold."""


def bad_futures(
    ensemble: Ensemble, outcome: str, scenario: str, months: Span | None = None
) -> tuple[BoolArray, str]:
    """Which draws are bad futures of a scenario, (D,), and what makes them so in words.

    Without a threshold the worst quarter within each group of unweighted branches.
    """
    outcome_ = ensemble.outcomes[outcome]
    values = ensemble.outcome(outcome, months)[ensemble.index(scenario)]
    if outcome_.threshold is not None:
        return beyond(ensemble, outcome, values), outcome_.threshold.name
    cost = losses(ensemble, outcome, values)
    bad = np.zeros(ensemble.draws, dtype=bool)
    for group in range(ensemble.groups):
        own = ensemble.drawn.group == group
        bad[own] = cost[own] > np.quantile(cost[own], 1 - WORST)
    return bad, "the worst quarter"


def losses(ensemble: Ensemble, outcome: str, values: FloatArray) -> FloatArray:
    """Values turned so that more is worse."""
    return values if ensemble.outcomes[outcome].good == "down" else -values


def beyond(ensemble: Ensemble, outcome: str, values: FloatArray) -> BoolArray:
    """Whether values lie on the bad side of the threshold of an outcome that has one.

    A threshold on the good side of its outcome is turned round: what does not pass it is bad.
    """
    threshold = ensemble.outcomes[outcome].threshold
    if threshold is None:
        return np.zeros(values.shape, dtype=bool)
    above = threshold.above is not None
    passed = values > float(threshold.above or 0.0) if above else values < float(threshold.below or 0.0)
    bad_side = above == (ensemble.outcomes[outcome].good == "down")
    return np.asarray(passed if bad_side else ~passed)

"""Good and bad futures: those that pass the threshold of an outcome on its bad side, or the worst quarter."""

import numpy as np

from vedette.model import BoolArray, FloatArray
from vedette.periods import Span
from vedette.scenario.engine.ensemble import Ensemble

WORST = 0.25
"""The share of futures that count as bad where an outcome has no threshold."""


def bad_futures(
    made: Ensemble, outcome: str, scenario: str, months: Span | None = None
) -> tuple[BoolArray, str]:
    """Which draws are bad futures of a scenario, (D,), and what makes them so in words.

    Without a threshold the worst quarter within each group of unweighted branches.
    """
    asked = made.outcomes[outcome]
    values = made.outcome(outcome, months)[made.index(scenario)]
    if asked.threshold is not None:
        return beyond(made, outcome, values), asked.threshold.name
    cost = losses(made, outcome, values)
    bad = np.zeros(made.draws, dtype=bool)
    for group in range(made.groups):
        own = made.drawn.group == group
        bad[own] = cost[own] > np.quantile(cost[own], 1 - WORST)
    return bad, "the worst quarter"


def losses(made: Ensemble, outcome: str, values: FloatArray) -> FloatArray:
    """Values turned so that more is worse."""
    return values if made.outcomes[outcome].good == "down" else -values


def beyond(made: Ensemble, outcome: str, values: FloatArray) -> BoolArray:
    """Whether values lie on the bad side of the threshold of an outcome that has one.

    A threshold on the good side of its outcome is turned round: what does not pass it is bad.
    """
    asked = made.outcomes[outcome].threshold
    if asked is None:
        return np.zeros(values.shape, dtype=bool)
    above = asked.above is not None
    passed = values > float(asked.above or 0.0) if above else values < float(asked.below or 0.0)
    bad_side = above == (made.outcomes[outcome].good == "down")
    return np.asarray(passed if bad_side else ~passed)

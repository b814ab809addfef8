"""Compares the weights of the branches of a mechanism on two days."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from vedette.changes.signs import NONE_OF_THESE, THIN, Weighed, WeightSince
from vedette.changes.thresholds import ERRORS, WEIGHT
from vedette.scenario.tracking.since_start import StandingWeights
from vedette.scenario.tracking.weighing import BranchWeight

_ENDS = 3.29
"""Standard errors between the ends of a 90 % interval."""


def weights_since(then: Sequence[StandingWeights], now: Sequence[StandingWeights]) -> Iterator[WeightSince]:
    """Compares the weights of all branches on two days, in the order of the mechanism."""
    for before, after in zip(then, now, strict=True):
        start, end = _by_branch(before), _by_branch(after)
        for branch, prior in after.priors.items():
            was, stands = start[branch], end[branch]
            error = float(np.hypot(_error(was), _error(stands)))
            name = after.names[branch]
            large = _told(was, stands, error)
            yield WeightSince(after.id, after.name, branch, name, prior, was, stands, error, large)


def _by_branch(standing: StandingWeights) -> Mapping[str, Weighed]:
    """The weight of each branch of an alternative: the one before any month while none weighs."""
    before = {name: Weighed(prior, prior, prior) for name, prior in standing.priors.items()}
    return before | {one.id: _weighed(one, standing.none_of_these) for one in standing.weights}


def _weighed(one: BranchWeight, none: bool) -> Weighed:
    if none:
        return Weighed(None, None, None, NONE_OF_THESE)
    if one.weight is None:
        return Weighed(None, None, None, THIN)
    return Weighed(one.weight, one.low, one.high)


def _error(weighed: Weighed) -> float:
    return 0.0 if weighed.low is None or weighed.high is None else (weighed.high - weighed.low) / _ENDS


def _told(then: Weighed, now: Weighed, error: float) -> bool:
    """Whether a weight moved by more than noise, or is given on one of the two days alone."""
    if then.weight is None or now.weight is None:
        return then.why != now.why
    return abs(now.weight - then.weight) >= max(WEIGHT, ERRORS * error)

"""The most deaths or events that a case has on record, to set the worst futures of an outcome beside."""

import numpy as np

from vedette.periods import Span
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.hindcast.truths import groups_of


def most_on_record(ensemble: Ensemble, outcome: str, months: Span) -> float | None:
    """The highest value that an outcome had over as many months in a row, before the ensemble begins.

    None for an outcome that is not a sum of groups of events or of which more is better, and where no file
    covers so many months in a row.

    Args:
        ensemble: the scenarios.
        outcome: the id of an outcome.
        months: the months that it is read over; for a single month the highest is taken.
    """
    asked = ensemble.outcomes[outcome]
    groups = groups_of(ensemble.mechanism.file, asked.of)
    if not groups or asked.good == "up":
        return None
    past = np.sum([ensemble.baseline.past_of(group) for group in groups], axis=0)
    length = len(months) if asked.read in ("total", "mean") else 1
    if len(past) < length:
        return None
    sums = np.convolve(past, np.ones(length), "valid")
    sums = sums[np.isfinite(sums)]
    if not len(sums):
        return None
    return float(sums.max()) / (length if asked.read == "mean" else 1)

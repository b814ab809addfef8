"""When a difference between two days is told: beyond chance and the error of simulation, and it matters."""

import numpy as np

from vedette.model import FloatArray
from vedette.scenario.tracking.nearness import NEAR

COUNTRY = 25
"""The smallest difference of deaths a month in the country that is told: where VIEWS draws the line between a
month in conflict and one without (https://viewsforecasting.org/early-warning-system/definitions/)."""
PLACE = 10
"""The same for one place. Assumed by vedette's authors: a place has a part of the deaths of a country."""
SHARE = 0.25
"""The smallest relative difference: where ACLED calls a change large
(https://acleddata.com/early-warning-research-hub/conflict-change-map)."""
INSIDE = 0.9
"""A forecast has missed where what came lies outside this central interval of its draws."""
BELIEF = 0.1
"""The smallest movement of a belief that is told."""
WEIGHT = 0.1
"""The smallest movement of the weight of a branch of the mechanism that is told."""
ARMS = 0.05
"""The smallest movement of the index of arms: headcounts that are carried over a year drift further."""
ERRORS = 2.0
"""Two forecasts differ where their medians lie so many standard errors of simulation apart."""
NORM_MONTHS = 24
"""The norm is read from the runs of months in so many months before."""
UNUSUAL = 0.9
"""Beyond the norm is what is more, or less, than this share of those runs."""
OLD = 365
"""A claim is stale so many days after it was last said, and so is the newest answer to a question."""
SILENT = 180
"""A publisher is missed after so many days without a source, and no gap before was as long."""

RULES = (
    f"A forecast missed where what came lies outside the middle {100 * INSIDE:.0f} % of its draws.",
    f"A difference of deaths is told from {COUNTRY} deaths a month in the country (the line that VIEWS draws "
    f"between a month in conflict and one without) and {PLACE} in a place (assumed by vedette's authors), if "
    f"it is also {100 * SHARE:.0f} % or more (from there ACLED calls a change large).",
    "Two forecasts differ where, besides, their medians lie more than "
    f"{ERRORS:.0f} standard errors of simulation apart.",
    f"Beyond the norm is what is more, or less, than {100 * UNUSUAL:.0f} % of the runs of as many months in "
    f"the {NORM_MONTHS} months before.",
    f"A belief moved from {BELIEF:g} on, the index of arms from {100 * ARMS:.0f} points on; an alarm is near "
    f"within {100 * NEAR:.0f} % of its level.",
    f"The weight of a branch moved from {100 * WEIGHT:.0f} points on, if that is also more than {ERRORS:.0f} "
    "standard errors of simulation.",
)
"""What a reader must know of the smallest differences that are told."""


def told(then: float, now: float, least: float) -> bool:
    """Whether a difference of deaths is large enough to be told: by number, and by share of the larger.

    >>> told(404, 3216, COUNTRY), told(3, 12, PLACE), told(1000, 1100, COUNTRY)
    (True, False, False)
    """
    apart = abs(now - then)
    return apart >= least and apart >= SHARE * max(then, now)


def median_error(draws: FloatArray) -> float:
    """The standard error of a median of draws (S,), from the quantiles one error to either side.

    >>> round(median_error(np.arange(10_000.0)), 1)
    50.0
    """
    off = 0.5 / np.sqrt(len(draws))
    low, high = np.quantile(draws, (0.5 - off, 0.5 + off))
    return float(high - low) / 2

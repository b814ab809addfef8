"""What was usual before: the totals of runs of as many months in the two years before the first day."""

from dataclasses import dataclass

import numpy as np

from vedette.changes.known_on import AsKnown
from vedette.changes.thresholds import COUNTRY, NORM_MONTHS, UNUSUAL, told
from vedette.periods import Span, Step

WORSE, BETTER, SAME = "worse", "better", "no change"


@dataclass(frozen=True)
class Norm:
    """Deaths in runs of as many months as lie between the two days.

    Attributes:
        first: the first month of the runs.
        last: the last month, that of the first day.
        months: how long each run is.
        runs: how many there are.
        median: of their totals.
        low: the total that one run in ten is below.
        high: the total that one run in ten is above.
    """

    first: str
    last: str
    months: int
    runs: int
    median: float
    low: float
    high: float

    def arrow(self, came: float) -> str:
        """Whether what came is beyond the norm: ``worse`` or ``better``, else ``no change``."""
        if not told(self.median, came, COUNTRY * self.months):
            return SAME
        return WORSE if came > self.high else BETTER if came < self.low else SAME


def norm_before(then: AsKnown, months: int) -> Norm | None:
    """The norm for so many months, from those up to the first day; None where too few are known in a row."""
    known = then.panel.stretch
    window = max(NORM_MONTHS, 3 * months)
    span = Span(max(known.first, known.last - window + 1), known.last, Step.MONTH)
    if len(span) < max(NORM_MONTHS // 2, 2 * months):
        return None
    counts = np.median(then.panel.series("best", then.panel.grid.everywhere, span).sum(axis=(2, 3)), axis=0)
    totals = np.convolve(counts, np.ones(months), mode="valid")
    low, median, high = (float(end) for end in np.quantile(totals, (1 - UNUSUAL, 0.5, UNUSUAL)))
    labels = span.labels()
    return Norm(labels[0], labels[-1], months, len(totals), median, low, high)

"""The area under the ROC curve of one number as a classifier of bad and good futures."""

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

from vedette.model import BoolArray, FloatArray


def area(values: FloatArray, bad: BoolArray, level: float = 0.9) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Area under the curve of each column, with its interval: values (D, T) and bad (D,) to three of (T,).

    The chance that a bad future has a higher value than a good one, ties counted half. The interval is that
    of DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44, 837-845, by ranks as in Sun and Xu 2014, IEEE
    Signal Processing Letters 21, 1389-1393.

    >>> middle, low, high = area(np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([False, True, False, True]))
    >>> middle.tolist()
    [0.75]
    """
    ranks = rankdata(values, axis=0)
    ours, theirs = int(bad.sum()), int((~bad).sum())
    above = (ranks[bad] - rankdata(values[bad], axis=0)) / theirs
    below = 1 - (ranks[~bad] - rankdata(values[~bad], axis=0)) / ours
    middle = above.mean(axis=0)
    spread = np.sqrt(above.var(axis=0, ddof=1) / ours + below.var(axis=0, ddof=1) / theirs)
    width = float(ndtri((1 + level) / 2)) * spread
    return middle, np.clip(middle - width, 0, 1), np.clip(middle + width, 0, 1)


def alarm(values: FloatArray, bad: BoolArray, false_alarms: float, high: bool) -> tuple[float, float, float]:
    """The level of an alarm: the level, its rate of false alarms and its rate of hits.

    Of values (D,): an alarm is raised at the level and beyond, upwards if ``high``. Of all levels whose false
    alarms, the share of good futures that raise it, are no more than asked, the one that hits most bad ones.

    >>> alarm(np.array([1.0, 2.0, 3.0, 4.0]), np.array([False, False, True, True]), 0.1, high=True)
    (3.0, 0.0, 1.0)
    """
    turned = values if high else -values
    line = np.unique(turned)
    good = np.sort(turned[~bad])
    wrong = 1 - np.searchsorted(good, line, "left") / len(good)
    fit = np.flatnonzero(wrong <= false_alarms + 1e-12)
    if not len(fit):  # the highest value of all is that of too many good futures
        return float("inf") if high else float("-inf"), 0.0, 0.0
    level = line[fit[0]]
    return (
        float(level if high else -level),
        float((turned[~bad] >= level).mean()),
        float((turned[bad] >= level).mean()),
    )

"""The statistics by which a path of months is held against another: its total and its trend."""

import numpy as np

from vedette.model import BoolArray, FloatArray

TREND = 6
"""The fewest months known of a path whose trend is used."""


def path_statistics(paths: FloatArray, known: BoolArray) -> FloatArray:
    """Total and trend of paths (N, T) over the months known (T,), as columns (N, 1 or 2).

    The total is log(1 + sum of the months). The trend is the slope of log(1 + month) over the months, times
    their number: by how much its logarithm rose or fell from first to last. A path is scored as a
    whole, since its months are not independent trials. With fewer than six months there is no trend.

    >>> rising = np.array([[1.0, 3.0, 7.0, 15.0, 31.0, 63.0]])
    >>> path_statistics(rising, np.ones(6, bool)).round(3).tolist()
    [[4.796, 4.159]]
    """
    months = paths[:, known]
    total = np.log1p(months.sum(axis=1))
    count = int(known.sum())
    if count < TREND:
        return np.asarray(total[:, None])
    when = np.flatnonzero(known) - np.flatnonzero(known).mean()
    slope = np.log1p(months) @ when / (when @ when)
    return np.asarray(np.stack([total, slope * count], axis=1))

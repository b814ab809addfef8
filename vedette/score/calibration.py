"""Calibration: coverage of central intervals and the probability integral transform (PIT)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from vedette.model import BoolArray, FloatArray
from vedette.score.checks import ordered, shares
from vedette.score.rules import inside_interval, rank


def covered(draws: npt.ArrayLike, truth: npt.ArrayLike, levels: Sequence[float]) -> BoolArray:
    """Whether the central interval of each level, ends included, holds the truth; its mean is the coverage.

    The ends are numpy's linear quantiles (1 - level)/2 and (1 + level)/2. Counts have ties with the ends, so
    that even a perfect forecast covers more than its level where most counts are 0.

    Args:
        draws: (S, *cells).
        truth: (*cells).
        levels: nominal coverages between 0 and 1.

    Returns:
        (levels, *cells).

    Raises:
        DataError: as in `crps`. UsageError: a level outside 0 and 1.

    >>> covered([[0], [1], [2], [3], [4]], [4], levels=[0.5, 0.99]).tolist()
    [[False], [False]]
    >>> covered([[0], [1], [2], [3], [4]], [3], levels=[0.5, 0.99]).tolist()
    [[True], [True]]
    """
    shares("levels", levels)
    x, y = ordered(draws, truth)
    return np.stack([inside_interval(x, y, level) for level in levels])


def pit(draws: npt.ArrayLike, truth: npt.ArrayLike, rng: np.random.Generator) -> FloatArray:
    """Randomised probability integral transform: uniform on (0, 1) where truth and draws are alike.

        ( #{x_s < y} + V (#{x_s = y} + 1) ) / (S + 1),   V uniform on (0, 1)

    The truth counts as one more draw, so that the result is exactly uniform for any number of draws. Peaks
    at both ends mean forecasts too sure, a heap in the middle too unsure. Smith 1985; Czado, Gneiting and
    Held 2009, doi:10.1111/j.1541-0420.2009.01191.x.

    Args:
        draws: (S, *cells).
        truth: (*cells).
        rng: where V comes from.

    Returns:
        (*cells).

    Raises:
        DataError: as in `crps`.

    >>> pit([[0], [0], [5]], [9], np.random.default_rng(1)).round(3).tolist()
    [0.878]
    """
    x, y = ordered(draws, truth)
    return rank(x, y, rng.random(y.shape))

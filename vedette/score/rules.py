"""The scores as formulas of draws in order: x (*cells, S) ascending, y (*cells); results (*cells).

Every score here is better when lower. The public functions, with their lessons, stand in `crps`,
`challenge` and `calibration`; they check and sort, then come here.
"""

import numpy as np
import scoringrules as sr

from vedette.model import BoolArray, FloatArray

EDGES: FloatArray = np.array([0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5])
_TOPS: FloatArray = np.append(EDGES[1:], np.inf)


def plain_crps(x: FloatArray, y: FloatArray) -> FloatArray:
    """scoringrules' quantile decomposition: the 1/(2 S^2) form without the double sum."""
    return np.asarray(sr.crps_ensemble(y, x, estimator="qd", sorted_ensemble=True, backend="numpy"))


def fair_crps(x: FloatArray, y: FloatArray) -> FloatArray:
    """scoringrules' probability-weighted moments: the 1/(2 S (S - 1)) form without the double sum."""
    return np.asarray(sr.crps_ensemble(y, x, estimator="pwm", sorted_ensemble=True, backend="numpy"))


def plain_from_fair(x: FloatArray, y: FloatArray, fair: FloatArray) -> FloatArray:
    """The plain form by way of the fair one: both have mean |x - y|, the spread differs by (S - 1) / S."""
    return np.asarray(fair + (np.abs(x - y[..., None]).mean(axis=-1) - fair) / x.shape[-1])


def tail_crps(x: FloatArray, y: FloatArray, threshold: float) -> FloatArray:
    """The fair form of CRPS after everything below the threshold is lifted to it."""
    lifted = {"v_func": lambda value: np.maximum(value, threshold), "sorted_ensemble": True}
    return np.asarray(sr.twcrps_ensemble(y, x, estimator="pwm", backend="numpy", **lifted))


def zero_score(x: FloatArray, y: FloatArray) -> FloatArray:
    """Log score of the event y > 0, with one pseudo-draw on each side."""
    nothing = (np.count_nonzero(x == 0, axis=-1) + 1) / (x.shape[-1] + 2)
    return np.asarray(-np.log(np.where(y == 0, nothing, 1 - nothing)))


def ignorance_score(x: FloatArray, y: FloatArray) -> FloatArray:
    """Minus log2 of the smoothed share of draws in the class of the truth."""
    place = np.digitize(y, EDGES) - 1
    bottom, top = EDGES[place][..., None], _TOPS[place][..., None]
    inside = np.count_nonzero((x >= bottom) & (x < top), axis=-1)
    return np.asarray(-np.log2((inside + 1) / (x.shape[-1] + len(EDGES))))


def stretched(x: FloatArray, draws: int) -> FloatArray:
    """Another number of draws by Fourier interpolation along the draws as they stand; negatives to 0.

    The right number of draws is left as it is.
    """
    if draws == x.shape[-1]:
        return x
    from scipy.signal import resample as fourier  # half a second that only the challenge's IGN needs

    return np.asarray(np.maximum(fourier(x, draws, axis=-1), 0.0))


def quantile(x: FloatArray, level: float) -> FloatArray:
    """numpy's linear quantile (type 7), read off draws in order."""
    place = round(level * (x.shape[-1] - 1), 9)
    below = int(place)
    above = min(below + 1, x.shape[-1] - 1)
    return np.asarray(x[..., below] + (place - below) * (x[..., above] - x[..., below]))


def interval_score(x: FloatArray, y: FloatArray, level: float) -> FloatArray:
    """Width of the central interval plus 2 / (1 - level) times the miss."""
    low, high = quantile(x, (1 - level) / 2), quantile(x, (1 + level) / 2)
    return np.asarray(high - low + 2 / (1 - level) * (np.maximum(low - y, 0) + np.maximum(y - high, 0)))


def inside_interval(x: FloatArray, y: FloatArray, level: float) -> BoolArray:
    """Whether the central interval, ends included, holds the truth."""
    return np.asarray((quantile(x, (1 - level) / 2) <= y) & (y <= quantile(x, (1 + level) / 2)))


def share_from(x: FloatArray, threshold: int) -> FloatArray:
    """Share of draws that reach the threshold."""
    return np.asarray(np.count_nonzero(x >= threshold, axis=-1) / x.shape[-1])


def rank(x: FloatArray, y: FloatArray, chance: FloatArray) -> FloatArray:
    """Randomised place of the truth among the draws, in (0, 1)."""
    below = np.count_nonzero(x < y[..., None], axis=-1)
    level = np.count_nonzero(x == y[..., None], axis=-1)
    return np.asarray((below + chance * (level + 1)) / (x.shape[-1] + 1))

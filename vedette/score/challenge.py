"""The other scores of the VIEWS prediction challenge, and the log score of zero. Lower is better.

Hegre and others 2025, "The 2023/24 VIEWS Prediction Challenge", Journal of Peace Research; the code of
prio-data/prediction_competition_2023.
"""

import numpy as np
import numpy.typing as npt

from vedette.errors import UsageError
from vedette.model import FloatArray
from vedette.score.checks import ordered, positive, shares
from vedette.score.rules import ignorance_score, interval_score, stretched, zero_score


def ignorance(draws: npt.ArrayLike, truth: npt.ArrayLike, resample: int | None = None) -> FloatArray:
    """IGN: minus log2 of the probability of the class that the truth falls into, in bits.

        -log2( (n_k + 1) / (S + 11) ),   n_k draws of S in the class k of the truth

    Classes: 0, 1-2, 3-5, 6-10, 11-25, 26-50, 51-100, 101-250, 251-500, 501-1000, more; one pseudo-draw in
    each. With 1,000 draws a sure and right forecast scores log2(1011/1001) = .0143.

    Args:
        draws: (S, *cells), counts of at least 0; for ``resample`` in the order in which they were drawn.
        truth: (*cells), counts of at least 0.
        resample: the challenge brings every forecast to 1000 draws with `scipy.signal.resample`
            (Fourier, negatives set to 0) unless it has 1000. Pass 1000 to do the same, None to leave them.

    Returns:
        (*cells), bits.

    Raises:
        DataError: as in `crps`. UsageError: counts below 0, or a resample below 1.

    >>> ignorance([[0], [0], [1], [7]], [0]).round(4).tolist()
    [2.3219]
    """
    x, y = ordered(draws, truth)
    if (x < 0).any() or (y < 0).any():
        raise UsageError("IGN: expected counts of at least 0; found a negative one. Score counts only.")
    if resample is not None:
        positive("resample", resample)
        x = stretched(np.moveaxis(np.asarray(draws, dtype=np.float64), 0, -1), resample)
    return ignorance_score(x, y)


def interval(draws: npt.ArrayLike, truth: npt.ArrayLike, level: float = 0.9) -> FloatArray:
    """MIS: the interval score of the central interval; its mean over cells is the mean interval score.

        (U - L)  +  2/(1 - level) (L - y)+  +  2/(1 - level) (y - U)+

    L and U are the (1 - level)/2 and (1 + level)/2 quantiles of the draws, numpy's linear ones. The
    challenge reports level .90; always print the level. Gneiting and Raftery 2007,
    doi:10.1198/016214506000001437.

    Args:
        draws: (S, *cells).
        truth: (*cells).
        level: nominal coverage, between 0 and 1.

    Returns:
        (*cells), counts.

    Raises:
        DataError: as in `crps`. UsageError: a level outside 0 and 1.

    >>> interval([[0.0], [10.0], [20.0]], [24.0], level=0.8).round(6).tolist()
    [76.0]
    """
    shares("level", [level])
    return interval_score(*ordered(draws, truth), level)


def log_zero(draws: npt.ArrayLike, truth: npt.ArrayLike) -> FloatArray:
    """Log score of the event y > 0, in nats.

        -log(p) where y = 0,  -log(1 - p) where y > 0,   p = (n_0 + 1) / (S + 2)

    n_0 of S draws are 0; one pseudo-draw for "nothing" and one for "something" keep it finite. Good 1952,
    "Rational decisions".

    Args, returns and errors as in `crps`.

    >>> log_zero([[0], [0], [3]], [0]).round(4).tolist()
    [0.5108]
    """
    return zero_score(*ordered(draws, truth))

"""Continuous ranked probability score: plain, fair and for the tail. In counts; lower is better."""

import numpy.typing as npt

from vedette.model import FloatArray
from vedette.score.checks import ordered
from vedette.score.rules import fair_crps, plain_crps, tail_crps


def crps(draws: npt.ArrayLike, truth: npt.ArrayLike) -> FloatArray:
    """CRPS of the draws taken as the whole distribution (plain form).

        mean_s |x_s - y|  -  1 / (2 S^2)  sum_s sum_t |x_s - x_t|

    Few draws are penalised. This is the score of the VIEWS prediction challenge (properscoring,
    xskillscore) and scoringrules' ``qd`` and ``nrg``. Gneiting and Raftery 2007,
    doi:10.1198/016214506000001437.

    Args:
        draws: (S, *cells), S at least 2.
        truth: (*cells).

    Returns:
        (*cells).

    Raises:
        DataError: shapes that do not fit, fewer than two draws, or values that are not finite.

    >>> crps([[0.0], [2.0]], [1.0]).tolist()
    [0.5]
    """
    return plain_crps(*ordered(draws, truth))


def crps_fair(draws: npt.ArrayLike, truth: npt.ArrayLike) -> FloatArray:
    """CRPS of the distribution that the draws were taken from (fair form), free of the number of draws.

        mean_s |x_s - y|  -  1 / (2 S (S - 1))  sum_s sum_t |x_s - x_t|

    scoringrules' ``pwm`` and ``fair``. Single cells can fall below 0. Ferro 2014, doi:10.1002/qj.2270.

    Args, returns and errors as in `crps`.

    >>> crps_fair([[0.0], [2.0]], [1.0]).tolist()
    [0.0]
    """
    return fair_crps(*ordered(draws, truth))


def crps_tail(draws: npt.ArrayLike, truth: npt.ArrayLike, threshold: float) -> FloatArray:
    """Threshold-weighted CRPS, which scores counts above ``threshold`` alone.

        fair CRPS of max(x, threshold) against max(y, threshold)

    The fair form of Allen, Ginsbourger and Ziegel 2023, doi:10.1137/22M1532184, weight 1 above the
    threshold and 0 below. Unlike scoring only the cells that turned out high, it stays proper.

    Args, returns and errors as in `crps`.

    >>> crps_tail([[0.0, 30.0], [5.0, 50.0]], [9.0, 45.0], threshold=25).tolist()
    [0.0, 0.0]
    >>> crps_tail([[0.0], [5.0]], [45.0], threshold=25).tolist()
    [20.0]
    """
    return tail_crps(*ordered(draws, truth), threshold)

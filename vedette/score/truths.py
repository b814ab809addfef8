"""Scores where the truth itself is uncertain: given as draws, each as likely as the others."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.errors import DataError
from vedette.model import BoolArray, FloatArray, Forecast, IntArray
from vedette.score.cells import score_forecast
from vedette.score.scorecard import SCORES, Terms

Score = Callable[[npt.ArrayLike, npt.ArrayLike], FloatArray]


def over_truths(score: Score, draws: npt.ArrayLike, truths: npt.ArrayLike) -> FloatArray:
    """Mean of a score over draws of the truth.

        1/K  sum_k  score(x, y_k)

    A proper score stays proper: its mean is lowest for the forecast that is the distribution of the truths.
    For CRPS the mean is the distance of the two distributions plus half the mean difference between two
    truths, which no forecast can do away with.

    Args:
        score: of draws (S, *cells) against a truth (*cells), such as `crps_fair`.
        draws: (S, *cells).
        truths: (K, *cells).

    Returns:
        (*cells), in the unit of the score.

    Raises:
        DataError: no draw of the truth, or what the score raises.

    >>> from vedette.score.ranked_probability import crps
    >>> over_truths(crps, [[0.0], [2.0]], [[1.0], [3.0]]).tolist()
    [1.0]
    """
    each = [score(draws, truth) for truth in np.asarray(truths)]
    if not each:
        raise DataError("truths: expected at least one draw of the truth; found none. Give one.")
    return np.asarray(np.mean(each, axis=0))


def score_truths(ahead: Forecast, truths: IntArray, active: BoolArray, terms: Terms) -> pl.DataFrame:
    """The rows of a scorecard for one forecast, scores averaged over draws of the truth.

    What is set against shares of draws (``truth``, ``pit``, coverage) comes from the first draw of the truth
    alone: a forecast that is calibrated for the truth is calibrated for a draw of it, but not for a mean.

    Args:
        ahead: draws (S, H, U).
        truths: (K, H, U), K at least 1.
        active: (U,).
        terms: of scoring.

    Returns:
        H x U rows with the columns of `Scorecard`.
    """
    tables = [score_forecast(ahead, truth, active, terms) for truth in truths]
    if len(tables) == 1:
        return tables[0]
    means = {name: np.mean([table[name].to_numpy() for table in tables], axis=0) for name in SCORES}
    return tables[0].with_columns(pl.Series(name, values) for name, values in means.items())

"""A distribution, or a difference between two scenarios, told whole: middle, mean, tail, odds, and errors."""

import numpy as np

from vedette.model import FloatArray, IntArray
from vedette.scenario.answers.simulation_error import (
    error_of_mean,
    error_of_quantile,
    error_of_worst_mean,
    worst_mean,
)

Row = dict[str, float | None]


def distribution(values: FloatArray, clusters: IntArray, *, less_is_better: bool) -> Row:
    """Mean, median, worst twentieth and 90 % interval of values (D,), with the errors of simulation.

    ``worst_5`` is the mean of the twentieth of values on the bad side. ``clusters`` (D,): the future of the
    forecast of each draw.
    """
    side = 1.0 if less_is_better else -1.0
    low, high = np.quantile(values, (0.05, 0.95))
    return {
        "mean": float(values.mean()),
        "mean_error": error_of_mean(values, clusters),
        "median": float(np.median(values)) + 0.0,
        "median_error": error_of_quantile(values, 0.5, clusters),
        "worst_5": side * worst_mean(side * values) + 0.0,
        "worst_5_error": error_of_worst_mean(side * values, clusters),
        "low_90": float(low),
        "high_90": float(high),
    }


def odds(change: FloatArray, clusters: IntArray, matters: float | None, *, less_is_better: bool) -> Row:
    """The shares of draws in which a difference (D,) is better, none and worse, with errors of simulation.

    ``much_better`` and ``much_worse``: by more than ``matters``, the smallest difference that matters; none
    where nobody stated one.

    >>> told = odds(np.array([-3.0, 0.0, 0.0, 1.0]), np.arange(4), 2.0, less_is_better=True)
    >>> told["better"], told["same"], told["worse"], told["much_better"], told["much_worse"]
    (0.25, 0.5, 0.25, 0.25, 0.0)
    """
    gain = -change if less_is_better else change
    sides = {"better": gain > 0, "same": gain == 0, "worse": gain < 0}
    if matters is not None:
        sides |= {"much_better": gain > matters, "much_worse": gain < -matters}
    row: Row = {"much_better": None, "much_better_error": None, "much_worse": None, "much_worse_error": None}
    for name, held in sides.items():
        row |= {name: float(held.mean()), f"{name}_error": error_of_mean(held, clusters)}
    return row

"""The state of a series of monthly deaths: what a forest compares to find months like the present."""

import numpy as np
import numpy.typing as npt

from vedette.model.history import FloatArray

WINDOW = 60
LEAST = 12
FLOOR = 0.3
MEANS = (1, 3, 6, 12, 24, 60)
MEMORY = 0.7
STATE = (
    *(f"log of the mean of {months} months" for months in MEANS),
    "log of the exponentially weighted mean",
    "volatility of the year",
    "share of silent months in the year",
    "share of silent months in five years",
    "log of the highest month of the year",
    "months since the last death",
    "trend of a quarter against the year",
    "trend of the year against three years",
)


def states_of(windows: npt.NDArray[np.generic]) -> FloatArray:
    """The states (N, F) at the end of N windows (N, T) of months, oldest first; F as in `STATE`.

    Logs are of the number plus .3. A mean over more months than a window has is that of the months it has;
    more than 60 are not looked at. Volatility is the mean absolute change of log(count + .3) from month to
    month. A window without deaths is as many months from the last one as it has months.

    >>> states_of(np.array([[0] * 11 + [3]])).round(2)[0, [0, 3, 8, 11]].tolist()
    [1.19, -0.6, 0.92, 0.0]
    """
    counts = windows[:, -WINDOW:].astype(np.float64)
    logs = {months: _log(counts[:, -months:].mean(axis=1)) for months in (*MEANS, 36)}
    year = counts[:, -12:]
    steps = np.diff(_log(year), axis=1)
    weights = MEMORY ** np.arange(counts.shape[1])[::-1]
    features = (
        *(logs[months] for months in MEANS),
        _log(counts @ (weights / weights.sum())),
        np.abs(steps).mean(axis=1) if steps.shape[1] else np.zeros(len(counts)),
        (year == 0).mean(axis=1),
        (counts == 0).mean(axis=1),
        _log(year.max(axis=1)),
        _since_the_last(counts),
        logs[3] - logs[12],
        logs[12] - logs[36],
    )
    return np.stack(features, axis=1)


def bases_of(windows: npt.NDArray[np.generic]) -> FloatArray:
    """The level (N,) that paths are told as multiples of, at the end of N windows (N, T).

        base = .3 + sqrt((m3 + .3) (m12 + .3))        m3, m12: means of the last 3 and 12 months

    >>> bases_of(np.array([[0] * 12])).tolist()
    [0.6]
    """
    quarter, year = (windows[:, -months:].mean(axis=1) + FLOOR for months in (3, 12))
    return np.asarray(np.sqrt(quarter * year) + FLOOR)


def _log(counts: FloatArray) -> FloatArray:
    return np.asarray(np.log(counts + FLOOR))


def _since_the_last(counts: FloatArray) -> FloatArray:
    backwards = counts[:, ::-1] > 0
    months = np.where(backwards.any(axis=1), backwards.argmax(axis=1), counts.shape[1])
    return np.asarray(months, dtype=np.float64)

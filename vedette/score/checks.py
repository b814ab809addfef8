"""All checks of what is handed to a score; the formulas behind them trust their input."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from vedette.errors import DataError, UsageError
from vedette.model import FloatArray


def ordered(draws: npt.ArrayLike, truth: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Draws (S, *cells) and truth (*cells) as floats; the draws sorted, on the last axis: (*cells, S).

    Raises:
        DataError: shapes that do not fit, fewer than two draws, or values that are not finite.
    """
    x, y = np.asarray(draws, dtype=np.float64), np.asarray(truth, dtype=np.float64)
    if x.ndim == 0 or x.shape[1:] != y.shape:
        raise DataError(
            f"expected draws of shape (draws, *cells) for a truth of shape (*cells); found {x.shape} and "
            f"{y.shape}. Put the draws on the first axis."
        )
    if len(x) < 2:
        raise DataError(f"expected at least 2 draws; found {len(x)}. Draw more.")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise DataError("expected finite draws and truth; found NaN or infinity. Leave such cells out.")
    return np.sort(np.moveaxis(x, 0, -1), axis=-1), y


def shares(name: str, values: Sequence[float]) -> None:
    """Each value must lie strictly between 0 and 1.

    Raises:
        UsageError: one does not.
    """
    wrong = [value for value in values if not 0 < value < 1]
    if wrong or not values:
        raise UsageError(f"{name}: expected numbers between 0 and 1, like 0.9; found {wrong or 'none'}.")


def positive(name: str, value: int) -> None:
    """A number of draws, bins, resamples or periods must be at least 1.

    Raises:
        UsageError: it is not.
    """
    if value < 1:
        raise UsageError(f"{name}: expected at least 1; found {value}.")

"""Seed noise: the Monte Carlo error of a mean score, from batches of the draws."""

import numpy as np

from vedette.model import FloatArray, Forecast, IntArray
from vedette.randomness import rng_stream
from vedette.score.rules import fair_crps

BATCHES = 10


def draw_noise(ahead: Forecast, truth: IntArray) -> float:
    """Variance of the summed fair CRPS of one forecast that is due to its draws.

        var = 1/B  1/(B - 1)  sum_b (c_b - mean c)^2,   c_b the CRPS of batch b, summed over cells

    The draws are shuffled and dealt into B = 10 batches (fewer below 20 draws). Cells are summed before the
    variance is taken, since one draw is one joint future of all of them. Fair CRPS has the same mean for any
    number of draws, so that a tenth of them tells the variance of a tenth. Draws are taken for independent;
    draws that cover a distribution evenly are less noisy than this says.

    Args:
        ahead: draws (S, H, U).
        truth: (H, U).

    Returns:
        Variance in squared counts; not a number below 4 draws.

    >>> from vedette.periods import Step
    >>> sure = Forecast(np.ones((40, 2, 1), int), 0, Step.MONTH, (1, 2), ("IQ-NI",), "deaths", "one", 1)
    >>> draw_noise(sure, np.array([[3], [0]]))
    0.0
    """
    batches = min(BATCHES, len(ahead.draws) // 2)
    if batches < 2:
        return float("nan")
    size = len(ahead.draws) // batches
    order = rng_stream(ahead.seed, "batches", ahead.model, ahead.measure, ahead.origin).permutation(
        len(ahead.draws)
    )
    dealt = ahead.draws[order[: batches * size]].reshape(batches, size, -1)
    scores = fair_crps(_ascending(dealt), np.broadcast_to(truth.ravel(), (batches, truth.size)))
    return float(scores.sum(axis=1).var(ddof=1) / batches)


def _ascending(dealt: IntArray) -> FloatArray:
    """Batches (B, S, cells) with the draws of each cell in order, (B, cells, S)."""
    return np.sort(np.ascontiguousarray(dealt.transpose(0, 2, 1)), axis=-1).astype(np.float64)

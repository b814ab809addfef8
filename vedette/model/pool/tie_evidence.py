"""What past sums say about the strength of ties.

Draws lie on the last axis: S draws, W horizons, U units; L is the number of `STRENGTHS`.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from vedette.model.history import FloatArray, IntArray
from vedette.model.pool.tying import Ranked, standardised, tie_along

STRENGTHS = np.array([-4.0, -1.0, 0.0, 0.4, 1.0])
SILENT = 0.16


@dataclass(frozen=True, eq=False)
class TieEvidence:
    """What the sums over a window that followed one past origin say, from the ``units`` that tell.

    ``along`` (L,): mean over units of the square of (rank - 1/2), the rank of a unit's sum among its draws
    tied at each of `STRENGTHS`. ``together`` and ``apart`` (L,): squares of the normal scores z[u] of these
    ranks, of their mean, U mean(z)^2, and around it, sum (z - mean(z))^2. ``template`` (L,): the variance
    over draws of the mean over units of the draws' own scores. ``inside`` (3,): how many units had a sum
    inside the central 90 % of the draws as they are, with the strongest ties that are tried, and perfectly
    tied.
    """

    units: int
    along: FloatArray
    together: FloatArray
    apart: FloatArray
    template: FloatArray
    inside: FloatArray


def tie_evidence(paths: IntArray, truth: IntArray, rng: np.random.Generator) -> TieEvidence | None:
    """Evidence from the draws (U, W, S) of one past origin and what came, (U, W).

    A unit tells if at least 84 % of its draws hold something in the window; None if no unit does.
    """
    telling = np.quantile(paths.sum(axis=1), SILENT, axis=-1) > 0.0
    if not telling.any():
        return None
    ranked, came = Ranked.of(paths[telling], rng), truth[telling].sum(axis=1)
    sums = np.stack([tie_along(ranked, t, rng).draws().sum(axis=1) for t in STRENGTHS])
    rank = (sums < came[:, None]).mean(axis=-1) + 0.5 * (sums == came[:, None]).mean(axis=-1)
    edge = 0.5 / sums.shape[-1]
    z = ndtri(np.clip(rank, edge, 1.0 - edge))
    mean = z.mean(axis=1)
    record = [paths[telling].sum(axis=1), sums[-1], ranked.ordered.sum(axis=1)]
    return TieEvidence(
        len(came),
        ((rank - 0.5) ** 2).mean(axis=1),
        len(came) * mean**2,
        ((z - mean[:, None]) ** 2).sum(axis=1),
        standardised(Ranked.of(sums, rng).scores()).mean(axis=1).var(axis=1),
        np.array([_inside(each, came) for each in record]),
    )


def _inside(draws: IntArray, came: IntArray) -> float:
    """How many units had a sum within the central 90 % of their draws (U, S)."""
    low, high = np.quantile(draws, [0.05, 0.95], axis=-1)
    return float(((low <= came) & (came <= high)).sum())

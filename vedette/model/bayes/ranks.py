"""Simulation-based calibration: ranks of true parameters among posterior draws.

Draw a truth from the prior, a panel from the truth, a posterior from the panel; the rank of the truth among
L independent posterior draws is uniform on 0..L if model, code and sampler agree. Talts, Betancourt, Simpson,
Vehtari and Gelman (2018), "Validating Bayesian inference algorithms with simulation-based calibration".
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from vedette.errors import UsageError
from vedette.model.history import FloatArray, IntArray

ALPHA = 0.05
_WORLDS = 4000


@dataclass(frozen=True)
class Calibration:
    """How uniform the ranks of one quantity are over R replications.

    ``chi2_p``: chance of bins at least as uneven, by chi-square; ``ecdf_p``: chance of a curve at least as
    far from the diagonal somewhere, in standard errors, over simulated uniform ranks. ``mean`` of rank / L is
    .5 if the posterior is centred, ``sd`` .29; more means a posterior too narrow, less one too wide.
    """

    name: str
    replications: int
    mean: float
    sd: float
    chi2_p: float
    ecdf_p: float


def rank(truth: float, draws: FloatArray) -> int:
    """How many of the draws lie below the truth.

    >>> rank(0.5, np.array([0.1, 0.7, 0.2]))
    2
    """
    return int((draws < truth).sum())


def calibration(name: str, ranks: IntArray, highest: int, bins: int = 10) -> Calibration:
    """Tests of uniformity of ranks (R,) from 0 to ``highest`` = L.

    Raises:
        UsageError: the L + 1 ranks do not fall into bins of the same size.

    >>> even = np.arange(200) % 100
    >>> calibration("even", even, 99).chi2_p
    1.0
    """
    if (highest + 1) % bins:
        raise UsageError(f"expected {highest + 1} ranks to fall into {bins} equal bins. Choose other bins.")
    counts = np.bincount(ranks * bins // (highest + 1), minlength=bins)
    chi2 = float(stats.chisquare(counts).pvalue)
    share = ranks / highest
    return Calibration(
        name, len(ranks), float(share.mean()), float(share.std()), chi2, _ecdf_p(ranks, highest)
    )


def departures(calibrations: Mapping[str, Calibration]) -> tuple[str, ...]:
    """The quantities that are not calibrated: chance below .05 shared by all tests (Bonferroni)."""
    limit = ALPHA / (2 * len(calibrations))
    return tuple(name for name, one in calibrations.items() if min(one.chi2_p, one.ecdf_p) < limit)


def _ecdf_p(ranks: IntArray, highest: int) -> float:
    """The p value of the ECDF test of Säilynoja, Bürkner and Vehtari (2022), Statistics and Computing 32."""
    worlds = np.random.default_rng(1).integers(0, highest + 1, (_WORLDS, len(ranks)))
    usual = np.array([_furthest(world, highest) for world in worlds])
    return float((1 + (usual >= _furthest(ranks, highest)).sum()) / (1 + _WORLDS))


def _furthest(ranks: IntArray, highest: int) -> float:
    below = np.bincount(ranks, minlength=highest + 1)[:highest].cumsum()
    share = np.arange(1, highest + 1) / (highest + 1)
    error = np.sqrt(len(ranks) * share * (1 - share))
    return float((np.abs(below - len(ranks) * share) / error).max())

"""Reconciles a partial event file with known totals, by multiple imputation of the missing events.

Some months are covered only by a file with part of the events (for example those placed exactly), while the
national total of deaths is known. In every draw the shortfall is imputed with events sampled from donors of
two kinds: the coarsely placed events of the last complete year, which the partial file leaves out by its own
rule, and the exactly placed events of the partial file. It is not known which kind the missing events
resemble, so the share of the two kinds is drawn uniformly between 0 and 1 in each draw, and the weights of
the donors within a kind by the Bayesian bootstrap (Rubin 1981, doi:10.1214/aos/1176345338). The deaths of
the last sampled event are reduced so that each draw equals the total exactly. The result is an estimate.
"""

from dataclasses import dataclass

import numpy as np

from vedette.errors import DataError
from vedette.panel.grid import Bools, Floats, Ints
from vedette.panel.imprecise import ImpreciseEvents, concatenate

_BATCH = 32


@dataclass(frozen=True)
class Donors:
    """Events from which missing events are sampled.

    Attributes:
        where: flat index into (parts, strata) in each draw, shape (donors, draws).
        exact: whether a donor comes from the partial file itself, shape (donors,).
        low, best, high: deaths of each donor, shape (donors,).
    """

    where: Ints
    exact: Bools
    low: Ints
    best: Ints
    high: Ints


def fill(
    shortfall: dict[int, int], donors: Donors, cells_per_period: int, draws: int, rng: np.random.Generator
) -> ImpreciseEvents:
    """Draws donors for each period until their deaths make up the shortfall.

    Args:
        shortfall: missing deaths (best estimate) by period index; zero or less adds nothing.
        donors: the events to draw from, with replacement.
        cells_per_period: parts times strata.
        draws: the number of draws.
        rng: the rng stream.

    Returns:
        The events added; their best estimates add up to the shortfall in every draw.

    Raises:
        DataError: deaths are missing and no donor has deaths.
    """
    missing = {period: deaths for period, deaths in sorted(shortfall.items()) if deaths > 0}
    if missing and not donors.best.any():
        raise DataError(
            "the totals hold more deaths than the partial file, and the last complete year has no coarsely "
            "placed event to stand for them. Load the complete event file, or drop `partial` from case.yaml."
        )
    cumulated_weights = np.cumsum(_weights(donors, draws, rng), axis=1)
    return concatenate(
        [
            _fill_period(period, deaths, donors, cumulated_weights, cells_per_period, rng)
            for period, deaths in missing.items()
        ]
    )


def _weights(donors: Donors, draws: int, rng: np.random.Generator) -> Floats:
    """The probability of each donor in each draw, shape (draws, donors)."""
    share = rng.random((draws, 1))
    weights = rng.exponential(size=(draws, donors.best.size))
    for kind, part in ((donors.exact, share), (~donors.exact, 1 - share)):
        if kind.any() and not kind.all():
            weights[:, kind] *= part / weights[:, kind].sum(axis=1, keepdims=True)
    return weights


def _fill_period(
    period: int,
    missing: int,
    donors: Donors,
    cumulated_weights: Floats,
    cells_per_period: int,
    rng: np.random.Generator,
) -> ImpreciseEvents:
    chosen = _choose(cumulated_weights, rng)
    while (donors.best[chosen].sum(axis=1) < missing).any():
        chosen = np.concatenate([chosen, _choose(cumulated_weights, rng)], axis=1)
    before = np.cumsum(donors.best[chosen], axis=1) - donors.best[chosen]
    draw, place = np.nonzero(before < missing)
    donor = chosen[draw, place]
    best = np.minimum(donors.best[donor], missing - before[draw, place])
    share = best / np.maximum(donors.best[donor], 1)
    low = np.where(best < donors.best[donor], np.floor(donors.low[donor] * share), donors.low[donor])
    high = np.where(best < donors.best[donor], np.ceil(donors.high[donor] * share), donors.high[donor])
    amounts = np.stack([np.ones(len(donor)), low, best, high]).astype(np.int64)
    return ImpreciseEvents(draw, period * cells_per_period + donors.where[donor, draw], amounts)


def _choose(cumulated_weights: Floats, rng: np.random.Generator) -> Ints:
    """A batch of donors for each draw, shape (draws, batch)."""
    steps = rng.random((len(cumulated_weights), _BATCH)) * cumulated_weights[:, -1:]
    chosen = [
        np.searchsorted(weights, step, side="right")
        for weights, step in zip(cumulated_weights, steps, strict=True)
    ]
    return np.asarray(np.minimum(np.stack(chosen), cumulated_weights.shape[1] - 1))

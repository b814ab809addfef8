"""Reconciling a partial file to known totals.

Where only part of the events is at hand (those placed exactly, say) but the national total of deaths
is known, the shortfall is filled in every draw with events that stand for the missing ones. Two kinds may
stand for them: the coarsely placed events of the last complete year, which the partial file leaves out by
its own rule, and the exactly placed ones of the partial file itself. Nobody knows which the missing ones
resemble, so each draw mixes the two kinds in a share of its own, even between 0 and 1, and weighs the
events within a kind anew (the Bayesian bootstrap; Rubin 1981, doi:10.1214/aos/1176345338). The last event
drawn is cut so that the deaths of each draw equal the total exactly. What comes out is an estimate.
"""

from dataclasses import dataclass

import numpy as np

from vedette.errors import DataError
from vedette.panel.grid import Bools, Floats, Ints
from vedette.panel.imprecise import ImpreciseEvents, concatenate

_BATCH = 32


@dataclass(frozen=True)
class Donors:
    """Events from which missing ones are drawn.

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
        draws: how many draws.
        rng: the source of chance.

    Returns:
        The events added; their best estimates add up to the shortfall in every draw.

    Raises:
        DataError: deaths are missing and no donor has any.
    """
    missing = {period: deaths for period, deaths in sorted(shortfall.items()) if deaths > 0}
    if missing and not donors.best.any():
        raise DataError(
            "the totals hold more deaths than the partial file, and the last complete year has no coarsely "
            "placed event to stand for them. Load the complete event file, or drop `partial` from case.yaml."
        )
    ladders = np.cumsum(_weights(donors, draws, rng), axis=1)
    return concatenate(
        [
            _fill_period(period, deaths, donors, ladders, cells_per_period, rng)
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
    ladders: Floats,
    cells_per_period: int,
    rng: np.random.Generator,
) -> ImpreciseEvents:
    chosen = _choose(ladders, rng)
    while (donors.best[chosen].sum(axis=1) < missing).any():
        chosen = np.concatenate([chosen, _choose(ladders, rng)], axis=1)
    before = np.cumsum(donors.best[chosen], axis=1) - donors.best[chosen]
    draw, place = np.nonzero(before < missing)
    donor = chosen[draw, place]
    best = np.minimum(donors.best[donor], missing - before[draw, place])
    share = best / np.maximum(donors.best[donor], 1)
    low = np.where(best < donors.best[donor], np.floor(donors.low[donor] * share), donors.low[donor])
    high = np.where(best < donors.best[donor], np.ceil(donors.high[donor] * share), donors.high[donor])
    amounts = np.stack([np.ones(len(donor)), low, best, high]).astype(np.int64)
    return ImpreciseEvents(draw, period * cells_per_period + donors.where[donor, draw], amounts)


def _choose(ladders: Floats, rng: np.random.Generator) -> Ints:
    """A batch of donors for each draw, shape (draws, batch); ``ladders`` are cumulated weights."""
    steps = rng.random((len(ladders), _BATCH)) * ladders[:, -1:]
    chosen = [
        np.searchsorted(ladder, step, side="right") for ladder, step in zip(ladders, steps, strict=True)
    ]
    return np.asarray(np.minimum(np.stack(chosen), ladders.shape[1] - 1))

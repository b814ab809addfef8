"""Strengths of ties, learned from past sums and drawn to what is known of other conflicts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vedette.model.history import FloatArray
from vedette.model.pool.tie_evidence import STRENGTHS, TieEvidence
from vedette.model.pool.tying import Ties

SPREAD = 0.5
"""Standard deviation of the strengths of different conflicts around the prior."""

COMMON = 0.04
"""Square of the correlation that units are taken to have, when it is counted how much many of them tell."""

NOTHING = 1e-6
"""Log-likelihoods that differ by less than this differ by rounding: they say nothing."""

FINE = np.linspace(STRENGTHS[0], STRENGTHS[-1], 501)


@dataclass(frozen=True)
class SumsInside:
    """Of the past sums of units over a window, the share inside the central 90 % of the draws.

    ``drawn`` as the members drew them, ``strongest`` with the strongest ties that are tried, ``perfect`` if
    at every horizon the same path were the highest: what lies beyond that no reordering reaches. ``sums``
    is how many sums that rests on; they overlap.
    """

    drawn: float
    strongest: float
    perfect: float
    sums: int


def learn_ties(evidence: Sequence[TieEvidence], prior: Ties, share: float) -> Ties:
    """The mean strengths given past sums and the prior.

        log weight of a strength t = - (t - prior)^2 / (2 .5^2) + share log p(past sums; t)

    ``share`` is what one origin adds to the number of independent windows, since origins lie closer
    together than the sums are long. See `along_likelihood` and `across_likelihood`.
    """
    several = [one for one in evidence if one.units > 1]
    along = _mean(share * along_likelihood(evidence), prior.along) if evidence else prior.along
    across = _mean(share * across_likelihood(several, along), prior.across) if several else prior.across
    return Ties(along, across)


def along_likelihood(evidence: Sequence[TieEvidence]) -> FloatArray:
    """The log-likelihood of the ranks of past sums at each of the strengths `FINE` of the tie along paths.

        - sum_o n (12 m - 1)^2 / 1.6         m: mean square of rank - 1/2, which is 1/12 where ranks are even

    ``12 (rank - 1/2)^2`` of even ranks has mean 1 and variance .8; n counts the sums of an origin o by
    `telling_units`. m is interpolated between the strengths that were tried.
    """
    units = np.array([telling_units(one.units) for one in evidence])
    square = units @ [one.along for one in evidence] / units.sum()
    return np.asarray(-units.sum() * (12.0 * np.interp(FINE, STRENGTHS, square) - 1.0) ** 2 / 1.6)


def across_likelihood(evidence: Sequence[TieEvidence], along: float) -> FloatArray:
    """The log-likelihood of the scores of past sums at each of the strengths `FINE` of the tie across units.

        -1/2 sum_o [(U - 1) log(1 - r) + log(1 + (U - 1) r)]
        - N/2 log[sum_o apart / (1 - r) + together / (1 + (U - 1) r)]        N = sum_o U

    Of normal scores with one correlation r between any two units, origins o, and the variance that fits them
    best, so that too wide draws are no tie; draws are tied by the strength tried that is next to ``along``.
    A tie of strength t gives draws whose mean over units has the variance q

        1 + (U - 1) r = U (sqrt(q) + t)^2 / (1 + t^2 + 2 t sqrt(q))      t above 0
        1 + (U - 1) r = 1 + (U q - 1) / (1 + t^2)                        t below 0
    """
    tried = np.abs(STRENGTHS - along).argmin()
    units = np.array([[one.units] for one in evidence], dtype=np.float64)
    together, apart, q = (
        np.array([[getattr(one, name)[tried]] for one in evidence])
        for name in ("together", "apart", "template")
    )
    more, less, root = np.maximum(FINE, 0.0), np.minimum(FINE, 0.0), np.sqrt(q)
    tied = units * (root + more) ** 2 / (1.0 + more**2 + 2.0 * more * root)
    whole = np.clip(1.0 + (tied - 1.0) / (1.0 + less**2), 0.5, 0.95 * units)
    each = 1.0 - (whole - 1.0) / (units - 1.0)
    spread = (apart / each + together / whole).sum(axis=0)
    sizes = ((units - 1.0) * np.log(each) + np.log(whole)).sum(axis=0)
    return np.asarray(-0.5 * sizes - 0.5 * units.sum() * np.log(np.maximum(spread, 1e-9)))


def telling_units(units: int) -> float:
    """How many independent units some that share shocks are worth: units / (1 + .04 (units - 1)).

    >>> [round(telling_units(units), 1) for units in (1, 18, 500)]
    [1.0, 10.7, 23.9]
    """
    return units / (1.0 + COMMON * (units - 1))


def sums_inside(evidence: Sequence[TieEvidence]) -> SumsInside | None:
    """The record of past sums; None where there is none."""
    if not evidence:
        return None
    sums = sum(one.units for one in evidence)
    drawn, strongest, perfect = np.sum([one.inside for one in evidence], axis=0) / sums
    return SumsInside(float(drawn), float(strongest), float(perfect), sums)


def _mean(likely: FloatArray, prior: float) -> float:
    """The mean strength given log-likelihoods at `FINE` and the prior; the prior where they say nothing."""
    if np.ptp(likely) < NOTHING:
        return prior
    weight = likely - 0.5 * ((FINE - prior) / SPREAD) ** 2
    chance = np.exp(weight - weight.max())
    return float(chance @ FINE / chance.sum())

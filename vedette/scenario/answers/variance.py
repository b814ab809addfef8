"""Shares of the variance of an answer: chance, fitted uncertainty, assumption."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations
from math import factorial

import numpy as np

from vedette.model import BoolArray, FloatArray, IntArray
from vedette.periods import Span
from vedette.randomness import rng_stream
from vedette.scenario.engine.ensemble import Ensemble, Paths, read_off
from vedette.scenario.engine.running import rerun

PARTS = ("chance", "fit", "assumption")
MOST = 2000
"""Draws used at most: the shares settle long before."""


@dataclass(frozen=True)
class VarianceShares:
    """Shares of the variance of ranks, which add up to 1; and the plain variance, in the unit squared.

    ``chance``: futures of the forecast (its own uncertainty included) and the scatter of rates. ``fit``:
    estimated and observed quantities. ``assumption``: assumed quantities and weighted branches.
    ``low`` and ``high`` of each differ where there are unweighted branches: the range over them.
    """

    variance: float
    chance: tuple[float, float]
    fit: tuple[float, float]
    assumption: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Swaps:
    """Outcomes with parts of the inputs taken from another draw, for all shares computed.

    ``short``: the first draws of the ensemble. ``plain``: its outcomes, float (S, D) each, by id;
    ``swapped``: the same with these parts from another draw.
    """

    short: Ensemble
    plain: dict[str, FloatArray]
    swapped: dict[tuple[str, ...], dict[str, FloatArray]]


def swaps(ensemble: Ensemble, months: Span | None = None) -> Swaps:
    """Seven further runs of at most `MOST` draws, of all scenarios, for `variance_shares`."""
    short = _first(ensemble, min(ensemble.draws, MOST // ensemble.groups * ensemble.groups))
    shuffle = _shuffle(short)
    swapped = {
        part: _outcomes(short, _swapped(short, part, shuffle), months)
        for size in (1, 2, 3)
        for part in combinations(PARTS, size)
    }
    return Swaps(short, _outcomes(short, short.paths, months), swapped)


def _outcomes(ensemble: Ensemble, paths: Paths, months: Span | None) -> dict[str, FloatArray]:
    within = ensemble.within(months)
    return {
        name: read_off(outcome, paths[:, :, within, ensemble.kept.index(outcome.of)].astype(np.float64))
        for name, outcome in ensemble.outcomes.items()
    }


def variance_shares(
    ensemble: Ensemble,
    outcome: str,
    one: str,
    other: str | None = None,
    months: Span | None = None,
    swapped_outcomes: Swaps | None = None,
) -> VarianceShares:
    """Shares of the variance of an outcome under ``one``, or of its difference from ``other``.

    The three groups of inputs are independent. Values f are ranks, from 0 to 1 within the ensemble (and
    within a branch), since in deaths a few extreme draws would make nearly all of the variance. With c(A)
    the variance that stays when all but the groups A are held fixed, reckoned on common random numbers by
    swapping the rows of A (Jansen 1999, Computer Physics
    Communications 117, 35-43),

        c(A) = mean of (f(x) - f(x with A from another draw))^2 / 2

    the share of a group is its Shapley value, the mean of c(A + group) - c(A) over all orders of the groups
    (Owen 2014, SIAM/ASA J. Uncertainty Quantification 2, 245-251), so that shares add up to 1 and what
    groups do together is shared out equally. A share that comes out below 0, by the luck of few draws, is 0.
    ``swapped_outcomes``: the result of `swaps` for these months, where several shares are asked for.
    """
    swapped = swapped_outcomes or swaps(ensemble, months)
    short, first = swapped.short, ensemble.index(one)
    last = None if other is None else ensemble.index(other)

    def read(values: dict[str, FloatArray]) -> FloatArray:
        level = values[outcome]
        return np.asarray(level[first] if last is None else level[first] - level[last])

    plain = read(swapped.plain)
    ranks = _ranked(plain, plain, short)
    gap = {
        part: (ranks - _ranked(read(values), plain, short)) ** 2 / 2
        for part, values in swapped.swapped.items()
    }
    shares = [_shapley(lambda part, g=g: _cost(gap, part, short, g)) for g in range(short.groups)]  # type: ignore[misc]
    ranges = {
        part: (min(share[part] for share in shares), max(share[part] for share in shares)) for part in PARTS
    }
    return VarianceShares(float(plain.var()), ranges["chance"], ranges["fit"], ranges["assumption"])


def _ranked(values: FloatArray, among: FloatArray, ensemble: Ensemble) -> FloatArray:
    """The share of draws of the same group that lie below each value, ties counted half, (D,)."""
    out = np.empty(len(values))
    for group in range(ensemble.groups):
        own = ensemble.drawn.group == group
        line = np.sort(among[own])
        below = np.searchsorted(line, values[own], "left") + np.searchsorted(line, values[own], "right")
        out[own] = below / (2 * len(line))
    return out


def _cost(
    gap: dict[tuple[str, ...], FloatArray], part: tuple[str, ...], ensemble: Ensemble, group: int
) -> float:
    return float(gap[part][ensemble.drawn.group == group].mean()) if part else 0.0


def _shapley(cost: Callable[[tuple[str, ...]], float]) -> dict[str, float]:
    """Shapley shares of the total variance; all 0 where nothing varies."""
    count, shares = len(PARTS), {}
    for part in PARTS:
        others = [name for name in PARTS if name != part]
        total = 0.0
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for before in combinations(others, size):
                after = tuple(name for name in PARTS if name in before or name == part)
                total += weight * (cost(after) - cost(before))
        shares[part] = total
    least = {name: max(value, 0.0) for name, value in shares.items()}
    whole = sum(least.values())
    return {name: value / whole if whole > 0 else 0.0 for name, value in least.items()}


def _first(ensemble: Ensemble, keep: int) -> Ensemble:
    """The first draws of an ensemble alone."""
    drawn = replace(
        ensemble.drawn,
        values=ensemble.drawn.values[:keep],
        branch=ensemble.drawn.branch[:keep],
        gates=ensemble.drawn.gates[:keep],
    )
    return replace(
        ensemble,
        paths=ensemble.paths[:, :keep],
        drawn=drawn,
        future=ensemble.future[:keep],
        noise=ensemble.noise[:keep],
        fired=ensemble.fired[:, :keep],
    )


def _shuffle(ensemble: Ensemble) -> IntArray:
    """Another draw of the same group for each draw, (D,)."""
    rows = np.arange(ensemble.draws)
    rng = rng_stream(ensemble.seed, "spread")
    for group in range(ensemble.groups):
        own = rows[ensemble.drawn.group == group]
        turn = rng.permutation(own)
        rows[turn] = np.roll(turn, 1)
    return rows


def _swapped(ensemble: Ensemble, parts: tuple[str, ...], shuffle: IntArray) -> Paths:
    """The paths with these parts of the input taken from another draw."""
    drawn, future, noise = ensemble.drawn, ensemble.future, ensemble.noise
    if "chance" in parts:
        future, noise = future[shuffle], noise[shuffle]
    assumed = _assumed(ensemble)
    values = drawn.values.copy()
    if "assumption" in parts:
        values[:, assumed] = values[shuffle][:, assumed]
        drawn = replace(drawn, gates=drawn.gates[shuffle], branch=drawn.branch[shuffle])
    if "fit" in parts:
        values[:, ~assumed] = drawn.values[shuffle][:, ~assumed]
    return rerun(ensemble, range(len(ensemble.names)), replace(drawn, values=values), future, noise)


def _assumed(ensemble: Ensemble) -> BoolArray:
    """Which quantities are assumed, or set by a branch, (Q,)."""
    file = ensemble.mechanism.file
    set_by = {
        name for alternative in file.alternatives for branch in alternative.branches for name in branch.sets
    }
    return np.array(
        [mark == "assumed" or quantity.id in set_by for quantity, mark in ensemble.mechanism.quantities], bool
    )

"""Shares of the variance of an answer, in a stated order: branch, assumption, fit, chance."""

from dataclasses import dataclass, replace

import numpy as np

from vedette.model import BoolArray, FloatArray, IntArray
from vedette.periods import Span
from vedette.randomness import rng_stream
from vedette.scenario.engine.ensemble import Ensemble, first_draws, read_off
from vedette.scenario.engine.running import rerun
from vedette.scenario.engine.sampling import chances_of, drawn_at

STEPS = (("chance",), ("chance", "fit"), ("chance", "fit", "assumption"))
"""The parts that are drawn anew in each further run, while the others stay."""
MOST = 2000
"""Draws used at most: the shares settle long before."""


@dataclass(frozen=True)
class VarianceShares:
    """Shares of the variance of an outcome or a difference, which add up to 1; all 0 where nothing varies.

    Attributes:
        variance: the variance, in the unit squared; of logarithms where ``log``.
        log: whether values were taken as log(1 + value), which is done with deaths and attacks.
        branch: what the branches of the logic tree explain; unweighted ones are taken equally often here.
        assumption: what assumed quantities explain once the branch is known.
        fit: what estimated and observed quantities explain once these are known.
        chance: the rest, made by futures of the forecast (its own uncertainty included) and by scatter.
    """

    variance: float
    log: bool
    branch: float
    assumption: float
    fit: float
    chance: float


@dataclass(frozen=True, eq=False)
class Swaps:
    """Outcomes with parts of the inputs taken from another draw, for all shares computed.

    ``short``: the first draws of the ensemble. ``turn`` (D / groups,): another draw for each. ``plain``: the
    outcomes, float (S, D) each, by id; ``swapped``: the same with the parts of each of `STEPS` from it.
    """

    short: Ensemble
    turn: IntArray
    plain: dict[str, FloatArray]
    swapped: tuple[dict[str, FloatArray], ...]


def swaps(ensemble: Ensemble, months: Span | None = None) -> Swaps:
    """Three further runs of at most `MOST` draws, of all scenarios, for `variance_shares`."""
    short = first_draws(ensemble, MOST)
    chances = chances_of(ensemble.mechanism, ensemble.draws, ensemble.groups, ensemble.seed)[: short.draws]
    turn = _turned(short)
    rows = np.arange(short.draws)
    others = turn[rows // short.groups] * short.groups + rows % short.groups
    swapped = tuple(_outcomes(_swapped(short, step, chances, others), months) for step in STEPS)
    return Swaps(short, turn, _outcomes(short, months), swapped)


def variance_shares(
    ensemble: Ensemble,
    outcome: str,
    one: str,
    other: str | None = None,
    months: Span | None = None,
    swapped_outcomes: Swaps | None = None,
) -> VarianceShares:
    """Shares of the variance of an outcome under ``one``, or of its difference from ``other``.

    The parts are taken in the order branch, assumption, fit, chance, and each gets what it adds to those
    before it:

        share of a part = (V(with it and those before) - V(those before)) / V
        V(A) = Var(E[f | A]) = V - mean of (f(x) - f(x with all but A from another draw))^2 / 2

    by pick-freeze on common random numbers (Jansen 1999, Computer Physics Communications 117, 35-43). They
    add up to 1 by construction. With deaths and attacks f is log(1 + value), of a difference that of the
    ratio: a few extreme draws would make nearly all of a plain variance. ``swapped_outcomes``: the result of
    `swaps` for these months, where several shares are asked for.
    """
    runs = swapped_outcomes or swaps(ensemble, months)
    log = ensemble.outcomes[outcome].unit.partition("/")[0] in ("deaths", "attacks")
    first = ensemble.index(one)
    last = None if other is None else ensemble.index(other)

    def read(values: dict[str, FloatArray]) -> FloatArray:
        level = np.log1p(values[outcome]) if log else values[outcome]
        return np.asarray(level[first] if last is None else level[first] - level[last])

    plain = read(runs.plain)
    whole = _whole(plain.reshape(-1, runs.short.groups), runs.turn)
    if whole <= 1e-10 * float(np.mean(plain**2)):
        return VarianceShares(0.0, log, 0.0, 0.0, 0.0, 0.0)
    lost = [float(np.mean((plain - read(values)) ** 2)) / 2 / whole for values in runs.swapped]
    ends = np.maximum.accumulate([0.0, *np.clip(lost, 0, 1), 1.0])
    chance, fit, assumption, branch = np.diff(ends).tolist()
    return VarianceShares(float(plain.var()), log, branch, assumption, fit, chance)


def _whole(values: FloatArray, turn: IntArray) -> float:
    """The variance of values (D, G) in all draws and groups, by the same pairs of draws as its parts."""
    other = values[turn]
    return float(np.mean((values[:, :, None] - other[:, None, :]) ** 2)) / 2


def _outcomes(ensemble: Ensemble, months: Span | None) -> dict[str, FloatArray]:
    within = ensemble.within(months)
    return {
        name: read_off(
            outcome, ensemble.paths[:, :, within, ensemble.kept.index(outcome.of)].astype(np.float64)
        )
        for name, outcome in ensemble.outcomes.items()
    }


def _turned(ensemble: Ensemble) -> IntArray:
    """Another draw for each draw, (D / groups,), the same in all groups."""
    own = ensemble.draws // ensemble.groups
    turn = rng_stream(ensemble.seed, "spread").permutation(own)
    other = np.empty(own, dtype=np.int64)
    other[turn] = np.roll(turn, 1)
    return other


def _swapped(ensemble: Ensemble, parts: tuple[str, ...], chances: FloatArray, turn: IntArray) -> Ensemble:
    """The ensemble with these parts of the input taken from another draw."""
    assumed, mixed = _assumed(ensemble), chances.copy()
    if "fit" in parts:
        mixed[:, ~assumed] = chances[turn][:, ~assumed]
    if "assumption" in parts:
        mixed[:, assumed] = chances[turn][:, assumed]
    drawn = drawn_at(ensemble.mechanism, mixed, ensemble.drawn.branch, ensemble.groups)
    future, noise = ensemble.future[turn], ensemble.noise[turn]
    paths = rerun(ensemble, range(len(ensemble.names)), drawn, future, noise)
    return replace(ensemble, paths=paths, drawn=drawn, future=future, noise=noise)


def _assumed(ensemble: Ensemble) -> BoolArray:
    """Which quantities are assumed, or set by a branch, (Q,)."""
    file = ensemble.mechanism.file
    set_by = {
        name for alternative in file.alternatives for branch in alternative.branches for name in branch.sets
    }
    return np.array(
        [mark == "assumed" or quantity.id in set_by for quantity, mark in ensemble.mechanism.quantities], bool
    )

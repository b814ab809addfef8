"""Convergence diagnostics of the sampler: R-hat, effective sample size and divergences, in plain words.

Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), "Rank-normalization, folding, and localization: an
improved R-hat", Bayesian Analysis 16, 667-718. The thresholds are theirs.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from vedette.model.history import FloatArray
from vedette.plurals import counted, plural

MOST_RHAT = 1.01
LEAST_ESS_PER_CHAIN = 100
MOST_LONG = 0.01
_TAILS = (0.05, 0.95)


@dataclass(frozen=True)
class Marginal:
    """Summary of one quantity under the posterior: mean, standard deviation and 90 % interval.

    ``rhat`` near 1 says that the chains agree; ``ess_bulk`` and ``ess_tail`` how many independent draws the
    middle and the ends of the distribution are worth. None where it cannot be told: a quantity that does not
    move, fewer than four draws a chain, and for ``rhat`` a single chain.
    """

    name: str
    mean: float
    sd: float
    low: float
    high: float
    rhat: float | None
    ess_bulk: float | None
    ess_tail: float | None


@dataclass(frozen=True)
class Diagnosis:
    """Convergence diagnostics of a posterior, with a sentence for each problem.

    ``diverged`` draws lie where the sampler lost its way, ``long`` ones stopped at the limit of depth.
    ``worst_rhat`` and ``least_ess`` are the worst over all quantities, with its name; None where no quantity
    has one. ``warnings`` says what is wrong, one sentence a finding; none if nothing is.
    """

    model: str
    chains: int
    draws: int
    diverged: int
    long: int
    worst_rhat: tuple[str, float] | None
    least_ess: tuple[str, float] | None
    warnings: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether the diagnosis names no problem."""
        return not self.warnings

    def to_json(self) -> dict[str, Any]:
        """The same as plain values: no NaN, no arrays."""
        return {**asdict(self), "warnings": list(self.warnings), "sound": self.sound}


def marginal(name: str, chains: FloatArray) -> Marginal:
    """The summary of one quantity; ``chains`` (C, N).

    >>> even = np.random.default_rng(1).normal(5.0, 2.0, (4, 500))
    >>> found = marginal("level", even)
    >>> round(found.mean), round(found.sd), found.rhat < 1.01, found.ess_bulk > 1000
    (5, 2, True, True)
    >>> marginal("fixed", np.ones((4, 500))).rhat is None
    True
    """
    low, high = np.quantile(chains, (0.05, 0.95))
    moves = chains.shape[1] >= 4 and float(np.ptp(chains)) > 0
    rhat, bulk, tail = _checks(chains) if moves else (None, None, None)
    return Marginal(
        name, float(chains.mean()), float(chains.std()), float(low), float(high), rhat, bulk, tail
    )


def diagnose(model: str, quantities: Mapping[str, FloatArray], diverged: int, long: int) -> Diagnosis:
    """The diagnosis of chains (C, N) by the name of the quantity.

    Wrong is an R-hat above 1.01, fewer than 100 effective draws a chain, any divergence, and more than 1 % of
    trajectories at the limit of depth.

    >>> rng = np.random.default_rng(1)
    >>> good, bad = rng.normal(size=(4, 500)), rng.normal(size=(4, 500)) + [[0.0], [0.0], [0.0], [3.0]]
    >>> diagnose("toy", {"a": good}, diverged=0, long=0).sound
    True
    >>> for warning in diagnose("toy", {"a": good, "b": bad}, diverged=2, long=0).warnings:
    ...     print(warning.partition(":")[0])
    2 of 2,000 draws diverged
    the chains disagree
    few independent draws
    """
    each = [marginal(name, chains) for name, chains in quantities.items()]
    return judge(model, each, next(iter(quantities.values())).shape, diverged, long)


def judge(
    model: str, marginals: list[Marginal], shape: tuple[int, ...], diverged: int, long: int
) -> Diagnosis:
    """The diagnosis from summaries of the quantities; ``shape`` is chains, draws."""
    chains, draws = shape[:2]
    rhat = max(((one.name, one.rhat) for one in marginals if one.rhat is not None), key=_second, default=None)
    ess = min(
        ((one.name, _ess(one)) for one in marginals if one.ess_bulk is not None), key=_second, default=None
    )
    fixed = [one.name for one in marginals if one.sd == 0]
    sentences = (
        _divergence(diverged, chains * draws),
        _disagreement(rhat, sum(one.rhat is not None and one.rhat > MOST_RHAT for one in marginals)),
        _one_chain(chains),
        _scarcity(ess, LEAST_ESS_PER_CHAIN * chains),
        _length(long, chains * draws),
        f"no movement: {', '.join(fixed)} took one value only, so nothing can be said of it."
        if fixed
        else "",
    )
    return Diagnosis(
        model, chains, draws, diverged, long, rhat, ess, tuple(text for text in sentences if text)
    )


def _divergence(diverged: int, draws: int) -> str:
    if not diverged:
        return ""
    return (
        f"{diverged} of {counted(draws, 'draw')} diverged: the sampler lost its way in a narrow part of the "
        "posterior, which the draws then miss. Ask for smaller steps (accept nearer to 1) or a simpler model."
    )


def _disagreement(rhat: tuple[str, float] | None, wrong: int) -> str:
    if rhat is None or rhat[1] <= MOST_RHAT:
        return ""
    return (
        f"the chains disagree: R-hat above {MOST_RHAT} for {counted(wrong, 'quantity', 'quantities')}, worst "
        f"{rhat[1]:.3f} for {rhat[0]}. Draw longer chains before any number is used."
    )


def _one_chain(chains: int) -> str:
    return "one chain only: whether chains agree cannot be told. Draw at least two." if chains == 1 else ""


def _scarcity(ess: tuple[str, float] | None, wanted: int) -> str:
    if ess is None or ess[1] >= wanted:
        return ""
    return (
        f"few independent draws: {ess[1]:.0f} for {ess[0]}, expected at least {wanted}; means and intervals "
        "are rough. Draw longer chains."
    )


def _length(long: int, draws: int) -> str:
    if long <= MOST_LONG * draws:
        return ""
    return (
        f"{long} of {draws:,} trajectories {plural(long, 'was', 'were')} cut off at the limit of depth: "
        "sampling is slow to explore. Allow more depth or draw longer chains."
    )


def _checks(chains: FloatArray) -> tuple[float | None, float | None, float | None]:
    from arviz_stats.base.array import array_stats  # SciPy's signals: a second that only posteriors need

    agreement = array_stats.rhat(chains) if len(chains) > 1 else np.nan
    bulk = array_stats.ess(chains, method="bulk")
    tail = array_stats.ess(chains, method="tail", prob=_TAILS)
    return _finite(agreement), _finite(bulk), _finite(tail)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _ess(one: Marginal) -> float:
    return min(value for value in (one.ess_bulk, one.ess_tail) if value is not None)


def _second(pair: tuple[str, float | None]) -> float:
    return pair[1] if pair[1] is not None else 0.0

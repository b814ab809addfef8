"""What other places or countries say would have been: a synthetic control, and the same for every donor."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vedette.effect.placebo import p_value
from vedette.effect.synthetic import SyntheticControl
from vedette.model import FloatArray
from vedette.periods import Step

BEFORE: Mapping[Step, int] = {Step.MONTH: 18, Step.WEEK: 78, Step.DAY: 548}
AFTER: Mapping[Step, int] = {Step.MONTH: 6, Step.WEEK: 26, Step.DAY: 183}
"""Periods that must be known before and after: a year and a half, and half a year."""
LONGEST = 36
"""No more periods than this are fitted."""
FEWEST = 5
BAD = 0.5
"""A root mean squared error before of so much of the unit's own mean is no fit: assumed."""
QUIET, TOO_QUIET = 0.8, "too quiet"
"""A unit without counts in more than this share of the periods before is no donor."""


@dataclass(frozen=True, eq=False)
class DonorPool:
    """A treated unit and those that may stand in for it, over the same periods.

    ``kind``: what they are, places or countries. ``treated`` (T,), ``counts`` (T, N) of ``names``; the first
    ``before`` periods lie before the intervention. ``left_out``: units that are no donors, with the reason.
    """

    kind: str
    treated: FloatArray
    names: tuple[str, ...]
    counts: FloatArray
    before: int
    step: Step
    left_out: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class DonorAnswer:
    """The answer of the donors; only ``missing``, the reason, where there are none.

    ``control``: the treated unit beside its synthetic control. ``weights`` of the donors by name, largest
    first, without those below a half per cent. ``without``: the ratio if one of these is left out, by name.
    ``scores``: of the donors, each treated in turn.
    """

    kind: str
    missing: str = ""
    control: SyntheticControl | None = None
    weights: Mapping[str, float] | None = None
    without: Mapping[str, float] | None = None
    scores: tuple[float, ...] = ()
    left_out: Mapping[str, str] | None = None

    @property
    def found(self) -> SyntheticControl:
        """The synthetic control, where there are donors."""
        assert self.control is not None
        return self.control

    @property
    def totals(self) -> tuple[float, float]:
        """Observed and synthetic counts after the intervention."""
        return self.found.after

    @property
    def ratio(self) -> float:
        """Observed over synthetic counts after the intervention, 1/2 added to both."""
        return self.found.ratio

    @property
    def pivot(self) -> tuple[str, float]:
        """The donor without which the ratio would be furthest from what it is, and the ratio then."""
        ratios = dict(self.without or {})
        name = max(ratios, key=lambda each: abs(np.log(ratios[each] / self.ratio)))
        return name, ratios[name]

    @property
    def p(self) -> float | None:
        """The rank of the error after over that before, among the donors, as a p value."""
        return p_value(self.found.score, self.scores)

    @property
    def least_p(self) -> float:
        """The lowest p that so few donors allow."""
        return 1.0 / (1.0 + len(self.scores))


def ask_donors(pool: DonorPool) -> DonorAnswer:
    """The synthetic control of the treated unit, or the reason why there is none."""
    step, left_out = pool.step, dict(pool.left_out)
    after = len(pool.treated) - pool.before
    if pool.before < BEFORE[step] or after < AFTER[step]:
        needed = f"{BEFORE[step]} {step}s before and {AFTER[step]} after are needed"
        return DonorAnswer(pool.kind, f"{needed}; {pool.before} and {after} are known", left_out=left_out)
    counts = pool.counts
    quiet = (counts[: pool.before] == 0).mean(axis=0) > QUIET
    left_out |= {name: TOO_QUIET for name, none in zip(pool.names, quiet, strict=True) if none}
    names = tuple(name for name, none in zip(pool.names, quiet, strict=True) if not none)
    if len(names) < FEWEST:
        reason = f"only {len(names)} of the {pool.kind} can stand in, where {FEWEST} are needed"
        return DonorAnswer(pool.kind, reason, left_out=left_out)
    chosen = counts[:, ~quiet]
    control = SyntheticControl.of(pool.treated, chosen, pool.before)
    if control.fit > BAD:
        off = f"{control.fit:.0%}" if np.isfinite(control.fit) else "all"
        reason = f"the nearest mix of {len(names)} {pool.kind} is off by {off} of the mean before"
        return DonorAnswer(pool.kind, f"{reason}, where {BAD:.0%} is allowed", left_out=left_out)
    scores = tuple(_as_treated(chosen, unit, pool.before) for unit in range(len(names)))
    order = np.argsort(-control.weights, kind="stable")
    weights = {names[unit]: float(control.weights[unit]) for unit in order if control.weights[unit] >= 0.005}
    without = {name: _ratio_without(pool, chosen, names.index(name)) for name in weights}
    return DonorAnswer(pool.kind, "", control, weights, without, scores, left_out)


def _as_treated(counts: FloatArray, unit: int, before: int) -> float:
    """The score of a donor, from the other donors."""
    return SyntheticControl.of(counts[:, unit], np.delete(counts, unit, axis=1), before).score


def _ratio_without(pool: DonorPool, counts: FloatArray, unit: int) -> float:
    """The ratio of the treated unit if one donor is left out."""
    return SyntheticControl.of(pool.treated, np.delete(counts, unit, axis=1), pool.before).ratio

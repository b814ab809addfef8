"""Past scores for a brief: the pool and every baseline at past origins."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from vedette.brief.figures import Link, from_fit
from vedette.brief.inputs.forecast import ASSUMED
from vedette.model import YEAR, By, FloatArray, History, Pool, contest, prior_known
from vedette.periods import Span, label
from vedette.plurals import counted
from vedette.randomness import rng_stream
from vedette.score import RESAMPLES, Scorecard, backtest, blocks

OURS = Pool().name
ORIGINS, DRAWS = 120, 200
LEAST = 1e-9
SPARSE = 3
"""Strata and places are scored at every third origin, where that leaves enough."""


@dataclass(frozen=True)
class Skill:
    """1 - score of the pool / score of a baseline, with its 90 % interval; None where origins are too few.

    The interval resamples blocks of origins that together span the longest horizon, and takes the ratio anew
    in each.
    """

    baseline: str
    skill: float
    low: float | None
    high: float | None

    @property
    def verdict(self) -> str:
        """``better`` or ``worse`` beyond chance, else ``ahead`` or ``behind``."""
        if self.low is not None and self.low > 0:
            return "better"
        if self.high is not None and self.high < 0:
            return "worse"
        return "ahead" if self.skill > 0 else "behind"


@dataclass(frozen=True)
class TrackRecord:
    """Past scores of the pool and the baselines on one target; origins lie ``every`` periods apart."""

    history: History
    card: Scorecard
    every: int
    seed: int

    @cached_property
    def skills(self) -> tuple[Skill, ...]:
        """The pool against each baseline, in the order of the baselines."""
        return tuple(self._against(name) for name in self.card.models if name != OURS)

    @property
    def origins(self) -> list[int]:
        """The origins scored, in order of time."""
        return self.card.table["origin"].unique().sort().to_list()

    @property
    def between(self) -> tuple[str, str]:
        """Labels of the first and the last origin."""
        step = self.history.span.step
        return label(self.origins[0], step), label(self.origins[-1], step)

    @property
    def link(self) -> Link:
        """Where past scores come from."""
        (first, last), terms = self.between, self.card.terms
        often = "every origin" if self.every == 1 else f"one origin in {self.every}"
        return from_fit(
            f"backtest of the pool and {counted(len(self.card.models) - 1, 'baseline')}, {often} from "
            f"{first} to {last}, {terms.draws} draws, seed {terms.seed}"
        )

    @property
    def ours(self) -> Scorecard:
        """The pool alone."""
        return replace(self.card, table=self.card.table.filter(model=OURS), noise=None)

    @property
    def assumed(self) -> int:
        """At how many origins the prior was assumed, since too little lay before them to learn it."""
        span = self.history.span
        pasts = (Span(span.first, origin, span.step) for origin in self.origins)
        return sum(prior_known(self.history.measure, past).basis == ASSUMED for past in pasts)

    def _against(self, baseline: str) -> Skill:
        mine, base, cells = self._sums(baseline)
        skill = 1.0 - float(mine.sum()) / float(base.sum()) if base.sum() else 0.0
        length = -(-int(self.card.table["horizon"].to_numpy().max()) // self.every)
        if cells < 2 * length:
            return Skill(baseline, skill, None, None)
        drawn = blocks(cells, length, RESAMPLES, rng_stream(self.seed, "skill", OURS, baseline))
        over, under = mine[drawn].sum(axis=1), base[drawn].sum(axis=1)
        low, high = np.quantile(1.0 - over / np.maximum(under, LEAST), (0.05, 0.95))
        return Skill(baseline, skill, float(low), float(high))

    def _sums(self, baseline: str) -> tuple[FloatArray, FloatArray, int]:
        """Fair CRPS of the pool and of a baseline added up by origin, and how many origins."""
        mine, base = (self._by_origin(name) for name in (OURS, baseline))
        return mine, base, len(mine)

    def _by_origin(self, model: str) -> FloatArray:
        """Sums in the order of the table: a parallel sum would differ in its last digit from run to run."""
        rows = self.card.table.filter(model=model)
        place = np.searchsorted(self.origins, rows["origin"].to_numpy())
        return np.asarray(np.bincount(place, rows["crps_fair"].to_numpy()), dtype=np.float64)


def between(card: Scorecard, first: int, last: int) -> Scorecard:
    """The horizons from ``first`` to ``last`` alone."""
    return replace(card, table=card.table.filter(pl.col("horizon").is_between(first, last)), noise=None)


def score_past(
    past: History, by: By, horizon: int, seed: int, *, progress: Callable[[int, int], None] | None = None
) -> TrackRecord:
    """Scores the pool and the baselines from the last 120 origins whose next period was observed.

    ``past`` has one draw, see `vedette.model.median_history`.
    """
    last = past.span.first + int(np.flatnonzero(past.observed)[-1]) - 1
    first = max(past.span.first + 2 * YEAR[past.span.step], last - ORIGINS + 1)
    enough = last - first + 1 >= 2 * SPARSE * horizon
    every = SPARSE if enough and by is not By.COUNTRY else 1
    origins = range(last, first - 1, -every)[::-1]
    models = list(contest(by, past.span.step).values())
    card = backtest(past, models, origins, horizon, DRAWS, seed, progress=progress)
    return TrackRecord(past, card, every, seed)

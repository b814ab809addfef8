"""Sums in worlds of known dependence, where single months are right: the pool learns how to tie them."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from vedette.model import FloatArray, History, IntArray, Learned, Pool, forecast
from vedette.model.pool import Share
from vedette.model.pool.tie_evidence import TieEvidence, tie_evidence
from vedette.model.pool.tie_learning import FINE, across_likelihood
from vedette.model.pool.tie_prior import ties_known
from vedette.periods import Step
from vedette.randomness import rng_stream

UNITS, PERIODS = 40, 97


def levels(shape: tuple[int, int, int], along: float, across: float, rng: np.random.Generator) -> FloatArray:
    """Standard normal levels (S, T, U): AR(1) along T, the share ``across`` of their variance in common."""
    stretches, periods, _ = shape
    own, common = rng.standard_normal(shape), rng.standard_normal((stretches, periods, 1))
    fresh = (1 - across) ** 0.5 * own + across**0.5 * common
    level = fresh[:, 0]
    path = [level]
    for period in range(1, periods):
        level = along * level + (1 - along**2) ** 0.5 * fresh[:, period]
        path.append(level)
    return np.stack(path, axis=1)


def world(shape: tuple[int, int, int], along: float, across: float, rng: np.random.Generator) -> IntArray:
    """Counts (S, T, U) around levels; each single count has the same distribution whatever goes together."""
    return rng.poisson(20.0 * np.exp(0.6 * levels(shape, along, across, rng)))


@dataclass(frozen=True)
class Marginal:
    """Knows the distribution of a single count, and supposes that counts go together like this."""

    along: float
    across: float
    name: str = "marginal"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return world((draws, horizons, len(history.units)), self.along, self.across, rng)


def known(along: float, across: float) -> History:
    values = world((1, PERIODS, UNITS), along, across, rng_stream(1, "known", str(along), str(across)))[0]
    return History.of(values, [f"u{n}" for n in range(UNITS)], 24120, Step.MONTH)


def held(draws: IntArray, truths: IntArray) -> tuple[float, float]:
    """Shares of units' sums and of totals inside the 90 % interval, (R, H, U) truths."""
    shares = []
    for said, came in ((draws.sum(1), truths.sum(1)), (draws.sum((1, 2)), truths.sum((1, 2)))):
        low, high = np.quantile(said, [0.05, 0.95], axis=0)
        shares.append(float(((low <= came) & (came <= high)).mean()))
    return shares[0], shares[1]


@pytest.mark.parametrize(
    ("truth", "supposed", "before"),
    [
        pytest.param((0.9, 0.0), (0.0, 0.0), (0.47, 0.51), id="levels that last, drawn as if they did not"),
        pytest.param((0.0, 0.0), (0.3, 0.0), (0.95, 0.96), id="independent months, drawn as if they lasted"),
        pytest.param((0.0, 0.3), (0.0, 0.0), (0.90, 0.38), id="common shocks, drawn as if there were none"),
        pytest.param((0.0, 0.0), (0.0, 0.0), (0.90, 0.90), id="independent and drawn so"),
    ],
)
def test_sums_and_totals_are_covered_in_worlds_of_known_dependence(
    truth: tuple[float, float], supposed: tuple[float, float], before: tuple[float, float]
) -> None:
    """Of 8,000 sums of units and 200 totals (binomial error of the latter: .02)."""
    history, rng = known(*truth), rng_stream(2, "worlds")
    pool = Pool((Share(Marginal(*supposed), 1.0),))
    draws = forecast(pool, history, history.span.last, 12, 1000, seed=1).draws
    truths = world((200, 12, UNITS), *truth, rng)
    untied = Marginal(*supposed).simulate(history, 12, 1000, rng)
    assert held(untied, truths) == pytest.approx(before, abs=0.04)
    assert held(draws, truths) == pytest.approx((0.9, 0.9), abs=0.06)


@pytest.mark.parametrize(("along", "across"), [(0.9, 0.0), (0.9, 0.5)])
def test_the_pool_as_it_is_covers_sums(along: float, across: float) -> None:
    sums = []
    for seed in range(4):
        values = world((1, 96, 20), along, across, rng_stream(seed, "pool as it is"))[0]
        history = History.of(values, [f"u{n}" for n in range(20)], 24120, Step.MONTH)
        draws = forecast(Pool(), history, history.span.first + 83, 12, 300, seed=1).draws
        sums.append(held(draws, values[None, 84:])[0])
    assert np.mean(sums) == pytest.approx(0.9, abs=0.07)


def stub(history: History, horizons: int = 12) -> Learned:
    return Pool((Share(Marginal(0.5, 0.2), 1.0),)).learn(history, horizons)


def test_nothing_that_is_not_known_moves_the_ties() -> None:
    """Past sums teach once they are over and observed; what comes after the origin teaches nothing."""
    history = known(0.9, 0.0)
    origin = history.span.last - 12
    values = history.values.copy()
    values[:, -12:] = 7 * values[:, -12:] + 3
    scrambled = replace(history, values=values)
    assert stub(history.until(origin)).ties == stub(scrambled.until(origin)).ties
    assert stub(history).ties != stub(scrambled).ties
    observed = np.arange(PERIODS) < PERIODS - 12
    unseen = [stub(replace(each, observed=observed)).ties for each in (history, scrambled)]
    assert unseen[0] == unseen[1]


def test_a_short_past_teaches_no_ties() -> None:
    history = known(0.9, 0.0)
    short = history.until(history.span.first + 30)
    assert (stub(short).ties, stub(short).inside) == (ties_known(short.span), None)


def test_one_horizon_teaches_nothing_along_and_one_unit_nothing_across() -> None:
    history = known(0.9, 0.3)
    prior = ties_known(history.span)
    assert stub(history, horizons=1).ties.along == prior.along
    assert stub(history, horizons=1).ties.across != prior.across
    alone = replace(history, values=history.values[:, :, :1], units=("u0",))
    assert stub(alone).ties.across == prior.across
    assert stub(alone).ties.along != prior.along


def test_silent_units_teach_nothing() -> None:
    history = known(0.9, 0.0)
    silent = History.of(np.zeros((PERIODS, 3)), ["a", "b", "c"], history.span.first, Step.MONTH)
    learned = Pool().learn(silent, 12)
    assert (learned.ties, learned.inside) == (ties_known(history.span), None)


def test_what_no_reordering_reaches_is_reported() -> None:
    """Draws of one number hold no sum, however they are tied; wide ones hold nearly all."""
    history = known(0.9, 0.0)
    narrow, wide = (Pool((Share(Bounded(most), 1.0),)).learn(history, 12).inside for most in (1, 80))
    assert narrow is not None
    assert wide is not None
    assert narrow.drawn <= narrow.strongest <= narrow.perfect < 0.1
    assert wide.perfect > 0.6
    assert narrow.sums == wide.sums == 17 * UNITS


@dataclass(frozen=True)
class Bounded:
    """Counts of 1 to ``most``, all as likely."""

    most: int
    name: str = "bounded"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return rng.integers(1, self.most + 1, (draws, horizons, len(history.units)))


def plain_across(evidence: list[TieEvidence], strength: float, tried: int) -> float:
    """The likelihood of one correlation, with the covariance matrix written out."""
    total = sizes = quadratic = 0.0
    for one in evidence:
        units, root = one.units, one.template[tried] ** 0.5
        if strength > 0:
            whole = units * (root + strength) ** 2 / (1 + strength**2 + 2 * strength * root)
        else:
            whole = 1 + (units * root**2 - 1) / (1 + strength**2)
        r = (min(max(whole, 0.5), 0.95 * units) - 1) / (units - 1)
        matrix = (1 - r) * np.eye(units) + r
        same, other = np.ones(units) / units**0.5, np.zeros(units)
        other[:2] = 0.5**0.5, -(0.5**0.5)
        score = one.together[tried] ** 0.5 * same + one.apart[tried] ** 0.5 * other
        sizes += np.linalg.slogdet(matrix)[1]
        quadratic += score @ np.linalg.solve(matrix, score)
        total += units
    return float(-0.5 * sizes - 0.5 * total * np.log(quadratic))


def test_the_likelihood_across_units_is_that_of_equicorrelated_scores() -> None:
    rng = np.random.default_rng(3)
    evidence = [tie_evidence(rng.poisson(30.0, (6, 4, 50)), rng.poisson(30.0, (6, 4)), rng) for _ in range(3)]
    known_evidence = [one for one in evidence if one is not None]
    assert len(known_evidence) == 3
    likely = across_likelihood(known_evidence, along=0.3)
    for index in (0, 150, 400, 430, 500):
        assert likely[index] == pytest.approx(plain_across(known_evidence, float(FINE[index]), 3), rel=1e-6)

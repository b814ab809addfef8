"""Ties between draws: what they may not change, and that sums in worlds of known dependence are covered."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from vedette.model import History, IntArray, Pool, forecast
from vedette.model.pool import member
from vedette.model.pool.tie_prior import ties_known
from vedette.model.pool.tying import BLOCK, Ties, tie, tie_across, tie_along
from vedette.periods import Span, Step
from vedette.randomness import rng_stream

STRENGTHS = st.sampled_from([-1.0, -0.2, 0.0, 0.1, 1.0, 50.0])


@given(
    arrays(
        np.int64, array_shapes(min_dims=3, max_dims=3, max_side=6), elements=st.sampled_from([0, 1, 7, 10**6])
    ),
    STRENGTHS,
    STRENGTHS,
)
def test_each_unit_and_horizon_keeps_its_draws_to_the_last(
    draws: IntArray, along: float, across: float
) -> None:
    before = draws.copy()
    tied = tie(draws, Ties(along, across), np.random.default_rng(1))
    assert (np.sort(tied, axis=0) == np.sort(before, axis=0)).all()
    assert (draws == before).all()


def paths_of(draws: IntArray, unit: int) -> list[tuple[int, ...]]:
    return sorted(map(tuple, draws[:, :, unit].tolist()))


@pytest.mark.parametrize("strength", [-0.5, 0.3, 3.0])
def test_units_are_tied_by_moving_whole_paths(strength: float) -> None:
    draws = np.random.default_rng(2).poisson(3.0, (60, 4, 5))
    tied = tie_across(draws, strength, np.random.default_rng(1))
    assert (tied != draws).any()
    assert [paths_of(tied, unit) for unit in range(5)] == [paths_of(draws, unit) for unit in range(5)]


def test_perfect_ties_add_up_rank_by_rank() -> None:
    draws = np.random.default_rng(3).permutation(200 * 4 * 3).reshape(200, 4, 3)
    ordered = np.sort(draws, axis=0)
    tied = tie_along(draws, 1e9, np.random.default_rng(1))
    assert (np.sort(tied.sum(axis=1), axis=0) == ordered.sum(axis=1)).all()
    both = tie_across(tied, 1e9, np.random.default_rng(1))
    assert (np.sort(both.sum(axis=(1, 2))) == ordered.sum(axis=(1, 2))).all()


def test_stronger_ties_make_wider_sums() -> None:
    draws = np.random.default_rng(4).negative_binomial(1.0, 0.1, (500, 12, 6))
    sums = [
        tie_along(draws, strength, np.random.default_rng(1)).sum(axis=1).std() for strength in (0, 0.2, 1)
    ]
    assert sums[0] < sums[1] < sums[2]
    totals = [
        tie_across(draws, strength, np.random.default_rng(1)).sum(axis=(1, 2)).std()
        for strength in (0, 0.2, 1)
    ]
    assert totals[0] < totals[1] < totals[2]


def test_looser_ties_let_the_template_go() -> None:
    path = np.random.default_rng(5).gamma(1.0, 100.0, (500, 1, 2))
    draws = np.random.default_rng(5).poisson(np.broadcast_to(path, (500, 12, 2)))
    loose = tie_along(draws, -30.0, np.random.default_rng(1)).sum(axis=1).std(axis=0)
    assert loose == pytest.approx(draws.std(axis=0).mean(axis=0) * 12**0.5, rel=0.1)


def test_one_horizon_or_one_unit_has_nothing_to_tie() -> None:
    draws = np.random.default_rng(6).poisson(5.0, (30, 1, 4))
    assert tie_along(draws, 1.0, np.random.default_rng(1)) is draws
    alone = draws.transpose(0, 2, 1)
    assert tie_across(alone, 1.0, np.random.default_rng(1)) is alone
    assert tie(draws, Ties(), np.random.default_rng(1)) is draws


def test_equal_draws_rise_together_in_no_units() -> None:
    """Zeros are ranked by chance, apart in each unit: no draw is the quiet one everywhere."""
    draws = np.zeros((400, 6, 2), dtype=np.int64)
    draws[:20] = 5
    loose = tie_along(draws, -50.0, np.random.default_rng(1))
    one, other = loose[:, 0].T.astype(np.float64)
    together = float(((one > 0) & (other > 0)).sum())
    assert together < 6


def test_more_units_than_are_tied_at_once() -> None:
    draws = np.random.default_rng(7).poisson(2.0, (20, 3, BLOCK + 5))
    tied = tie_along(draws, 0.5, np.random.default_rng(1))
    assert (np.sort(tied, axis=0) == np.sort(draws, axis=0)).all()
    assert (tied[:, :, BLOCK:] != draws[:, :, BLOCK:]).any()


def worlds(path: float, months: int, seed: int) -> IntArray:
    """Counts (T, U) of 12 units around 20 a month; the log-level is an AR(1) with this standard deviation."""
    rng = rng_stream(seed, "world of known dependence")
    level, levels = path * rng.standard_normal(12), []
    for _ in range(months):
        level = 0.95 * level + path * (1 - 0.95**2) ** 0.5 * rng.standard_normal(12)
        levels.append(level)
    return np.asarray(rng.poisson(20.0 * np.exp(np.array(levels))))


def test_the_pool_ties_and_leaves_single_months_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    values = worlds(0.5, 72, 1)
    history = History.of(values, [f"u{n}" for n in range(12)], 24120, Step.MONTH)
    tied = forecast(Pool(), history, history.span.last, 12, 200, seed=1).draws
    monkeypatch.setattr(member, "tie", lambda draws, ties, rng: draws)
    loose = forecast(Pool(), history, history.span.last, 12, 200, seed=1).draws
    assert (np.sort(tied, axis=0) == np.sort(loose, axis=0)).all()
    assert (tied != loose).any()
    assert (np.sort(tied.sum(axis=1), axis=0) != np.sort(loose.sum(axis=1), axis=0)).any()


def test_strengths_are_known_at_every_origin() -> None:
    early = ties_known(Span(20000, 20010, Step.MONTH))
    assert early == ties_known(Span(500_000, 600_000, Step.DAY)) == Ties(0.2, 0.1)

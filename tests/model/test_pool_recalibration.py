"""Bending draws along their ranks: even ranks change nothing, what was too narrow becomes wider."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vedette.model import IntArray
from vedette.model.pool.rearranging import rearrange
from vedette.model.pool.recalibration import DOUBT, BetaMap, fit_beta_map, ranks
from vedette.model.pool.tying import Ties
from vedette.randomness import rng_stream


def recalibrate(draws: IntArray, bends: tuple[BetaMap, ...]) -> IntArray:
    """Draws (S, H, U), recalibrated and not tied."""
    return rearrange(draws, bends, Ties(), rng_stream(1, "equal draws"))


samples = st.tuples(st.integers(2, 40), st.integers(1, 2), st.integers(1, 3)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 12))
)
shapes = st.floats(0.2, 5.0)


@given(draws=samples)
def test_shape_one_changes_nothing(draws: IntArray) -> None:
    assert (recalibrate(draws, (BetaMap(),) * draws.shape[1]) == draws).all()


@given(draws=samples, shape=shapes)
def test_order_and_ties_stay_and_nothing_else_is_drawn(draws: IntArray, shape: float) -> None:
    moved = recalibrate(draws, (BetaMap(shape),) * draws.shape[1])
    assert moved.shape == draws.shape
    for _, *cell in np.ndindex(1, *draws.shape[1:]):
        before, after = draws[:, *cell], moved[:, *cell]
        assert set(after.tolist()) <= set(before.tolist())
        ordered = after[np.lexsort((after, before))]
        assert (np.diff(ordered) >= 0).all()


def test_draws_that_were_one_number_stay_one() -> None:
    draws = np.full((50, 1, 1), 9)
    assert (recalibrate(draws, (BetaMap(0.4),)) == 9).all()


def test_below_one_widens_and_above_one_narrows() -> None:
    draws = rng_stream(1, "wide").poisson(100.0, (2000, 1, 1))
    wide, narrow = (recalibrate(draws, (BetaMap(shape),)) for shape in (0.5, 2.0))
    assert wide.std() > 1.2 * draws.std()
    assert narrow.std() < 0.85 * draws.std()
    assert np.median(wide) == pytest.approx(np.median(draws), abs=1)
    assert np.median(narrow) == pytest.approx(np.median(draws), abs=1)


def test_each_horizon_is_bent_by_its_own() -> None:
    draws = rng_stream(2, "horizons").poisson(100.0, (500, 2, 2))
    moved = recalibrate(draws, (BetaMap(), BetaMap(0.4)))
    assert (moved[:, 0] == draws[:, 0]).all()
    assert moved[:, 1].std() > draws[:, 1].std()


@pytest.mark.parametrize("shape", [0.4, 0.7, 1.0, 2.0])
def test_a_known_bend_is_found(shape: float) -> None:
    rank = rng_stream(3, "known", str(shape)).beta(shape, shape, 20_000)
    weight = np.full(len(rank), 1.0)
    assert fit_beta_map(np.stack([rank, rank]), weight).shape == pytest.approx(shape, rel=0.05)


def test_little_evidence_bends_little() -> None:
    ends = np.stack([np.array([0.0, 1.0])] * 2)
    few, many = (fit_beta_map(ends, np.full(2, weight)).shape for weight in (0.5, 500.0))
    assert many < few < 1.0
    variance = (1.0 * 0.25 + DOUBT / 12.0) / (1.0 + DOUBT)
    assert few == pytest.approx(1.0 / (8.0 * variance) - 0.5)


def test_ranks_that_ties_leave_open_say_nothing() -> None:
    assert fit_beta_map(np.array([[0.0], [1.0]]), np.array([1e6])).shape == pytest.approx(1.0)
    assert fit_beta_map(np.empty((2, 0)), np.empty(0)) == BetaMap(1.0)


def test_bending_makes_past_ranks_even() -> None:
    """Draws half as wide as the truth: bent by their own ranks, nine in ten truths lie inside again."""
    rng = rng_stream(4, "even")
    truth = rng.normal(1000.0, 100.0, (1, 3000)).round().astype(np.int64)
    draws = rng.normal(1000.0, 60.0, (400, 1, 3000)).round().astype(np.int64)
    rank = ranks(draws[None], truth)[:, 0, 0]
    bend = fit_beta_map(rank, np.full(3000, 100.0))
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    before = np.mean((low <= truth) & (truth <= high))
    low, high = np.quantile(recalibrate(draws, (bend,)), [0.05, 0.95], axis=0)
    after = np.mean((low <= truth) & (truth <= high))
    assert before < 0.72
    assert 0.82 < after < 0.95


def test_ranks_by_hand() -> None:
    draws = np.array([0, 0, 3, 7])[None, :, None, None]
    found = [ranks(draws, np.array([[truth]]))[:, 0, 0, 0].tolist() for truth in (0, 3, 5, 9)]
    assert found == [[0.0, 0.5], [0.5, 0.75], [0.75, 0.75], [1.0, 1.0]]

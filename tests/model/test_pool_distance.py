"""What a pool scores: against double loops, and against the score of the pooled draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.model import FloatArray, IntArray
from vedette.model.pool.distance import crps_of_pool, errors, pairwise_distances
from vedette.score import crps, crps_fair


def said(seed: int, kinds: int, draws: int) -> tuple[IntArray, IntArray]:
    """Draws (K, S, H, U) with many ties, and truths (H, U)."""
    rng = np.random.default_rng(seed)
    mean = rng.choice([0.5, 8.0, 90.0], (kinds, 1, 2, 3))
    return rng.negative_binomial(1.0, 1.0 / (1.0 + mean), (kinds, draws, 2, 3)), rng.poisson(9.0, (2, 3))


def plain_gap(one: IntArray, other: IntArray, *, same: bool) -> float:
    """Mean distance of two samples, pair by pair; a draw is not compared with itself."""
    pairs = [
        abs(int(x) - int(y)) for i, x in enumerate(one) for j, y in enumerate(other) if not (same and i == j)
    ]
    return sum(pairs) / len(pairs)


@settings(max_examples=15)
@given(seed=st.integers(0, 9999), kinds=st.integers(1, 3), draws=st.integers(2, 9))
def test_errors_and_gaps_equal_the_double_loops(seed: int, kinds: int, draws: int) -> None:
    members, truth = said(seed, kinds, draws)
    error, gap = errors(members, truth), pairwise_distances(members)
    for cell in np.ndindex(2, 3):
        for k in range(kinds):
            mine = members[k, :, *cell]
            assert error[k, *cell] == pytest.approx(np.mean([abs(int(x) - int(truth[cell])) for x in mine]))
            for other in range(kinds):
                plain = plain_gap(mine, members[other, :, *cell], same=k == other)
                assert gap[k, other, *cell] == pytest.approx(plain, abs=1e-9)


@given(seed=st.integers(0, 9999))
def test_one_member_scores_its_fair_crps(seed: int) -> None:
    members, truth = said(seed, 1, 12)
    found = crps_of_pool(np.ones(1), errors(members, truth), pairwise_distances(members))
    assert found == pytest.approx(crps_fair(members[0], truth), abs=1e-9)


@given(seed=st.integers(0, 9999), kinds=st.integers(2, 4))
def test_an_even_pool_scores_as_all_its_draws_together(seed: int, kinds: int) -> None:
    """Exact where each sample is taken for the whole truth, so that a draw may meet itself."""
    members, truth = said(seed, kinds, 12)
    gap = pairwise_distances(members)
    gap[np.arange(kinds), np.arange(kinds)] *= 11 / 12
    found = crps_of_pool(np.full(kinds, 1 / kinds), errors(members, truth), gap)
    together = members.reshape(-1, *truth.shape)
    assert found == pytest.approx(crps(together, truth), abs=1e-9)


def test_many_draws_score_as_the_fair_crps_of_the_pooled_sample() -> None:
    members, truth = said(1, 3, 4000)
    found = crps_of_pool(np.full(3, 1 / 3), errors(members, truth), pairwise_distances(members))
    assert found == pytest.approx(crps_fair(members.reshape(-1, *truth.shape), truth), rel=2e-3)


@given(seed=st.integers(0, 9999), parts=st.lists(st.integers(1, 5), min_size=2, max_size=3))
def test_uneven_weights_are_members_that_are_repeated(seed: int, parts: list[int]) -> None:
    members, truth = said(seed, len(parts), 6)
    gap = pairwise_distances(members)
    gap[np.arange(len(parts)), np.arange(len(parts))] *= 5 / 6
    weights: FloatArray = np.array(parts) / sum(parts)
    repeated = np.concatenate(
        [np.repeat(member, part, axis=0) for member, part in zip(members, parts, strict=True)]
    )
    found = crps_of_pool(weights, errors(members, truth), gap)
    assert found == pytest.approx(crps(repeated, truth), abs=1e-9)

"""Weights of a pool against a general solver, and the simplex by its properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import minimize

from vedette.model import FloatArray
from vedette.model.pool.distance import crps_of_pool, errors, pairwise_distances
from vedette.model.pool.weighing import best_weights, onto_simplex


def problem(seed: int, kinds: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Errors and gaps of members that said something about 40 cells, and where weights start.

    Divided by what the start scores, as the pool does.
    """
    rng = np.random.default_rng(seed)
    truth = rng.poisson(10.0, (1, 40))
    shift = rng.choice([0.0, 1.0, 6.0], kinds)[:, None, None, None]
    members = rng.negative_binomial(3.0, 0.2, (kinds, 30, 1, 40)) + shift.astype(np.int64)
    error, gap = errors(members, truth).mean(axis=(1, 2)), pairwise_distances(members).mean(axis=(2, 3))
    start = rng.dirichlet(np.ones(kinds))
    score = crps_of_pool(start, error, gap)
    return error / score, gap / score, start


def loss(weights: FloatArray, error: FloatArray, gap: FloatArray, start: FloatArray, shrink: float) -> float:
    far = weights - start
    return float(error @ weights - 0.5 * weights @ gap @ weights + shrink * far @ far)


def solved(error: FloatArray, gap: FloatArray, start: FloatArray, shrink: float) -> FloatArray:
    found = minimize(
        loss,
        start,
        (error, gap, start, shrink),
        method="SLSQP",
        bounds=[(0.0, 1.0)] * len(start),
        constraints={"type": "eq", "fun": lambda weights: weights.sum() - 1.0},
        options={"ftol": 1e-12, "maxiter": 500},
    )
    assert found.success
    return np.asarray(found.x)


@settings(max_examples=40)
@given(seed=st.integers(0, 99_999), kinds=st.integers(2, 5), shrink=st.sampled_from([0.0, 0.2, 0.7, 3.0]))
def test_weights_equal_those_of_a_general_solver(seed: int, kinds: int, shrink: float) -> None:
    error, gap, start = problem(seed, kinds)
    found, plain = best_weights(error, gap, start, shrink), solved(error, gap, start, shrink)
    assert found.min() >= 0.0
    assert found.sum() == pytest.approx(1.0)
    best = loss(plain, error, gap, start, shrink)
    assert loss(found, error, gap, start, shrink) == pytest.approx(best, abs=1e-5 if shrink else 0.03)
    if shrink:
        assert found == pytest.approx(plain, abs=0.005)


def test_the_better_member_weighs_more_and_less_the_more_it_is_shrunk() -> None:
    rng = np.random.default_rng(1)
    truth = rng.poisson(10.0, (1, 400))
    members = np.stack([rng.poisson(10.0, (50, 1, 400)), rng.poisson(14.0, (50, 1, 400))])
    error, gap = errors(members, truth).mean(axis=(1, 2)), pairwise_distances(members).mean(axis=(2, 3))
    half = np.array([0.5, 0.5])
    weights = [best_weights(error, gap, half, shrink)[0] for shrink in (0.0, 1.0, 10.0, 1e6)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0.9
    assert weights[3] == pytest.approx(0.5, abs=1e-3)


def test_one_member_has_all_the_weight() -> None:
    assert best_weights(np.ones(1), np.ones((1, 1)), np.ones(1), 0.3).tolist() == [1.0]


points = st.integers(1, 6).flatmap(lambda size: arrays(np.float64, size, elements=st.floats(-20.0, 20.0)))


@given(point=points, seed=st.integers(0, 999))
def test_the_nearest_point_of_the_simplex(point: FloatArray, seed: int) -> None:
    found = onto_simplex(point)
    assert found.min() >= 0.0
    assert found.sum() == pytest.approx(1.0)
    assert onto_simplex(found) == pytest.approx(found)
    others = np.random.default_rng(seed).dirichlet(np.ones(len(point)), 200)
    assert ((others - point) ** 2).sum(axis=1).min() >= ((found - point) ** 2).sum() - 1e-9


@given(point=points)
def test_the_simplex_keeps_the_order(point: FloatArray) -> None:
    assert (np.diff(onto_simplex(np.sort(point))) >= -1e-12).all()

"""Weights of precedents: kernels, roles and wars by hand; what is weighed does not depend on its order."""

import numpy as np
import pytest

from vedette.precedents import GRID, REFERENCE, ROLES, Weighting
from vedette.precedents.weighing import by_war, effective, kernel, role_weight, weighted_quantile


def test_kernels_by_hand() -> None:
    distances = np.array([0.0, 0.5, 1.0, 3.0])
    gaussian = kernel(distances, Weighting("gaussian", 0.5, 0.5))
    np.testing.assert_allclose(gaussian, np.exp([0.0, -0.5, -2.0, -18.0]))
    bounded = kernel(distances, Weighting("epanechnikov", 1.0, 0.5))
    np.testing.assert_allclose(bounded, [1.0, 0.95, 0.8, 0.0])


@pytest.mark.parametrize("name", ["gaussian", "epanechnikov"])
def test_both_kernels_have_a_standard_deviation_of_one_bandwidth(name: str) -> None:
    at = np.linspace(0, 20, 200_001)
    weights = kernel(at, Weighting(name, 1.5, 0.5))
    assert np.sqrt((weights * at**2).sum() / weights.sum()) == pytest.approx(1.5, rel=1e-3)


def test_a_contributor_is_no_precedent_for_a_main_backer() -> None:
    assert role_weight("main", "contributor", 0.5) == role_weight("contributor", "main", 0.5) == 0
    assert role_weight("co-backer", "main", 0.25) == role_weight("co-backer", "contributor", 0.25) == 0.25
    assert role_weight("contributor", "contributor", 0.0) == 1
    assert {role_weight(role, "none", 0.5) for role in ROLES} == {0.0}


def test_a_war_weighs_as_much_as_its_most_similar_departure() -> None:
    """By hand: A has 0.8, shared 0.4 : 0.8 : 0.2 over 1.4; B its own 0.6; C nothing."""
    weights = by_war(np.array([0.4, 0.6, 0.8, 0.2, 0.0]), ["A", "B", "A", "A", "C"])
    np.testing.assert_allclose(weights, [0.32 / 1.4, 0.6, 0.64 / 1.4, 0.16 / 1.4, 0.0])
    assert effective(weights, ["A", "B", "A", "A", "C"]) == pytest.approx(1.4**2 / (0.8**2 + 0.6**2))


def test_a_war_that_was_left_again_and_again_counts_once() -> None:
    once = by_war(np.array([0.9, 0.5]), ["A", "B"])
    often = by_war(np.array([0.9, 0.5, *[0.9] * 10]), ["A", "B", *"A" * 10])
    assert often[[0, *range(2, 12)]].sum() == pytest.approx(once[0])
    assert effective(once, ["A", "B"]) == pytest.approx(effective(often, ["A", "B", *"A" * 10]))


def test_effective_number_of_even_weights_and_of_none() -> None:
    assert effective(np.full(6, 0.3), list("ABCDEF")) == pytest.approx(6)
    assert effective(np.zeros(2), ["A", "B"]) == 0


def test_quantiles_of_weighted_draws_are_those_of_copies() -> None:
    rng = np.random.default_rng(5)
    values, copies = rng.normal(size=(31, 4)), np.array([1, 3, 0, 2])
    levels = (0.05, 0.3, 0.5, 0.95)
    copied = np.repeat(values, copies, axis=1)
    expected = np.quantile(copied, levels, method="inverted_cdf")
    np.testing.assert_allclose(weighted_quantile(values, copies / copies.sum(), levels), expected)
    order = np.array([2, 0, 3, 1])
    shuffled = weighted_quantile(values[:, order][::-1], copies[order] / copies.sum(), levels)
    np.testing.assert_allclose(shuffled, expected)


def test_the_grid_is_the_one_that_was_written_down() -> None:
    assert len(GRID) == len(set(GRID)) == 24
    assert REFERENCE in GRID
    assert {each.bandwidth for each in GRID} == {0.5, 1.0, 1.5, 2.0}
    assert {each.step for each in GRID} == {0.0, 0.25, 0.5}

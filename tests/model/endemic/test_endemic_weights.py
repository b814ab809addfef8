"""Weights between units: orders, norms, and the two ways to spread counts."""

import jax.numpy as jnp
import numpy as np
import pytest
from scipy import sparse
from scipy.sparse.csgraph import shortest_path
from support.plain_model import ring

from vedette.errors import DataError
from vedette.model.endemic import weights
from vedette.model.endemic.structure import Space, SpaceKind
from vedette.model.endemic.weights import given_weights, near_units, order_weights, orders, spread


@pytest.mark.parametrize("seed", range(5))
def test_orders_are_shortest_paths(seed: int) -> None:
    rng = np.random.default_rng(seed)
    touch = np.triu(rng.random((12, 12)) < 0.13, 1).astype(float)
    touch += touch.T
    far = shortest_path(touch, unweighted=True)
    assert orders(touch).toarray() == pytest.approx(np.where(np.isfinite(far), far, 0))
    assert orders(touch, 2).toarray() == pytest.approx(np.where(far <= 2, far, 0))


def test_rows_are_sources_and_sum_to_one() -> None:
    table = given_weights(np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]]), normalised=True).toarray()
    assert table.sum(axis=1).tolist() == [1, 1, 1]
    assert table[0].tolist() == [0, 0.5, 0.5]


@pytest.mark.parametrize("table", [[[0, -1], [1, 0]], [[0, np.nan], [1, 0]], [[0, 1, 1], [1, 0, 1]]])
def test_tables_that_are_no_weights(table: list[list[float]]) -> None:
    with pytest.raises(DataError, match="a square table of finite weights"):
        given_weights(table, normalised=False)


def test_looking_up_is_multiplying(monkeypatch: pytest.MonkeyPatch) -> None:
    space = Space(SpaceKind.POWER_LAW, 3)
    near = near_units(space, sparse.csr_array(ring(9)))
    counts = jnp.asarray(np.random.default_rng(1).poisson(3, (7, 9)).astype(float))
    found = order_weights(space, jnp.array([1.5]), near)
    at_once = spread(found, near, counts)
    monkeypatch.setattr(weights, "_DENSE", 0)
    assert np.asarray(spread(found, near, counts)) == pytest.approx(np.asarray(at_once))


def test_an_isolated_place_spreads_nothing() -> None:
    space = Space(SpaceKind.POWER_LAW, 3)
    touch = np.zeros((3, 3))
    touch[0, 1] = touch[1, 0] = 1
    near = near_units(space, touch)
    found = np.asarray(
        spread(order_weights(space, jnp.array([1.0]), near), near, jnp.array([[2.0, 3.0, 50.0]]))
    )
    assert found.tolist() == [[3.0, 2.0, 0.0]]

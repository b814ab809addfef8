"""Forests: every state falls in one leaf, rows are chosen with their weights, others' rows only."""

import numpy as np

from vedette.model.analogues.forest import LEAST_ROWS, Forest, Rows, Trees
from vedette.randomness import rng_stream


def forest(size: int = 200, weight_of_the_first: int = 1) -> Forest:
    """One tree: up to 0 or above it, and above 0 up to 1 or above it; half the rows are of each country."""
    trees = Trees(
        np.array([[0, -1, 0, -1, -1]]), np.array([[0.0, 0, 1.0, 0, 0]]), np.array([[2, 0, 4, 0, 0]])
    )
    states = np.linspace(-2, 2, size)[:, None]
    weights = np.ones(size, dtype=np.int64)
    weights[0] = weight_of_the_first
    countries = np.array(["AAA", "BBB"] * (size // 2))
    rows = Rows(states, np.ones((size, 12)), weights, countries, np.full(size, 2012))
    return Forest(trees, rows)


def chosen(found: Forest, state: float, without: frozenset[str], draws: int = 4000) -> np.ndarray:
    choice = found.without(without)
    trees = np.zeros(draws, dtype=np.int64)
    nodes = choice.nodes(np.full((draws, 1), state), trees)
    return choice.rows(trees, nodes, rng_stream(1, "rows").random(draws))


def test_rows_come_from_the_leaf_of_the_state_alone() -> None:
    found = forest()
    for state, low, high in ((-1.0, -2.0, 0.0), (0.5, 0.0, 1.0), (3.0, 1.0, 2.0)):
        states = found.rows.states[chosen(found, state, frozenset()), 0]
        assert low <= states.min() <= states.max() <= high
        expected = np.sum((found.rows.states > low) & (found.rows.states <= high))
        assert len(np.unique(states)) >= expected - 1


def test_a_row_is_chosen_with_its_weight() -> None:
    found = forest(weight_of_the_first=101)
    rows = chosen(found, -1.0, frozenset(), draws=20_000)
    assert abs((rows == 0).mean() - 101 / 200) < 0.02


def test_no_row_of_a_country_left_out_is_chosen() -> None:
    found = forest()
    rows = chosen(found, 0.5, frozenset({"AAA"}))
    assert set(found.rows.countries[rows]) == {"BBB"}


def test_a_leaf_with_too_few_rows_is_opened_to_the_node_above() -> None:
    found = forest(size=2 * (4 * LEAST_ROWS - 4))
    whole = found.rows.states[chosen(found, 0.5, frozenset()), 0]
    assert whole.max() <= 1.0
    few = forest(size=4 * LEAST_ROWS - 4)
    opened = few.rows.states[chosen(few, 0.5, frozenset()), 0]
    assert opened.max() > 1.0
    assert opened.min() > 0.0

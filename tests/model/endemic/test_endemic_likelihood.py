"""The likelihood in JAX against the same written out cell by cell."""

import math

import jax.numpy as jnp
import numpy as np
import pytest
from scipy.special import expit
from support.plain_model import plain_log_likelihood, plain_means, ring

from vedette.model import IntArray
from vedette.model.endemic.design import design
from vedette.model.endemic.likelihood import Parameters, components, log_likelihood, means
from vedette.model.endemic.specification import Specification, lags_of
from vedette.model.endemic.weights import orders

T, U = 14, 5


def random_counts(rng: np.random.Generator, largest: int) -> IntArray:
    return rng.negative_binomial(0.5, 0.5 / (0.5 + largest / 10), (T, U)) + np.eye(T, U, dtype=np.int64)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("family", ["poisson", "negbin1", "negbinM"])
def test_slow_and_fast_agree(family: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    y = random_counts(rng, 40 if seed < 2 else 3000)
    troops = rng.normal(size=(T, U))
    people = rng.uniform(0.5, 2, T)
    asked = Specification(
        "trend", "1", "fe + season(12) + troops + offset(people)", family, "raw", lags_of("geometric(3)")
    )
    table = rng.uniform(0, 1, (U, U)) * ring(U)
    weight = rng.uniform(0, 1, T)
    made = design(asked, y, tuple("ABCDE"), table, {"troops": troops, "people": people}, weight)
    shared, unit = rng.normal(-0.5, 0.5, made.structure.shared), rng.normal(0, 1, (made.structure.groups, U))
    at = Parameters(jnp.asarray(shared), jnp.asarray(unit))

    time = np.arange(T)[:, None]
    k = expit(shared[6])
    lags = [(1 - k) ** d for d in range(3)]
    season = shared[3] * np.sin(2 * np.pi * time / 12) + shared[4] * np.cos(2 * np.pi * time / 12)
    rates = (
        np.exp(shared[0] + shared[1] * time / 100) * np.ones((T, U)),
        np.full((T, U), np.exp(shared[2])),
        np.exp(unit[0] + season + shared[5] * troops) * people[:, None],
    )
    mean = plain_means(y, rates, table, [u / sum(lags) for u in lags])
    psi = {"poisson": [0.0] * U, "negbin1": [np.exp(-shared[-1])] * U, "negbinM": list(np.exp(-unit[-1]))}
    assert np.asarray(means(made.structure, at, made.arrays)) == pytest.approx(mean, rel=1e-12)
    expected = plain_log_likelihood(y[3:], mean, psi[family], list(weight[3:]))
    assert float(log_likelihood(made.structure, at, made.arrays)) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize("kind", ["powerlaw", "powerlaw-raw", "pl0-norm", "pl0-raw", "order2"])
def test_weights_by_order_slow_and_fast(kind: str) -> None:
    rng = np.random.default_rng(5)
    y, d = random_counts(rng, 40), 1.3
    touch = ring(U)
    made = design(Specification("0", "1", "1", "poisson", kind), y, tuple("ABCDE"), touch)
    order = orders(touch).toarray().astype(float)
    own = 1 if kind.startswith("pl0") else 0
    with np.errstate(divide="ignore"):
        table = np.where((order > 0) | (np.eye(U) * own > 0), (order + own) ** -d, 0.0)
    if kind == "order2":
        table = np.where(order == 1, 1.0, np.where(order == 2, math.exp(d), 0.0))
    if kind not in ("powerlaw-raw", "pl0-raw"):
        table = table / table.sum(axis=1, keepdims=True)
    at = Parameters(jnp.array([-1.0, -0.5, d]), jnp.zeros((0, U)))
    ones = np.ones((T, U))
    mean = plain_means(y, (0 * ones, np.exp(-1.0) * ones, np.exp(-0.5) * ones), table, [1.0])
    assert np.asarray(means(made.structure, at, made.arrays)) == pytest.approx(mean, rel=1e-12)


def test_by_hand() -> None:
    """Two places, counts 2, 0 then 1, 3: mu = .5 y + .25 (the other's y) + 1 = 2 and 1.5."""
    asked = Specification(family="poisson", weights="raw")
    made = design(asked, np.array([[2, 0], [1, 3]]), ("A", "B"), [[0, 1], [1, 0]])
    at = Parameters(jnp.log(jnp.array([0.5, 0.25, 1.0])), jnp.zeros((0, 2)))
    own, near, endemic = components(made.structure, at, made.arrays)
    assert np.asarray(own).tolist() == [[1.0, 0.0]]
    assert np.asarray(near).tolist() == [[0.0, 0.5]]
    assert np.asarray(endemic) == pytest.approx(np.array([[1.0, 1.0]]))
    expected = (math.log(2) - 2) + (3 * math.log(1.5) - 1.5 - math.log(6))
    assert float(log_likelihood(made.structure, at, made.arrays)) == pytest.approx(expected, rel=1e-14)


def test_the_negative_binomial_becomes_the_poisson() -> None:
    """At a dispersion of e^-30 nothing is lost to rounding, with counts of thousands too."""
    y = np.array([[0], [3], [80], [4000], [65]])
    both = [design(Specification("0", "0", "1", family), y, ("A",)) for family in ("poisson", "negbin1")]
    poisson = log_likelihood(
        both[0].structure, Parameters(jnp.array([6.0]), jnp.zeros((0, 1))), both[0].arrays
    )
    negbin = log_likelihood(
        both[1].structure, Parameters(jnp.array([6.0, 30.0]), jnp.zeros((0, 1))), both[1].arrays
    )
    assert float(negbin) == pytest.approx(float(poisson), rel=1e-9)

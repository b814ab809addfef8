"""The arrow of the information against the dense Hessian, and its algebra against dense algebra."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from support.plain_model import ring

from vedette.model.endemic import curvature, lags
from vedette.model.endemic.curvature import Arrow, derivatives, objective, take_apart
from vedette.model.endemic.design import Design, design
from vedette.model.endemic.likelihood import Parameters
from vedette.model.endemic.priors import Priors, no_priors
from vedette.model.endemic.specification import Specification, lags_of
from vedette.model.history import FloatArray

U = 6


def dense(made: Design, at: Parameters, priors: Priors) -> FloatArray:
    """Minus the second derivatives by autodiff of the whole vector, (P + G U) square."""
    count = at.shared.shape[0]

    def value(flat: jax.Array) -> jax.Array:
        point = Parameters(flat[:count], flat[count:].reshape(at.unit.shape))
        found: jax.Array = objective(made.structure, point, made.arrays, priors)
        return found

    return -np.asarray(jax.jit(jax.hessian(value))(jnp.concatenate([at.shared, at.unit.ravel()])))


def assembled(arrow: Arrow) -> FloatArray:
    """The arrow as one table."""
    count, (groups, units) = len(arrow.shared), arrow.unit.shape
    blocks = np.zeros((groups, units, groups, units))
    for unit in range(units):
        blocks[:, unit, :, unit] = arrow.blocks[:, :, unit]
    border = arrow.border.reshape(count, groups * units)
    return np.block([[arrow.corner, border], [border.T, blocks.reshape(groups * units, groups * units)]])


@pytest.fixture(scope="module")
def case() -> tuple[Design, Parameters, Priors]:
    rng = np.random.default_rng(3)
    y = rng.negative_binomial(1, 0.3, (40, U))
    asked = Specification("fe", "1", "ri + trend", "negbinM", "powerlaw", lags_of("geometric(3)"))
    made = design(asked, y, tuple("ABCDEF"), ring(U))
    shared, groups = made.structure.shared, made.structure.groups
    at = Parameters(jnp.asarray(rng.normal(-1, 0.3, shared)), jnp.asarray(rng.normal(-1, 0.3, (groups, U))))
    pulls = (jnp.full(shared, 0.1), jnp.full(shared, 0.2), jnp.zeros(groups), jnp.full(groups, 0.7))
    return made, at, Priors(*pulls)


def test_the_arrow_is_the_whole_hessian(case: tuple[Design, Parameters, Priors]) -> None:
    made, at, priors = case
    found = assembled(derivatives(made.structure, at, made.arrays, priors))
    assert found == pytest.approx(dense(made, at, priors), rel=1e-9, abs=1e-9)


def test_large_panels_have_the_same_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    y = np.random.default_rng(4).poisson(2.0, (20, 2))
    made = design(Specification("1", "0", "fe", "negbin1", lags=lags_of("geometric(3)")), y, ("A", "B"))
    at = Parameters(jnp.full(made.structure.shared, -0.5), jnp.full((made.structure.groups, 2), 0.3))
    asked = (made.structure, at, made.arrays, no_priors(made.structure))
    small = assembled(derivatives(*asked))
    monkeypatch.setattr(lags, "_FEW", 0)
    monkeypatch.setattr(curvature, "_FEW_CELLS", 0)
    jax.clear_caches()
    assert assembled(derivatives(*asked)) == pytest.approx(small, rel=1e-9, abs=1e-12)
    jax.clear_caches()


def test_solving_by_parts_is_solving() -> None:
    rng = np.random.default_rng(1)
    count, groups = 3, 2
    half = rng.normal(size=(U, groups, groups))
    blocks = np.einsum("ugh,ukh->gku", half, half) + np.eye(groups)[:, :, None]
    border = rng.normal(size=(count, groups, U)) * 0.1
    arrow = Arrow(np.array(0.0), np.zeros(count), np.zeros((groups, U)), 9 * np.eye(count), border, blocks)
    whole = assembled(arrow)
    shared, unit = rng.normal(size=count), rng.normal(size=(groups, U))
    solved = take_apart(arrow)
    first, rest = solved.solve(shared, unit)
    expected = np.linalg.solve(whole, np.concatenate([shared, unit.ravel()]))
    assert np.concatenate([first, rest.ravel()]) == pytest.approx(expected, rel=1e-9)
    variances = np.concatenate([part.ravel() for part in solved.variances()])
    assert variances == pytest.approx(np.diag(np.linalg.inv(whole)), rel=1e-9)
    draws = solved.deviations(200_000, rng)
    flat = np.concatenate([draws[0], draws[1].reshape(len(draws[1]), -1)], axis=1)
    assert np.cov(flat.T) == pytest.approx(np.linalg.inv(whole), abs=0.02)


def test_a_step_goes_uphill_where_the_likelihood_is_hollow() -> None:
    bowl = np.array([[-2.0, 0.0], [0.0, 1.0]])
    empty = np.zeros((0, 1))
    arrow = Arrow(np.array(0.0), np.array([1.0, 1.0]), empty, bowl, np.zeros((2, 0, 1)), np.zeros((0, 0, 1)))
    step, _ = take_apart(arrow).solve(arrow.shared, arrow.unit)
    assert step == pytest.approx([0.5, 1.0])

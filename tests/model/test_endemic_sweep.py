"""One pass over the cells against automatic differentiation, on random models and panels."""

import jax.numpy as jnp
import numpy as np
import pytest

from vedette.model import IntArray
from vedette.model.endemic import spans
from vedette.model.endemic.curvature import derivatives
from vedette.model.endemic.design import Design, design
from vedette.model.endemic.likelihood import Parameters
from vedette.model.endemic.priors import Priors
from vedette.model.endemic.specification import Specification
from vedette.model.endemic.sweep import sweep

PERIODS, UNITS = 14, 4
MODELS = (
    ("1", "1", "1", "negbin1"),
    ("fe", "1", "fe + season(52) + x", "negbinM"),
    ("0", "fe", "1 + z + trend", "poisson"),
    ("ri + z", "1 + x", "ri + z + x + offset(o)", "negbin1"),
    ("1", "0", "fe + z", "negbinM"),
    ("0", "0", "1", "negbin1"),
    ("1 + offset(o)", "ri + trend", "0 + x", "negbinM"),
)


def panel(rng: np.random.Generator) -> IntArray:
    """Counts with zeros and one of more than 64."""
    counts = rng.negative_binomial(0.5, 0.05, (PERIODS, UNITS)) * (rng.random((PERIODS, UNITS)) < 0.7)
    counts[3, 1] = 150
    return np.asarray(counts, dtype=np.int64)


def made(model: tuple[str, str, str, str], rng: np.random.Generator) -> Design:
    ar, ne, end, family = model
    touching = np.triu(rng.random((UNITS, UNITS)) < 0.6, 1).astype(float)
    series = {
        "x": rng.normal(size=PERIODS),
        "z": rng.normal(size=(PERIODS, UNITS)),
        "o": rng.uniform(0.5, 2, (PERIODS, UNITS)),
    }
    specification = Specification(ar, ne, end, family)
    weight = rng.uniform(0, 1, PERIODS)
    return design(specification, panel(rng), tuple("abcd"), touching + touching.T, series, weight)


def point(found: Design, rng: np.random.Generator) -> tuple[Parameters, Priors]:
    shape = found.structure.shared, (found.structure.groups, UNITS)
    at = Parameters(*(jnp.asarray(rng.normal(0, 0.4, size)) for size in shape))
    shared, groups = found.structure.shared, found.structure.groups
    prior = [rng.normal(size=shared), rng.uniform(0, 1, shared), rng.normal(size=groups)]
    return at, Priors(*(jnp.asarray(each) for each in (*prior, rng.uniform(0, 1, groups))))


@pytest.mark.parametrize("model", MODELS, ids=" | ".join)
def test_the_pass_equals_automatic_differentiation(
    model: tuple[str, str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(1)
    found = made(model, rng)
    at, prior = point(found, rng)
    monkeypatch.setattr(spans, "CELLS", 5 * UNITS)
    ours = sweep(found.structure, at, found.arrays, prior)
    known = derivatives(found.structure, at, found.arrays, prior)
    for name, mine, theirs in zip(known._fields, ours, known, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-9, err_msg=name)


def test_it_stays_exact_where_the_negative_binomial_becomes_a_poisson() -> None:
    rng = np.random.default_rng(2)
    found, poisson = made(MODELS[5], rng), made(("0", "0", "1", "poisson"), np.random.default_rng(2))
    none = [Priors(*(jnp.zeros(n) for n in (size, size, 0, 0))) for size in (2, 1)]
    unit = jnp.zeros((0, UNITS))
    near = sweep(found.structure, Parameters(jnp.array([1.0, 25.0]), unit), found.arrays, none[0])
    limit = sweep(poisson.structure, Parameters(jnp.array([1.0]), unit), poisson.arrays, none[1])
    assert float(near.value) == pytest.approx(float(limit.value), abs=1e-4)
    assert near.corner[0, 0] == pytest.approx(limit.corner[0, 0], rel=1e-6)
    assert abs(near.corner[1]).max() < 1e-4


def test_an_impossible_count_is_very_unlikely_but_no_hole() -> None:
    rng = np.random.default_rng(3)
    found = made(("1", "0", "0", "poisson"), rng)
    at, prior = point(found, rng)
    assert all(np.isfinite(part).all() for part in sweep(found.structure, at, found.arrays, prior))

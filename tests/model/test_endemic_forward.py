"""Futures of endemic-epidemic counts against a loop over single cells, known moments, cases done by hand."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.stats import chisquare, nbinom, poisson

from vedette.model import FloatArray, IntArray
from vedette.model.endemic import forward
from vedette.model.endemic.forward import Process, futures, negative_binomial, simulate_forward
from vedette.model.endemic.growth import capped, growth

ONE = np.ones(1)


def random_process(rng: np.random.Generator, shape: tuple[int, int, int], lags: int) -> Process:
    """Rates of every shape that is allowed, picked at random."""
    draws, horizons, units = shape
    shapes = [(), (units,), (horizons, units), (draws, 1, units), shape]

    def rate(low: float, high: float) -> FloatArray:
        return np.asarray(rng.uniform(low, high, shapes[rng.integers(len(shapes))]))

    weights = csr_array(rng.uniform(0, 1, (units, units)) * (rng.random((units, units)) < 0.4))
    kernel = rng.dirichlet(np.ones(lags), draws) if rng.random() < 0.5 else rng.dirichlet(np.ones(lags))
    return Process(rate(0, 3), rate(0, 1), rate(0, 0.5), 0.0, kernel, weights)


def plain_mean(
    process: Process, past: IntArray, draw: int, horizon: int, shape: tuple[int, ...]
) -> FloatArray:
    """The equation of the model, one unit at a time; ``past`` (T, U) ends with the last period."""
    assert process.weights is not None
    weights, units = process.weights.toarray(), range(shape[2])
    endemic, own, spill = (
        np.broadcast_to(rate, shape)[draw, horizon] for rate in (process.endemic, process.own, process.spill)
    )
    lags = process.lags[draw] if process.lags.ndim == 2 else process.lags
    felt = [sum(lag * past[-1 - age][j] for age, lag in enumerate(lags)) for j in units]
    near = [sum(weights[j, i] * felt[j] for j in units) for i in units]
    return np.array([endemic[i] + own[i] * felt[i] + spill[i] * near[i] for i in units])


def whole(mean: FloatArray, dispersion: FloatArray, key: np.random.Generator) -> IntArray:
    """No chance at all: the mean rounded to four binary places, counted in sixteenths."""
    return np.asarray(np.round(mean * 16), dtype=np.int64)


@pytest.mark.parametrize("seed", range(30))
def test_paths_equal_the_slow_plain_equation(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    shape = (int(rng.integers(1, 6)), int(rng.integers(1, 5)), int(rng.integers(1, 6)))
    process = random_process(rng, shape, lags=int(rng.integers(1, 4)))
    recent = rng.integers(0, 9, (int(rng.integers(1, 3)), 4, shape[2]))
    monkeypatch.setattr(forward, "negative_binomial", whole)
    monkeypatch.setattr(forward, "CELLS", 2 * shape[2])
    found = simulate_forward(process, recent, shape[1], shape[0], rng)
    for draw in range(shape[0]):
        past = recent[draw % len(recent)]
        for horizon in range(shape[1]):
            now = np.round(plain_mean(process, past, draw, horizon, shape) * 16).astype(np.int64)
            np.testing.assert_array_equal(found[draw, horizon], now)
            past = np.vstack([past, now])


def test_a_case_done_by_hand() -> None:
    """Deaths 30 and 10 flow down a chain of three places, half of each passing on; nothing else moves."""
    chain = csr_array(np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]))
    process = Process(0.0, 0.0, 0.5, 0.0, np.array([0.75, 0.25]), chain)
    recent = [[[10, 0, 0], [30, 0, 0]]]
    ahead = simulate_forward(process, recent, 3, 40_000, np.random.default_rng(1)).mean(axis=0)
    first = 0.5 * (0.75 * 30 + 0.25 * 10)
    second = 0.5 * 0.25 * 30
    third = [0.0, 0.0, 0.5 * (0.75 * second + 0.25 * first)]
    np.testing.assert_allclose(ahead, [[0, first, 0], [0, second, 0.5 * 0.75 * first], third], atol=0.1)


def test_a_settled_process_has_its_stationary_mean_and_spread() -> None:
    """Poisson with lag 1: mean nu / (1 - lambda), variance mean / (1 - lambda^2)."""
    process = Process(2.0, 0.5, 0.0, 0.0, ONE)
    last = simulate_forward(process, [[[4, 4]]], 30, 50_000, np.random.default_rng(2))[:, -1]
    assert last.mean() == pytest.approx(4.0, abs=0.04)
    assert last.var() == pytest.approx(4.0 / 0.75, rel=0.02)


@pytest.mark.parametrize("mean", [0.02, 1.3, 40.0])
@pytest.mark.parametrize("dispersion", [0.0, 0.3, 4.0])
def test_counts_follow_their_distribution(mean: float, dispersion: float) -> None:
    key, size = np.random.default_rng(3), 200_000
    counts = negative_binomial(np.full((2, size // 2), mean), np.array([[dispersion]]), key).ravel()
    law = nbinom(1 / dispersion, 1 / (1 + dispersion * mean)) if dispersion else poisson(mean)
    edges = np.unique(law.ppf(np.linspace(0.02, 0.995, 25)).astype(int) + 1)
    edges = np.insert(edges, 0, 0)
    expected = -np.diff(np.append(law.sf(edges - 1), 0.0)) * size
    found = np.diff(np.append(np.searchsorted(np.sort(counts), edges), size))
    assert chisquare(found, expected).pvalue > 1e-3


def test_units_with_and_without_dispersion_stand_side_by_side() -> None:
    spread = np.array([0.0, 2.0, 0.0])
    counts = simulate_forward(Process(3.0, 0.0, 0.0, spread, ONE), np.zeros((1, 1, 3)), 1, 90_000, rng(4))[
        :, 0
    ]
    np.testing.assert_allclose(counts.mean(axis=0), 3.0, rtol=0.03)
    np.testing.assert_allclose(counts.var(axis=0), [3.0, 21.0, 3.0], rtol=0.04)


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_same_seed_same_bytes_however_the_blocks_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward, "CELLS", 12)
    process, recent = Process(1.0, 0.5, 0.0, 0.7, ONE), np.ones((1, 1, 4))
    made = simulate_forward(process, recent, 3, 10, rng(5))
    np.testing.assert_array_equal(made, np.concatenate(list(futures(process, recent, 3, 10, rng(5)))))
    np.testing.assert_array_equal(made[:9], simulate_forward(process, recent, 3, 9, rng(5)))
    assert not np.array_equal(made, simulate_forward(process, recent, 3, 10, rng(6)))


def test_each_draw_continues_its_panel_draw_in_every_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward, "CELLS", 2)
    recent = np.array([[[0]], [[1000]], [[100_000]]])
    made = simulate_forward(Process(0.0, 1.0, 0.0, 0.0, ONE), recent, 1, 7, rng(7)).ravel()
    assert np.round(np.log10(made.clip(1))).tolist() == [0, 3, 5, 0, 3, 5, 0]


def test_a_process_that_explodes_is_held_and_stays_a_number() -> None:
    made = simulate_forward(Process(1.0, 1e6, 0.0, 1.0, ONE), [[[1]]], 40, 20, rng(8))
    assert made.min() >= 0 and made.max() == pytest.approx(1e9, rel=1e-3)


def companion(process: Process, units: int) -> FloatArray:
    """The matrix of all lags, written out."""
    weights = np.zeros((units, units)) if process.weights is None else process.weights.toarray()
    own, spill = (np.broadcast_to(rate, units) for rate in (process.own, process.spill))
    once = np.diag(own) + spill[:, None] * weights.T
    count = len(process.lags)
    matrix = np.eye(units * count, k=-units)
    matrix[:units] = np.hstack([lag * once for lag in process.lags])
    return matrix


@pytest.mark.parametrize("seed", range(30))
def test_growth_is_the_spectral_radius_of_all_lags(seed: int) -> None:
    chance = rng(seed)
    units, lags = int(chance.integers(1, 12)), int(chance.integers(1, 4))
    weights = csr_array(chance.uniform(0, 1, (units, units)) * (chance.random((units, units)) < 0.4))
    own, spill = chance.uniform(0, 1.5, units), chance.uniform(0, 1, units)
    process = Process(1.0, own, spill, 0.0, chance.dirichlet(np.ones(lags)), weights)
    known = np.abs(np.linalg.eigvals(companion(process, units))).max()
    found = growth(process)[0]
    assert known - 1e-9 <= found <= known * (1 + 1e-3)
    held = capped(process, 0.97)
    assert np.abs(np.linalg.eigvals(companion(held, units))).max() <= 0.97 + 1e-9
    assert (held is process) or known > 0.97 or np.allclose(held.own, process.own)


def test_growth_where_counts_only_go_back_and_forth_between_two_places() -> None:
    pair = csr_array(np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert growth(Process(1.0, 0.0, 0.8, 0.0, ONE, pair))[0] == pytest.approx(0.8)
    assert growth(Process(1.0, 0.0, 0.0, 0.0, ONE, pair))[0] == 0


def test_each_draw_is_capped_by_itself_at_its_most_violent_period() -> None:
    own = np.array([[[0.5], [0.9]], [[2.0], [1.0]]])
    held = capped(Process(1.0, own, 0.0, 0.0, ONE), 1.0)
    np.testing.assert_allclose(held.own, [[[0.5], [0.9]], [[1.0], [0.5]]])


def test_a_capped_process_settles() -> None:
    wild = Process(1.0, 1.4, 0.0, 0.0, np.array([0.6, 0.4]))
    made = simulate_forward(capped(wild, 0.9), np.full((1, 2, 1), 10), 60, 500, rng(9))
    assert made[:, -20:].mean() == pytest.approx(1 / (1 - capped(wild, 0.9).own), rel=0.1)

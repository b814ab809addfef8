"""The member of the pool: draws from every history, sensible ones from a plain one."""

import numpy as np
import pytest
from support.plain_model import ring, simulated

from vedette.model import History, IntArray, forecast
from vedette.model.endemic.member import EndemicEpidemic
from vedette.periods import Step, parse

FIRST = parse("2010-01", Step.MONTH)


def months(counts: object, **more: object) -> History:
    made = np.asarray(counts)
    units = [f"u{k}" for k in range(made.shape[-1])]
    return History.of(made, units, FIRST, Step.MONTH, **more)  # type: ignore[arg-type]


def ahead(history: History, horizons: int = 6, draws: int = 400, seed: int = 1) -> IntArray:
    return forecast(EndemicEpidemic(), history, history.span.last, horizons, draws, seed).draws


def test_a_steady_process_is_foretold_at_its_level() -> None:
    y = simulated(np.random.default_rng(1), 150, np.array([0.5, 2.0, 4.0, 8.0]), 0.3, 0.0, ring(4), 0.2)
    mean = ahead(months(y)).mean(axis=(0, 1))
    assert mean == pytest.approx(y.mean(axis=0), rel=0.35)


@pytest.mark.parametrize(
    "counts",
    [
        np.zeros((30, 3), int),
        np.zeros((1, 3), int),
        np.array([[4, 0, 9]]),
        np.array([[0, 1], [2, 0], [0, 0]]),
        np.array([[0]] * 20 + [[70_000]]),
        np.array([[2**k, 0] for k in range(16)]),
        np.eye(40, 3, dtype=int),
    ],
    ids=["quiet", "one quiet month", "one month", "three months", "outburst", "doubling", "three events"],
)
def test_every_history_has_a_future(counts: IntArray) -> None:
    draws = ahead(months(counts), draws=100)
    assert draws.min() >= 0
    assert draws.dtype == np.int64
    assert np.median(draws) <= 4 * counts.max() + 2


def test_growth_is_capped() -> None:
    y = np.array([[int(1.15**t), int(1.1**t)] for t in range(60)])
    draws = ahead(months(y), horizons=36)
    assert draws[:, -1].mean() < 3 * y.max()


def test_deaths_come_from_events() -> None:
    rng = np.random.default_rng(3)
    events = rng.poisson(3.0, (60, 2))
    deaths = rng.poisson(events * 5.0)
    draws = ahead(months(deaths, events=events))
    assert draws.mean() == pytest.approx(deaths.mean(), rel=0.4)


def test_neighbours_and_panel_draws() -> None:
    rng = np.random.default_rng(3)
    counts = np.stack([rng.poisson(2.0, (60, 4)), rng.poisson(2.0, (60, 4))])
    draws = ahead(months(counts, neighbours=ring(4)))
    assert draws.shape == (400, 6, 4)


def test_the_same_key_gives_the_same_draws() -> None:
    y = np.random.default_rng(3).poisson(2.0, (40, 3))
    assert (ahead(months(y)) == ahead(months(y))).all()
    assert not (ahead(months(y)) == ahead(months(y), seed=2)).all()


def test_nothing_later_is_looked_at() -> None:
    y = np.random.default_rng(3).poisson(2.0, (60, 3))
    other = y.copy()
    other[50:] = 999
    made = [forecast(EndemicEpidemic(), months(counts), FIRST + 49, 3, 50, 1).draws for counts in (y, other)]
    assert (made[0] == made[1]).all()

"""Baselines say what their definitions say."""

import numpy as np
import pytest

from vedette.errors import UsageError
from vedette.model import (
    Bootstrap,
    Conflictology,
    EwmaNegBin,
    Forecast,
    History,
    Last,
    LastPoisson,
    Model,
    PastAsSample,
    PooledBootstrap,
    Zero,
    baselines,
    forecast,
)
from vedette.periods import Step

ALL: tuple[Model, ...] = (*baselines(), LastPoisson(), PooledBootstrap(12), PastAsSample(4))


def history(values: object, units: int) -> History:
    return History.of(np.asarray(values), [f"u{unit}" for unit in range(units)], 1000, Step.MONTH)


def ahead(model: Model, past: History, draws: int = 600, horizons: int = 3) -> Forecast:
    return forecast(model, past, past.span.last, horizons, draws, seed=4)


def test_zero_and_last_are_points() -> None:
    past = history([[9, 9], [4, 0]], 2)
    assert not ahead(Zero(), past).draws.any()
    assert (ahead(Last(), past).draws == [4, 0]).all()


def test_last_poisson_keeps_zero_and_spreads_the_rest() -> None:
    draws = ahead(LastPoisson(), history([[9, 9], [30, 0]], 2), draws=4000).draws
    assert not draws[..., 1].any()
    assert draws[..., 0].mean() == pytest.approx(30, abs=0.3)
    assert draws[..., 0].var() == pytest.approx(30, abs=2)


def test_conflictology_draws_each_of_the_last_periods_alike() -> None:
    draws = ahead(Conflictology(4), history([[99], [1], [2], [3], [4]], 1), draws=4000).draws
    values, counts = np.unique(draws, return_counts=True)
    assert values.tolist() == [1, 2, 3, 4]
    assert counts / draws.size == pytest.approx([0.25] * 4, abs=0.02)


def test_conflictology_of_the_sum_is_the_sum_of_conflictologies() -> None:
    past = history(np.random.default_rng(1).poisson(5, (30, 4)), 4)
    parts, whole = ahead(Conflictology(12), past), ahead(Conflictology(12), past.total("all"))
    assert (parts.total("all").draws == whole.draws).all()


def test_bootstrap_keeps_to_the_unit_and_the_pool_does_not() -> None:
    past = history([[7, 0]] * 20, 2)
    assert (ahead(Bootstrap(10), past).draws == [7, 0]).all()
    assert set(np.unique(ahead(PooledBootstrap(10), past).draws[..., 1])) == {0, 7}


def test_windows_longer_than_the_history_take_all_of_it() -> None:
    past = history([[1], [2]], 1)
    assert set(np.unique(ahead(Bootstrap(240), past).draws)) == {1, 2}


def test_past_as_sample_is_the_past_and_needs_a_fitting_number_of_draws() -> None:
    past = history([[9], [1], [2], [3]], 1)
    assert ahead(PastAsSample(3), past, draws=6).draws[:, 0, 0].tolist() == [1, 2, 3, 1, 2, 3]
    with pytest.raises(UsageError, match="expected a multiple of 3 draws; found 4"):
        ahead(PastAsSample(3), past, draws=4)


@pytest.mark.parametrize("model", ALL, ids=lambda model: str(model.name))
def test_no_future_moves_a_forecast(model: Model) -> None:
    rng = np.random.default_rng(2)
    values = rng.negative_binomial(1, 0.1, (3, 150, 5))
    scrambled = values.copy()
    scrambled[:, 120:] = rng.permutation(values[:, 120:] + 50, axis=1)
    origin = 1000 + 119
    one, other = (forecast(model, history(v, 5), origin, 12, 24, seed=9) for v in (values, scrambled))
    assert (one.draws == other.draws).all()
    assert one.draws.shape == (24, 12, 5)
    assert one.draws.min() >= 0


@pytest.mark.parametrize(
    "model", [Last(), Conflictology(5), Bootstrap(9), PooledBootstrap(3)], ids=lambda model: str(model.name)
)
def test_forecast_draws_continue_panel_draws_in_turn(model: Model) -> None:
    values = np.repeat([[[10]], [[20]], [[30]]], 12, axis=1)
    draws = ahead(model, history(values, 1), draws=7).draws
    assert (draws[:, :, 0] == np.array([10, 20, 30, 10, 20, 30, 10])[:, None]).all()


@pytest.mark.parametrize("step", list(Step))
def test_baselines_of_each_step_have_names_of_their_own(step: Step) -> None:
    names = [model.name for model in baselines(step)]
    assert len(set(names)) == 6


def test_offset_reaches_the_ewma() -> None:
    assert [m.offset for m in baselines(offset=0.5) if isinstance(m, EwmaNegBin)] == [0.5]

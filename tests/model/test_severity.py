"""Severity: a known truth recovered, compound sums as the slow plain version, a case done by hand."""

import numpy as np
import pytest
from scipy.stats import ks_2samp

from vedette.errors import DataError
from vedette.model.history import FloatArray, IntArray
from vedette.model.severity import AT, Severity, best_spread, faded, learn_severity, levels, without_spikes
from vedette.randomness import rng_stream


def fixed(mean: float, event: float, level: float, units: int = 1, shared: float = 0.25) -> Severity:
    return Severity(np.full(units, mean), np.full(3, event), np.full(3, level), shared=shared)


def world(
    seed: int, mean: FloatArray, event: float, level: float, periods: int = 200
) -> tuple[IntArray, IntArray]:
    """Events and, one event after the other, the deaths of each."""
    rng = rng_stream(seed, "severity world")
    events = rng.poisson(6.0, (periods, len(mean)))
    wide, own = np.log1p(level), np.log1p(event / (1.0 + level))
    shift = rng.normal(-wide / 2.0, np.sqrt(wide), events.shape)
    deaths = np.zeros_like(events)
    for cell in np.ndindex(*events.shape):
        marks = rng.normal(-own / 2.0, np.sqrt(own), events[cell])
        deaths[cell] = rng.poisson(mean[cell[1]] * np.exp(shift[cell] + marks)).sum()
    return deaths, events


def compound(mean: float, event: float, events: int, draws: int, rng: np.random.Generator) -> IntArray:
    """Sums of events drawn one by one: Poisson around log-normal rates."""
    own = np.log1p(event)
    rates = mean * np.exp(rng.normal(-own / 2.0, np.sqrt(own), (draws, events)))
    return np.asarray(rng.poisson(rates).sum(axis=1), dtype=np.int64)


@pytest.mark.parametrize("events", [1, 2, 5, 20])
def test_a_cell_is_the_sum_of_its_events(events: int) -> None:
    drawn = (
        fixed(6.0, 1.5, 0.0).deaths(np.full((40_000, 1, 1), events), rng_stream(1, "cell", events)).ravel()
    )
    plain = compound(6.0, 1.5, events, 40_000, rng_stream(2, "plain", events))
    assert drawn.mean() == pytest.approx(plain.mean(), rel=0.03)
    assert drawn.std() == pytest.approx(plain.std(), rel=0.1)
    assert np.quantile(drawn, [0.25, 0.5, 0.75, 0.95]) == pytest.approx(
        np.quantile(plain, [0.25, 0.5, 0.75, 0.95]), rel=0.06, abs=1.0
    )
    assert ks_2samp(drawn, plain).statistic < (0.012 if events == 1 else 0.04)


def test_mean_and_variance_are_those_of_the_equations() -> None:
    mean, event, level, events = 5.0, 1.0, 0.2, 8
    drawn = (
        fixed(mean, event, level).deaths(np.full((200_000, 1, 1), events), rng_stream(3, "moments")).ravel()
    )
    expected = events * mean
    assert drawn.mean() == pytest.approx(expected, rel=0.01)
    assert drawn.var() == pytest.approx(expected + expected**2 * (event / events + level), rel=0.05)


def test_known_severity_is_recovered() -> None:
    truth = np.array([3.0, 6.0, 6.0, 12.0, 24.0])
    worlds = [world(seed, truth, 1.5, 0.2) for seed in range(8)]
    long = np.array([learn_severity(*past, half_life=60.0, pool=0.2).mean for past in worlds]).mean(axis=0)
    assert long == pytest.approx(truth, rel=0.12)
    short = np.array([learn_severity(*past).mean for past in worlds]).mean(axis=0)
    assert (np.diff(short)[[0, 2, 3]] > 0).all()
    assert np.abs(short - truth.mean()).mean() < np.abs(truth - truth.mean()).mean()


@pytest.mark.parametrize(("event", "level"), [(0.5, 0.1), (4.0, 0.1), (0.5, 0.8)])
def test_known_spread_is_recovered_to_a_step_of_the_grid(event: float, level: float) -> None:
    deaths, events = world(5, np.full(40, 8.0), event, level)
    found = best_spread(deaths, events, np.full(deaths.shape, 8.0), ahead=1)
    assert np.log2(np.divide(found, (event, level))) == pytest.approx([0.0, 0.0], abs=1.01)


def test_ninety_in_a_hundred_lie_inside() -> None:
    inside = []
    for seed in range(6):
        deaths, events = world(seed, np.full(8, 6.0), 1.5, 0.2, periods=112)
        severity = learn_severity(deaths[:100], events[:100])
        drawn = severity.deaths(np.repeat(events[None, 100:], 800, axis=0), rng_stream(seed, "inside"))
        low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
        inside.append((low <= deaths[100:]) & (deaths[100:] <= high))
    assert 0.86 < np.mean(inside) < 0.97


def test_the_mean_follows_a_drift_and_a_massacre_does_not_own_it() -> None:
    deaths, events = np.full((60, 1), 20), np.full((60, 1), 10)
    risen = deaths.copy()
    risen[48:] = 80
    assert learn_severity(risen, events).mean[0] > 3 * learn_severity(deaths, events).mean[0]
    massacre = deaths.copy()
    massacre[57] = 2000
    assert learn_severity(massacre, events).mean[0] < 0.5 * 200


def test_a_unit_without_events_takes_the_mean_of_all() -> None:
    deaths, events = np.full((40, 3), 50), np.full((40, 3), 5)
    deaths[:, 2] = events[:, 2] = 0
    mean = learn_severity(deaths, events).mean
    assert mean[2] == pytest.approx(mean[0], rel=0.02)


def test_a_case_done_by_hand() -> None:
    deaths, events = np.array([[9], [0]]), np.array([[1], [0]])
    told, held = 3.0 * (1.0 + 1.7) ** 0.125 / 6.0, 1.0 / 6.0
    long = (told + 0.1 * np.sqrt(3.0)) / (held + 0.1)
    every = (told + 2.0 * long) / (held + 2.0)
    first = ((told + 2.0 * every) / (held + 2.0)) ** 2
    assert levels(deaths, events, half_life=3.0, pool=2.0)[0, 0] == pytest.approx(first)


def test_running_sums_agree_with_the_plain_sum() -> None:
    values = rng_stream(4, "faded").random((30, 2))
    ages = np.arange(30)[:, None] - np.arange(30)
    plain = np.where(ages >= 0, 0.5 ** (ages / 7.0), 0.0) @ values
    assert faded(values, 7.0) == pytest.approx(plain)


def test_no_events_no_deaths_and_no_past_a_first_guess() -> None:
    nothing = np.zeros((1, 2), dtype=np.int64)
    severity = learn_severity(nothing, nothing)
    assert severity.mean == pytest.approx([3.0, 3.0])
    assert severity.deaths(np.zeros((5, 3, 2), dtype=np.int64), rng_stream(1, "none")).sum() == 0
    assert (severity.deaths(np.full((5, 3, 2), 4), rng_stream(1, "some")) >= 0).all()


def test_the_same_key_gives_the_same_deaths() -> None:
    severity, events = fixed(5.0, 1.0, 0.2, units=3), rng_stream(1, "events").poisson(4.0, (50, 6, 3))
    assert (severity.deaths(events, rng_stream(7, "a")) == severity.deaths(events, rng_stream(7, "a"))).all()
    assert (severity.deaths(events, rng_stream(7, "a")) != severity.deaths(events, rng_stream(8, "a"))).any()


def test_units_and_months_move_together() -> None:
    severity = fixed(50.0, 0.01, 0.4, units=2, shared=0.5)
    drawn = severity.deaths(np.full((20_000, 12, 2), 50), rng_stream(9, "together")).astype(float)
    logs = np.log(drawn + 0.5)
    assert np.corrcoef(logs[:, 5, 0], logs[:, 5, 1])[0, 1] == pytest.approx(0.5, abs=0.04)
    assert np.corrcoef(logs[:, 5, 0], logs[:, 6, 0])[0, 1] == pytest.approx(0.8, abs=0.04)


def test_horizons_use_their_own_spread() -> None:
    severity = Severity(np.array([30.0]), np.full(3, 0.1), np.array([0.02, 0.2, 0.8]))
    spread = (
        np.log(severity.deaths(np.full((20_000, 36, 1), 30), rng_stream(2, "far")) + 0.5).std(axis=0).ravel()
    )
    assert spread[AT[0] - 1] < spread[AT[1] - 1] < spread[AT[2] - 1]
    assert spread[35] == pytest.approx(spread[11], rel=0.05)


@pytest.mark.parametrize("shape", [(0, 1), (3, 2), (3,)])
def test_shapes_that_do_not_fit_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(DataError, match="severity: expected deaths and events by period and unit"):
        learn_severity(np.zeros(shape, dtype=np.int64), np.zeros((3, 1), dtype=np.int64))


def cells(seed: int, periods: int = 60) -> tuple[IntArray, IntArray]:
    """Events, about twenty a period, and about five deaths for each."""
    rng = rng_stream(seed, "severity cells")
    events = rng.poisson(20.0, (periods, 3))
    return rng.poisson(5.0 * events), events


def test_a_monstrous_month_is_not_the_new_severity() -> None:
    deaths, events = cells(1)
    plain = learn_severity(deaths, events)
    deaths[-1, 0] = 124_427
    found = learn_severity(deaths, events)
    assert found.mean[0] < 2.0 * plain.mean[0]
    assert found.mean[1:] == pytest.approx(plain.mean[1:], rel=0.1)
    assert found.deaths(np.full((2000, 3, 3), 20), rng_stream(2, "after")).mean() < 250


def test_a_severity_that_lasts_is_followed() -> None:
    deaths, events = cells(2)
    deaths[-6:, 0] *= 10
    assert learn_severity(deaths, events).mean[0] > 25.0


def test_cells_that_are_not_outlying_stay_as_they_are() -> None:
    deaths, events = cells(3)
    assert (without_spikes(deaths, events, levels(deaths, events, 3.0, 2.0)) == deaths).all()

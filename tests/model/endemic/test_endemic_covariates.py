"""Series that drive a forecast: the future follows theirs, and the fit sees nothing after the origin."""

from dataclasses import replace

import numpy as np
import pytest
from support.plain_model import ring

from vedette.errors import DataError
from vedette.model import FloatArray, History, IntArray, forecast
from vedette.model.endemic.covariates import CovariateTable
from vedette.model.endemic.member import ComponentFormulas, EndemicEpidemic
from vedette.periods import Span, Step, parse

FIRST = parse("2000-01", Step.MONTH)
PAST, AHEAD = 160, 6
EFFECT = 1.2


def months(counts: IntArray, **more: object) -> History:
    units = [f"u{k}" for k in range(counts.shape[-1])]
    return History.of(counts, units, FIRST, Step.MONTH, **more)  # type: ignore[arg-type]


def table(values: FloatArray) -> CovariateTable:
    return CovariateTable({"troops": values}, Span(FIRST, FIRST + len(values) - 1, Step.MONTH))


def driven(rng: np.random.Generator, x: FloatArray, own: float, levels: FloatArray) -> IntArray:
    """Counts (T, U) with mean own Y[t-1] + level exp(EFFECT x[t]) and variance mean + .1 mean^2."""
    y = np.zeros((len(x), len(levels)), dtype=np.int64)
    for t in range(1, len(y)):
        mean = own * y[t - 1] + levels * np.exp(EFFECT * np.atleast_1d(x[t]))
        y[t] = rng.poisson(mean * rng.gamma(10, 0.1, len(levels)))
    return y


def series(rng: np.random.Generator, jump: float, periods: int = PAST) -> FloatArray:
    """Blocks of 0 and 1 that change now and then, 0 at the end, and a jump in the future."""
    past = np.repeat(rng.integers(0, 2, periods // 8).astype(float), 8)
    past[-16:] = 0.0
    return np.concatenate([past, np.full(AHEAD, jump)])


def model(values: FloatArray, **terms: str) -> EndemicEpidemic:
    words = ComponentFormulas(**terms) if terms else ComponentFormulas(end="ri + troops")
    return EndemicEpidemic(terms=words, covariates=table(values), half_life=1e6, lags=2)


def test_the_forecast_follows_a_jump_of_known_effect() -> None:
    """Over sixteen simulated histories the mean ahead equals the true one within Monte Carlo error."""
    levels = np.array([3.0, 6.0])
    misses: list[float] = []
    for seed in range(16):
        rng = np.random.default_rng(seed)
        x = series(rng, jump=1.0)
        y = driven(rng, x[:PAST], 0.2, levels)
        ahead = forecast(model(x), months(y), FIRST + PAST - 1, AHEAD, 400, seed).mean()
        mean, truth = y[-1].astype(float), []
        for step in range(AHEAD):
            mean = 0.2 * mean + levels * np.exp(EFFECT * x[PAST + step])
            truth.append(mean.sum())
        misses.append(float(np.log(ahead.sum() / np.sum(truth))))
    error = np.std(misses, ddof=1) / np.sqrt(len(misses))
    assert abs(np.mean(misses)) < 3 * error + 0.02
    assert np.std(misses) < 0.15


def test_the_slope_is_found_and_without_a_jump_nothing_jumps() -> None:
    rng = np.random.default_rng(5)
    x = series(rng, jump=1.0)
    past = months(driven(rng, x[:PAST], 0.2, np.array([3.0, 6.0])))
    found = model(x).fitted(past.values, past).estimates
    assert found["end.troops"] == pytest.approx(EFFECT, abs=0.25)
    high, low = (
        forecast(model(each), past, FIRST + PAST - 1, AHEAD, 400, 1).mean().sum()
        for each in (x, np.where(np.arange(len(x)) >= PAST, 0.0, x))
    )
    assert np.log(high / low) == pytest.approx(EFFECT, abs=0.3)


def test_what_lies_after_the_origin_moves_the_forecast_and_not_the_fit() -> None:
    rng = np.random.default_rng(6)
    x = series(rng, jump=1.0)
    past = months(driven(rng, x[:PAST], 0.2, np.array([3.0, 6.0])))
    origin = FIRST + PAST - 10
    known = past.until(origin)
    after = np.arange(len(x)) > PAST - 10
    scrambled = np.where(after, rng.normal(size=len(x)), x)
    fits = [model(each).fitted(known.values, known) for each in (x, scrambled)]
    assert fits[0].estimates == fits[1].estimates
    assert fits[0].log_likelihood == fits[1].log_likelihood
    draws = [forecast(model(each), past, origin, AHEAD, 100, 1).draws for each in (x, scrambled)]
    assert not np.array_equal(draws[0], draws[1])
    beyond = np.where(np.arange(len(x)) > PAST - 10 + AHEAD, 9.0, x)
    assert np.array_equal(draws[0], forecast(model(beyond), past, origin, AHEAD, 100, 1).draws)


def test_a_series_by_unit_drives_its_unit_alone() -> None:
    rng = np.random.default_rng(7)
    x = np.stack([series(rng, jump=0.0), series(rng, jump=0.0)], axis=1)
    past = months(driven(rng, x[:PAST], 0.1, np.array([4.0, 4.0])))
    raised = x.copy()
    raised[PAST:, 1] = 1.0
    before, after = (
        forecast(model(each), past, FIRST + PAST - 1, AHEAD, 400, 1).mean().mean(axis=0)
        for each in (x, raised)
    )
    assert after[0] == pytest.approx(before[0], rel=0.15)
    assert after[1] > 2 * before[1]


@pytest.mark.parametrize(
    "terms",
    [
        {"ar": "1 + troops", "ne": "1 + troops", "end": "fe"},
        {"end": "1 + trend + season(12) + troops + offset(troops)"},
        {"end": "0", "ne": "0", "ar": "1 + troops"},
    ],
    ids=str,
)
def test_a_series_may_stand_in_any_component(terms: dict[str, str]) -> None:
    rng = np.random.default_rng(8)
    x = 1 + series(rng, jump=1.0)
    past = months(driven(rng, x[:PAST] - 1, 0.3, np.full(4, 3.0)), neighbours=ring(4))
    draws = forecast(model(x, **terms), past, FIRST + PAST - 1, AHEAD, 100, 1).draws
    assert draws.shape == (100, AHEAD, 4)
    assert draws.min() >= 0
    assert draws.mean() < 20 * past.truth.mean()


def test_the_size_of_the_unit_of_a_series_does_not_matter() -> None:
    rng = np.random.default_rng(9)
    x = series(rng, jump=1.0)
    past = months(driven(rng, x[:PAST], 0.2, np.array([3.0, 6.0])))
    ones, troops = (
        forecast(model(scale * x), past, FIRST + PAST - 1, AHEAD, 400, 1).mean().sum()
        for scale in (1.0, 150_000.0)
    )
    assert troops == pytest.approx(ones, rel=0.02)


def test_a_series_that_never_moved_teaches_nothing_and_breaks_nothing() -> None:
    past = months(np.random.default_rng(3).poisson(3.0, (60, 2)))
    draws = forecast(model(np.zeros(60 + AHEAD)), past, FIRST + 59, AHEAD, 100, 1).draws
    assert draws.mean() == pytest.approx(3.0, rel=0.4)


def test_a_short_history_wants_only_its_own_periods() -> None:
    past = months(np.array([[4, 2], [1, 0], [3, 3]]))
    x = CovariateTable({"troops": np.arange(4.0)}, Span(FIRST + 1, FIRST + 4, Step.MONTH))
    assert forecast(replace(model(np.zeros(1)), covariates=x), past, FIRST + 2, 2, 50, 1).draws.min() >= 0


def test_mistakes_are_named() -> None:
    past = months(np.random.default_rng(3).poisson(3.0, (60, 2)))
    with pytest.raises(DataError, match="values from 2005-01 to 2005-06; found 2000-01 to 2005-03"):
        forecast(model(np.zeros(63)), past, FIRST + 59, AHEAD, 50, 1)
    with pytest.raises(DataError, match=r"covariate 'ships': expected one of the series given \(troops"):
        forecast(model(np.zeros(66), end="1 + ships"), past, FIRST + 59, AHEAD, 50, 1)
    with pytest.raises(DataError, match=r"covariate 'troops': expected one of the series given \(none"):
        forecast(EndemicEpidemic(terms=ComponentFormulas(end="1 + troops")), past, FIRST + 59, AHEAD, 50, 1)
    gone = np.zeros(66)
    gone[62] = np.nan
    with pytest.raises(DataError, match=r"covariate 'troops': expected finite numbers"):
        forecast(model(gone), past, FIRST + 59, AHEAD, 50, 1)

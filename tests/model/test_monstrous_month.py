"""One monstrous month at the origin does not ruin a year of the pool's forecasts of many countries."""

import numpy as np

from vedette.model import Conflictology, FloatArray, History, IntArray, Model, Pool, forecast
from vedette.periods import Step, parse
from vedette.randomness import rng_stream
from vedette.score import crps_fair

PAST, AHEAD, UNITS, MONSTROUS = 72, 12, 10, 124_427
FIRST = parse("2012-01", Step.MONTH)


def steady() -> IntArray:
    """Eighty-four months of deaths around levels that stay."""
    rng = rng_stream(1, "steady countries")
    level = np.exp(rng.uniform(1.0, 7.0, UNITS))
    return rng.poisson(level * rng.gamma(6.0, 1 / 6.0, (PAST + AHEAD, UNITS)))


def losses(model: Model, deaths: IntArray) -> FloatArray:
    """Mean CRPS of each country over the year after."""
    names = [f"country-{number}" for number in range(UNITS)]
    past = History.of(deaths[:PAST], names, FIRST, Step.MONTH, measure="deaths")
    draws = forecast(model, past, past.span.last, AHEAD, 400, seed=1).draws
    return np.asarray(crps_fair(draws, deaths[PAST:]).mean(axis=0))


def test_the_pool_is_better_than_conflictology_after_a_monstrous_month() -> None:
    deaths = steady()
    deaths[PAST - 1, 0] = MONSTROUS
    pool, plain = losses(Pool(), deaths), losses(Conflictology(12), deaths)
    assert pool[0] < plain[0]
    assert pool.mean() < plain.mean()


def test_the_other_countries_do_not_notice_it() -> None:
    deaths = steady()
    without = losses(Pool(), deaths)[1:]
    deaths[PAST - 1, 0] = MONSTROUS
    assert losses(Pool(), deaths)[1:].mean() < 1.1 * without.mean()

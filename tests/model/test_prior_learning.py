"""What is learned by the end of a year knows nothing after it, and spikes that were planted are found."""

from pathlib import Path

import learn_prior
import numpy as np
import polars as pl
import prior_homes
import prior_spikes
import pytest
from learn_prior import Counts, Data, country_months, learned
from prior_floor import Told, learn_floor
from prior_homes import learn_homes
from prior_spikes import learn_spike

from vedette.model import IntArray
from vedette.model.level.motion import Motion
from vedette.model.level.noise import Noise
from vedette.model.level.prior import LevelPrior
from vedette.model.level.spikes import Spike
from vedette.periods import Step, parse
from vedette.randomness import rng_stream

FIRST = parse("2010-01", Step.MONTH)
MOTION = Motion(pull=0.02, size=0.13, reach=8.5, jumps=0.04, forget=0.015, floor=0.2)
KINDS = (Noise(0.15, 5.0), Noise(0.4, 15.0))


def world(periods: int, units: int, chance: float) -> IntArray:
    """Counts around levels that hardly move; spikes of ten to a hundred times as many."""
    rng = rng_stream(1, "spiky world", str(chance))
    level = rng.uniform(2.0, 5.0, units) + 0.1 * rng.standard_normal((periods, units)).cumsum(axis=0)
    counts = rng.poisson(np.exp(level) * rng.gamma(5.0, 0.2, level.shape))
    return np.where(
        rng.random(counts.shape) < chance, (counts + 5) * rng.integers(10, 100, counts.shape), counts
    )


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer candidates, so that learning takes a second."""
    monkeypatch.setattr(learn_prior, "PULLS", (0.03,))
    monkeypatch.setattr(learn_prior, "SIZES", (0.125, 0.16))
    monkeypatch.setattr(learn_prior, "LEAPS", ((1.1, 0.04),))
    monkeypatch.setattr(prior_homes, "SAMPLES", 30)
    monkeypatch.setattr(prior_homes, "PULLS", (0.02, 0.04))
    monkeypatch.setattr(prior_homes, "FORGETS", (0.005, 0.02))
    monkeypatch.setattr(prior_spikes, "RATIOS", (5.0, 20.0))
    monkeypatch.setattr(prior_spikes, "TAILS", (1.5,))


def test_a_later_month_moves_no_row(few: None) -> None:
    deaths, events = world(72, 5, 0.01), world(72, 4, 0.0)
    later = [table.copy() for table in (deaths, events)]
    for table in later:
        table[60:] = 3 * table[60:] + 100_000
    until, seen = FIRST + 59, FIRST + 60

    def rows(one: IntArray, other: IntArray, month: int) -> object:
        deaths, events = Counts(one, FIRST), Counts(other, FIRST)
        return learned(Data(deaths, [events], [deaths], [deaths]), month)

    assert rows(deaths, events, until) == rows(later[0], later[1], until)
    assert rows(deaths, events, seen) != rows(later[0], later[1], seen)


def returning(pull: float) -> IntArray:
    """Counts of units whose levels move far and are pulled back so strongly, month by month."""
    rng = rng_stream(1, "returning", str(pull))
    level, levels = np.full(8, 3.0), []
    for _ in range(180):
        level = level + pull * (3.0 - level) + 0.3 * rng.standard_normal(8)
        levels.append(level)
    return rng.poisson(np.exp(np.minimum(levels, 8.0)))


def test_what_returns_home_is_learned_to_be_pulled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prior_homes, "PULLS", (0.005, 0.02, 0.08))
    monkeypatch.setattr(prior_homes, "FORGETS", (0.005,))
    prior = LevelPrior(MOTION, KINDS, np.array([0.5, 0.5]), Spike(0.001, 8.0, 1.5), 0.95, "", "")
    strong, weak = (learn_homes([returning(pull)], prior).pull for pull in (0.1, 0.0))
    assert strong > 0.03 > weak


def test_more_spikes_in_the_data_are_more_in_the_row() -> None:
    rare, common = (
        learn_spike([world(96, 12, chance)], "deaths", MOTION, KINDS, own=1.0).chance
        for chance in (0.001, 0.04)
    )
    assert rare < 0.007
    assert common > 0.02


def test_what_was_always_silent_lowers_the_floor_and_first_violence_raises_it() -> None:
    rng = rng_stream(1, "floors")
    spike = Spike(0.001, 8.0, 1.5)
    silent = np.zeros((96, 40), dtype=np.int64)
    stirring = rng.binomial(1, 0.1, (96, 40))
    low, high = (learn_floor([Told(counts, KINDS, spike)], MOTION, own=1.0) for counts in (silent, stirring))
    assert low < 0.015
    assert high > 0.05
    assert learn_floor([Told(silent, KINDS, spike)], MOTION, own=0.0) == pytest.approx(MOTION.floor)


def test_silent_units_are_left_out_but_where_all_are_asked_for() -> None:
    counts = Counts(np.array([[0, 3], [0, 1], [0, 2]]), FIRST)
    assert counts.until(FIRST + 2).shape == (3, 1)
    assert counts.whole_until(FIRST + 1).shape == (2, 2)


def test_without_data_of_its_own_a_spike_is_the_assumed_one() -> None:
    found = learn_spike([world(30, 3, 0.02)], "deaths", MOTION, KINDS[:1], own=0.0)
    assert found.chance == pytest.approx(prior_spikes.ASSUMED["deaths"].chance)
    assert found.ratio == pytest.approx(prior_spikes.ASSUMED["deaths"].ratio)


def test_the_country_file_is_read_as_months_by_country(tmp_path: Path) -> None:
    path = tmp_path / "countries.csv"
    rows = {
        "isocode": ["AAA", "AAA", "BBB"],
        "period": [201011, 201012, 201012],
        "fatalities_UCDP": [1.0, 2.0, 5.0],
    }
    pl.DataFrame(rows).write_csv(path)
    found = country_months(path)
    assert found.first == parse("2010-11", Step.MONTH)
    assert found.table.tolist() == [[1, 0], [2, 5]]
    assert found.until(parse("2010-12", Step.MONTH)).shape == (2, 0)

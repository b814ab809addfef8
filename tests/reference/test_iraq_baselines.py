"""Baselines on Iraq 2010-18 against the reference table, all four targets, within one per cent.

Conventions: the month of an event is that of its last day, events longer than 31 days are left out, events
without governorate count in the country alone, fair CRPS, 1,000 draws, 102 origins of twelve horizons as far
as the data go.
"""

from pathlib import Path

import pytest
from panels import COUNTRY, IRAQ, TARGETS, Events, read_events, target

from vedette.model import Bootstrap, Conflictology, EwmaNegBin, Last, Model, Zero
from vedette.periods import Step, parse
from vedette.score import Scorecard, backtest

ORIGINS = range(parse("2009-12", Step.MONTH), parse("2018-05", Step.MONTH) + 1)

REFERENCE = {
    "zero": (574.9, 463.2, 31.15, 2.222),
    "last": (351.8, 285.2, 32.78, 1.958),
    "bootstrap-240": (388.4, 329.3, 26.17, 1.574),
    "conflictology-12": (289.8, 241.6, 24.27, 1.436),
    "conflictology-6": (279.8, 231.8, 24.11, 1.450),
    "ewma-negbin": (242.7, 205.4, 24.42, 1.242),
}


def models(name: str) -> list[Model]:
    offset = 0.5 if name in COUNTRY else 0.05
    return [
        Zero(),
        Last(),
        Bootstrap(240),
        Conflictology(12),
        Conflictology(6),
        EwmaNegBin(offset=offset),
    ]


@pytest.fixture(scope="module")
def events(shared: Path) -> Events:
    return read_events(shared, IRAQ)


@pytest.fixture(scope="module", params=TARGETS)
def measured(request: pytest.FixtureRequest, events: Events) -> tuple[str, Scorecard]:
    """A target and its scorecard."""
    name = str(request.param)
    return name, backtest(target(events, name), models(name), ORIGINS, horizons=12, draws=1000, seed=1)


def test_the_file_is_read_whole(events: Events) -> None:
    assert len(events.table) == 7473 - 33
    assert events.table["place"].null_count() == 401
    assert events.table["place"].n_unique() == 18 + 1


def test_baselines_land_within_one_per_cent(measured: tuple[str, Scorecard]) -> None:
    name, card = measured
    found = dict(card.means().select("model", "crps_fair").iter_rows())
    expected = {model: row[TARGETS.index(name)] for model, row in REFERENCE.items()}
    assert found == pytest.approx(expected, rel=0.01)


def test_late_origins_have_fewer_horizons(measured: tuple[str, Scorecard], events: Events) -> None:
    name, card = measured
    units = 1 if name in COUNTRY else 18
    by_origin = card.means("model", "origin").filter(model="zero")["cells"].to_list()
    assert by_origin == [units * min(12, events.last - origin) for origin in ORIGINS]

"""PRIM finds a planted box; the area under the curve is that of a plain count; alarms keep their rate."""

import numpy as np
import pytest

from vedette.cli.values import share
from vedette.errors import UsageError
from vedette.scenario.drivers.area import alarm, area
from vedette.scenario.drivers.discovery import in_runs
from vedette.scenario.drivers.prim import inside, prim, quasi_p


def test_prim_finds_a_planted_box() -> None:
    rng = np.random.default_rng(1)
    inputs = rng.random((2000, 5))
    planted = (inputs[:, 1] > 0.6) & (inputs[:, 3] < 0.5)
    cases = planted & (rng.random(2000) < 0.9)
    box = prim(inputs, cases)
    assert sorted(each.place for each in box) == [1, 3]
    sides = {each.place: each for each in box}
    assert sides[1].low == pytest.approx(0.6, abs=0.03)
    assert sides[1].high == np.inf
    assert sides[3].high == pytest.approx(0.5, abs=0.03)
    within = inside(box, inputs)
    assert cases[within].mean() > 0.85
    assert cases[within].sum() / cases.sum() > 0.95
    assert max(quasi_p(box, which, inputs, cases) for which in range(2)) < 1e-6


def test_prim_finds_a_branch() -> None:
    rng = np.random.default_rng(2)
    inputs = np.stack([rng.random(600), (rng.random(600) < 0.3).astype(float)], axis=1)
    box = prim(inputs, inputs[:, 1] == 1)
    assert [(each.place, each.low) for each in box] == [(1, 1.0)]


def test_prim_sees_mostly_nothing_in_noise() -> None:
    """Sides that chance made in one half do not hold up in the other."""
    held = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        inputs, cases = rng.random((400, 5)), rng.random(400) < 0.3
        box = prim(inputs[::2], cases[::2])
        held.append(
            bool(box) and max(quasi_p(box, w, inputs[1::2], cases[1::2]) for w in range(len(box))) < 0.05
        )
    assert sum(held) <= 2


def test_shares_in_runs() -> None:
    assert [in_runs(each) for each in (0.5, 0.66, 0.75, 0.8, 0.9)] == [
        "1 of 2 runs",
        "2 of 3 runs",
        "3 of 4 runs",
        "4 of 5 runs",
        "9 of 10 runs",
    ]


def test_area_against_a_plain_count() -> None:
    rng = np.random.default_rng(3)
    values, bad = rng.integers(0, 6, (40, 3)).astype(float), rng.random(40) < 0.4
    middle, low, high = area(values, bad)
    for column in range(3):
        ours, theirs = values[bad, column], values[~bad, column]
        wins = [[(a > b) + 0.5 * (a == b) for b in theirs] for a in ours]
        assert middle[column] == pytest.approx(np.mean(wins))
        spread = np.mean(wins, axis=1).var(ddof=1) / len(ours) + np.mean(wins, axis=0).var(ddof=1) / len(
            theirs
        )
        assert high[column] - low[column] == pytest.approx(2 * 1.6448536 * np.sqrt(spread))


def test_the_interval_of_an_area_covers() -> None:
    """Normal scores one apart have an area of 0.7602."""
    rng, hits = np.random.default_rng(4), 0
    for _ in range(200):
        bad = np.arange(120) < 40
        _, low, high = area((rng.standard_normal(120) + bad)[:, None], bad)
        hits += bool(low[0] <= 0.76025 <= high[0])
    assert 165 <= hits <= 195


def test_an_alarm_keeps_its_rate() -> None:
    rng = np.random.default_rng(5)
    bad = np.arange(1000) < 300
    values = rng.standard_normal(1000) + 2 * bad
    level, wrong, hits = alarm(values, bad, 0.1, high=True)
    assert wrong <= 0.1 < (values[~bad] >= level - 0.05).mean()
    assert hits == pytest.approx((values[bad] >= level).mean())
    low = alarm(-values, bad, 0.1, high=False)
    assert low == (-level, wrong, hits)
    assert alarm(np.ones(4), np.array([True, True, False, False]), 0.1, high=True) == (np.inf, 0.0, 0.0)


def test_a_rate_of_false_alarms() -> None:
    assert share("25%") == 0.25
    for wrong in ("ten", "0", "150%"):
        with pytest.raises(UsageError, match=r"expected a share like 10% or 0\.1; found"):
            share(wrong)

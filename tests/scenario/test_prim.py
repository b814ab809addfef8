"""PRIM finds a planted box, and mostly nothing in noise."""

import numpy as np
import pytest

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

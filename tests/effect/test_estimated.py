"""What an effect hands to a mechanism is what a mechanism takes."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from vedette.effect import Effect, Intervention, estimate_effect, estimates
from vedette.model import Conflictology, History
from vedette.periods import Step, parse
from vedette.randomness import rng_stream
from vedette.scenario.language.entries import Estimate

START = parse("2013-01", Step.MONTH)
DONE = Intervention("troops@2013-01", "More troops", "posture", "x", date(2013, 1, 1), None, "paper")


def found(planted: float) -> Effect:
    counts = rng_stream(1, "estimates").poisson(20.0, (108, 1))
    counts[96:, 0] = np.rint(counts[96:, 0] * np.exp(planted * 2.0 ** (-np.arange(12) / 3.0)))
    history = History.of(counts, ["all"], START - 96, Step.MONTH)
    return estimate_effect(history, "all", START, Conflictology(12), 400, 1, every=12)


def test_entries_are_estimates_of_a_mechanism() -> None:
    effect = found(2.0)
    ratio, size, life = (Estimate.model_validate(entry) for entry in estimates(DONE, effect))
    assert [each.id for each in (ratio, size, life)] == [
        "troops-2013-01-ratio",
        "troops-2013-01-size",
        "troops-2013-01-half-life",
    ]
    assert (ratio.unit, life.unit) == ("number", "months")
    assert "shock that fades in events in all after More troops, in the first month" in size.name
    ends = ratio.distribution.quantile(np.array([0.05, 0.95]))
    assert ends == pytest.approx(np.quantile(effect.ratios(), [0.05, 0.95]), rel=0.01)
    half_lives = effect.shape.half_lives()
    assert half_lives
    assert life.distribution.quantile(np.array([0.95]))[0] == pytest.approx(half_lives[2], rel=0.01)


def test_a_step_has_no_half_life() -> None:
    effect = found(0.0)
    step = replace(effect, shape=replace(effect.shape, name="step", half_life=None))
    assert [entry["id"] for entry in estimates(DONE, step)] == ["troops-2013-01-ratio", "troops-2013-01-size"]

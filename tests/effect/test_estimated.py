"""What an effect hands to a mechanism is what a mechanism takes."""

from dataclasses import replace
from datetime import date

import numpy as np

from vedette.effect import Effect, Intervention, Series, estimate_effect, estimates
from vedette.model import By, Conflictology, History
from vedette.periods import Step, parse
from vedette.randomness import rng_stream
from vedette.scenario.language.entries import Estimate

START = parse("2013-01", Step.MONTH)
SERIES = Series("Rebels in Alfa", By.CELL, "FO-A/rebels")
DONE = Intervention("troops@2013-01", "More troops", "posture", "x", date(2013, 1, 1), None, "paper")


def found(planted: float) -> Effect:
    counts = rng_stream(1, "estimates").poisson(20.0, (108, 1))
    counts[96:, 0] = np.rint(counts[96:, 0] * np.exp(planted * 2.0 ** (-np.arange(12) / 3.0)))
    history = History.of(counts, ["all"], START - 96, Step.MONTH)
    return estimate_effect(history, "all", START, Conflictology(12), 400, 1, every=12)


def test_entries_name_the_intervention_the_series_and_the_window() -> None:
    ratio, size, life = (Estimate.model_validate(entry) for entry in estimates(DONE, SERIES, found(2.0)))
    assert [(each.id, each.unit) for each in (ratio, size, life)] == [
        ("troops-2013-01-ratio", "number"),
        ("troops-2013-01-size", "number"),
        ("troops-2013-01-half-life", "months"),
    ]
    assert life.fit and life.fit.effect
    recipe = life.fit.effect
    assert (recipe.of, recipe.series, recipe.months) == ("troops@2013-01", "rebels/FO-A", 12)
    assert (recipe.measure, recipe.read) == ("events", "half-life")
    assert "shock that fades in events in Rebels in Alfa after More troops, in the first month" in size.name


def test_a_step_has_no_half_life() -> None:
    effect = found(0.0)
    step = replace(effect, shape=replace(effect.shape, name="step", half_life=None))
    ids = [entry["id"] for entry in estimates(DONE, SERIES, step)]
    assert ids == ["troops-2013-01-ratio", "troops-2013-01-size"]

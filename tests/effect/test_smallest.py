"""The smallest effect that a record could have told: told as often as it says, smaller ones less."""

import numpy as np

from vedette.effect import Effect, Smallest, estimate_effect
from vedette.model import Conflictology, History
from vedette.periods import Step, parse
from vedette.randomness import rng_stream

FIRST, BEFORE, WINDOW = parse("2005-01", Step.MONTH), 132, 6
YEAR = Conflictology(12)


def effect(number: int, times: float = 1.0, before: int = BEFORE) -> Effect:
    rng = rng_stream(number, "smallest")
    counts = rng.negative_binomial(8.0, 8.0 / 58.0, (before + WINDOW, 1)).astype(float)
    counts[before:] *= times
    history = History.of(np.rint(counts), ["a"], FIRST, Step.MONTH)
    return estimate_effect(history, "a", FIRST + before, YEAR, 300, number, every=2)


def step_of(found: Effect) -> Smallest:
    return found.smallest[-1]


def test_it_is_told_in_about_four_worlds_of_five_and_a_small_one_is_not() -> None:
    smallest = [step_of(effect(number)) for number in range(16)]
    usual = float(np.median([each.more or np.inf for each in smallest]))
    assert 1.3 < usual < 4.0
    told = [effect(number, usual).told for number in range(16)]
    missed = [effect(number, usual**0.25).told for number in range(16)]
    assert np.mean(told) >= 0.6
    assert np.mean(missed) <= 0.4


def test_falls_are_smaller_than_one_and_the_shape_is_named() -> None:
    found = effect(3)
    assert found.smallest[0].shape == found.shape.name
    assert step_of(found).shape == "step"
    less = step_of(found).less
    assert less is not None
    assert 0.1 < less < 1.0


def test_none_can_be_told_where_p_cannot_fall_below_a_twentieth() -> None:
    found = effect(1, before=72)
    assert found.placebos.least_p >= 0.05
    assert not found.smallest[0].possible
    assert (found.smallest[0].more, found.smallest[0].less) == (None, None)
    assert effect(1).smallest[0].possible


def test_a_fall_of_next_to_nothing_cannot_be_told() -> None:
    counts = np.zeros((BEFORE + WINDOW, 1), np.int64)
    counts[::9] = 1
    found = estimate_effect(History.of(counts, ["a"], FIRST, Step.MONTH), "a", FIRST + BEFORE, YEAR, 300, 1)
    assert step_of(found).less is None

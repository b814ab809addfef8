"""Sentences about an effect say what its numbers say."""

from dataclasses import replace

import numpy as np
import pytest

from vedette.effect import Effect, answer_words, estimate_effect, shape_words, smallest_words
from vedette.model import Conflictology, History
from vedette.periods import Step, parse
from vedette.randomness import rng_stream

START = parse("2013-01", Step.MONTH)


@pytest.fixture(scope="module")
def effect() -> Effect:
    counts = rng_stream(2, "words").poisson(40.0, (120, 1))
    counts[108:] *= 5
    return estimate_effect(
        History.of(counts, ["all"], START - 108, Step.MONTH), "all", START, Conflictology(12), 300, 1
    )


def test_what_stands_out_and_what_does_not(effect: Effect) -> None:
    assert effect.told
    assert "a forecast from data up to 2012-12 gave" in answer_words(effect, "Fourland")
    assert "That stands out among earlier windows" in answer_words(effect, "Fourland")
    assert shape_words(effect).startswith("Shape: ")
    usual = replace(effect.placebos.window, observed=np.full((1, 12), 40))
    quiet = replace(effect, placebos=replace(effect.placebos, window=usual))
    assert "cannot be told from what happens anyway" in answer_words(quiet, "Fourland")
    assert shape_words(quiet).startswith("Shape, if anything changed: ")


def test_a_shape_below_one_half_is_not_told_from_the_others(effect: Effect) -> None:
    for chance, words in ((0.49, "none is told from the others"), (0.51, "explains it best")):
        chances = {"step": chance, "ramp": 1 - chance}
        assert words in shape_words(
            replace(effect, shape=replace(effect.shape, name="step", chances=chances))
        )


def test_the_smallest_effect_says_where_none_could_be_told(effect: Effect) -> None:
    (*_, step) = effect.smallest
    assert f"a step, throughout: times {step.more:.2g} or more" in smallest_words(effect)
    upward = replace(effect, smallest=(replace(step, less=None),))
    assert "no fall down to a hundredth" in smallest_words(upward)
    never = replace(effect, smallest=(replace(step, possible=False, more=None, less=None),))
    assert smallest_words(never).endswith("none could be, since p cannot fall below 0.05.")

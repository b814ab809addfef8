"""A diagnosis finds what is wrong with chains and says it in words; it never holds NaN."""

import json

import numpy as np
import pytest

from vedette.errors import UsageError
from vedette.model import FloatArray
from vedette.model.bayes import Diagnosis, Posterior, Sampler, diagnose

RNG = np.random.default_rng(4)
GOOD = RNG.normal(size=(4, 400))


def walk() -> FloatArray:
    """Chains that creep: many draws worth few."""
    return np.asarray(RNG.normal(size=(4, 400)).cumsum(axis=1))


def test_good_chains_are_sound() -> None:
    found = diagnose("toy", {"a": GOOD, "b": 2 * GOOD + 1}, diverged=0, long=0)
    assert found.sound
    assert found.worst_rhat is not None
    assert found.worst_rhat[1] < 1.01
    assert found.least_ess is not None
    assert found.least_ess[1] > 1000


@pytest.mark.parametrize(
    ("chains", "diverged", "long", "words"),
    [
        (GOOD, 1, 0, "1 of 1,600 draws diverged"),
        (GOOD, 0, 17, "17 of 1,600 trajectories were cut off"),
        (GOOD + np.array([[0.0], [0.0], [0.0], [1.0]]), 0, 0, "the chains disagree: R-hat above 1.01"),
        (walk(), 0, 0, "few independent draws"),
        (np.ones((4, 400)), 0, 0, "no movement: a took one value only"),
        (GOOD[:1], 0, 0, "one chain only"),
    ],
)
def test_what_is_wrong_is_said(chains: FloatArray, diverged: int, long: int, words: str) -> None:
    found = diagnose("toy", {"a": chains}, diverged, long)
    assert not found.sound
    assert any(words in sentence for sentence in found.warnings)


def test_a_diagnosis_is_plain_json() -> None:
    found = diagnose("toy", {"a": np.ones((2, 50)), "b": GOOD[:2]}, diverged=0, long=0)
    assert isinstance(found, Diagnosis)
    assert json.loads(json.dumps(found.to_json(), allow_nan=False))["sound"] is False


def test_every_posterior_draw_is_used_as_often_as_any_other() -> None:
    found = Posterior.of("toy", {"a": GOOD}, {"a": GOOD}, 0, 0)
    times = np.bincount(found.pick(4000, np.random.default_rng(1)), minlength=1600)
    assert set(times.tolist()) == {2, 3}


@pytest.mark.parametrize(
    "settings", [{"chains": 0}, {"draws": 5}, {"warmup": 0}, {"accept": 1.0}, {"depth": 0}]
)
def test_settings_that_make_no_sense(settings: dict[str, float]) -> None:
    with pytest.raises(UsageError, match=f"expected {next(iter(settings))}"):
        Sampler(**settings)  # type: ignore[arg-type]

"""The shape of an effect: planted ones are found with their size, and told apart as often as said here."""

from collections import Counter

import numpy as np
import pytest

from vedette.effect import SHAPES, Shape, fit_shape
from vedette.effect.profiles import LONGEST, POINTS, SHORTEST, SPREAD, courses, profiles
from vedette.model import FloatArray, IntArray
from vedette.randomness import rng_stream

MONTHS = 12


def worlds(draws: int, rng: np.random.Generator) -> FloatArray:
    """Mean counts (draws, MONTHS) whose level wanders."""
    return np.asarray(np.exp(np.log(200.0) + 0.15 * rng.standard_normal((draws, MONTHS)).cumsum(axis=1)))


def changed(shape: str, size: float, life: float) -> FloatArray:
    return np.asarray(np.exp(size * courses(shape, np.array([life]), MONTHS)[0]))


def fitted(shape: str, size: float, life: float, number: int) -> Shape:
    rng = rng_stream(number, "planted", shape)
    observed = rng.poisson(worlds(1, rng) * changed(shape, size, life))
    return fit_shape(observed, rng.poisson(worlds(800, rng)), 400, rng)


def test_intervals_hold_effects_drawn_from_what_is_taken_for_granted() -> None:
    size_held, life_held = [], []
    for number in range(160):
        rng = rng_stream(number, "prior")
        size = SPREAD * rng.standard_normal()
        life = float(np.exp(rng.uniform(np.log(SHORTEST), np.log(LONGEST))))
        name = SHAPES[number % 4]
        found = fitted(name, size, life, number)
        if found.name != name:
            continue
        size_held.append(found.size()[0] <= np.exp(size) <= found.size()[2])
        if lives := found.half_lives():
            life_held.append(lives[0] <= life <= lives[2])
    assert len(size_held) >= 80
    assert np.mean(size_held) == pytest.approx(0.9, abs=0.1)
    assert np.mean(life_held) >= 0.8


def test_a_planted_build_up_and_a_step_are_told_apart() -> None:
    """Times 3, half-life 4 months, 12 months of counts near 200: the power that docs/explanation states."""
    step, rising = (
        Counter(fitted(name, np.log(3.0), 4.0, number).name for number in range(60))
        for name in ("step", "building")
    )
    assert step["step"] >= 0.8 * 60, step
    assert step["building"] + step["ramp"] <= 0.1 * 60, step
    assert rising["building"] + rising["ramp"] >= 0.85 * 60, rising
    assert rising["building"] >= 0.3 * 60, rising


def test_probabilities_say_how_often_a_shape_is_the_true_one() -> None:
    stated, right = [], []
    for number in range(160):
        rng = rng_stream(number, "prior")
        size = SPREAD * rng.standard_normal()
        life = float(np.exp(rng.uniform(np.log(SHORTEST), np.log(LONGEST))))
        found = fitted(SHAPES[number % 4], size, life, number)
        stated.append(found.chances[found.name])
        right.append(found.name == SHAPES[number % 4])
    assert np.mean(right) == pytest.approx(np.mean(stated), abs=0.1)


def plain(observed: IntArray, simulated: IntArray) -> tuple[dict[str, float], float, float]:
    """Chances of the shapes; means of log size and log half-life of a fading one; from a grid."""
    without = np.log(simulated + 0.5)
    cover = np.cov(without, rowvar=False)
    cover = cover + np.eye(MONTHS) * max(1e-3, 1 / len(simulated)) * np.trace(cover) / MONTHS
    inverse, off = np.linalg.inv(cover), np.log(observed[0] + 0.5) - without.mean(axis=0)
    sizes, lives = np.linspace(-6, 6, 601), np.geomspace(SHORTEST, LONGEST, POINTS)

    def like(course: FloatArray) -> FloatArray:
        left = off - sizes[:, None] * course
        return np.asarray(-0.5 * np.einsum("st,tu,su->s", left, inverse, left) - 0.5 * (sizes / SPREAD) ** 2)

    tables = {name: np.stack([like(each) for each in courses(name, lives, MONTHS)]) for name in SHAPES}
    top = max(table.max() for table in tables.values())
    whole = {name: float(np.exp(table - top).mean()) for name, table in tables.items()}
    fading = np.exp(tables["fading"] - tables["fading"].max())
    fading /= fading.sum()
    total = sum(whole.values())
    chances = {name: value / total for name, value in whole.items()}
    return chances, float(fading.sum(axis=0) @ sizes), float(fading.sum(axis=1) @ np.log(lives))


def test_the_closed_form_agrees_with_a_plain_grid() -> None:
    rng = rng_stream(1, "grid")
    observed = rng.poisson(worlds(1, rng) * changed("fading", 1.5, 2.0))
    simulated = rng.poisson(worlds(500, rng))
    found = fit_shape(observed, simulated, 20_000, rng)
    chances, size, life = plain(observed, simulated)
    assert found.name == "fading"
    assert dict(found.chances) == pytest.approx(chances, abs=1e-3)
    assert found.half_life is not None
    assert found.log_size.mean() == pytest.approx(size, abs=0.02)
    assert np.log(found.half_life).mean() == pytest.approx(life, abs=0.03)


def test_every_course_is_one_at_its_largest() -> None:
    known = profiles(MONTHS)
    assert known.values.max(axis=1) == pytest.approx(np.ones(len(known.values)))
    rows = known.rows("building")
    assert (np.diff(known.values[rows], axis=1) >= 0).all()
    assert (np.diff(known.values[known.rows("fading")], axis=1) < 0).all()
    slow = courses("building", np.array([1e6]), MONTHS)
    assert slow == pytest.approx(courses("ramp", np.array([np.nan]), MONTHS), abs=1e-5)


def test_without_an_effect_the_half_life_is_not_told() -> None:
    for number in range(5):
        assert not fitted("fading", 0.0, 3.0, number).informative
    assert fitted("fading", 2.5, 3.0, 1).informative


def test_doubt_in_the_counts_widens_the_size() -> None:
    rng = rng_stream(4, "doubt")
    simulated = rng.poisson(worlds(500, rng))
    sure = rng.poisson(worlds(1, rng) * changed("step", 1.5, 6.0))
    unsure = np.rint(sure * rng.lognormal(0.0, 0.6, (40, 1))).astype(np.int64)
    wide, narrow = (fit_shape(each, simulated, 2000, rng_stream(5, "doubt")) for each in (unsure, sure))
    assert wide.log_size.std() > narrow.log_size.std()


@pytest.mark.parametrize("periods", [1, 3])
def test_a_short_window_is_a_step(periods: int) -> None:
    rng = rng_stream(7, "short")
    found = fit_shape(rng.poisson(300, (1, periods)), rng.poisson(100, (500, periods)), 400, rng)
    assert dict(found.chances) == {"step": 1.0}
    assert found.half_lives() is None
    assert found.size()[1] == pytest.approx(3.0, rel=0.1)


def test_an_empty_window_is_answered() -> None:
    rng = rng_stream(6, "edges")
    found = fit_shape(np.zeros((1, MONTHS), np.int64), np.zeros((50, MONTHS), np.int64), 500, rng)
    assert np.isfinite(found.log_size).all()
    assert found.size()[0] < 1.0 < found.size()[2]

"""What a pool keeps of its members' past belongs to that very member: two that look alike are told apart."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from vedette.model import FloatArray, History, IntArray, Level, Model, Pool, forecast
from vedette.model.pool import Share
from vedette.model.pool.content import content_of
from vedette.model.pool.learning import learn
from vedette.model.pool.past_draws import Past, member_draws
from vedette.periods import Step
from vedette.randomness import rng_stream

FIRST, HALF = 24120, np.array([0.5, 0.5])


def history() -> History:
    counts = rng_stream(1, "alike").poisson(10.0, (60, 2))
    return History.of(counts, ["a", "b"], FIRST, Step.MONTH)


class Outside:
    """An outside model: any object with a name and `simulate`, whose repr says nothing of its settings."""

    name = "outside"

    def __init__(self, mean: float) -> None:
        self.mean = mean

    def __repr__(self) -> str:
        return "Outside()"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return rng.poisson(self.mean, (draws, horizons, len(history.units)))


@dataclass(frozen=True)
class Table:
    """A model with a long table, of which numpy shows the first and last numbers."""

    means: FloatArray = field(compare=False)
    name: str = "table"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return rng.poisson(self.means[5000], (draws, horizons, len(history.units)))


@dataclass(frozen=True)
class Hidden:
    """A model with a setting that its repr leaves out."""

    mean: float = field(repr=False)
    name: str = "hidden"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return rng.poisson(self.mean, (draws, horizons, len(history.units)))


@dataclass(frozen=True)
class Called:
    """A model with a function in it."""

    mean: Callable[[], float] = field(repr=False)
    name: str = "called"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return rng.poisson(self.mean(), (draws, horizons, len(history.units)))


def table(mean: float) -> Table:
    means = np.ones(10_001)
    means[5000] = mean
    return Table(means)


def named_alike(mean: float) -> Model:
    """A model of a class that is made anew each time, under one name and with the same fields."""

    @dataclass(frozen=True)
    class Alike:
        name: str = "alike"

        def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
            return rng.poisson(mean, (draws, horizons, len(history.units)))

    return Alike()


def extended(mean: float) -> Model:
    """A frozen dataclass that carries an attribute beside its fields."""
    model = Hidden(10.0)
    object.__setattr__(model, "simulate", Outside(mean).simulate)
    return model


@pytest.mark.parametrize(
    "make",
    [Outside, table, Hidden, lambda mean: Called(lambda: mean), named_alike, extended],
    ids=["outside", "long array", "hidden", "function", "same class name", "attribute"],
)
def test_two_models_with_one_repr_get_weights_of_their_own(make: Callable[[float], Model]) -> None:
    good, bad = make(10.0), make(16.0)
    assert good.name == bad.name
    assert repr(good).split(" at 0x")[0] == repr(bad).split(" at 0x")[0]
    rival = Hidden(12.0, "rival")
    first, second = (learn(history(), (model, rival), HALF, 3).weights for model in (good, bad))
    assert (first[:, 0] > 0.5).all()
    assert (second[:, 0] < 0.5).all()


def test_a_pool_of_outside_models_forecasts_each_with_its_own_weights() -> None:
    past = history()
    pools = [Pool((Share(Outside(mean), 1.0), Share(Hidden(12.0), 1.0))) for mean in (10.0, 16.0)]
    weights = [pool.learn(past, 2).weights for pool in (*pools, pools[0])]
    assert (weights[0][:, 0] > weights[1][:, 0]).all()
    assert (weights[0] == weights[2]).all()
    assert forecast(pools[0], past, past.span.last, 2, 50, 1).draws.shape == (50, 2, 2)


def test_an_outside_model_that_changes_is_asked_again() -> None:
    past, model = Past.of(history()), Outside(10.0)
    before = member_draws(model, past, 2)
    model.mean = 1000.0
    assert member_draws(model, past, 2).min() > before.max()


def test_draws_of_models_whose_content_can_be_read_are_kept() -> None:
    past = Past.of(history())
    assert member_draws(Level(), past, 2) is member_draws(Level(), past, 2)
    assert member_draws(table(3.0), past, 2) is member_draws(table(3.0), past, 2)
    assert member_draws(Level(), past, 2) is not member_draws(Level(), past, 3)


def test_what_was_learned_is_kept_for_forecasts_of_any_number_of_draws() -> None:
    past, members = history(), (table(10.0), table(16.0))
    learned = learn(past, members, HALF, 3)
    assert learn(past, members, HALF, 3) is learned
    others = [
        learn(past, members, HALF, 2),
        learn(past, members, HALF[::-1] * [0.2, 1.8], 3),
        learn(past, members[::-1], HALF, 3),
        learn(past.until(past.span.last - 1), members, HALF, 3),
    ]
    assert all(each is not learned for each in others)
    outside = (Outside(10.0), Outside(16.0))
    assert learn(past, outside, HALF, 3) is not learn(past, outside, HALF, 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (1, 1.0),
        (0.0, -0.0),
        ((1, 2), [1, 2]),
        ((1, (2,)), ((1, 2),)),
        (np.zeros(4), np.zeros((2, 2))),
        (np.zeros(2, np.int64), np.zeros(2)),
        (np.float64(1.0), 1.0),
        ({"a": 1}, {"a": 2}),
        (None, "None"),
        (Step.MONTH, "month"),
        (Hidden(1.0), Hidden(2.0)),
    ],
)
def test_values_that_differ_have_contents_that_differ(one: object, other: object) -> None:
    assert content_of(one) == content_of(one) is not None
    assert content_of(one) != content_of(other)
    hash(content_of(one))


@pytest.mark.parametrize("value", [object(), Outside(1.0), {1, 2}, np.array([object()]), [print]])
def test_what_cannot_be_read_has_no_content(value: object) -> None:
    assert content_of(value) is None

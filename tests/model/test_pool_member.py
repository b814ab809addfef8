"""The pool: whose draws it takes, and that each draw is one joint future."""

from dataclasses import dataclass

import numpy as np
import pytest

from vedette.model import Fading, History, IntArray, Level, Pool, forecast
from vedette.model.pool import Share
from vedette.model.pool.rearranging import rearrange
from vedette.model.pool.tying import Ties
from vedette.periods import Step
from vedette.randomness import rng_stream


@dataclass(frozen=True)
class Said:
    """One number, always."""

    count: int

    @property
    def name(self) -> str:
        return f"said-{self.count}"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return np.full((draws, horizons, len(history.units)), self.count)


def past(periods: int, events: bool = False) -> History:
    values = rng_stream(1, "pool past").negative_binomial(1.0, 0.1, (periods, 3))
    return History.of(
        values, ["a", "b", "c"], 24120, Step.MONTH, measure="deaths", events=values // 3 if events else None
    )


def test_a_pool_of_one_is_that_one_recalibrated_and_tied() -> None:
    history = past(60)
    pool = Pool((Share(Level(), 1.0),))
    alone = Level().simulate(history, 4, 200, rng_stream(5, "alone"))
    bends = pool.learn(history, 4).bends
    assert any(bend.shape != 1.0 for bend in bends)
    pooled = pool.simulate(history, 4, 200, rng_stream(5, "alone"))
    assert (np.sort(pooled, axis=0) == np.sort(rearrange(alone, bends, Ties(), rng_stream(1)), axis=0)).all()
    assert (pooled != alone).any()


def test_shares_are_exact_and_a_draw_stays_with_its_member() -> None:
    pool = Pool((Share(Said(0), 3.0), Share(Said(7), 1.0), Share(Said(50), 1.0)))
    draws = forecast(pool, past(10), 24129, 6, 100, seed=1).draws
    assert [int((draws[:, 0, 0] == count).sum()) for count in (0, 7, 50)] == [60, 20, 20]
    assert (draws == draws[:, :1, :1]).all()


def test_members_that_need_events_speak_only_where_there_are_any() -> None:
    names = [[model.name for model in Pool().members(past(30, events))] for events in (True, False)]
    assert names == [["level", "level-marks", "fading-3"], ["level", "fading-3"]]
    assert "level-marks" not in names[1]
    assert Pool().learn(past(30), 2).weights.shape == (2, len(names[1]))


@pytest.mark.parametrize("events", [True, False])
def test_weights_of_each_horizon_sum_to_one(events: bool) -> None:
    learned = Pool().learn(past(80, events), 12)
    assert learned.weights.shape == (12, len(Pool().members(past(80, events))))
    assert learned.weights.sum(axis=1) == pytest.approx(1.0)
    assert (learned.weights >= 0.0).all()
    assert len(learned.bends) == 12


def test_with_nothing_to_learn_from_the_shares_stand() -> None:
    learned = Pool().learn(past(5, events=True), 2)
    assert learned.weights == pytest.approx(np.array([[0.4, 0.4, 0.2]] * 2))


def test_a_pool_lies_among_its_members() -> None:
    history = past(60)
    pool = Pool((Share(Level(), 1.0), Share(Fading(), 1.0)))
    made = [
        forecast(model, history, 24179, 6, 3000, seed=1).mean().mean() for model in (Level(), Fading(), pool)
    ]
    assert 0.9 * min(made[:2]) < made[2] < 1.1 * max(made[:2])


def test_the_same_seed_gives_the_same_bytes() -> None:
    history = past(50, events=True)
    one, two, other = (
        forecast(Pool(), history, 24169, 3, 50, seed=seed).draws.tobytes() for seed in (1, 1, 2)
    )
    assert one == two
    assert one != other

"""Members that cannot speak of every history: left out, named, and neither rewarded nor punished for it."""

from dataclasses import dataclass

import numpy as np
import pytest
from test_pool_member import Said, past

from vedette.commands.pool_notes import absent_members
from vedette.model import Analogues, History, IntArray, Kind, Level, Pool, forecast
from vedette.model.pool import Share
from vedette.periods import Step, parse
from vedette.randomness import rng_stream


@dataclass(frozen=True)
class Late:
    """One number, of histories that are long enough."""

    count: int
    least: int
    name: str = "late"

    def absent(self, history: History) -> str:
        found = len(history.observed)
        return "" if found >= self.least else f"expected {self.least} months; found {found}"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        assert not self.absent(history)
        return np.full((draws, horizons, len(history.units)), self.count)


def test_a_member_that_cannot_speak_gives_no_draw_and_is_named() -> None:
    pool = Pool((Share(Said(1), 1.0), Share(Late(9, 40), 1.0)))
    short, long = past(39), past(40)
    assert pool.absent(short) == {"late": "expected 40 months; found 39"}
    assert pool.absent(long) == {}
    assert {int(count) for count in forecast(pool, short, short.span.last, 2, 40, seed=1).draws.ravel()} == {
        1
    }
    assert absent_members([(pool, short), (pool, short), (Said(1), short), (pool, long)]) == (
        "The pool is without late: expected 40 months; found 39.",
    )


def test_origins_at_which_a_member_could_not_speak_leave_the_weights_alone() -> None:
    history = past(70)
    for good in (0, 500):
        pool = Pool((Share(Level(), 1.0), Share(Late(good, 70), 1.0)))
        assert pool.learn(history, 3).weights == pytest.approx(0.5, abs=1e-9)


def test_origins_at_which_it_spoke_count() -> None:
    history = past(70)
    for count, better in ((500, 0), (10, 1)):
        pool = Pool((Share(Said(100), 1.0), Share(Late(count, 50), 1.0)))
        weights = pool.learn(history, 3).weights
        assert (weights[:, better] > 0.5).all()
        early = Pool((Share(Said(100), 1.0), Share(Late(count, 30), 1.0))).learn(history, 3).weights
        assert (early[:, better] > weights[:, better]).all()


@pytest.mark.parametrize(("last", "speaks"), [("2017-11", False), ("2017-12", True)])
def test_analogues_join_the_pool_when_they_know_seven_years(last: str, speaks: bool) -> None:
    deaths = rng_stream(1, "joining").poisson(9, (90, 2))
    end = parse(last, Step.MONTH)
    history = History.of(
        deaths,
        ["AFG", "IRQ"],
        end - 89,
        Step.MONTH,
        measure="deaths",
        kind=Kind.COUNTRY,
        countries=("AFG", "IRQ"),
    )
    assert ("analogues" in Pool().absent(history)) != speaks
    assert ("analogues" in [member.name for member in Pool().members(history)]) == speaks
    assert not Analogues().absent(history)
    learned = Pool().learn(history, 3)
    assert learned.weights.shape[1] == 2 + speaks
    assert forecast(Pool(), history, end, 3, 40, seed=1).draws.shape == (40, 3, 2)

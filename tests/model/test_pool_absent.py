"""Members that cannot speak of every history: left out, named, and neither rewarded nor punished for it."""

from dataclasses import dataclass

import numpy as np
import pytest
from test_pool_member import Said, past

from vedette.commands.pool_notes import absent_members
from vedette.model import SHARES, Analogues, By, History, IntArray, Kind, Level, Pool, forecast, methods
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


def world(last: str) -> History:
    """Seven years of deaths in two countries, up to a month."""
    deaths = rng_stream(1, "joining").poisson(9, (90, 2))
    names = ("AFG", "IRQ")
    first = parse(last, Step.MONTH) - 89
    return History.of(deaths, names, first, Step.MONTH, measure="deaths", kind=Kind.COUNTRY, countries=names)


@pytest.mark.parametrize("last", ["2009-12", "2017-12"])
def test_analogues_are_no_member_but_speak_by_their_name(last: str) -> None:
    history = world(last)
    assert [member.name for member in Pool().members(history)] == ["level", "fading-3"]
    assert Pool().absent(history) == {}
    assert "analogues" in methods(By.COUNTRY, Step.MONTH)


@pytest.mark.parametrize(("last", "speaks"), [("2011-12", False), ("2012-12", True)])
def test_a_pool_with_analogues_says_when_they_know_too_little(last: str, speaks: bool) -> None:
    pool, history = Pool((*SHARES, Share(Analogues(), 1.0))), world(last)
    assert ("analogues" in [member.name for member in pool.members(history)]) == speaks
    assert pool.learn(history, 3).weights.shape[1] == 2 + speaks
    (note,) = absent_members([(pool, history)]) or ("",)
    assert bool(note) != speaks
    if note:
        assert note.startswith("The pool is without analogues: expected at least 200 past months of 10 other")

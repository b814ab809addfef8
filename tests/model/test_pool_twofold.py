"""A whole told in two ways: half the draws from its own past, half as the sum of its parts."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from vedette.model import History, IntArray, Level, LevelMarks, Pool, forecast, key
from vedette.model.pool import Twofold
from vedette.periods import Step

FIRST = 24120


@dataclass(frozen=True)
class Counted:
    """Says of each unit how many units there are, so that it shows what it was asked about."""

    name: str = "counted"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return np.full((draws, horizons, len(history.units)), len(history.units))


def places(periods: int = 40, panels: int = 1) -> History:
    events = key(1, "parts").negative_binomial(1.0, 0.1, (panels, periods, 3))
    return History.of(4 * events, list("abc"), FIRST, Step.MONTH, measure="deaths", events=events)


@pytest.mark.parametrize(("draws", "own"), [(10, 5), (11, 5)])
def test_half_the_draws_are_sums_over_parts_and_a_draw_is_a_path(draws: int, own: int) -> None:
    said = Twofold(Counted()).simulate(places().total("all"), 4, draws, key(1, "half"))
    assert said.shape == (draws, 4, 1)
    assert (said == said[:, :1]).all()
    assert sorted(said[:, 0, 0].tolist()) == [1] * own + [9] * (draws - own)


def test_which_half_falls_by_chance_so_that_no_panel_draw_is_left_out() -> None:
    said = Twofold(Counted()).simulate(places(panels=2).total("all"), 1, 400, key(1, "chance"))[:, 0, 0]
    assert all(60 < (said[panel::2] == 1).sum() < 140 for panel in (0, 1))


@pytest.mark.parametrize("model", [Level(), LevelMarks()])
def test_without_parts_it_is_the_model_alone(model: Level | LevelMarks) -> None:
    past = places()
    twofold = Twofold(model)
    assert twofold.name == model.name
    both = [each.simulate(past, 3, 20, key(1, "alone")).tobytes() for each in (model, twofold)]
    assert both[0] == both[1]


def test_what_is_known_of_the_parts_enters_the_pool() -> None:
    whole = places().total("all")
    other = places()
    turned = replace(whole, parts=replace(other, values=2 * other.values[..., ::-1]))
    draws = [forecast(Pool(), each, FIRST + 39, 3, 40, seed=1).draws.tobytes() for each in (whole, turned)]
    assert draws[0] != draws[1]

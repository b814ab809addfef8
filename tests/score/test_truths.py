"""Scores against an uncertain truth: means over its draws, nothing else."""

import numpy as np
import pytest
from polars.testing import assert_frame_equal

from vedette.errors import DataError
from vedette.model import Conflictology, EwmaNegBin, History
from vedette.periods import Step
from vedette.randomness import rng_stream
from vedette.score import SCORES, backtest, crps, crps_fair, over_truths

FIRST = 1000
MODELS = (Conflictology(4), EwmaNegBin())


def history() -> History:
    return History.of(
        rng_stream(1, "past").poisson(6, (40, 2)), ["a", "b"], FIRST, Step.MONTH, measure="deaths"
    )


def test_the_mean_is_that_of_single_scores() -> None:
    draws, truths = (
        rng_stream(2, "draws").poisson(5, (30, 4, 3)),
        rng_stream(3, "truths").poisson(6, (7, 4, 3)),
    )
    plain = np.zeros((4, 3))
    for each in truths:
        plain += crps_fair(draws, each) / 7
    assert over_truths(crps_fair, draws, truths) == pytest.approx(plain)


def test_it_is_the_distance_of_two_distributions_and_the_doubt_of_the_truth() -> None:
    x, y = rng_stream(4, "x").poisson(5, 50).astype(float), rng_stream(5, "y").poisson(9, 40).astype(float)
    steps = np.arange(60)
    distance = (((x[:, None] <= steps).mean(axis=0) - (y[:, None] <= steps).mean(axis=0)) ** 2).sum()
    doubt = np.abs(y[:, None] - y).mean() / 2
    assert over_truths(crps, x[:, None], y[:, None])[0] == pytest.approx(distance + doubt)


def test_the_distribution_of_the_truths_scores_best() -> None:
    truths = rng_stream(6, "true").gamma(2.0, 50.0, (400, 1))
    own = over_truths(crps, truths, truths)[0]
    for other in (0.7 * truths, truths + 20.0, np.full((2, 1), truths.mean())):
        assert own < over_truths(crps, other, truths)[0]


def test_no_truth_is_refused() -> None:
    with pytest.raises(DataError, match="at least one draw of the truth"):
        over_truths(crps, [[0.0], [2.0]], np.empty((0, 1)))


def test_a_backtest_averages_over_the_draws_of_the_truth() -> None:
    past = history()
    truths = rng_stream(7, "truths").poisson(8, (3, 40, 2))
    single = [backtest(past, MODELS, [1030, 1036], 3, 60, truth=truth, tail=10).table for truth in truths]
    card = backtest(past, MODELS, [1030, 1036], 3, 60, truth=truths, tail=10)
    for name in SCORES:
        plain = np.mean([table[name] for table in single], axis=0)
        assert card.table[name].to_numpy() == pytest.approx(plain)
    kept = ["model", "unit", "origin", "horizon", "truth", "pit", "inside_90"]
    assert_frame_equal(card.table.select(kept), single[0].select(kept))


def test_one_draw_of_the_truth_is_the_truth() -> None:
    past = history()
    plain, drawn = (backtest(past, MODELS, [1030], 3, 60, truth=t) for t in (None, past.values))
    assert_frame_equal(plain.table, drawn.table)


@pytest.mark.parametrize("shape", [(0, 40, 2), (40, 3), (2, 39, 2), (1, 1, 40, 2)])
def test_a_truth_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(DataError, match=r"expected the shape \(40, 2\)"):
        backtest(history(), MODELS, [1030], 3, 60, truth=np.zeros(shape, dtype=np.int64))

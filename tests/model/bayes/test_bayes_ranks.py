"""Simulation-based calibration passes an exact posterior and catches a wrong one."""

from collections.abc import Callable

import numpy as np
import pytest

from vedette.errors import UsageError
from vedette.model import FloatArray
from vedette.model.bayes.ranks import Calibration, calibration, departures, rank

RANKS, REPLICATIONS = 99, 400

Draws = Callable[[np.random.Generator, float, float], FloatArray]


def toy(draws: Draws) -> Calibration:
    """Truth normal(0, 1), four counts of it with noise 1: the posterior is normal(4/5 mean, 1/5)."""
    rng = np.random.default_rng(11)
    ranks = []
    for _ in range(REPLICATIONS):
        truth = rng.normal()
        seen = rng.normal(truth, 1.0, 4).mean()
        ranks.append(rank(truth, draws(rng, 0.8 * seen, 0.2**0.5)))
    return calibration("toy", np.array(ranks), RANKS)


def test_the_exact_posterior_is_calibrated() -> None:
    found = toy(lambda rng, mean, sd: rng.normal(mean, sd, RANKS))
    assert departures({"toy": found}) == ()
    assert found.mean == pytest.approx(0.5, abs=0.05)
    assert found.sd == pytest.approx(0.29, abs=0.03)


@pytest.mark.parametrize(
    ("shift", "width"), [(0.2, 1.0), (0.0, 0.7), (0.0, 1.4)], ids=["off", "narrow", "wide"]
)
def test_a_wrong_posterior_is_caught(shift: float, width: float) -> None:
    found = toy(lambda rng, mean, sd: rng.normal(mean + shift, width * sd, RANKS))
    assert departures({"toy": found}) == ("toy",)


def test_the_envelope_holds_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    chances = [calibration("even", rng.integers(0, 20, 100), 19).ecdf_p for _ in range(60)]
    assert 0.3 < np.mean(np.array(chances) < 0.5) < 0.7


def test_ranks_that_do_not_fall_into_bins() -> None:
    with pytest.raises(UsageError, match="100 ranks to fall into 7 equal bins"):
        calibration("toy", np.arange(100), 99, bins=7)

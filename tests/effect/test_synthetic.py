"""The synthetic control equals that of an independent package, and what is known of its weights holds."""

import numpy as np
import pytest

from vedette.effect import SyntheticControl, synthetic_weights
from vedette.randomness import rng_stream

PANEL = np.array(
    [
        [5.7, 3.4, 3.9, 6.3, 4.4, 6.8],
        [5.8, 4.5, 4.7, 6.2, 5.7, 6.2],
        [6.3, 4.9, 5.1, 7.2, 5.0, 6.5],
        [7.1, 5.0, 5.3, 7.8, 6.5, 7.7],
        [8.4, 5.1, 6.3, 8.6, 6.3, 8.5],
        [8.5, 6.5, 6.5, 8.9, 6.9, 8.1],
        [8.4, 6.5, 6.7, 10.5, 7.5, 9.6],
        [9.0, 7.9, 6.5, 10.3, 8.8, 10.9],
        [9.7, 7.6, 5.8, 10.5, 8.8, 11.0],
        [10.0, 8.8, 8.4, 11.4, 9.3, 12.3],
        [11.4, 8.8, 8.7, 13.1, 9.8, 12.5],
        [12.6, 8.6, 8.1, 14.9, 9.3, 13.1],
        [13.0, 9.4, 7.7, 12.0, 10.1, 13.7],
        [13.5, 10.0, 9.0, 13.5, 10.0, 14.5],
        [13.1, 10.0, 8.5, 15.6, 11.1, 16.2],
        [14.7, 10.6, 9.9, 15.9, 11.6, 16.1],
        [13.8, 10.7, 10.3, 17.2, 12.9, 15.2],
        [14.5, 11.1, 11.7, 15.8, 13.2, 17.2],
        [14.9, 11.3, 11.9, 17.8, 13.3, 17.2],
        [16.5, 12.1, 11.1, 17.8, 14.1, 17.9],
    ]
)
"""Six generated donors in twenty periods, rounded to a tenth."""
TREATED = np.array(
    [
        4.2,
        4.8,
        4.9,
        6.0,
        5.6,
        6.6,
        7.0,
        7.9,
        7.5,
        8.6,
        9.2,
        9.0,
        9.0,
        10.0,
        10.2,
        10.8,
        11.6,
        11.5,
        12.2,
        12.5,
    ]
)
BEFORE = 14
PYSYNCON = [0.0, 0.3796212, 0.2889898, 0.0318952, 0.2994938, 0.0]
"""pysyncon 1.7.0: Synth.fit on the first 14 periods; custom_V, their variances, undoes its scaling."""
LOSS = 0.0407619
"""The mean squared error before that it gives."""


def test_weights_equal_those_of_pysyncon() -> None:
    weights = synthetic_weights(TREATED[:BEFORE], PANEL[:BEFORE])
    assert weights == pytest.approx(PYSYNCON, abs=2e-4)
    control = SyntheticControl.of(TREATED, PANEL, BEFORE)
    assert control.synthetic == pytest.approx(PANEL @ PYSYNCON, abs=2e-3)
    assert (control.fit * TREATED[:BEFORE].mean()) ** 2 == pytest.approx(LOSS, abs=1e-6)


@pytest.mark.parametrize("number", range(5))
def test_no_other_weights_come_nearer(number: int) -> None:
    rng = rng_stream(number, "weights")
    donors, treated = rng.gamma(2.0, 50.0, (24, 7)), rng.gamma(2.0, 50.0, 24)
    weights = synthetic_weights(treated, donors)
    assert weights.min() >= 0.0
    assert weights.sum() == pytest.approx(1.0)
    least = np.square(treated - donors @ weights).sum()
    for other in rng.dirichlet(np.full(7, 0.3), 2000):
        nudged = 0.99 * weights + 0.01 * other
        assert np.square(treated - donors @ nudged).sum() >= least * (1 - 1e-9)


def test_a_mix_of_donors_is_found_whatever_the_unit_of_counts() -> None:
    donors = rng_stream(1, "mix").gamma(2.0, 50.0, (24, 5))
    true = np.array([0.0, 0.6, 0.0, 0.3, 0.1])
    for scale in (1e-3, 1.0, 1e6):
        assert synthetic_weights(scale * donors @ true, scale * donors) == pytest.approx(true, abs=1e-6)


def test_fit_and_score_by_hand() -> None:
    control = SyntheticControl(np.ones(1), np.array([2.0, 4.0, 10.0]), np.array([3.0, 3.0, 4.0]), 2)
    assert control.fit == pytest.approx(1.0 / 3.0)
    assert control.score == pytest.approx(6.0)
    assert control.ratio == pytest.approx(10.5 / 4.5)

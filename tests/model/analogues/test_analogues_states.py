"""The state of a series, by hand and at its edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model.analogues.states import STATE, bases_of, states_of


def state(series: list[int]) -> dict[str, float]:
    return dict(zip(STATE, states_of(np.array([series]))[0].tolist(), strict=True))


def test_a_state_by_hand() -> None:
    found = state([0] * 48 + [2] * 6 + [0, 4, 0, 6, 0, 0])
    assert found["log of the mean of 1 months"] == pytest.approx(np.log(0.3))
    assert found["log of the mean of 3 months"] == pytest.approx(np.log(2.3))
    assert found["log of the mean of 12 months"] == pytest.approx(np.log(22 / 12 + 0.3))
    assert found["log of the mean of 60 months"] == pytest.approx(np.log(22 / 60 + 0.3))
    assert found["share of silent months in the year"] == pytest.approx(4 / 12)
    assert found["share of silent months in five years"] == pytest.approx(52 / 60)
    assert found["log of the highest month of the year"] == pytest.approx(np.log(6.3))
    assert found["months since the last death"] == 2
    assert found["trend of the year against three years"] == pytest.approx(
        np.log(22 / 12 + 0.3) - np.log(22 / 36 + 0.3)
    )
    weights = 0.7 ** np.arange(60)[::-1]
    series = np.array([0] * 48 + [2] * 6 + [0, 4, 0, 6, 0, 0])
    mean = (series * weights).sum() / weights.sum()
    assert found["log of the exponentially weighted mean"] == pytest.approx(np.log(mean + 0.3))
    assert bases_of(series[None]).item() == pytest.approx(0.3 + np.sqrt(2.3 * (22 / 12 + 0.3)))


def test_only_sixty_months_are_looked_at() -> None:
    assert state([7] * 60 + [0, 1] * 30) == state([0, 1] * 30)


@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=80))
def test_every_series_has_a_state_of_finite_numbers(series: list[int]) -> None:
    assert np.isfinite(states_of(np.array([series]))).all()
    assert np.isfinite(bases_of(np.array([series]))).all()

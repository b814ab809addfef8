import numpy as np
import pytest

from vedette.errors import DataError
from vedette.panel.reconcile import Donors, fill


def donors(best: list[int]) -> Donors:
    deaths = np.array(best)
    where = np.tile(np.arange(len(best))[:, None], (1, 20))
    exact = np.arange(len(best)) % 2 == 0
    return Donors(where, exact, deaths // 2, deaths, deaths * 2)


def test_the_shortfall_is_met_exactly_in_every_draw() -> None:
    made = fill({0: 17, 3: 1, 5: 0, 6: -4}, donors([4, 0, 9, 1]), 4, 20, np.random.default_rng(1))
    for period, missing in ((0, 17), (3, 1), (5, 0), (6, 0)):
        here = made.cell // 4 == period
        found = np.bincount(made.draw[here], made.amounts[2][here], minlength=20)
        assert (found == missing).all()


def test_low_and_high_of_the_cut_event_stay_around_its_best() -> None:
    made = fill({0: 17}, donors([40]), 1, 20, np.random.default_rng(1))
    _, low, best, high = made.amounts
    assert (low <= best).all()
    assert (best <= high).all()
    assert (best == 17).all()


def test_draws_mix_the_two_kinds_of_donors_in_shares_of_their_own() -> None:
    made = fill({0: 400, 1: 400}, donors([1, 1, 1, 1]), 4, 20, np.random.default_rng(1))
    exact = made.cell % 4 % 2 == 0
    first, second = (
        np.bincount(made.draw[exact & (made.cell // 4 == period)], minlength=20) / 400 for period in (0, 1)
    )
    assert first.min() < 0.2
    assert first.max() > 0.8
    assert np.abs(first - second).max() < 0.15


def test_one_kind_of_donor_is_enough() -> None:
    one = donors([3, 3])
    made = fill(
        {0: 9},
        Donors(one.where, np.array([True, True]), one.low, one.best, one.high),
        2,
        20,
        np.random.default_rng(1),
    )
    assert (np.bincount(made.draw, made.amounts[2], minlength=20) == 9).all()


def test_deaths_without_any_donor_are_an_error_with_a_cure() -> None:
    with pytest.raises(DataError, match="Load the complete event file, or drop `partial`"):
        fill({0: 5}, donors([0, 0]), 2, 20, np.random.default_rng(1))

"""Paired comparison with blocks of origins."""

import numpy as np
import polars as pl
import pytest

from vedette.errors import DataError, UsageError
from vedette.model import FloatArray
from vedette.score import Comparison, Scorecard, Terms, compare

TERMS = Terms(draws=2, seed=1, mis_level=0.9, levels=(0.9,), tail=0.0, resample=None, active_periods=12)


def card(differences: FloatArray, horizon: int = 1) -> Scorecard:
    """A model whose score is that of the base plus a difference at each origin."""
    base = pl.DataFrame(
        {
            "model": "base",
            "unit": "a",
            "origin": range(len(differences)),
            "horizon": horizon,
            "crps_fair": np.full(len(differences), 10.0),
        }
    )
    mine = base.with_columns(model=pl.lit("mine"), crps_fair=10 + pl.Series(differences))
    return Scorecard(pl.concat([mine, base]), "deaths", TERMS)


def interval_width(found: Comparison) -> float:
    return found.high - found.low


def test_the_difference_is_that_of_the_means_and_the_interval_holds_it() -> None:
    differences = np.random.default_rng(1).normal(-0.5, 1, 100)
    found = compare(card(differences), "mine", "base")
    assert found.difference == pytest.approx(differences.mean())
    assert found.low < found.difference < found.high < 0
    assert found.share_below_zero > 0.95
    assert (found.origins, found.block) == (100, 1)


def test_independent_origins_give_the_textbook_interval() -> None:
    differences = np.random.default_rng(2).normal(0, 1, 400)
    found = compare(card(differences), "mine", "base", resamples=4000)
    assert interval_width(found) == pytest.approx(2 * 1.645 * differences.std() / 20, rel=0.05)


def test_blocks_widen_the_interval_of_origins_that_hang_together() -> None:
    steps = np.repeat(np.random.default_rng(3).normal(0, 1, 40), 10)
    narrow, wide = (compare(card(steps), "mine", "base", block=block) for block in (1, 20))
    assert interval_width(wide) > 2 * interval_width(narrow)


def test_blocks_are_never_shorter_than_the_longest_horizon() -> None:
    assert compare(card(np.zeros(40), horizon=12), "mine", "base", block=3).block == 12


def test_origins_weigh_by_their_cells() -> None:
    uneven = card(np.array([1.0, 1.0, -3.0]))
    first = uneven.table.filter(pl.col("origin") < 2)
    more = Scorecard(pl.concat([uneven.table, first.with_columns(unit=pl.lit("b"))]), "deaths", TERMS)
    assert compare(more, "mine", "base").difference == pytest.approx((1 * 4 - 3) / 5)


def test_the_same_seed_gives_the_same_interval() -> None:
    drift = card(np.random.default_rng(4).normal(0, 1, 50))
    assert compare(drift, "mine", "base") == compare(drift, "mine", "base")
    assert compare(drift, "mine", "base") != compare(drift, "mine", "base", seed=2)


def test_too_few_origins_and_wrong_names_are_refused() -> None:
    with pytest.raises(DataError, match=r"expected at least 24 origins, two blocks of 12; found 23"):
        compare(card(np.zeros(23), horizon=12), "mine", "base")
    with pytest.raises(UsageError, match="'other' was not scored"):
        compare(card(np.zeros(9)), "mine", "other")
    with pytest.raises(UsageError, match="'rmse' is no score"):
        compare(card(np.zeros(9)), "mine", "base", score="rmse")
    with pytest.raises(UsageError, match="level: expected numbers between 0 and 1"):
        compare(card(np.zeros(9)), "mine", "base", level=1.0)

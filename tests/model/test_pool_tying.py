"""Ties between draws: what they may not change, and what they do to sums."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from vedette.model import FloatArray, History, IntArray, Pool, forecast
from vedette.model.pool import member
from vedette.model.pool.rearranging import rearrange
from vedette.model.pool.recalibration import BetaMap
from vedette.model.pool.tie_prior import TABLE, ties_known
from vedette.model.pool.tying import Ranked, Ties
from vedette.periods import Span, Step, parse, period_of

STRENGTHS = st.sampled_from([-1.0, -0.2, 0.0, 0.1, 1.0, 50.0])


def tied(draws: IntArray, along: float = 0.0, across: float = 0.0) -> IntArray:
    """Draws (S, H, U), tied and not recalibrated."""
    return rearrange(draws, (), Ties(along, across), np.random.default_rng(1))


@given(
    arrays(
        np.int64, array_shapes(min_dims=3, max_dims=3, max_side=6), elements=st.sampled_from([0, 1, 7, 10**6])
    ),
    STRENGTHS,
    STRENGTHS,
)
def test_each_unit_and_horizon_keeps_its_draws_to_the_last(
    draws: IntArray, along: float, across: float
) -> None:
    before = draws.copy()
    assert (np.sort(tied(draws, along, across), axis=0) == np.sort(before, axis=0)).all()
    assert (draws == before).all()


def paths_of(draws: IntArray, unit: int) -> list[tuple[int, ...]]:
    return sorted(map(tuple, draws[:, :, unit].tolist()))


@pytest.mark.parametrize("strength", [-0.5, 0.3, 3.0])
def test_units_are_tied_by_moving_whole_paths(strength: float) -> None:
    draws = np.random.default_rng(2).poisson(3.0, (60, 4, 5))
    moved = tied(draws, across=strength)
    assert (moved != draws).any()
    assert [paths_of(moved, unit) for unit in range(5)] == [paths_of(draws, unit) for unit in range(5)]


def test_perfect_ties_add_up_rank_by_rank() -> None:
    draws = np.random.default_rng(3).permutation(200 * 4 * 3).reshape(200, 4, 3)
    ordered = np.sort(draws, axis=0)
    along = tied(draws, along=1e9)
    assert (np.sort(along.sum(axis=1), axis=0) == ordered.sum(axis=1)).all()
    both = tied(along, across=1e9)
    assert (np.sort(both.sum(axis=(1, 2))) == ordered.sum(axis=(1, 2))).all()


def test_stronger_ties_make_wider_sums() -> None:
    draws = np.random.default_rng(4).negative_binomial(1.0, 0.1, (500, 12, 6))
    sums = [tied(draws, along=strength).sum(axis=1).std() for strength in (0.0, 0.2, 1.0)]
    assert sums[0] < sums[1] < sums[2]
    totals = [tied(draws, across=strength).sum(axis=(1, 2)).std() for strength in (0.0, 0.2, 1.0)]
    assert totals[0] < totals[1] < totals[2]


def paths_of_one_level() -> IntArray:
    rng = np.random.default_rng(5)
    return rng.poisson(np.broadcast_to(rng.gamma(1.0, 100.0, (500, 1, 2)), (500, 12, 2)))


def test_looser_ties_let_the_template_go() -> None:
    draws = paths_of_one_level()
    loose: FloatArray = tied(draws, along=-30.0).sum(axis=1).std(axis=0)
    assert loose == pytest.approx(draws.std(axis=0).mean(axis=0) * 12**0.5, rel=0.1)
    both = np.repeat(draws[:, :, :1], 8, axis=2)
    total = tied(both, across=-30.0).sum(axis=(1, 2)).std()
    assert total == pytest.approx(both[:, :, 0].sum(axis=1).std() * 8**0.5, rel=0.15)


def test_no_ties_change_nothing() -> None:
    draws = paths_of_one_level()
    assert (tied(draws) == draws).all()
    one_horizon, one_unit = draws[:, :1], draws[:, :, :1]
    assert (tied(one_horizon, along=2.0) == one_horizon).all()
    assert (tied(one_unit, across=2.0) == one_unit).all()


def test_equal_draws_are_ranked_by_chance() -> None:
    """A draw among many zeros is not the quiet one in every unit."""
    zeros = np.zeros((30, 400), dtype=np.int64)
    score = Ranked.of(zeros, np.random.default_rng(1)).scores()
    assert np.abs(np.corrcoef(score) - np.eye(30)).max() < 0.25
    assert (Ranked.of(zeros, np.random.default_rng(1)).draws() == 0).all()


def test_months_are_recalibrated_before_they_are_tied() -> None:
    draws = np.random.default_rng(6).poisson(50.0, (300, 6, 3))
    bends = (BetaMap(0.5), BetaMap(2.0), *[BetaMap()] * 4)
    plain, moved = (
        rearrange(draws, bends, ties, np.random.default_rng(1)) for ties in (Ties(), Ties(0.6, 0.4))
    )
    assert (np.sort(moved, axis=0) == np.sort(plain, axis=0)).all()
    assert plain[:, 0].std() > draws[:, 0].std() > 0
    assert plain[:, 1].std() < draws[:, 1].std()


def test_the_pool_ties_and_leaves_single_months_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(7).negative_binomial(2.0, 0.1, (72, 5))
    history = History.of(values, [f"u{n}" for n in range(5)], 24120, Step.MONTH)
    draws = forecast(Pool(), history, history.span.last, 12, 200, seed=1).draws

    def untied(draws: IntArray, bends: tuple[BetaMap, ...], ties: Ties, rng: np.random.Generator) -> IntArray:
        return rearrange(draws, bends, Ties(), rng)

    monkeypatch.setattr(member, "rearrange", untied)
    loose = forecast(Pool(), history, history.span.last, 12, 200, seed=1).draws
    assert (np.sort(draws, axis=0) == np.sort(loose, axis=0)).all()
    assert (np.sort(draws.sum(axis=1), axis=0) != np.sort(loose.sum(axis=1), axis=0)).any()


def test_the_prior_of_ties_is_the_newest_row_that_was_over() -> None:
    def known(month: str, step: Step = Step.MONTH) -> Ties:
        last = parse(month, Step.MONTH) if step is Step.MONTH else period_of(date(2014, 12, 31), step)
        return ties_known(Span(last - 30, last, step))

    table = pl.read_csv(TABLE, schema_overrides={"known_until": pl.String}).fill_null("")
    rows = {
        month: Ties(along, across)
        for month, along, across in table.select("known_until", "along", "across").iter_rows()
    }
    assert rows[""] == known("1995-03") == known("2013-11")
    assert rows["2013-12"] == known("2013-12") == known("2014-11")
    assert rows["2014-12"] == known("2014-12") == known("", Step.DAY)
    assert rows["2020-12"] == known("2031-01")
    assert set(table["basis"]) == {"assumed", "estimated"}

"""The record: the pool against baselines, resampled as a ratio, and what it says in words."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from vedette.brief.inputs.track_record import OURS, Skill, TrackRecord, score_past
from vedette.model import By, History
from vedette.periods import Step, parse

FIRST, LEARNED = parse("2010-11", Step.MONTH), parse("2013-12", Step.MONTH)


def made(periods: int, every: int = 1, horizon: int = 3) -> TrackRecord:
    """A short record of a country that fights on and off."""
    rng = np.random.default_rng(5)
    events = rng.poisson(6, (periods, 1))
    history = History.of(3 * events, ["FO"], FIRST, Step.MONTH, measure="deaths", events=events)
    record = score_past(history, By.COUNTRY, horizon, 1)
    return replace(record, every=every)


@pytest.fixture(scope="module")
def record() -> TrackRecord:
    return made(48)


def test_skill_is_the_ratio_of_means_and_lies_within_its_interval(record: TrackRecord) -> None:
    means = dict(record.card.means("model").select("model", "crps_fair").iter_rows())
    assert [one.baseline for one in record.skills] == [name for name in record.card.models if name != OURS]
    for one in record.skills:
        assert one.skill == pytest.approx(1 - means[OURS] / means[one.baseline])
        assert one.low is not None
        assert one.high is not None
        assert one.low <= one.skill <= one.high <= 1


def test_a_pool_that_always_scores_half_is_better_by_half_beyond_doubt(record: TrackRecord) -> None:
    base = record.card.table.filter(model="zero")
    ours = base.with_columns(pl.lit(OURS).alias("model"), pl.col("crps_fair") / 2)
    doubled = replace(record, card=replace(record.card, table=pl.concat([ours, base])))
    (only,) = doubled.skills
    assert (only.skill, only.low, only.high) == pytest.approx((0.5, 0.5, 0.5))
    assert only.verdict == "better"


def test_too_few_origins_give_no_interval() -> None:
    short = made(31, horizon=6)
    assert len(short.origins) < 12
    assert all(one.low is None and one.high is None for one in short.skills)


def test_sparse_origins_need_fewer_for_the_same_months(record: TrackRecord) -> None:
    sparse = replace(record, every=3)
    assert all(one.low is not None for one in sparse.skills)


@pytest.mark.parametrize(
    ("skill", "verdict"),
    [
        (Skill("zero", 0.2, 0.1, 0.3), "better"),
        (Skill("zero", 0.2, -0.1, 0.3), "ahead"),
        (Skill("zero", -0.1, -0.2, 0.1), "behind"),
        (Skill("zero", -0.2, -0.3, -0.1), "worse"),
        (Skill("zero", 0.2, None, None), "ahead"),
        (Skill("zero", 0.0, None, None), "behind"),
    ],
)
def test_the_verdict_follows_the_interval(skill: Skill, verdict: str) -> None:
    assert skill.verdict == verdict


def test_early_origins_rest_on_an_assumed_prior(record: TrackRecord) -> None:
    assert record.assumed == len([origin for origin in record.origins if origin < LEARNED])
    assert 0 < record.assumed < len(record.origins)


def test_origins_run_from_two_years_of_past_to_the_last_whose_next_month_was_observed(
    record: TrackRecord,
) -> None:
    assert record.origins == list(range(FIRST + 24, FIRST + 47))
    assert record.between == ("2012-11", "2014-09")
    last = record.card.table.filter(pl.col("origin") == FIRST + 46)
    assert last["horizon"].unique().to_list() == [1]


def test_months_that_nobody_observed_are_no_truth_of_the_last_origin() -> None:
    rng = np.random.default_rng(5)
    events = rng.poisson(6, (30, 1))
    unseen = np.arange(30) < 28
    history = History.of(
        3 * events, ["FO"], FIRST, Step.MONTH, measure="deaths", events=events, observed=unseen
    )
    record = score_past(history, By.COUNTRY, 3, 1)
    assert record.origins == list(range(FIRST + 24, FIRST + 27))


def test_every_third_origin_is_counted_back_from_the_last_that_can_be_scored() -> None:
    events = np.random.default_rng(5).poisson(6, (32, 2))
    history = History.of(3 * events, ["rebels", "other"], FIRST, Step.MONTH, measure="deaths", events=events)
    record = score_past(history, By.STRATUM, 1, 1)
    assert record.origins == [FIRST + 24, FIRST + 27, FIRST + 30]

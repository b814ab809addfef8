"""What ships about how violence moves: well-formed, with its provenance, and never from the future."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.errors import DataError
from vedette.model.level import prior, prior_known
from vedette.model.level.motion import MONTHS
from vedette.model.level.prior import MEASURES, MEMORY, NUMBERS, OTHER, SPIKES, TABLES
from vedette.periods import Span, Step, last_day, parse, period_of

ALL = (*MEASURES, OTHER)


def table(name: str) -> pl.DataFrame:
    found = pl.read_csv(TABLES / name, schema_overrides={"known_until": pl.String})
    return found.with_columns(pl.col("known_until").fill_null(""))


MOTIONS, NOISES, STRUCK = table("motion.csv"), table("noise.csv"), table("spikes.csv")


def over(month: str) -> date:
    return last_day(parse(month, Step.MONTH), Step.MONTH)


@given(
    step=st.sampled_from(list(Step)),
    day=st.dates(date(1989, 1, 1), date(2030, 12, 31)),
    measure=st.sampled_from([*ALL, "kidnappings"]),
)
def test_the_latest_month_that_was_over_is_used(step: Step, day: date, measure: str) -> None:
    last = period_of(day, step)
    found = prior_known(measure, Span(last - 5, last, step)).known_until
    end = last_day(last, step)
    assert not found or over(found) <= end
    assert all(over(month) > end for month in MOTIONS["known_until"] if month > found)


@pytest.mark.parametrize("step", list(Step))
def test_a_month_is_known_on_its_last_day_and_not_before(step: Step) -> None:
    day = over("2016-12")
    after, before = period_of(day + timedelta(days=8), step), period_of(day - timedelta(days=32), step)
    assert prior_known("deaths", Span(before, after, step)).known_until == "2016-12"
    assert prior_known("deaths", Span(before, before, step)).known_until == "2015-12"


def test_every_number_of_a_motion_is_possible() -> None:
    assert MOTIONS.columns == ["known_until", "basis", *NUMBERS, "source"]
    assert MOTIONS["known_until"].is_unique().all()
    assert MOTIONS.filter((pl.min_horizontal(NUMBERS) <= 0) | (pl.col("reach") < 1)).is_empty()
    assert MOTIONS.filter(pl.max_horizontal("pull", "jumps", "forget") > 0.5).is_empty()


def test_every_row_says_where_it_comes_from() -> None:
    for row in MOTIONS.iter_rows(named=True):
        if row["known_until"]:
            assert row["basis"] == "estimated"
            assert f"2010-01 to {row['known_until']}" in row["source"]
        else:
            assert row["basis"] == "assumed"
            assert row["source"]


def test_every_month_and_measure_has_its_noise() -> None:
    known = {(month, measure) for month in MOTIONS["known_until"] for measure in ALL}
    assert set(NOISES.select("known_until", "measure").unique().iter_rows()) == known
    assert NOISES.select("known_until", "measure", "spread", "clump").is_unique().all()
    assert NOISES.filter(pl.min_horizontal("spread", "clump", "weight") <= 0).is_empty()
    shares = NOISES.group_by("known_until", "measure").agg(pl.col("weight").sum())
    assert shares["weight"].to_list() == pytest.approx([1.0] * len(shares), abs=1e-3)


def test_every_month_and_measure_has_its_spikes() -> None:
    known = {(month, measure) for month in MOTIONS["known_until"] for measure in ALL}
    assert set(STRUCK.select("known_until", "measure").iter_rows()) == known
    assert len(STRUCK) == len(known)
    assert STRUCK.columns == ["known_until", "measure", "basis", *SPIKES, "source"]
    assert STRUCK.filter((pl.col("chance") <= 0) | (pl.col("chance") > 0.05)).is_empty()
    assert STRUCK.filter((pl.col("ratio") < 2) | (pl.col("tail") <= 1)).is_empty()
    for row in STRUCK.iter_rows(named=True):
        learned = row["known_until"] and row["measure"] in MEASURES
        assert row["basis"] == ("estimated" if learned else "assumed")
        assert not learned or f"to {row['known_until']}" in row["source"]


def test_other_counts_spike_half_way_between_deaths_and_events() -> None:
    for month in MOTIONS["known_until"]:
        rows = {row[1]: row[2:] for row in STRUCK.filter(known_until=month).drop("basis").iter_rows()}
        for place in range(len(SPIKES)):
            middle = (rows["deaths"][place] * rows["events"][place]) ** 0.5
            assert rows[OTHER][place] == pytest.approx(middle, rel=0.02)


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("measure", [*ALL, "kidnappings"])
def test_a_prior_is_the_rows_of_its_month_in_periods_of_the_step(step: Step, measure: str) -> None:
    last = period_of(date(2018, 6, 30), step)
    prior = prior_known(measure, Span(last - 5, last, step))
    row = MOTIONS.row(by_predicate=pl.col("known_until") == "2017-12", named=True)
    kinds = NOISES.filter(known_until="2017-12", measure=measure if measure in MEASURES else OTHER)
    assert prior.motion.size == pytest.approx(row["size"] * MONTHS[step] ** 0.5)
    assert prior.memory == pytest.approx(MEMORY ** MONTHS[step])
    assert [(noise.spread, noise.clump) for noise in prior.noises] == kinds.select("spread", "clump").rows()
    assert prior.weights.sum() == pytest.approx(1.0)
    assert prior.weights == pytest.approx(kinds["weight"].to_numpy(), abs=1e-3)
    assert (prior.known_until, prior.basis) == ("2017-12", "estimated")
    of = measure if measure in MEASURES else OTHER
    spike = STRUCK.row(
        by_predicate=(pl.col("known_until") == "2017-12") & (pl.col("measure") == of), named=True
    )
    assert prior.spike.chance == pytest.approx(spike["chance"] * MONTHS[step])
    assert prior.spike.ratio * MONTHS[step] ** 0.85 == pytest.approx(spike["ratio"])
    assert prior.spike.tail == spike["tail"]


def test_before_anything_was_learned_the_assumed_rows_stand() -> None:
    prior = prior_known("deaths", Span(0, parse("2013-11", Step.MONTH), Step.MONTH))
    assert (prior.known_until, prior.basis) == ("", "assumed")
    assert prior.motion.size == MOTIONS["size"][0]


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the tables, which is read in place of those that ship."""
    for name in ("motion.csv", "noise.csv", "spikes.csv"):
        shutil.copyfile(TABLES / name, tmp_path / name)
    monkeypatch.setattr(prior, "TABLES", tmp_path)
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    for kept in (prior._prior, prior._motions, prior._noises, prior._spikes):
        kept.cache_clear()


@pytest.mark.parametrize("late", ["left out", "other numbers"])
def test_rows_learned_later_move_nothing_earlier(late: str, tables: Path) -> None:
    span = Span(parse("2012-01", Step.MONTH), parse("2015-06", Step.MONTH), Step.MONTH)
    before = [repr(prior_known(measure, span)) for measure in ALL]
    for file in tables.iterdir():
        rows = pl.read_csv(file, schema_overrides={"known_until": pl.String})
        known = pl.col("known_until").fill_null("") <= "2015-06"
        other = rows.filter(~known).with_columns(pl.col(pl.Float64) * 0.5)
        assert other.height
        kept = rows.filter(known)
        (kept if late == "left out" else pl.concat([other, kept])).write_csv(file)
    _forget()
    assert [repr(prior_known(measure, span)) for measure in ALL] == before


BROKEN = {
    "another version": (
        "motion.csv",
        "reach",
        "leap",
        "motion.csv, row 1: expected the columns reach; found",
    ),
    "no first row": ("spikes.csv", '""', "2001-01", "spikes.csv: expected a row with no known_until"),
    "no table": ("noise.csv", ",", "\0\n", "noise.csv"),
}


@pytest.mark.parametrize(("name", "old", "new", "said"), BROKEN.values(), ids=BROKEN)
def test_a_prior_of_another_version_is_refused(
    name: str, old: str, new: str, said: str, tables: Path
) -> None:
    file = tables / name
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(DataError, match=said) as caught:
        prior_known("deaths", Span(24100, 24180, Step.MONTH))
    assert "install vedette anew" in str(caught.value)


def test_a_prior_that_is_not_there_is_missed(tables: Path) -> None:
    (tables / "noise.csv").unlink()
    with pytest.raises(DataError, match=r"noise.csv: expected a table of a prior; found none"):
        prior_known("deaths", Span(24100, 24180, Step.MONTH))

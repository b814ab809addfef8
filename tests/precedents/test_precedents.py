"""Precedents: a planted change is found, the as-of holds, mistakes are told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from vedette.errors import DataError, UsageError
from vedette.precedents import UcdpRecord, answer, factor_of, read_like, read_record, sentences
from vedette.precedents.wording import times

HEADER = "government,backer,last,reason,exclude\n"
US_IN_IRAQ = "United States leaves Iraq"


def planted(leaving: int, factor: float, staying: int = 8) -> UcdpRecord:
    """Wars with 100 deaths a year; after 2014 the backer is gone from some, where deaths are multiplied."""
    names = [f"Government of Left{n}" for n in range(leaving)]
    names += [f"Government of Held{n}" for n in range(staying)]
    rows = [(name, number, 4, year, 1) for number, name in enumerate(names) for year in range(2010, 2021)]
    ends = [2014] * leaving + [2020] * staying
    spells = [(name, "Government of Bigland", 2010, end) for name, end in zip(names, ends, strict=True)]
    deaths = [(n, year, _deaths(n < leaving, year, factor)) for _, n, _, year, _ in rows]
    quiet = [(1000, year, number) for number, year in enumerate(range(2010, 2021))]
    wars = [("Government of War", 1000, 4, year, 2) for year in range(2010, 2015)]
    return UcdpRecord(
        _frame([*rows, *wars], ["government", "gw", "region", "year", "intensity"]),
        _frame(spells, ["government", "backer", "first", "last"]),
        _frame([*deaths, *quiet], ["gw", "year", "deaths"]),
        pl.DataFrame(schema=dict.fromkeys(HEADER.strip().split(","), pl.String)),
    )


def _deaths(left: bool, year: int, factor: float) -> int:
    return round(100 * factor) if left and year > 2014 else 100


def _frame(rows: Sequence[tuple[object, ...]], names: list[str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=names, orient="row")


@pytest.mark.parametrize("factor", [0.25, 1.0, 3.0])
def test_a_planted_change_is_found(factor: float) -> None:
    """All deaths are counted, so nothing is drawn: log((100 factor + 1) / (100 + 1)) by hand."""
    record = planted(6, factor)
    found = answer(record, read_like(record, "Bigland leaves Held0 2014"), 3, 20, 1)
    expected = np.log((100 * factor + 1) / 101)
    np.testing.assert_allclose(found.compared, expected, atol=1e-12)
    np.testing.assert_allclose(found.path, expected, atol=1e-12)
    np.testing.assert_allclose(found.average.left, np.exp(expected))
    assert found.middle == pytest.approx(expected)
    assert found.effective == pytest.approx(6.0)
    np.testing.assert_allclose(found.placebo, 0, atol=1e-12)
    np.testing.assert_allclose(found.earlier, 0)
    np.testing.assert_allclose(found.doubt(1), expected, atol=1e-12)
    assert found.worse == pytest.approx(1.0 if factor > 1 else 0.0)
    assert set(found.without_wars()) == {f"Government of Left{n}" for n in range(6)}
    assert all(middle == pytest.approx(expected) for middle, _ in found.over_grid().values())


def test_the_order_of_rows_is_irrelevant() -> None:
    record = read_record().known(date(2020, 9, 30))
    like = read_like(record, US_IN_IRAQ)
    shuffled = replace(
        record,
        years=record.years.sample(fraction=1.0, shuffle=True, seed=1),
        spells=record.spells.sample(fraction=1.0, shuffle=True, seed=2),
        coded=dict(reversed(list(record.coded.items()))),
    )
    first, second = (answer(each, like, 2, 20, 1) for each in (record, shuffled))
    np.testing.assert_array_equal(first.weights, second.weights)
    np.testing.assert_array_equal(first.compared, second.compared)
    assert sentences(first) == sentences(second)


@pytest.mark.parametrize(("others", "alone"), [("gone", True), ("stayed", False)])
def test_others_gone_or_stayed(others: str, alone: bool) -> None:
    record = read_record().known(date(2020, 9, 30))
    found = answer(record, read_like(record, US_IN_IRAQ), 1, 10, 1, others=others)
    assert {match.departure.alone for match in found.matches} == {alone}
    assert found.estimated is alone


def test_a_role_that_is_asked_for() -> None:
    """The Americans are the main backer by their departure of 2011; of contributors others are like."""
    record = read_record().known(date(2020, 9, 30))
    assert read_like(record, US_IN_IRAQ).role == "main"
    assert read_like(record, "Bahrain leaves Afghanistan").role == "contributor"
    found = answer(record, read_like(record, US_IN_IRAQ, "contributor"), 1, 10, 1)
    roles = {found.matches[place].departure.role for place in found.used}
    assert roles == {"contributor", "co-backer"}


def test_the_departure_asked_about_is_no_precedent() -> None:
    record = planted(6, 2.0)
    like = read_like(record, "Bigland leaves Left0")
    assert (like.year, like.past) == (2014, True)
    found = answer(record, like, 3, 20, 1)
    assert "Government of Left0" not in {match.departure.government for match in found.matches}


@pytest.mark.parametrize(("wars", "estimated"), [(4, False), (5, True)])
def test_below_five_wars_nothing_is_estimated(wars: int, estimated: bool) -> None:
    record = planted(wars, 2.0)
    found = answer(record, read_like(record, "Bigland leaves Held0 2014"), 3, 20, 1)
    assert found.effective == pytest.approx(wars)
    assert found.estimated is estimated
    assert ("an assumption from a few cases, not an estimate" in sentences(found)[0]) is not estimated


def test_no_precedents_say_nothing() -> None:
    record = planted(0, 2.0)
    told = "expected a departure and at least 5 years of staying up to 2020 to speak from; found 0 departures"
    with pytest.raises(DataError, match=told):
        answer(record, read_like(record, "Bigland leaves Held0 2014"), 3, 20, 1)


def test_unknown_deaths_are_drawn_within_their_level() -> None:
    """Where nothing is counted, minor years have 25 deaths or more and wars 1,000 or more."""
    record = read_record()
    found = answer(record, read_like(record, "Soviet Union leaves Afghanistan"), 3, 50, 1)
    cambodia = next(n for n, m in enumerate(found.matches) if m.departure.government.endswith("(Kampuchea)"))
    assert np.ptp(found.raw[:, cambodia]) > 0
    assert np.isfinite(found.raw).all() and np.isfinite(found.compared).all()


def test_same_seed_same_answer() -> None:
    record = read_record().known(date(2020, 9, 30))
    like = read_like(record, US_IN_IRAQ)
    first, second, other = (answer(record, like, 3, 30, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.compared, second.compared)
    assert (first.compared != other.compared).any()


def test_nothing_after_the_as_of_is_used() -> None:
    """What came after 2019 is changed beyond recognition: the answer of September 2020 stays the same."""
    whole, day = read_record(), date(2020, 9, 30)
    later = pl.col("year") > 2019
    changed = UcdpRecord(
        whole.years.filter(~later),
        whole.spells.with_columns(last=pl.when(pl.col("last") > 2019).then(2020).otherwise("last")),
        whole.deaths.with_columns(deaths=pl.when(later).then(10**6).otherwise("deaths")),
        whole.doubts,
        whole.coded,
        whole.windows.with_columns(deaths=pl.when(pl.col("ends") > 201912).then(10**6).otherwise("deaths")),
    )
    first, second = (
        answer(record, read_like(record, US_IN_IRAQ), 5, 30, 1).compared
        for record in (whole.known(day), changed.until(2019))
    )
    np.testing.assert_array_equal(first, second)
    known = whole.known(day)
    assert known.last == 2019
    assert not known.doubts["reason"].str.contains("August 2021").any()
    assert max(int(last) for last in known.doubts["last"] if last) <= 2019


def test_an_as_of_before_deaths_are_counted() -> None:
    with pytest.raises(DataError, match=r"expected an as-of from 2011-07-01 on.*found 2009-01-01"):
        read_record().known(date(2009, 1, 1))


def test_the_factor_of_scenarios_is_that_of_averages() -> None:
    """Its interval is that of the sentence, and far narrower than that of single wars."""
    factor = factor_of(US_IN_IRAQ, date(2020, 9, 30))
    record = read_record().known(date(2020, 9, 30))
    found = answer(record, read_like(record, US_IN_IRAQ), 3, 400, 20030320)
    np.testing.assert_allclose(np.array(factor.rows), found.average_factors, rtol=0.006)
    assert len(factor.rows) == 1000
    single = found.quantiles(found.compared, (0.05, 0.95))
    assert np.log(factor.high / factor.low) < 0.5 * (single[1] - single[0])
    assert (factor.wars, factor.estimated) == (found.effective, True)
    assert "known by 2019: deaths in each year after were on average" in factor.fit
    ends = f"90 % interval {times(factor.low)} to {times(factor.high)})"
    assert any(ends in sentence for sentence in sentences(found))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("United States stays", "expected BACKER leaves GOVERNMENT"),
        ("United States leaves Irak", "Did you mean 'Iraq'?"),
        ("Soviet Onion leaves Afghanistan", "no state called 'Soviet Onion' gave troops"),
        ("Iran leaves Iraq", "no troops of Iran beside the government of Iraq in 2019. France, Netherlands"),
        ("United States leaves Iraq 2012", "They were there in 2004-2011 and 2014-2019"),
        ("Cuba leaves Laos", "had troops beside Angola and Ethiopia"),
    ],
)
def test_an_unknown_like_is_told_what_could_be_meant(said: str, told: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_like(read_record().known(date(2020, 9, 30)), said)
    assert told in str(raised.value)


def test_a_file_of_doubts_leaves_out_and_takes_in(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        HEADER + "Government of Angola,Government of Cuba,,advisers in my reading,yes\n"
        "Mali,Germany,,fought in my reading,no\n",
        encoding="utf-8",
    )
    shipped, own = read_record(), read_record(file)

    def pairs(record: UcdpRecord) -> set[tuple[str, ...]]:
        return set(record.spells.select("government", "backer").iter_rows())

    assert pairs(shipped) - pairs(own) == {("Government of Angola", "Government of Cuba")}
    assert pairs(own) - pairs(shipped) == {("Government of Mali", "Government of Germany")}
    assert own.doubts.height == shipped.doubts.height + 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("government,backer\n", "column last: expected this column; found government, backer"),
        (HEADER + "Government of Angola,,,,yes\n", "row 2, column reason: expected why it is doubted"),
        (HEADER + "Government of Angola,,,why,maybe\n", "column exclude: expected yes or no; found 'maybe'"),
        (HEADER + "Government of Angola,,soon,why,yes\n", "column last: expected a year; found 'soon'"),
        (HEADER + ",,,why,yes\n", "expected a government or a backer; found nothing"),
        (HEADER + "Angolia,,,why,yes\n", "found Angolia. Did you mean 'Angola'?"),
        (HEADER + "Government of Angola,Government of Cuba,1990,why,yes\n", "Spells of these end in: 1989."),
        ("a\x00,\xff\n1,2,3,4\n", "cannot be read"),
    ],
)
def test_mistakes_of_a_file_of_doubts(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(DataError) as raised:
        read_record(file)
    assert told in str(raised.value)


def test_a_file_of_doubts_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.csv: expected a CSV file that can be read"):
        read_record(tmp_path / "nowhere.csv")

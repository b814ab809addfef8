"""Whether governments stood: each departure on its dates, the count over wars, and the file of codings."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import beta

from vedette.errors import DataError
from vedette.precedents import (
    Departure,
    UcdpRecord,
    answer,
    departures,
    outcome_after,
    read_like,
    read_record,
)
from vedette.precedents.coded import Coded, read_coded
from vedette.precedents.departure import Looks
from vedette.precedents.standing import standing

HEADER = (
    "government,year,war,role,left,left_source,share_low,share_high,share_source,outcome,day,to,source,note\n"
)
SHIPPED = Path(__file__).parents[2] / "vedette" / "precedents" / "coded_departures.csv"
KNOWN = date(2020, 9, 30)


def coded(line: str) -> Coded:
    return read_coded((HEADER + line + "\n").encode(), "x.csv")["Government of X", 2010]


def left(outcome: str, day: str, when: str = "2010-06-15", war: str = "War") -> Departure:
    to, page = ("opponents" if outcome == "fell" else ""), ("page" if day else "")
    row = coded(
        f"Government of X,2010,{war},main,{when},{'page' if when else ''},,,,{outcome},{day},{to},{page},"
    )
    return Departure("Government of X", 2010, ("Government of Y",), (), Looks(1.0, 0.0, 3, 4), row)


@pytest.mark.parametrize(
    ("outcome", "day", "when", "expected"),
    [
        ("fell", "2013-06-15", "2010-06-15", "fell"),
        ("fell", "2013-06-16", "2010-06-15", "stood"),
        ("fell", "2013-06", "2010-06-15", "stood"),
        ("fell", "2010-06-14", "2010-06-15", "before"),
        ("fell", "2010-06", "2010-06-15", "fell"),
        ("fell", "2021-08-15", "2019-12-31", "unknown"),
        ("fell", "2021-08-15", "2015-12-31", "stood"),
        ("fell", "2013-12-31", "", "fell"),
        ("stood", "2013-06-15", "2010-06-15", "stood"),
        ("stood", "2013", "2010-06-15", "unknown"),
        ("stood", "2022-10-27", "2018-01-01", "unknown"),
        ("unknown", "", "2010-06-15", "unknown"),
    ],
)
def test_three_years_after_leaving(outcome: str, day: str, when: str, expected: str) -> None:
    """What is known in September 2020; without a day of leaving the end of 2010 counts."""
    assert outcome_after(left(outcome, day, when), 3, KNOWN) == expected


def test_a_leap_day_has_anniversaries() -> None:
    assert outcome_after(left("fell", "2015-02-28", "2012-02-29"), 3, KNOWN) == "fell"


def test_the_count_is_over_wars() -> None:
    """A fell once of twice (weights .2 and .2), B stood (.4), C is unknown (.1), D fell before (.1)."""
    fell, stood = ("fell", "2011-01-01"), ("stood", "2018-01-01")
    cases = [left(*fell, war="A"), left(*stood, war="A"), left(*stood, war="B"), left("unknown", "", war="C")]
    cases += [left("fell", "2010-01-01", war="D")]
    weights = np.array([0.2, 0.2, 0.4, 0.1, 0.1])
    found = standing(cases, weights, 3, KNOWN)
    assert (found.fell, found.wars, found.where) == (0.5, 2, ("A",))
    assert found.share == pytest.approx(0.25)
    assert found.known == pytest.approx(0.8)
    assert (found.before, found.untold) == (("D",), ("C",))
    low, high = beta.ppf((0.05, 0.95), 0.5 + 2 * 0.25, 0.5 + 2 * 0.75)
    assert (found.low, found.high) == pytest.approx((low, high))
    turned = standing(cases[::-1], weights[::-1], 3, KNOWN)
    assert (turned.fell, turned.share, turned.low) == (found.fell, found.share, found.low)


def test_nothing_known_says_nothing() -> None:
    found = standing([left("unknown", "")], np.ones(1), 3, KNOWN)
    assert (found.wars, found.known, found.low, found.high) == (0, 0.0, 0.0, 1.0)
    assert np.isnan(found.share)


def test_every_departure_is_coded_once_and_nothing_else() -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [(row["government"], int(row["year"])) for row in csv.DictReader(file)]
    assert len(rows) == len(set(rows))
    assert set(rows) == {(one.government, one.year) for one in departures(read_record())}


def test_afghanistan_fell_though_ucdp_goes_on_under_one_government() -> None:
    record = read_record()
    last = next(one for one in departures(record) if (one.government[14:], one.year) == ("Afghanistan", 2021))
    assert (last.government, 2023) in record.intensity
    assert outcome_after(last, 1, record.known_by) == "fell"
    assert last.role == "main"
    bahrain = next(
        one for one in departures(record) if (one.government[14:], one.year) == ("Afghanistan", 2012)
    )
    assert (bahrain.role, len(bahrain.stayed)) == ("contributor", 49)
    assert bahrain.war == last.war


def test_what_came_later_changes_no_earlier_outcome() -> None:
    """All that was told after September 2019 becomes a fall of 2020: answers of that day stay the same."""
    whole, day = read_record(), date(2019, 9, 30)
    changed = dict(whole.coded)
    for key, each in whole.coded.items():
        if each.day is not None and each.day[0] > day:
            later = left("fell", "2020-01-01").coded
            assert later is not None
            changed[key] = replace(each, outcome="fell", day=later.day, to="opponents")
    assert changed != whole.coded
    records = (whole.known(day), replace(whole, coded=changed).known(day))
    first, second = ([outcome_after(one, 1, day) for one in departures(record)] for record in records)
    assert first == second
    assert {"stood", "fell", "before", "unknown"} == set(first)
    texts = [each.note_by(day) for each in whole.coded.values()] + list(records[0].doubts["reason"])
    assert not any(str(year) in text for year in range(2020, 2025) for text in texts)
    assert not any(
        "afghan-government" in page for each in whole.coded.values() for page in each.sources_by(day)
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "G,2010,W,chief,,,,,,unknown,,,,",
            "column role: expected main or co-backer or contributor or none; found chief",
        ),
        ("G,2010,W,main,,,,,,won,,,,", "expected stood or fell or unknown; found won"),
        ("G,2010,,main,,,,,,unknown,,,,", "expected the name of the war; found nothing"),
        (
            "G,2010,W,main,2010-05,,,,,unknown,,,,",
            "left_source: expected a page for left, and none without it",
        ),
        ("G,2010,W,main,,,,,,fell,2011,opponents,,", "source: expected a page for day"),
        ("G,2010,W,main,,,,,,stood,,,,", "day: expected a day where the outcome is known"),
        ("G,2010,W,main,,,,,,fell,2011,,page,", "to: expected opponents or coup"),
        ("G,2010,W,main,,,0.9,0.2,page,unknown,,,,", "shares from 0 to 1, low before high"),
    ],
)
def test_mistakes_of_codings(line: str, told: str) -> None:
    with pytest.raises(DataError) as raised:
        read_coded((HEADER + line + "\n").encode(), "coded_departures.csv")
    assert told in str(raised.value)
    assert "coded_departures.csv, row 2" in str(raised.value)


def test_months_around_a_departure_take_the_place_of_years() -> None:
    """Deaths of 100 a year, but 400 in the second twelve months by the file of months."""
    whole = read_record()
    windows = pl.DataFrame(
        {
            "government": ["Government of Iraq"] * 4,
            "year": [2011] * 4,
            "window": [0, 1, 2, 3],
            "ends": [201112, 201212, 201312, 201412],
            "deaths": [99.0, 99.0, 399.0, 99.0],
        }
    )
    record = UcdpRecord(whole.years, whole.spells, whole.deaths, whole.doubts, whole.coded, windows)
    found = answer(record, read_like(record, "United States leaves Iraq 2019"), 3, 5, 1)
    place = next(
        p for p in found.used if found.matches[p].departure.year == 2011 and found.matches[p].departure.alone
    )
    np.testing.assert_allclose(found.raw[:, place], np.log(200) - np.log(100))
    earlier = record.until(2013)
    assert earlier.counted_around["Government of Iraq", 2011] == {0: 99.0, 1: 99.0, 2: 399.0}

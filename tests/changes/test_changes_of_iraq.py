"""What changed in Iraq, against plain sums over the files of the case: June 2014, January 2020."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vedette import commands
from vedette.case import read_case
from vedette.changes import known_on
from vedette.changes.claims import claims_since
from vedette.changes.wording import dates_in_words
from vedette.commands import ChangesResult
from vedette.evidence import edition_of, read_ledger

IRAQ = Path(commands.__file__).parents[1] / "cases" / "iraq"
JUNE = (date(2014, 5, 31), date(2014, 6, 30))
JANUARY = (date(2019, 12, 31), date(2020, 1, 31))


def rows(file: str) -> Iterator[dict[str, str]]:
    """The rows of a table of the shipped case, as text."""
    with (IRAQ / file).open(encoding="utf-8", newline="") as content:
        yield from csv.DictReader(content)


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> ChangesResult:
    return of_days(*JUNE, tmp_path_factory)


@pytest.fixture(scope="module")
def january(tmp_path_factory: pytest.TempPathFactory) -> ChangesResult:
    return of_days(*JANUARY, tmp_path_factory)


def of_days(first: date, last: date, homes: pytest.TempPathFactory) -> ChangesResult:
    """What changed between two days, from few draws, with a home of its own for the user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VEDETTE_HOME", str(homes.mktemp("home")))
        patch.setattr(known_on, "DRAWS", 400)
        return commands.changes("iraq", first=first, last=last)


def test_june_2014_opens_with_the_miss_and_names_the_places(june: ChangesResult) -> None:
    opening = june.lead[0]
    assert opening.startswith("↓ Deteriorated, by deaths: in June 2014, 3,216 people were killed (")
    assert "vedette missed it" in opening
    said = opening.split("what came against the middle forecast: ")[1]
    assert said.startswith("Nineveh 1,063 against ") or said.startswith("Salah ad-Din 1,084 against ")
    assert "Diyala 142 against" in said


def test_deaths_of_june_are_those_of_observed_csv_and_the_other_series_stands_apart(
    june: ChangesResult,
) -> None:
    month = [row for row in rows("observed.csv") if row["last"] == "2014-06"]
    assert all(row["first"] == "2014-06" for row in month)
    total = sum(int(row["best"]) for row in month)
    came = june.changes.came
    assert came.country is not None
    assert (total, came.country.came) == (3216, 3216)
    assert came.country.median == pytest.approx(414, rel=0.15)
    assert (came.country.miss, came.country.told) == ("above", True)
    (other,) = came.other
    [stated] = [int(row["deaths"]) for row in rows("totals.csv") if row["period"] == "2014-06"]
    assert (other.deaths, stated) == (4489, 4489)
    assert "observed.csv" in june.lead[0] and "4,489" not in june.lead[0]
    [sentence] = [line for line in june.parts[0].lines if "4,489" in line]
    assert "totals.csv" in sentence and "another series" in sentence


def test_deaths_by_place_are_plain_sums_and_what_has_no_place_is_told(june: ChangesResult) -> None:
    placed: dict[str, int] = {}
    for row in rows("observed.csv"):
        if row["last"] == "2014-06":
            placed[row["place"]] = placed.get(row["place"], 0) + int(row["best"])
    found = {place.unit: place for place in june.changes.came.places}
    for unit, deaths in placed.items():
        if unit:
            assert found[unit].came_low <= deaths <= found[unit].came_high, unit
    assert june.changes.came.unplaced == placed[""] == 258
    assert any(line.startswith("258 of these deaths lie in no single place") for line in june.parts[0].lines)


def test_own_misses_stand_first_and_chance_is_told(june: ChangesResult) -> None:
    places = june.changes.came.places
    told = [place.told for place in places]
    assert told == sorted(told, reverse=True) and sum(told) == len(june.changes.came.misses) >= 4
    for place in places:
        assert place.median is not None and place.low is not None and place.high is not None
        if place.miss == "above":
            assert place.came > place.high
        if not place.miss:
            assert place.low <= place.came_high and place.came_low <= place.high
    assert june.changes.came.expected_misses == pytest.approx(1.8)


def test_the_forecast_rose_by_what_came(june: ChangesResult) -> None:
    ahead = june.changes.ahead
    assert (ahead.months[0], ahead.months[-1], len(ahead.months)) == ("2014-07", "2015-05", 11)
    assert ahead.country is not None and ahead.country.told and ahead.country.now > ahead.country.then
    assert ahead.by_revisions is None
    assert ahead.by_months_since == pytest.approx(ahead.country.now - ahead.country.then)
    assert june.changes.alert is not None and june.lead[1].startswith("Alert ahead, conflict risk: ")


def test_without_event_files_it_says_what_cannot_be_told(june: ChangesResult) -> None:
    assert june.changes.revised.cells == ()
    [line] = june.parts[1].lines
    assert "observed.csv, which holds one state of the data" in line and "cannot be told" in line


def test_claims_of_january_2020_are_those_that_the_file_dates_there(january: ChangesResult) -> None:
    sources = {row["id"]: row for row in rows("sources.csv")}
    expected = []
    for row in rows("claims.csv"):
        said = row["known"] or row["said"] or sources[row["source"]]["date"]
        if said.startswith("2020-01") and row["basis"] == "page":
            day = said if len(said) == len("2020-01-31") else "2020-01-31"
            expected.append((day, row["relation"], row["polarity"]))
    claims = january.changes.claims
    assert sorted((str(one.known), one.relation, one.polarity) for one in claims.claims) == sorted(expected)
    assert claims.known_now - claims.known_then == len(claims.claims) + claims.recalled
    texts = [one.text for one in claims.claims]
    assert any("killed Qassem Soleimani" in text for text in texts)


def test_beliefs_of_january_2020_are_moved_by_the_claims_that_came(january: ChangesResult) -> None:
    beliefs = {row.text: row for row in january.changes.beliefs}
    fresh = {one.id for one in january.changes.claims.claims}
    listed = beliefs["United States of America lists AAH as terrorist"]
    assert listed.then is None and listed.now is not None and listed.now > 0.7
    training = beliefs["NATO Mission Iraq trains or advises Ministry of Defence of Iraq"]
    assert training.overturned and training.influences[0].moves < -0.3
    ended = beliefs["Qassem Soleimani commands Quds Force"]
    assert (ended.now, ended.ended) == (None, date(2020, 1, 3))
    for row in beliefs.values():
        assert abs(row.moved) >= 0.1
        assert {one.claim for one in row.influences} <= fresh


def test_ties_that_ended_appeared_or_went_are_named(june: ChangesResult, january: ChangesResult) -> None:
    lines = [line for part in january.parts for line in part.lines]
    [ended] = [line for line in lines if line.startswith("Ended, by claims known since: ")]
    assert "Qassem Soleimani commands Quds Force (3 January 2020)" in ended
    [appeared] = [line for line in lines if line.startswith("Appeared: ")]
    assert january.changes.network.appeared[0].text in appeared
    of_june = " ".join(line for part in june.parts for line in part.lines)
    assert "No headcount became known since, so it says nothing of what happened since." in of_june


def test_beliefs_are_those_of_the_ledger_on_each_day(january: ChangesResult) -> None:
    for day, name in ((JANUARY[0], "then"), (JANUARY[1], "now")):
        held = commands.ledger_of("iraq", day).holding(day)
        columns = held.select("subject", "relation", "object", "belief").rows()
        plain = {tuple(row[:3]): row[3] for row in columns}
        for row in january.changes.beliefs:
            belief = getattr(row, name)
            if belief is not None:
                assert belief == pytest.approx(plain[row.subject, row.relation, row.object])


def test_two_series_are_never_compared_without_saying_so(january: ChangesResult) -> None:
    assert "48 people were killed (national totals by month, totals.csv)" in january.lead[0]
    assert "Two series: months before are from events of UCDP GED, observed.csv for" in january.lead[0]
    [stated] = [int(row["deaths"]) for row in rows("totals.csv") if row["period"] == "2020-01"]
    assert january.changes.came.country is not None
    assert january.changes.came.country.came == stated == 48


def test_the_document_is_json_and_holds_the_rules(january: ChangesResult) -> None:
    document: Any = json.loads(json.dumps(january.document(), default=str, allow_nan=False))
    assert document["first"] == "2019-12-31" and document["last"] == "2020-01-31"
    assert document["lead"] == list(january.lead)
    assert any("25 deaths a month" in rule for rule in document["rules"])


def test_sentences_write_days_in_words(june: ChangesResult, january: ChangesResult) -> None:
    for told in (june, january):
        for line in [*told.lead, *(line for part in told.parts for line in part.lines)]:
            assert not re.search(r"\d{4}-\d{2}-\d{2}", line), line


def test_a_sign_past_its_level_is_not_called_near_it(june: ChangesResult, january: ChangesResult) -> None:
    [past] = [line for line in june.parts[5].lines if line.startswith("Past its level")]
    assert past.startswith(
        "Past its level, for too short a time yet: Deaths in violence with the Islamic State in the "
    )
    assert (
        "alarm above 100 for 3 months in a row; 2,473 (June 2014, counted); as known on 31 May 2014: 94"
        in past
    )
    near = [line for line in january.parts[5].lines if line.startswith("Near its alarm")]
    assert len(near) == 2 and not any(line.startswith("Past") for line in january.parts[5].lines)


def test_without_a_claim_the_network_says_that_it_knows_nothing_of_the_time(
    june: ChangesResult, january: ChangesResult
) -> None:
    line = "No claim became known between the two days: what happened in them is not in these ties"
    assert june.parts[3].lines[-1].startswith(line)
    assert not any(each.startswith(line) for each in january.parts[3].lines)


def test_overturned_beliefs_are_told_by_direction_with_both_numbers(january: ChangesResult) -> None:
    ended, fallen, risen = january.parts[2].lines[-3:]
    assert ended.startswith("Ended, by claims known since: ")
    assert "Qassem Soleimani commands Quds Force (3 January 2020)" in ended
    assert fallen.startswith("Believed no longer, having fallen below one half: ")
    assert "NATO Mission Iraq trains or advises Ministry of Defence of Iraq (0.87 to 0.41)" in fallen
    assert "Soleimani" not in fallen
    assert risen.startswith("Believed since, having risen above one half: ")
    assert "Germany trains or advises Peshmerga (0.40 to 0.61)" in risen


def test_acts_and_hostility_carry_how_far_they_can_be_believed(january: ChangesResult) -> None:
    [acts] = [line for line in january.parts[2].lines if line.startswith("Acts as claims known since tell")]
    grades = {one.text: one.grade for one in january.changes.claims.claims if one.act}
    told = [text for text in grades if dates_in_words(text) in acts]
    assert len(told) == 4 and all(f"graded {grades[text]})" in acts for text in told)
    assert "Kataib Hezbollah fights or threatens United States of America (belief 69 %)" in january.lead[2]


def test_the_persons_killed_in_january_2020_stand_in_the_first_lines(january: ChangesResult) -> None:
    assert january.lead[1] == (
        "Killed, by claims known since: Qassem Soleimani by United States of America on 3 January 2020 and "
        "Abu Mahdi al-Muhandis by United States of America on 3 January 2020."
    )


def test_a_killing_known_before_is_not_told_again_when_a_later_source_tells_of_it() -> None:
    case = edition_of(read_case("iraq"), "public")
    told = {
        months: claims_since(*(read_ledger(case, day) for day in months)).killed
        for months in (JANUARY, (date(2020, 8, 31), date(2020, 9, 30)))
    }
    later = read_ledger(case, date(2020, 9, 30)).claims.filter(relation="killed", object="qassem-soleimani")
    assert str(later["known_on"].max()) > "2020-08-31"
    assert [[one.whom for one in killed] for killed in told.values()] == [
        ["Qassem Soleimani", "Abu Mahdi al-Muhandis"],
        [],
    ]


def test_nobody_is_told_as_killed_where_no_killing_became_known(june: ChangesResult) -> None:
    assert len(june.lead) == 2

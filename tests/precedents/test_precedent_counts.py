"""The record against an independent pass over the files of UCDP, written with the csv module alone."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from vedette.case.geography.countries import countries
from vedette.precedents import UcdpRecord, departures, read_record, stays

HOME = Path(__file__).parents[2] / "vedette" / "precedents"
Place = tuple[str, int]


@dataclass
class Plain:
    """Who was there, and how intense it was, by government and year."""

    there: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    level: dict[Place, int] = field(default_factory=dict)

    def left(self, last: int) -> dict[Place, tuple[set[str], set[str]]]:
        """Who left and who stayed after each year after which somebody left and the conflict went on."""
        found = {}
        for (government, year), backers in self.there.items():
            after = self.there.get((government, year + 1), set())
            if year < last and backers - after and (government, year + 1) in self.level:
                found[government, year] = (backers - after, backers & after)
        return found


@pytest.fixture(scope="module")
def whole(shared: Path) -> Plain:
    """All of UCDP's conflicts within countries, with every backer."""
    plain = Plain()
    with (shared / "data/ucdp/ucdp-dyadic-251.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["type_of_conflict"] not in ("3", "4"):
                continue
            place = row["side_a"], int(row["year"])
            plain.level[place] = max(plain.level.get(place, 0), int(row["intensity_level"]))
            plain.there[place] |= {name.strip() for name in row["side_a_2nd"].split(",") if name.strip()}
    return plain


@pytest.fixture(scope="module")
def kept(whole: Plain) -> Plain:
    """The same without the codings that the file of doubts leaves out."""
    with (HOME / "doubts.csv").open(encoding="utf-8", newline="") as file:
        out = [row for row in csv.DictReader(file) if row["exclude"] == "yes"]
    there: dict[Place, set[str]] = defaultdict(set)
    for (government, year), backers in whole.there.items():
        for backer in backers:
            end = year
            while backer in whole.there.get((government, end + 1), set()):
                end += 1
            if not any(_about(row, government, backer, end) for row in out):
                there[government, year].add(backer)
    return Plain(there, whole.level)


def _about(row: dict[str, str], government: str, backer: str, last: int) -> bool:
    said = (row["government"], government), (row["backer"], backer), (row["last"], str(last))
    return all(value in ("", found) for value, found in said)


@pytest.fixture(scope="module")
def record() -> UcdpRecord:
    return read_record()


def test_years_and_spells_are_those_of_the_file(whole: Plain, record: UcdpRecord) -> None:
    assert record.intensity == whole.level
    with (HOME / "spells.csv").open(encoding="utf-8", newline="") as file:
        shipped = {
            (row["government"], row["backer"], year)
            for row in csv.DictReader(file)
            for year in range(int(row["first"]), int(row["last"]) + 1)
        }
    assert shipped == {(g, b, year) for (g, year), backers in whole.there.items() for b in backers}


@pytest.mark.parametrize("last", [2010, 2019, 2024])
def test_departures_are_those_of_the_file(kept: Plain, record: UcdpRecord, last: int) -> None:
    found = {
        (one.government, one.year): (set(one.left), set(one.stayed)) for one in departures(record.until(last))
    }
    assert found == kept.left(last)


def test_what_departures_looked_like(kept: Plain, record: UcdpRecord) -> None:
    for one in departures(record):
        levels = [kept.level.get((one.government, one.year - back), 0) for back in (2, 1, 0)]
        longest = 0
        for backer in kept.there[one.government, one.year]:
            length = 0
            while backer in kept.there.get((one.government, one.year - length), set()):
                length += 1
            longest = max(longest, length)
        assert one.looks.intensity == pytest.approx(sum(levels) / 3)
        assert one.looks.trend == levels[2] - levels[0]
        assert one.looks.length == longest


@pytest.mark.parametrize("years", [1, 3, 5])
def test_where_troops_stayed_nobody_left(kept: Plain, record: UcdpRecord, years: int) -> None:
    found = {(one.government, one.year) for one in stays(record, years)}

    def quiet(government: str, year: int) -> bool:
        span = range(year - 2, year + max(2, years) + 1)
        return all(
            kept.there.get((government, each), set()) <= kept.there.get((government, each + 1), set())
            for each in span
        )

    expected = {
        (government, year)
        for (government, year), backers in kept.there.items()
        if backers and (government, year + 1) in kept.level and quiet(government, year)
    }
    assert found == expected


def test_deaths_are_those_of_the_file(shared: Path, record: UcdpRecord) -> None:
    numbers = {country.iso3: country.gw for country in countries() if country.gw}
    totals: dict[tuple[int, int], float] = defaultdict(float)
    with (shared / "data/ucdp/iso3_month_fatalities_2010_2020.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["isocode"] in numbers:
                totals[numbers[row["isocode"]], int(row["period"]) // 100] += float(row["fatalities_UCDP"])
    assert record.deaths.height > 1000
    for gw, year, deaths in record.deaths.iter_rows():
        assert totals[gw, year] == deaths


def test_what_was_known_in_2019(kept: Plain) -> None:
    left = kept.left(2019)
    assert len(left) == 60
    assert sum(not stayed for _, stayed in left.values()) == 32

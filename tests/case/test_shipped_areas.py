"""The first-level areas that come with vedette: valid shapes side by side, one area a code, known names."""

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from vedette.case.geography.countries import country_records
from vedette.case.geography.shipped_areas import FILE, shipped_areas
from vedette.case.geography.spellings import Spellings, make_spellings

ROOT = Path(__file__).parents[2]
LARGEST_GAP = 0.0015
"""Square degrees; lakes and enclaves of other countries are larger."""


class Land(NamedTuple):
    """The areas of a country: ids with names, other names and polygons."""

    names: dict[str, str]
    aliases: dict[str, list[str]]
    polygons: dict[str, BaseGeometry]

    @property
    def spellings(self) -> Spellings:
        spellings, clashes = make_spellings(self.names, self.aliases, {})
        assert clashes == []
        return spellings


@pytest.fixture(scope="module")
def lands() -> dict[str, Land]:
    found: dict[str, Land] = {}
    for record in country_records():
        features = [json.loads(line) for line in shipped_areas(record.country.iso3)]
        if features:
            found[record.country.iso3] = Land(
                {f["properties"]["id"]: f["properties"]["name"] for f in features},
                {f["properties"]["id"]: f["properties"]["aliases"] for f in features},
                {f["properties"]["id"]: shape(f["geometry"]) for f in features},
            )
            assert len(found[record.country.iso3].names) == len(features)
    return found


def test_the_file_is_small() -> None:
    assert FILE.stat().st_size <= 3_000_000


def test_ids_are_codes_of_the_country(lands: dict[str, Land]) -> None:
    iso2 = {record.country.iso3: record.iso2 for record in country_records()}
    without = {
        (iso3, area)
        for iso3, land in lands.items()
        for area in land.names
        if not re.fullmatch(rf"{iso2[iso3]}-[A-Z0-9]{{1,3}}", area)
    }
    assert without == {
        ("SOM", "somaliland"),
        *((country, area) for country in ("ISR", "PSE") for area in ("gaza-strip", "west-bank")),
    }


def test_areas_are_valid_and_lie_side_by_side(lands: dict[str, Land]) -> None:
    for iso3, land in lands.items():
        polygons = list(land.polygons.values())
        assert shapely.is_valid(polygons).all(), iso3
        assert (shapely.area(polygons) > 0).all(), iso3
        assert shapely.coverage_is_valid(polygons), iso3


def test_there_are_no_gaps_between_areas(lands: dict[str, Land]) -> None:
    gaps = []
    for iso3, land in lands.items():
        whole = shapely.union_all(list(land.polygons.values()))
        holes = [shapely.Polygon(ring) for part in shapely.get_parts(whole) for ring in part.interiors]
        gaps += [(iso3, hole.centroid.wkt) for hole in holes if hole.area < LARGEST_GAP]
    assert gaps == []


def test_areas_lie_in_their_country(lands: dict[str, Land]) -> None:
    records = {record.country.iso3: record for record in country_records()}
    far = [
        (iso3, name)
        for iso3, land in lands.items()
        for name, polygon in land.polygons.items()
        if not records[iso3].holds(*polygon.bounds)
    ]
    assert far == []


def test_every_name_is_that_of_one_area(lands: dict[str, Land]) -> None:
    for land in lands.values():
        spellings = land.spellings
        assert spellings.shared == ()
        for area, name in land.names.items():
            assert spellings.find(name) == area
            for other in land.aliases[area]:
                assert spellings.find(other) == area, other


@pytest.mark.parametrize(
    ("iso3", "areas"),
    [
        ("NGA", 37),
        ("MLI", 9),
        ("BFA", 13),
        ("UGA", 4),
        ("PHL", 17),
        ("FRA", 18),
        ("GBR", 4),
        ("IRQ", 18),
        ("SYR", 14),
        ("AFG", 34),
        ("SOM", 14),
        ("YEM", 21),
        ("COD", 11),
        ("UKR", 27),
        ("SSD", 10),
        ("SDN", 17),
        ("ETH", 11),
        ("IND", 36),
        ("PAK", 8),
        ("PSE", 2),
    ],
)
def test_counts_of_well_known_countries(lands: dict[str, Land], iso3: str, areas: int) -> None:
    assert len(lands[iso3].names) == areas


@pytest.mark.parametrize(
    ("iso3", "name", "area"),
    [
        ("NGA", "Borno state", "NG-BO"),
        ("MLI", "Tombouctou region", "ML-6"),
        ("MLI", "Menaka", "ML-7"),
        ("BFA", "Sahel region", "BF-12"),
        ("BFA", "Hauts Bassins region", "BF-09"),
        ("BFA", "Centre-Nord", "BF-05"),
        ("BFA", "Soum", "BF-12"),
        ("UGA", "Gulu district", "UG-N"),
        ("PHL", "Sulu province", "PH-14"),
        ("COD", "Ituri", "CD-OR"),
        ("COD", "Kongo Central province", "CD-BC"),
        ("UKR", "Donetsk oblast", "UA-14"),
        ("UKR", "Kyiv city", "UA-30"),
        ("UKR", "Kyiv oblast", "UA-32"),
        ("UKR", "Crimea", "UA-43"),
        ("SYR", "Deir ez Zor governorate", "SY-DY"),
        ("SYR", "Rural Damascus", "SY-RD"),
        ("YEM", "Ta'izz governorate", "YE-TA"),
        ("SOM", "Lower Juba region", "SO-JH"),
        ("SOM", "Togdheer region", "somaliland"),
        ("AFG", "Panjsher province", "AF-PAN"),
        ("AFG", "Daykundi province", "AF-DAY"),
        ("SDN", "Northern Darfur state", "SD-DN"),
        ("SDN", "East Darfur", "SD-DE"),
        ("ETH", "Oromiya state", "ET-OR"),
        ("IRQ", "At-Ta'mim province", "IQ-KI"),
        ("IRQ", "نینوی", "IQ-NI"),
        ("ISR", "Gaza Strip", "gaza-strip"),
        ("CHN", "Shaanxi province", "CN-SN"),
        ("CHN", "Shanxi province", "CN-SX"),
        ("RUS", "Dagestan republic", "RU-DA"),
        ("KEN", "Turkana county", "KE-700"),
    ],
)
def test_names_of_publishers(lands: dict[str, Land], iso3: str, name: str, area: str) -> None:
    assert lands[iso3].spellings.find(name) == area


def test_crimea_is_drawn_once(lands: dict[str, Land]) -> None:
    simferopol = shapely.Point(34.1, 44.95)
    holders = [
        iso3 for iso3, land in lands.items() for area in land.polygons.values() if area.contains(simferopol)
    ]
    assert holders == ["UKR"]


def test_names_of_a_thousand_events_are_found_where_the_events_are(
    lands: dict[str, Land], shared: Path
) -> None:
    """UCDP's names lead to the area in which the event's own point lies, for at least 98 in 100 events."""
    by_number = {str(record.country.gw): record.country.iso3 for record in country_records()}
    spellings = {iso3: land.spellings for iso3, land in lands.items()}
    found: dict[str, int] = defaultdict(int)
    for file in ("ucdp_ged231_sample1000.csv", "ucdp_candidate_23_0_10_head.csv"):
        with (shared / "data/formats" / file).open(encoding="utf-8", newline="") as source:
            for row in csv.DictReader(source):
                iso3 = by_number[row["country_id"].split(".")[0]]
                if not row["adm_1"]:
                    continue
                area = spellings[iso3].find(row["adm_1"]) if iso3 in lands else None
                point = shapely.Point(float(row["longitude"]), float(row["latitude"]))
                near = area is not None and lands[iso3].polygons[area].distance(point) < 0.05
                precise = float(row["where_prec"]) <= 3
                found["named" if area else "unnamed"] += 1
                found["precise"] += bool(area) and precise
                found["apart"] += bool(area) and precise and not near
    assert found["named"] / (found["named"] + found["unnamed"]) > 0.98
    assert found["apart"] / found["precise"] < 0.01


def test_the_page_of_areas_is_that_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "studies"))
    monkeypatch.delitem(sys.modules, "areas", raising=False)
    from areas import table_of_areas

    page = (ROOT / "docs/reference/areas.md").read_text(encoding="utf-8")
    assert page.endswith(table_of_areas())


def test_a_country_that_is_not_there_has_no_areas() -> None:
    assert shipped_areas("XKX") == []

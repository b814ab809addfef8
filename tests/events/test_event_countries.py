"""Events of the country of a case are found by code and by the names that publishers give it."""

from pathlib import Path

import pytest
from support.event_files import acled, ged, write

from vedette.case import find_country, new_case, read_case
from vedette.events import load, open_events


def counted(tmp_path: Path, country: str, dataset: str, content: str | Path) -> int:
    """The events of a file that count for the country of a fresh case."""
    folder = new_case(tmp_path / "case", country)
    settings = folder / "case.yaml"
    settings.write_text(settings.read_text().replace("dataset: ucdp ", f"dataset: {dataset} "))
    case = read_case(folder)
    load(case, [content if isinstance(content, Path) else write(tmp_path, "file.csv", content)])
    table = open_events(case).table(dataset, None)
    return int((table["country"] == case.country.name).sum())


@pytest.mark.parametrize(
    ("country", "iso", "published"),
    [
        ("DR Congo", "180", "Democratic Republic of Congo"),
        ("DR Congo", "", "Democratic Republic of Congo"),
        ("Eswatini", "748", "eSwatini"),
        ("Afghanistan", "4", "Islamic Emirate"),
        ("Afghanistan", "004", "Islamic Emirate"),
        ("Palestine", "275", "Palestine"),
        ("Kosovo", "383", "Kosovo"),
        ("Côte d'Ivoire", "", "COTE D’IVOIRE"),
        ("Iran", "", "Iran (Islamic Republic of)"),
        ("Mali", "466.0", "x"),
    ],
)
def test_acled_spellings_and_codes(tmp_path: Path, country: str, iso: str, published: str) -> None:
    rows = acled(
        {"country": published, "iso": iso}, {"event_id_cnty": "X2", "country": "Elsewhere", "iso": "1"}
    )
    assert counted(tmp_path, country, "acled", rows) == 1


@pytest.mark.parametrize(
    ("country", "number", "published"),
    [
        ("DR Congo", 490, "DR Congo (Zaire)"),
        ("Congo", 484, "Congo"),
        ("Serbia", 340, "Serbia"),
        ("Myanmar", 775, "Myanmar (Burma)"),
        ("Mali", 432, "Republic of nowhere"),
        ("Palestine", "", "State of Palestine"),
    ],
)
def test_ucdp_spellings_and_numbers(tmp_path: Path, country: str, number: int | str, published: str) -> None:
    rows = ged(
        {"id": 1, "country": published, "country_id": number},
        {"id": 2, "country": "Elsewhere", "country_id": 999},
    )
    assert counted(tmp_path, country, "ucdp", rows) == 1


def test_the_two_congos_stay_apart(tmp_path: Path) -> None:
    rows = acled(
        {"event_id_cnty": "A", "country": "Republic of Congo", "iso": "178"},
        {"event_id_cnty": "B", "country": "Democratic Republic of Congo", "iso": "180"},
        {"event_id_cnty": "C", "country": "Democratic Republic of Congo", "iso": "180"},
    )
    assert counted(tmp_path, "DR Congo", "acled", rows) == 2


@pytest.mark.parametrize(
    ("country", "file", "events"), [("DR Congo", "acled_cod", 5), ("SWZ", "acled_swz", 3)]
)
def test_countries_of_the_field(tmp_path: Path, shared: Path, country: str, file: str, events: int) -> None:
    assert counted(tmp_path, country, "acled", shared / f"field/F05/{file}.csv") == events


def test_a_case_of_palestine(tmp_path: Path) -> None:
    case = read_case(new_case(tmp_path / "palestine", "Palestine"))
    assert (case.country, case.country.iso3) == (find_country("PSE"), "PSE")

"""The Iraq case that ships, held against real names and against neighbours worked out elsewhere."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from vedette.case import Case, check_case, read_case

REFERENCE_NAMES = {
    "Anbar": "IQ-AN",
    "Babil": "IQ-BB",
    "Baghdad": "IQ-BG",
    "Basra": "IQ-BA",
    "DhiQar": "IQ-DQ",
    "Diyala": "IQ-DI",
    "Dohuk": "IQ-DA",
    "Erbil": "IQ-AR",
    "Karbala": "IQ-KA",
    "Kirkuk": "IQ-KI",
    "Maysan": "IQ-MA",
    "Muthanna": "IQ-MU",
    "Najaf": "IQ-NA",
    "Ninawa": "IQ-NI",
    "Qadisiyah": "IQ-QA",
    "SalahAlDin": "IQ-SD",
    "Sulaymaniyah": "IQ-SU",
    "Wasit": "IQ-WA",
}


@pytest.fixture(scope="module")
def iraq() -> Case:
    return read_case("iraq")


def test_it_has_no_mistakes_and_is_found_by_name_and_path(iraq: Case) -> None:
    assert check_case(iraq.folder).case.id == check_case("iraq").case.id == "iraq"
    assert iraq.country.gw == 645
    assert len(iraq.places.ids) == 18


def test_every_spelling_of_a_province_resolves(iraq: Case, shared: Path) -> None:
    names = pl.read_csv(shared / "data/iraq/ucdp_adm1_to_cod_pcode.csv", infer_schema=False)
    assert names.height == 19
    for ucdp, cod, code in names.select("ucdp_adm_1", "cod_adm1_en", "ADM1_PCODE").iter_rows():
        found = iraq.places.resolve(ucdp)
        assert found is not None, ucdp
        assert iraq.places.resolve(cod) == iraq.places.resolve(code) == found


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("ucdp_ged_irq_1989_2018_hdx.csv", "adm_1"),
        ("irq_ged211_precise_2019_2020_adm1.csv", "adm1_cod_en"),
        ("irq_ged211_precise_2019_2020_adm1.csv", "adm1_cod_pcode"),
    ],
)
def test_every_name_in_the_event_files_resolves(iraq: Case, shared: Path, file: str, column: str) -> None:
    names = pl.read_csv(shared / "data/iraq" / file, infer_schema=False)[column].drop_nulls().unique()
    unknown = [name for name in names if not name.startswith("#") and iraq.places.resolve(name) is None]
    assert len(names) > 10
    assert unknown == []


@pytest.mark.parametrize(("file", "method"), [("adjacency", "adjacency"), ("nborder", "order")])
def test_neighbours_are_those_of_the_reference(iraq: Case, shared: Path, file: str, method: str) -> None:
    table = pl.read_csv(shared / f"reference/hhh4/iraq_{file}.csv")[:, 1:]
    rows = [iraq.places.ids.index(REFERENCE_NAMES[name]) for name in table.columns]
    found = getattr(iraq.places, method)()[np.ix_(rows, rows)]
    assert (found == table.to_numpy()).all()


def test_towns_lie_where_they_are(iraq: Case) -> None:
    assert iraq.places.at(33.31, 44.37) == "IQ-BG"
    assert iraq.places.at(36.34, 43.13) == "IQ-NI"
    assert iraq.places.at(30.51, 47.78) == "IQ-BA"
    assert iraq.places.at(35.69, 51.39) is None


def test_kirkuk_is_disputed_and_najaf_is_not(iraq: Case) -> None:
    regions = {place: set[str]() for place in iraq.places.ids}
    for part in iraq.parts:
        regions[part.place].update(part.regions)
    assert regions["IQ-KI"] == {"disputed-territories"}
    assert regions["IQ-NA"] == set()
    assert iraq.regions_at(np.array([[44.39, 35.47], [44.33, 32.0]])) == [("disputed-territories",), ()]

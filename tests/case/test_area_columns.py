"""Ids, names and level of areas in the layouts that publishers use."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from support.fourland import CaseFolder, collection, square
from test_area_names import BARE

from vedette.case import Places, check_case, read_case
from vedette.errors import CaseError

Properties = Mapping[str, object]


def case_of(case_folder: CaseFolder, *areas: Properties, yaml: str = "", name: str = "fourland") -> Path:
    places = collection(*((dict(area), square(index, 0)) for index, area in enumerate(areas)))
    changes = {"places.geojson": places, "case.yaml": BARE + yaml, "sites.csv": None, "observed.csv": None}
    return case_folder(changes, name)


def places_of(case_folder: CaseFolder, *areas: Properties, yaml: str = "") -> Places:
    return read_case(case_of(case_folder, *areas, yaml=yaml)).places


def field_places(case_folder: CaseFolder, file: Path) -> Places:
    folder = case_of(case_folder, {"id": "x", "name": "x x"})
    shutil.copyfile(file, folder / "places.geojson")
    return read_case(folder).places


@pytest.mark.parametrize(
    ("areas", "ids", "names", "level"),
    [
        (
            [{"ADM1_FR": "Gao", "ADM1_PCODE": "ML07", "ADM0_FR": "Mali", "ADM0_PCODE": "ML"}],
            ("ML07",),
            ["Gao"],
            1,
        ),
        ([{"ADM1_ES": "Cauca", "ADM1_PCODE": "CO19", "ADM1_REF": "Cauca"}], ("CO19",), ["Cauca"], 1),
        ([{"ADM1_PT": "Cabo Delgado", "ADM1_PCODE": "MZ01"}], ("MZ01",), ["Cabo Delgado"], 1),
        ([{"ADM1_AR": "الأنبار", "ADM1_PCODE": "IQG01"}], ("IQG01",), ["الأنبار"], 1),
        ([{"admin1Name_fr": "Gao", "admin1Pcode": "ML07"}], ("ML07",), ["Gao"], 1),
        ([{"admin1Name": "Gao", "admin1Pcode": "ML07", "admin1RefN": "x"}], ("ML07",), ["Gao"], 1),
        ([{"adm1_fr": "Gao", "adm1_pcode": "ML07"}], ("ML07",), ["Gao"], 1),
        ([{"adm1_name": "Gao", "adm1_name1": "غاو", "adm1_pcode": "ML07"}], ("ML07",), ["Gao"], 1),
        (
            [{"adm2_name": "Ansongo", "adm2_pcode": "ML071", "adm1_name": "Gao", "adm1_pcode": "ML07"}],
            ("ML071",),
            ["Ansongo"],
            2,
        ),
        (
            [{"GID_1": "MLI.1_1", "NAME_1": "Gao", "VARNAME_1": "Gawgaw|Kawkaw", "COUNTRY": "Mali"}],
            ("MLI.1_1",),
            ["Gao"],
            1,
        ),
        (
            [{"GID_2": "MLI.1.1_1", "NAME_2": "Ansongo", "GID_1": "MLI.1_1", "NAME_1": "Gao"}],
            ("MLI.1.1_1",),
            ["Ansongo"],
            2,
        ),
        (
            [{"shapeName": "Gao", "shapeISO": "ML-7", "shapeID": "77B", "shapeType": "ADM1"}],
            ("ML-7",),
            ["Gao"],
            1,
        ),
        (
            [{"shapeName": "Ansongo", "shapeISO": "", "shapeID": "77B", "shapeType": "ADM2"}],
            ("77B",),
            ["Ansongo"],
            2,
        ),
        (
            [{"iso_3166_2": "ML-7", "name": "Gao", "name_fr": "Gao", "adm1_code": "MLI-1924"}],
            ("ML-7",),
            ["Gao"],
            1,
        ),
        ([{"NAME": "Gao"}], ("Gao",), ["Gao"], 1),
        ([{"ADM3_EN": "Bara", "ADM3_PCODE": "ML07101", "ADM2_EN": "Ansongo"}], ("ML07101",), ["Bara"], 3),
    ],
)
def test_layouts_of_publishers(
    case_folder: CaseFolder, areas: Sequence[Properties], ids: tuple[str, ...], names: list[str], level: int
) -> None:
    places = places_of(case_folder, *areas)
    assert (places.ids, list(places.names.values()), places.level) == (ids, names, level)


def test_all_name_columns_are_spellings(case_folder: CaseFolder) -> None:
    places = places_of(
        case_folder,
        {
            **{"ADM1_EN": "Ninewa", "ADM1_AR": "نينوى", "ADM1_KU": "نەینەوا", "ADM1ALT1EN": "Nineveh"},
            **{"ADM1_FR": "Ninive", "ADM1_PCODE": "IQG15"},
        },
        {"ADM1_EN": "Erbil", "ADM1_AR": "اربيل", "ADM1ALT1EN": "", "ADM1_PCODE": "IQG11"},
    )
    said = ("Ninewa", "Nineveh governorate", "محافظة نینوی", "Ninive", "اربيل", "IQG11", "Mosul")
    assert [places.resolve(name) for name in said] == [*["IQG15"] * 4, *["IQG11"] * 2, None]


def test_aliases_stand_in_the_file_of_areas(case_folder: CaseFolder) -> None:
    places = places_of(
        case_folder,
        {"id": "a", "name": "Alfa", "aliases": ["Old Alfa", "Alpha"]},
        {"id": "b", "name": "Bravo", "aliases": "Brava; Bravissimo"},
    )
    said = ("old alfa", "Alpha region", "brava", "Bravissimo")
    assert [places.resolve(name) for name in said] == ["a", "a", "b", "b"]


def test_another_name_of_one_area_that_is_the_name_of_a_second_is_the_second(case_folder: CaseFolder) -> None:
    places = places_of(
        case_folder,
        {"id": "a", "name": "Alfa", "name_alt": "Bravo|Common"},
        {"id": "b", "name": "Bravo", "name_alt": "Common"},
    )
    assert [places.resolve(name) for name in ("Alfa", "Bravo", "Common")] == ["a", "b", None]


@pytest.mark.parametrize(
    "areas",
    [
        [{"id": "ML07", "CODE": "7"}, {"id": "ML08", "CODE": "8"}],
        [{"ADM1_PCODE": "ML07"}, {"ADM1_PCODE": "ML08"}],
        [{"iso_3166_2": "NG-BO"}, {"iso_3166_2": "NG-YO"}],
        [{"ADM1_EN": "ML07", "ADM1_PCODE": "ML07"}, {"ADM1_EN": "ML08", "ADM1_PCODE": "ML08"}],
    ],
)
def test_names_that_are_codes_are_refused(case_folder: CaseFolder, areas: Sequence[Properties]) -> None:
    with pytest.raises(CaseError) as caught:
        places_of(case_folder, *areas)
    (problem,) = caught.value.problems
    assert (problem.file, problem.expected) == ("places.geojson", "names of areas")
    assert "codes in" in problem.found
    assert "`places: {name: LABEL}`" in problem.cure


def test_the_cure_for_codes_names_the_property_and_works(case_folder: CaseFolder) -> None:
    areas = [{"id": "ML07", "CERCLE_LIB": "Gao"}, {"id": "ML08", "CERCLE_LIB": "Kidal"}]
    with pytest.raises(CaseError) as caught:
        places_of(case_folder, *areas)
    (problem,) = caught.value.problems
    cure = problem.cure.split("`")[1]
    assert cure == "places: {name: CERCLE_LIB}"
    folder = case_of(case_folder, *areas, yaml=cure, name="cured")
    assert read_case(folder).places.names == {"ML07": "Gao", "ML08": "Kidal"}


DISTRICTS = [
    {"ADM1_EN": "North", "ADM1_PCODE": "A1", "ADM2_EN": "Central", "ADM2_PCODE": "A11"},
    {"ADM1_EN": "North", "ADM1_PCODE": "A1", "ADM2_EN": "Hill", "ADM2_PCODE": "A12"},
    {"ADM1_EN": "South", "ADM1_PCODE": "A2", "ADM2_EN": "Central", "ADM2_PCODE": "A21"},
]


def test_districts_of_one_name_get_the_province_beside_it(case_folder: CaseFolder) -> None:
    checked = check_case(case_of(case_folder, *DISTRICTS))
    places = checked.case.places
    assert list(places.names.values()) == ["Central (North)", "Hill", "Central (South)"]
    said = ("Central", "Central district", "Central (North)", "Hill")
    assert [places.resolve(name) for name in said] == [None, None, "A11", "A12"]
    (warning,) = [problem for problem in checked.warnings if problem.file == "places.geojson"]
    assert "2 areas called 'Central' (A11 Central (North), A21 Central (South))" in warning.found


def test_districts_of_one_name_in_one_province_are_a_mistake(case_folder: CaseFolder) -> None:
    with pytest.raises(CaseError, match=r"'Central' for both A11 and A21.*beside both names"):
        places_of(case_folder, *[{**area, "ADM1_EN": "North"} for area in DISTRICTS])


def test_french_names_of_the_field(case_folder: CaseFolder, shared: Path) -> None:
    places = field_places(case_folder, shared / "field/F12/places.geojson")
    assert places.names == {"ML07": "Gao", "ML08": "Kidal", "ML05": "Mopti"}
    assert places.resolve("Gao") == "ML07"


def test_layouts_of_the_field(case_folder: CaseFolder, shared: Path) -> None:
    folder = shared / "field/F40"
    places = field_places(case_folder, folder / "cod_adm2_same_names.geojson")
    assert places.level == 2
    assert list(places.names.values()) == ["Central (North)", "Hill", "Central (South)", "Bay"]


@pytest.mark.parametrize("file", ["cod2025.geojson", "cod_2018.geojson"])
def test_years_of_the_field(case_folder: CaseFolder, shared: Path, file: str) -> None:
    places = field_places(case_folder, shared / "field/F40" / file)
    assert (places.level, places.names) == (1, {"IQ01": "Baghdad", "IQ02": "Diyala"})


def test_the_name_of_a_district_is_no_name_of_its_province(case_folder: CaseFolder) -> None:
    areas = ({"id": "g", "shapeName": "Gao"}, {"id": "a", "shapeName": "Ansongo"})
    assert dict(places_of(case_folder, *areas, yaml="places: {level: 2}\n").within) == {}


def test_districts_of_the_field_are_of_level_two(case_folder: CaseFolder, shared: Path) -> None:
    places = field_places(case_folder, shared / "field/F11/places.geojson")
    assert (places.level, list(places.names.values())) == (2, ["Baghdad", "Mahmud", "Karkuk", "Dibis"])
